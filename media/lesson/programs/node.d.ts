/** What these programs use of Node. Declared here, so that an editor understands them without any package. */
declare module 'node:fs' {
  export function existsSync(path: string): boolean;
  export function readFileSync(path: string): Uint8Array<ArrayBuffer>;
  export function readFileSync(path: string, encoding: 'utf8'): string;
}
declare module 'node:path' {
  export function join(...parts: readonly string[]): string;
}
declare const process: { readonly argv: readonly string[] };
declare const console: { log(...values: readonly unknown[]): void };
interface ImportMeta {
  readonly dirname: string;
  readonly filename: string;
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}
