import * as v from 'valibot';
import type { Data } from '../schema.ts';
import { labelOf } from '../text/label.ts';
import type { Sequence, Token } from '../text/token.ts';
import { wordsOf, type TokenSpan } from '../text/words.ts';

/** What stands in a row or column of the picture: a token or a word, as the indices [first, end) of its tokens. */
export type Unit = TokenSpan;

/** Which units of a sequence are shown. */
export type UnitOptions = Data<v.ObjectSchema<typeof unitEntries, undefined>>;

/** The entries of {@link UnitOptions} in a schema. */
export const unitEntries = {
  unit: v.picklist(['tokens', 'words']),
  hideSpecial: v.boolean(),
  hidePunctuation: v.boolean(),
};

/** A unit and its place among all units of the sequence, hidden ones counted. */
export interface ShownUnit extends Unit {
  readonly at: number;
}

/** All units of a sequence, in its order. */
export function allUnits({ tokens }: Sequence, unit: UnitOptions['unit']): readonly Unit[] {
  return unit === 'words' ? wordsOf(tokens) : tokenUnits(tokens.length);
}

/** Every one of so many tokens as a unit of its own. */
export function tokenUnits(count: number): readonly Unit[] {
  return Array.from({ length: count }, (_, first) => ({ first, end: first + 1 }));
}

/** The units that are shown; of a sentence pair those of one segment alone, unless `segment` is null. */
export function shownUnits(
  sequence: Sequence,
  options: UnitOptions,
  segment: Token['segment'] | null,
): readonly ShownUnit[] {
  const shown = (token: Token): boolean =>
    !(options.hideSpecial && token.special) &&
    !(options.hidePunctuation && isPunctuation(sequence, token)) &&
    (segment === null || token.segment === segment);
  return allUnits(sequence, options.unit)
    .map((unit, at) => ({ ...unit, at }))
    .filter(({ first, end }) => sequence.tokens.slice(first, end).some(shown));
}

/** Whether a token is nothing but punctuation (Unicode category P). */
export function isPunctuation(sequence: Sequence, token: Token): boolean {
  return !token.special && /^\p{P}+$/u.test(labelOf(sequence, token));
}
