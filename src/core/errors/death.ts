/** Words for what a process ended of, from its exit code or signal and the end of its standard error. */
export function deathOf(code: number | null, signal: string | null, errors: string): string {
  if (
    /heap out of memory|bad_alloc|failed to allocate memory|cannot allocate memory|array buffer allocation failed/i.test(
      errors,
    )
  ) {
    return 'it ran out of memory';
  }
  switch (signal) {
    case null:
      break;
    case 'SIGKILL':
      return 'it was killed (signal SIGKILL), as the system does when memory runs out';
    case 'SIGSEGV':
    case 'SIGBUS':
    case 'SIGILL':
    case 'SIGABRT':
    case 'SIGFPE':
      return `it crashed (signal ${signal})`;
    default:
      return `it was ended by the signal ${signal}`;
  }
  const last = lastError(errors);
  return `it ended with exit code ${code ?? 'unknown'}${last ? ` (${last})` : ''}`;
}

/** The line of a stack trace that names the error, or else the last line. */
function lastError(errors: string): string {
  const lines = errors
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const named = lines.findLast((line) => /^(?:\w*Error|Error \[\w+\])\b/u.test(line));
  return (named ?? lines.at(-1) ?? '').slice(0, 200);
}
