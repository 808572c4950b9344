import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import type { Selection, TokenFocus } from '../../src/core/attention/selection.ts';
import { shownWeights, sidesOf, type ShownWeights, type Sides } from '../../src/core/attention/shown.ts';
import { rowNames, rowText, type RowName } from '../../src/core/attention/row-names.ts';
import { onlyRow, stepOf } from '../../src/core/attention/steps.ts';
import { sameSides, unitSequence } from '../../src/core/attention/unit-sequence.ts';
import type { ViewOptions } from '../../src/core/attention/view.ts';
import type { Sequence } from '../../src/core/text/token.ts';
import { otherSide, type Pointed } from './focus.ts';
import type { Frame } from './frame.ts';
import { Last } from './last.ts';

/**
 * A frame as the options want it shown: its rows and columns are units (tokens or words, without those that are
 * hidden), and its sequences, shape, weights and selection speak of them. To every view it is a frame like any other.
 *
 * `source` is the frame in tokens; `sides` tells which tokens of it a row or column stands for; `step` is the one row
 * that is shown, null for all.
 */
export interface Picture extends Frame {
  readonly source: Frame;
  readonly sides: Sides;
  readonly options: ViewOptions;
  readonly step: number | null;
}

/** The unit that holds a token, or null when it is hidden. */
export function unitOf({ sides }: Picture, token: TokenFocus): TokenFocus | null {
  return unitIn(sides, token);
}

/** What is pointed at, in units; null when it is hidden. */
export function pointedUnit(picture: Picture, pointer: Pointed): Pointed | null {
  const unit = unitOf(picture, pointer);
  if (!unit || pointer.cell === undefined) return unit;
  const partner = unitOf(picture, { side: otherSide(pointer.side), index: pointer.cell });
  return partner && { ...unit, cell: partner.index };
}

/** What is pointed at, in tokens. */
export function pointedToken(picture: Picture, pointer: Pointed): Pointed | null {
  const token = tokenOf(picture, pointer);
  if (!token || pointer.cell === undefined) return token;
  const partner = tokenOf(picture, { side: otherSide(pointer.side), index: pointer.cell });
  return partner && { ...token, cell: partner.index };
}

/** The first token of a unit. */
export function tokenOf({ sides }: Picture, { side, index }: TokenFocus): TokenFocus | null {
  const unit = sides[side][index];
  return unit ? { side, index: unit.first } : null;
}

/** A selection of a picture as everybody else knows it: its token counts tokens. */
export function inTokens(picture: Picture, selection: Selection): Selection {
  return { ...selection, token: selection.token && tokenOf(picture, selection.token) };
}

/** What rests on the analysis, the map and the options alone. */
interface Arrangement {
  /** What is read and written at every row, where rows are a decoder's. */
  readonly steps: readonly RowName[] | null;
  readonly sides: Sides;
  readonly info: AnalysisInfo;
  readonly map: MapInfo;
}

/**
 * Makes pictures of frames. What a move does not change is made once: units for a map, weights for a layer, what is
 * spoken of for a set of heads.
 */
export class Pictures {
  readonly #last = new Last<Picture | null>();
  readonly #arrangement = new Last<Arrangement>();
  readonly #weights = new Last<ShownWeights>();
  readonly #rows = new Last<NonNullable<Frame['rows']>>();
  readonly #spoken = new Last<ShownWeights>();
  readonly #weightsOfStep = new Last<ShownWeights>();
  readonly #spokenOfStep = new Last<ShownWeights>();

  /**
   * The picture of a frame, or null when the options hide everything on one side; the same object for the same frame
   * and options.
   */
  of(frame: Frame, options: ViewOptions): Picture | null {
    return this.#last.of([frame, options], () => this.#make(frame, options));
  }

  #make(frame: Frame, options: ViewOptions): Picture | null {
    const { unit, hideSpecial, hidePunctuation, renormalise, mass, topK, pairs } = options;
    const arrangement = this.#arrangement.of([frame.info, frame.map, unit, hideSpecial, hidePunctuation, pairs], () =>
      arrange(frame, options),
    );
    const { sides, info, map, steps } = arrangement;
    if (sides.query.length === 0 || sides.key.length === 0) return null;
    const shown = (weights: Float32Array): ShownWeights =>
      shownWeights(weights, frame.map, frame.info.sequences, sides, options);
    const rules = [arrangement, renormalise, mass, topK];
    const step = stepOf(frame.map, sides, options);
    const ofLayer = this.#weights.of([frame.weights, ...rules], () => shown(frame.weights));
    const ofFocus = this.#spoken.of([frame.spoken, ...rules], () => shown(frame.spoken));
    const weights =
      step === null ? ofLayer : this.#weightsOfStep.of([ofLayer, step], () => onlyStep(ofLayer, map, step));
    const spoken = step === null ? ofFocus : this.#spokenOfStep.of([ofFocus, step], () => onlyStep(ofFocus, map, step));
    const token = frame.selection.token && unitIn(sides, frame.selection.token);
    const rows =
      steps &&
      this.#rows.of([steps, options.rows], () => ({
        names: steps.map((name) => rowText(name, options.rows)),
        choice: options.rows,
      }));
    return {
      ...frame,
      info,
      map,
      source: frame,
      sides,
      options,
      step,
      ...(rows ? { rows } : {}),
      selection: { ...frame.selection, token },
      weights: weights.weights,
      spoken: spoken.weights,
      whole: { weights: weights.whole, spoken: spoken.whole },
    };
  }
}

function arrange({ info, map }: Frame, options: ViewOptions): Arrangement {
  const sides = sidesOf(map, info.sequences, options);
  const [query, key] = [sequenceFor(info, map.queries, sides.query), sequenceFor(info, map.keys, sides.key)];
  const isOne = map.queries === map.keys && sameSides(sides);
  const queries = info.sequences.length;
  const [layers, heads] = map.shape;
  const names = rowNames(map, info.sequences, options.unit);
  return {
    steps: names && sides.query.flatMap(({ at }) => names[at] ?? []),
    sides,
    info: { ...info, sequences: [...info.sequences, query, ...(isOne ? [] : [key])] },
    map: {
      ...unlocal(map, sides),
      queries,
      keys: isOne ? queries : queries + 1,
      shape: [layers, heads, sides.query.length, sides.key.length],
    },
  };
}

/** A window counts tokens: it is left out where rows or columns are something else. */
function unlocal({ local, ...map }: MapInfo, { query, key }: Sides): Omit<MapInfo, 'queries' | 'keys' | 'shape'> {
  const [, , queries, keys] = map.shape;
  return local && query.length === queries && key.length === keys ? { ...map, local } : map;
}

function sequenceFor({ sequences }: AnalysisInfo, index: number, units: Sides['query']): Sequence {
  return unitSequence(sequences[index] ?? { text: '', tokens: [] }, units);
}

function unitIn(sides: Sides, { side, index }: TokenFocus): TokenFocus | null {
  const unit = sides[side].findIndex(({ first, end }) => first <= index && index < end);
  return unit < 0 ? null : { side, index: unit };
}

/** The weights of one row of every head; all others are 0. */
function onlyStep(
  { whole, weights }: ShownWeights,
  { shape: [, , queries, keys] }: MapInfo,
  step: number,
): ShownWeights {
  return { whole: onlyRow(whole, queries, keys, step), weights: onlyRow(weights, queries, keys, step) };
}
