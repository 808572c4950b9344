import { createInterface } from 'node:readline/promises';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { AttentionError } from '../../core/errors/reason.ts';
import { wrong } from './command-line.ts';
import { messageOf } from '../files/json-file.ts';
import type { ModelPlaces } from '../store/models.ts';
import { words } from '../../core/words/words.ts';

/** What a command of the command line works with. */
export interface Terminal {
  readonly places: ModelPlaces;
  /** The folder of the script and style of exported pages. */
  readonly page: string;
  /** The file of the sentences that heads are measured on. */
  readonly sentences: string;
  /** Aborted by Ctrl-C, or by a signal that asks the process to end. */
  readonly signal: AbortSignal;
  /** The exit status after an abort. */
  stoppedStatus(): number;
  /** The process that cleans up what is left of unfinished files, in whose name they are written. */
  readonly owner: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** Takes progress and questions, so that the output can be piped. */
  readonly errors: NodeJS.WriteStream;
}

/** A command: its arguments without its name. Gives the exit status. Throws AttentionError. */
export type TerminalCommand = (args: readonly string[], terminal: Terminal) => Promise<number>;

/**
 * Reads options and the one argument that may not be left out, called `name` in messages. Throws `argument-invalid`.
 */
export function oneArgument<const O extends ParseArgsOptionsConfig>(args: readonly string[], name: string, options: O) {
  const { values, positionals } = readOptions(args, options);
  const [argument] = positionals;
  if (argument === undefined) throw wrong(name, words().details.options.missing);
  if (positionals.length > 1) throw wrong(name, words().details.options.several(positionals.length));
  return { values, argument };
}

/** Reads options and arguments. Throws `argument-invalid`. */
export function readOptions<const O extends ParseArgsOptionsConfig>(args: readonly string[], options: O) {
  const { tokens } = parseArgs({ args: [...args], allowPositionals: true, options, strict: false, tokens: true });
  for (const token of tokens)
    if (token.kind === 'option')
      checkOption(token, Object.hasOwn(options, token.name) ? options[token.name] : undefined);
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (thrown) {
    throw wrong(words().details.options.commandLine, messageOf(thrown));
  }
}

/** What Node would refuse in words of its own (“argument is ambiguous”). */
function checkOption(
  { rawName, value, inlineValue }: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
  option: ParseArgsOptionsConfig[string] | undefined,
): void {
  if (!option) throw wrong(rawName, words().details.options.unknown);
  if (option.type === 'boolean') {
    if (value !== undefined) throw wrong(rawName, words().details.options.noValue);
  } else if (value === undefined) throw wrong(rawName, words().details.options.valueMissing);
  else if (inlineValue !== true && value.length > 1 && value.startsWith('-')) {
    throw wrong(rawName, words().details.options.valueOrOption(value, rawName));
  }
}

/** Asks a question that is answered with y or n. Throws `cancelled` on Ctrl-C. */
export async function consents(question: string, { input, errors, signal }: Terminal): Promise<boolean> {
  const lines = createInterface({ input, output: errors });
  const stopped = new AbortController();
  lines.once('SIGINT', () => stopped.abort());
  lines.once('close', () => stopped.abort());
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal: AbortSignal.any([signal, stopped.signal]) });
    return /^\s*y(es)?\s*$/i.test(answer);
  } catch (thrown) {
    throw new AttentionError({ code: 'cancelled' }, { cause: thrown });
  } finally {
    lines.close();
  }
}
