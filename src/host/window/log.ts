/** Where the extension writes what happens; VS Code's LogOutputChannel is one. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
