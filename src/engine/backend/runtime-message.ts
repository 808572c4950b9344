import { AttentionError, type RunCause } from '../../core/errors/reason.ts';

/** What onnxruntime and transformers.js put around the words that help: codes, source files, their own preambles. */
const noise: readonly (readonly [RegExp, string])[] = [
  [/^An error occurred during model execution: "/, ''],
  [/^Error: /, ''],
  [/\[ONNXRuntimeError\] : \d+ : [A-Z_]+ : /g, ''],
  [/\b[\w/.-]+\.(?:cc|cpp|h):\d+ (?:[\w:<>~]+(?: ?\(\))? )?/g, ''],
  [/^Non-zero status code returned while running (\w+) node\. Name:'([^']*)' Status Message: /, '$1 node “$2”: '],
  [/ Error: /g, ' '],
];

/** The most characters of a message. */
const longest = 300;

/**
 * The message of something that a library threw, fit for the middle of a sentence: all its lines as one, no full stop.
 */
export function runtimeMessage(thrown: unknown): string {
  const whole = noise
    .reduce((message, [pattern, replacement]) => message.replace(pattern, replacement), allLines(thrown))
    .trim();
  const message = whole.replace(/\s*Please fix either the inputs\/outputs or the model\.?$/, '').replace(/\.$/, '');
  return message.length > longest ? `${message.slice(0, longest)}…` : message;
}

/**
 * onnxruntime tells what it got and what it expected in lines of their own; a stack of calls behind them helps nobody.
 */
function allLines(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const lines = text.split('\n').map((line) => line.trim());
  const end = lines.findIndex((line) => /^(at |Stacktrace|#\d+ )/.test(line));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .filter((line) => line !== '')
    .join(' ');
}

/** Words by which a cause is known, in what onnxruntime says. */
const causes: readonly (readonly [RunCause, RegExp])[] = [
  ['memory', /bad[ _]?alloc|failed to allocate|out of memory|allocation (size|failed)|array buffer allocation/i],
  ['index', /out of (data )?bounds|out of range|indices element|index out/i],
  [
    'input',
    /invalid dimensions|invalid rank|unexpected input data type|mismatch|broadcast|incompatible|missing in 'feeds'|missing input|dimension|shape/i,
  ],
];

/** What kind of fault a library's message tells of; null where it does not say. */
export function causeOf(thrown: unknown): RunCause | null {
  const message = allLines(thrown);
  return causes.find(([, pattern]) => pattern.test(message))?.[0] ?? null;
}

/** Whether a session could not be opened because onnxruntime has no code for one of its operators. */
export function isMissingOperator(thrown: unknown): boolean {
  return /could not find an implementation|not[ _]implemented|is not a registered function\/op/i.test(allLines(thrown));
}

/** What a run of a model gives. Throws `run-failed` with the library's message and its cause when it fails. */
export async function running<T>(model: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof AttentionError) throw thrown;
    const cause = causeOf(thrown);
    throw new AttentionError(
      { code: 'run-failed', model, detail: runtimeMessage(thrown), ...(cause ? { cause } : {}) },
      { cause: thrown },
    );
  }
}
