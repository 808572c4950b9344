import type { Sequence, Token } from '../text/token.ts';
import type { Sides } from './shown.ts';
import type { ShownUnit } from './units.ts';

/** A sequence whose tokens are units: where a unit is a word, one token with the characters of all its pieces. */
export function unitSequence(sequence: Sequence, units: readonly ShownUnit[]): Sequence {
  const tokens = units.flatMap((unit) => tokenOf(sequence, unit) ?? []);
  // The second text of a pair alone is a text of its own.
  const { pair, pairAnalysedTo } = sequence;
  if (pair !== undefined && tokens.length > 0 && tokens.every((token) => token.segment === 1)) {
    return {
      text: pair,
      tokens: tokens.map((token) => ({ ...token, segment: 0 })),
      ...(pairAnalysedTo === undefined ? {} : { analysedTo: pairAnalysedTo }),
    };
  }
  const { generatedFrom, roles, ...text } = sequence;
  const unitFrom = (token: number): number => units.filter(({ first }) => first < token).length;
  return {
    ...text,
    tokens,
    ...(generatedFrom === undefined ? {} : { generatedFrom: unitFrom(generatedFrom) }),
    ...(roles === undefined
      ? {}
      : { roles: roles.map((said) => ({ ...said, first: unitFrom(said.first), end: unitFrom(said.end) })) }),
  };
}

/** Whether both sides hold the same units. */
export function sameSides({ query, key }: Sides): boolean {
  return query.length === key.length && query.every(({ first }, index) => first === key[index]?.first);
}

function tokenOf({ tokens }: Sequence, { first, end }: ShownUnit): Token | null {
  const pieces = tokens.slice(first, end);
  const [head] = pieces;
  if (!head || pieces.length === 1) return head ?? null;
  return {
    ...head,
    text: pieces.map((piece) => piece.text).join(''),
    start: Math.min(...pieces.map((piece) => piece.start)),
    end: Math.max(...pieces.map((piece) => piece.end)),
    ...(pieces.some((piece) => piece.unknown) ? { unknown: true } : {}),
  };
}
