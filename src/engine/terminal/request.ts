import * as v from 'valibot';
import { readEdit } from '../../core/run/edits.ts';
import { editsSchema } from '../../core/run/edits.ts';
import type { RunSpec } from '../../core/run/run-spec.ts';
import { decodeText, EncodingError, withoutMark } from '../files/decode-text.ts';
import { messageOf } from '../files/json-file.ts';
import { readWhole } from '../files/read-whole.ts';
import { chatOf, continuationOf, dtypeOption, memoryOption, wrong, type WritingValues } from './command-line.ts';
import { issueText } from '../../core/schema.ts';
import { words } from '../../core/words/words.ts';

const text = { type: 'string' } as const;

/** The options that say which model reads what, for every command that runs one. */
export const requestOptions = {
  model: text,
  dtype: text,
  pair: text,
  target: text,
  memory: text,
  continue: text,
  seed: text,
  temperature: text,
  'top-k': text,
  'top-p': text,
  chat: text,
  user: text,
  system: text,
  edit: { type: 'string', multiple: true },
} as const;

/** What `parseArgs` gives for {@link requestOptions}. */
export interface RequestValues extends WritingValues {
  readonly model?: string | undefined;
  readonly dtype?: string | undefined;
  readonly pair?: string | undefined;
  readonly target?: string | undefined;
  readonly memory?: string | undefined;
  readonly edit?: readonly string[] | undefined;
}

/** What a command is to run, and the most bytes that it may take; null leaves them to what the machine has. */
export interface TerminalRequest {
  readonly run: RunSpec;
  readonly memory: number | null;
}

/** Reads which model reads what; the text `-` is standard input. Throws `argument-invalid`. */
export function requestOf(values: RequestValues, positionals: readonly string[]): TerminalRequest {
  const chat = chatOf(values);
  const [given = chat ? '' : undefined] = positionals;
  if (given === undefined) throw wrong('TEXT', words().details.options.noText);
  if (chat && positionals.length > 0) throw wrong('chat', words().details.run.chatAndText);
  if (positionals.length > 1) throw wrong('TEXT', words().details.options.texts(positionals.length));
  const run = {
    model: values.model ?? 'masked-lm-small',
    dtype: dtypeOption(values.dtype),
    text: textOf(given),
    pair: values.pair && withoutMark(values.pair),
    target: values.target && withoutMark(values.target),
    continue: continuationOf(values),
    chat,
    edits: editsOf(values.edit),
  };
  return { run, memory: memoryOption(values.memory) };
}

/** A text of the command line; `-` is standard input. Throws `argument-invalid`. */
export function textOf(given: string): string {
  return given === '-' ? standardInput() : withoutMark(given);
}

/** The edits of the run, in order; undefined where there are none. Throws `argument-invalid`. */
function editsOf(texts: readonly string[] | undefined): RunSpec['edits'] {
  if (texts === undefined) return undefined;
  const edits = texts.map((each) => {
    const read = readEdit(each);
    if ('problem' in read) throw wrong('--edit', read.problem);
    return read.edit;
  });
  const parsed = v.safeParse(editsSchema, edits);
  if (!parsed.success) throw wrong('--edit', issueText(parsed.issues[0]));
  return edits;
}

/**
 * All of standard input without its last line break. Throws `argument-invalid` when it cannot be read or is no text.
 */
function standardInput(): string {
  try {
    return decodeText(readWhole(0)).replace(/\r?\n$/, '');
  } catch (thrown) {
    throw wrong(
      words().details.options.standardInput,
      thrown instanceof EncodingError ? thrown.message : messageOf(thrown),
    );
  }
}
