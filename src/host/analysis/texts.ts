import type { RunSpec } from '../../core/run/run-spec.ts';
import type { Place } from './places.ts';

/**
 * The texts of one analysis: where the text stands, and with some models a second one: the other text of a pair, or the
 * target that a decoder is given. A target may also have been typed; it then stands in no document.
 */
export interface Texts {
  readonly text: Place;
  readonly pair?: Place | undefined;
  readonly target?: Place | string | undefined;
}

/** A text of an analysis in a document, and which of the analysis' tokens it holds. */
export interface TextPart {
  readonly place: Place;
  readonly sequence: number;
  readonly segment: 0 | 1;
}

/** Which of an analysis' sequences a target is. */
const targetSequence = 1;

/** The texts that stand in documents. */
export function partsOf({ text, pair, target }: Texts): readonly TextPart[] {
  return [
    { place: text, sequence: 0, segment: 0 },
    ...(pair ? [{ place: pair, sequence: 0, segment: 1 } as const] : []),
    ...(target !== undefined && typeof target !== 'string'
      ? [{ place: target, sequence: targetSequence, segment: 0 } as const]
      : []),
  ];
}

/** A run of a model on the texts. */
export function runOf(model: string, { text, pair, target }: Texts): RunSpec {
  return {
    model,
    text: text.range.text,
    ...(pair ? { pair: pair.range.text } : {}),
    ...(target === undefined ? {} : { target: typeof target === 'string' ? target : target.range.text }),
  };
}

/** Whether two analyses are of the same kind of texts, beginning at the same places. */
export function sameTexts(a: Texts, b: Texts): boolean {
  return (
    samePlace(a.text, b.text) &&
    samePlace(a.pair, b.pair) &&
    (typeof a.target === 'string' || typeof b.target === 'string'
      ? a.target === b.target
      : samePlace(a.target, b.target))
  );
}

function samePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a?.uri.toString() === b?.uri.toString() && a?.range.start === b?.range.start;
}
