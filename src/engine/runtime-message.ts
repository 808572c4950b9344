import { AttentionError } from '../core/errors/reason.ts';
import { messageOf } from './json-file.ts';

/** What onnxruntime and transformers.js put around the words that help: codes, source files, their own preambles. */
const noise: readonly (readonly [RegExp, string])[] = [
  [/^An error occurred during model execution: "/, ''],
  [/^Error: /, ''],
  [/\[ONNXRuntimeError\] : \d+ : [A-Z_]+ : /g, ''],
  [/\b[\w/.-]+\.(?:cc|cpp|h):\d+ (?:[\w:<>~]+(?: ?\(\))? )?/g, ''],
  [/^Non-zero status code returned while running (\w+) node\. Name:'([^']*)' Status Message: /, '$1 node “$2”: '],
  [/ Error: /g, ' '],
];

/** The message of something that a library threw, fit for the middle of a sentence: one line, no full stop. */
export function runtimeMessage(thrown: unknown): string {
  return noise.reduce((message, [pattern, replacement]) => message.replace(pattern, replacement), messageOf(thrown)).trim();
}

/** What a run of a model gives. Throws `run-failed` with the library's message when it fails. */
export async function running<T>(model: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof AttentionError) throw thrown;
    throw new AttentionError({ code: 'run-failed', model, detail: runtimeMessage(thrown) }, { cause: thrown });
  }
}
