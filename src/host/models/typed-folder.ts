/** The beginning of an absolute path: of Linux and macOS, of Windows, of a share. */
const absolute = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/u;

/** The folder that a person types or pastes as an absolute path, as a dialog would give it; null for other words. */
export function typedFolder(typed: string): string | null {
  const path = typed.trim().replace(/^(["'])(.*)\1$/u, '$2');
  if (!absolute.test(path)) return null;
  const bare = path.replace(/[\\/]+$/u, '');
  return absolute.test(`${bare}/`) && bare !== '' && !bare.endsWith(':') ? bare : null;
}
