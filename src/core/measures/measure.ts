import type { MapKind, Seeing } from '../attention/map.ts';

/** One head of a map with what is known of its tokens: all that a measure may need. */
export interface MeasuredHead extends Seeing {
  /** `[query][key]`. */
  readonly weights: Float32Array;
  readonly queries: number;
  readonly keys: number;
  /** Of every key whether it is a special token. */
  readonly special: readonly boolean[];
}

/** What a measure is called and means, in one language. */
export interface MeasureWords {
  /** Its name in a list of measures, and in the head of a narrow column. */
  readonly name: string;
  readonly column: string;
  /** What stands at an axis, with the unit. */
  readonly axis: string;
  /** What it means, in a sentence. */
  readonly meaning: string;
  /** What heads in its order are called (`by entropy`), and which comes first. */
  readonly order: string;
  readonly first: string;
}

/** A number, from 0 on, that says what one head does on a text, without regard to meaning, and how it is read. */
export interface HeadMeasure {
  /** What it is called in the language that is spoken. */
  says(): MeasureWords;
  /** The number as it is read: `1.31 nats`. */
  text(value: number, kind: MapKind): string;
  /**
   * The number among others of a head, as a phrase that names it; null where it says nothing for this kind of map.
   * `maxEntropy` is the highest entropy that a head could have on this text.
   */
  phrase(value: number, kind: MapKind, maxEntropy: number): string | null;
  /** A number on the axis: `1.5`, `40 %`. */
  tick(value: number): string;
}

/** A measure that is computed from the weights of a head. */
export interface WeightMeasure extends HeadMeasure {
  /** The number itself, from 0 on. */
  of(head: MeasuredHead): number;
}

/** A number of an axis without a unit, of at most two digits after the point. */
export function plainTick(value: number): string {
  return String(Number(value.toFixed(2)));
}
