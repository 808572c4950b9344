import { appendFileSync } from 'node:fs';

/** Keeps the details of errors in the file that TEXT_ATTENTION_LOG names; nowhere without it. */
export function noteIn(env: Readonly<Record<string, string | undefined>>): (details: string) => void {
  const file = env['TEXT_ATTENTION_LOG'];
  return (details) => {
    if (!file || details.trim() === '') return;
    try {
      appendFileSync(file, `${new Date().toISOString()} ${details.trimEnd()}\n`);
    } catch {
      // The error itself is told; a log that cannot be written must not hide it.
    }
  };
}
