import { words } from '../words/words.ts';

/** Says how a process ended, by its exit code or signal and the end of its standard error. */
export function describeEnd(code: number | null, signal: string | null, errors: string): string {
  const says = words().processEnd;
  if (
    /heap out of memory|bad_alloc|failed to allocate memory|cannot allocate memory|array buffer allocation failed/i.test(
      errors,
    )
  ) {
    return says.outOfMemory;
  }
  switch (signal) {
    case null:
      return says.exited(code, lastError(errors));
    case 'SIGKILL':
      return says.killed(signal);
    case 'SIGSEGV':
    case 'SIGBUS':
    case 'SIGILL':
    case 'SIGABRT':
    case 'SIGFPE':
      return says.crashed(signal);
    default:
      return says.signalled(signal);
  }
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
