import * as v from 'valibot';
import { words } from './words/words.ts';

/**
 * What a schema lets pass, as data that nobody changes: every type that crosses a border, lies in a file or in a
 * setting is inferred from its schema, so that neither can have a field or a name that the other lacks.
 */
export type Data<S extends v.GenericSchema> = Frozen<v.InferOutput<S>>;

/** A type with all that it holds read-only; buffers as they are. */
type Frozen<T> = unknown extends T
  ? T
  : T extends string | number | boolean | null | undefined | ArrayBuffer
    ? T
    : { readonly [K in keyof T]: Frozen<T[K]> };

/** What a schema finds wrong with a value, in words: what the schema says itself, or else what it expects. */
export function issueText({ message, expected, received }: v.BaseIssue<unknown>): string {
  const says = words().details.values;
  if (received === 'undefined') return says.missing;
  if (!libraryMessage.test(message)) return message;
  return expected === null ? says.invalid(received) : says.expected(expected, received);
}

/** How the messages of valibot begin, which speak one language only. */
const libraryMessage = /^Invalid [\w ]+: /;

/** An index that counts from 0, or a count. */
export const indexSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A number that is one. */
export const finiteSchema = v.pipe(v.number(), v.finite());

/** A finite number above 0. */
export const positiveSchema = v.pipe(v.number(), v.finite(), v.gtValue(0));

/** A probability, or a share of a whole, from 0 to 1. */
export const shareSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A whole number of a range, both ends included, told by its range where it is none. */
export function wholeSchema(least: number, most: number) {
  return v.pipe(
    v.number(),
    v.check(
      (number) => Number.isSafeInteger(number) && number >= least && number <= most,
      () => words().details.values.whole(least, most),
    ),
  );
}
