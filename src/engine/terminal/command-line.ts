import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { layerCount, layerIndex, layerNumbers } from '../../core/attention/layers.ts';
import type { MapInfo } from '../../core/attention/map.ts';
import { dtypes, type Dtype } from '../../core/catalogue/dtype.ts';
import { drawingSchema, type Drawing } from '../../core/prediction/sample.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { continuationSchema, type Continuation } from '../../core/run/run-spec.ts';
import { chatIn, messagesOf as messagesIn } from '../../core/document/chat-turns.ts';
import { chatSchema, type Message } from '../../core/text/chat.ts';
import { decodeText, withoutMark } from '../files/decode-text.ts';
import { messageOf } from '../files/json-file.ts';
import { words } from '../../core/words/words.ts';
import { issueText } from '../../core/schema.ts';

/** The options of the command line that make a model write or talk, as `parseArgs` gives them. */
export interface WritingValues {
  readonly continue?: string | undefined;
  readonly seed?: string | undefined;
  readonly temperature?: string | undefined;
  readonly 'top-k'?: string | undefined;
  readonly 'top-p'?: string | undefined;
  readonly chat?: string | undefined;
  readonly user?: string | undefined;
  readonly system?: string | undefined;
}

/** An option of the command line that cannot be used, and why (no full stop). */
export function wrong(argument: string, detail: string): AttentionError {
  return new AttentionError({ code: 'argument-invalid', argument, detail });
}

/** How the model is to write on; undefined when it is not. Throws `argument-invalid`. */
export function continuationOf(values: WritingValues): Continuation | undefined {
  const { seed, temperature, 'top-k': topK, 'top-p': topP } = values;
  const drawn = [seed, temperature, topK, topP].some((value) => value !== undefined);
  if (values.continue === undefined) {
    if (drawn) throw wrong('--continue', words().details.options.sampling);
    return undefined;
  }
  const sampling = drawn
    ? {
        seed: numberOf('--seed', seed ?? '0'),
        ...(temperature === undefined ? {} : { temperature: numberOf('--temperature', temperature) }),
        ...(topK === undefined ? {} : { topK: numberOf('--top-k', topK) }),
        ...(topP === undefined ? {} : { topP: numberOf('--top-p', topP) }),
      }
    : undefined;
  const tokens = numberOf('--continue', values.continue);
  // A run may also read what was written before and write nothing; here there is nothing before.
  if (tokens === 0) throw wrong('--continue', words().details.values.whole(1, 4096));
  const parsed = v.safeParse(continuationSchema, {
    tokens,
    ...(sampling ? { sampling } : {}),
  });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw wrong(optionOf(v.getDotPath(issue)), issueText(issue));
}

/**
 * With which settings next tokens are drawn, for their probabilities; undefined where no option says so. Throws
 * `argument-invalid`.
 */
export function drawingOption({
  temperature,
  'top-k': topK,
  'top-p': topP,
}: Pick<WritingValues, 'temperature' | 'top-k' | 'top-p'>): Drawing | undefined {
  if ([temperature, topK, topP].every((value) => value === undefined)) return undefined;
  const parsed = v.safeParse(drawingSchema, {
    ...(temperature === undefined ? {} : { temperature: numberOf('--temperature', temperature) }),
    ...(topK === undefined ? {} : { topK: numberOf('--top-k', topK) }),
    ...(topP === undefined ? {} : { topP: numberOf('--top-p', topP) }),
  });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw wrong(optionOf(`sampling.${v.getDotPath(issue) ?? ''}`), issueText(issue));
}

/** The conversation: a file of messages, or a user's message and a system's before it. Throws `argument-invalid`. */
export function chatOf({ chat, user, system }: WritingValues): Message[] | undefined {
  if (chat !== undefined && (user !== undefined || system !== undefined))
    throw wrong('--chat', words().details.options.chatFile);
  if (chat !== undefined) return messagesOf(chat);
  if (user === undefined && system !== undefined) throw wrong('--system', words().details.options.system);
  if (user === undefined) return undefined;
  return [
    ...(system === undefined ? [] : [{ role: 'system', content: withoutMark(system) }]),
    { role: 'user', content: withoutMark(user) },
  ];
}

/** One of a few names; null when none was given. Throws `argument-invalid`. */
export function choiceOption<T extends string>(
  argument: string,
  value: string | undefined,
  choices: readonly T[],
): T | null {
  if (value === undefined) return null;
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw wrong(argument, words().details.options.oneOf(value, choices));
  return found;
}

/** A whole number from `min` on; null when none was given. Throws `argument-invalid`. */
export function wholeOption(argument: string, value: string | undefined, min: 0 | 1 = 0): number | null {
  if (value === undefined) return null;
  const says = words().details.options;
  const number = /^\d{1,9}$/u.test(value) ? Number(value) : -1;
  if (number < min) throw wrong(argument, min === 0 ? says.index(value) : says.count(value));
  return number;
}

/** The place in a map of the layer that has this number in the model. Throws `argument-invalid` where it has none. */
export function layerOption(map: MapInfo, number: number): number {
  const index = layerIndex(map, number);
  if (index === null) throw noLayer(map, number);
  return index;
}

/** That a map has no layer with this number. */
export function noLayer(map: MapInfo, number: number): AttentionError {
  return wrong('--layer', words().details.options.layer(number, map.name, layerNumbers(map), layerCount(map)));
}

/** Checks that a map has a head. Throws `argument-invalid`. */
export function checkHead({ name, shape: [, heads] }: MapInfo, head: number): void {
  if (head >= heads) throw wrong('--head', words().details.options.head(head, name, heads));
}

/** The kind of numbers that was asked for. Throws `argument-invalid`. */
export function dtypeOption(value: string | undefined): Dtype | undefined {
  return choiceOption('--dtype', value, dtypes) ?? undefined;
}

/** A number of bytes; undefined when none was given. Throws `argument-invalid`. */
export function memoryOption(value: string | undefined): number | null {
  if (value === undefined) return null;
  const bytes = numberOf('--memory', value);
  if (bytes > 0) return bytes;
  throw wrong('--memory', words().details.options.bytes);
}

/** The messages of a file: the turns of a text, or a list in JSON. Throws `argument-invalid`. */
function messagesOf(file: string): Message[] {
  const says = words().details.options;
  let text: string;
  try {
    text = decodeText(readFileSync(file));
  } catch (thrown) {
    throw wrong('--chat', messageOf(thrown));
  }
  const chat = chatIn(text);
  if (chat) return messagesIn(text, chat);
  let messages: unknown;
  try {
    messages = JSON.parse(text);
  } catch (thrown) {
    // What does not even begin like a list was not meant as one.
    throw wrong('--chat', says.messages(file, /^\s*[[{]/u.test(text) ? messageOf(thrown) : null));
  }
  const parsed = v.safeParse(chatSchema, messages);
  if (parsed.success) return parsed.output;
  throw wrong('--chat', says.messages(file, issueText(parsed.issues[0])));
}

function numberOf(argument: string, value: string): number {
  const number = value.trim() === '' ? NaN : Number(value);
  if (Number.isFinite(number)) return number;
  throw wrong(argument, words().details.options.number(value));
}

/** The option that a field of the continuation comes from. */
function optionOf(path: string | null): string {
  switch (path) {
    case 'sampling.seed':
      return '--seed';
    case 'sampling.temperature':
      return '--temperature';
    case 'sampling.topK':
      return '--top-k';
    case 'sampling.topP':
      return '--top-p';
    default:
      return '--continue';
  }
}
