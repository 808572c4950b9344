import { words } from '../words/words.ts';
import type { Sequence } from './token.ts';

/**
 * A text of a sequence that was longer than the model takes: the end of what was analysed, and its length, in UTF-16
 * code units.
 */
export interface Cut {
  readonly segment: 0 | 1;
  readonly to: number;
  readonly length: number;
}

/** The texts of a sequence that were cut: of a pair none, either or both. */
export function cutsOf({ text, pair, analysedTo, pairAnalysedTo }: Sequence): readonly Cut[] {
  return [
    ...(analysedTo === undefined ? [] : [{ segment: 0, to: analysedTo, length: text.length } as const]),
    ...(pair === undefined || pairAnalysedTo === undefined
      ? []
      : [{ segment: 1, to: pairAnalysedTo, length: pair.length } as const]),
  ];
}

/**
 * What was cut of the sequences of an analysis, a sentence each: `Only the first 30 of 60 characters of the second text
 * were analysed.`
 */
export function cutSentences(sequences: readonly Sequence[]): string[] {
  return sequences.flatMap((sequence, index) =>
    cutsOf(sequence).map(({ segment, to, length }) =>
      words().texts.cut(to, length, textName(sequences, index, segment)),
    ),
  );
}

/**
 * What a text is called where there are several: the first or second of a pair, the source or the target; nothing where
 * it is alone.
 */
export function textName(sequences: readonly Sequence[], index: number, segment: 0 | 1): string {
  const { first, second, source, target } = words().texts;
  if (sequences[index]?.pair !== undefined) return segment === 0 ? first : second;
  return sequences.length < 2 ? '' : index === 0 ? source : target;
}
