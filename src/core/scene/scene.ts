import { rowText } from '../attention/row-names.ts';
import type { Selection, TokenFocus } from '../attention/selection.ts';
import type { ShownWeights, Sides } from '../attention/shown.ts';
import type { ViewOptions } from '../attention/view.ts';
import { arrange, arranged, onlyStep, shownStep, type Arrangement } from './arrangement.ts';
import type { Frame } from './frame.ts';
import { Last } from './last.ts';
import { otherSide } from './links.ts';

/**
 * A frame as the options want it shown: its rows and columns are units (tokens or words, without the hidden ones), and
 * its sequences, shape, weights and selection are of these units. To a view it is a frame.
 *
 * `source` is the frame in tokens; `sides` tells which tokens of it a row or column stands for; `step` is the one row
 * that is shown, null for all.
 */
export type Scene<F extends Frame = Frame> = F & {
  readonly source: F;
  readonly sides: Sides;
  readonly options: ViewOptions;
  readonly step: number | null;
};

/** The unit that holds a token, or null when it is hidden. */
export function unitOf({ sides }: Pick<Scene, 'sides'>, { side, index }: TokenFocus): TokenFocus | null {
  const unit = sides[side].findIndex(({ first, end }) => first <= index && index < end);
  return unit < 0 ? null : { side, index: unit };
}

/** The first token of a unit. */
export function tokenOf({ sides }: Pick<Scene, 'sides'>, { side, index }: TokenFocus): TokenFocus | null {
  const unit = sides[side][index];
  return unit ? { side, index: unit.first } : null;
}

/** What is pointed at, in units; null when it is hidden. */
export function pointedUnit(scene: Scene, pointer: TokenFocus): TokenFocus | null {
  return inBoth(pointer, (token) => unitOf(scene, token));
}

/** What is pointed at, in tokens. */
export function pointedToken(scene: Scene, pointer: TokenFocus): TokenFocus | null {
  return inBoth(pointer, (token) => tokenOf(scene, token));
}

/** A token and its partner, where it has one, in other terms; null where either has no place there. */
function inBoth(pointer: TokenFocus, convert: (token: TokenFocus) => TokenFocus | null): TokenFocus | null {
  const token = convert(pointer);
  if (!token || pointer.cell === undefined) return token;
  const partner = convert({ side: otherSide(pointer.side), index: pointer.cell });
  return partner && { ...token, cell: partner.index };
}

/** A selection of a scene as everybody else knows it: its token counts tokens. */
export function inTokens(scene: Scene, selection: Selection): Selection {
  return { ...selection, token: selection.token && kept(selection.token, (token) => tokenOf(scene, token)) };
}

/** A token in other terms, with its partner as long as that has a place there. */
function kept(focus: TokenFocus, convert: (token: TokenFocus) => TokenFocus | null): TokenFocus | null {
  return inBoth(focus, convert) ?? convert(focus);
}

/**
 * Makes scenes of frames: the one place that says what is shown. What a move does not change is made once: units for a
 * map, weights for a layer, what is spoken of for a set of heads.
 */
export class Scenes<F extends Frame> {
  readonly #last = new Last<Scene<F> | null>();
  readonly #arrangement = new Last<Arrangement>();
  readonly #info = new Last<F['info']>();
  readonly #weights = new Last<ShownWeights>();
  readonly #rows = new Last<NonNullable<Frame['rows']>>();
  readonly #spoken = new Last<ShownWeights>();
  readonly #weightsOfStep = new Last<ShownWeights>();
  readonly #spokenOfStep = new Last<ShownWeights>();

  /**
   * The scene of a frame, or null when the options hide everything on one side; the same object for the same frame and
   * options.
   */
  of(frame: F, options: ViewOptions): Scene<F> | null {
    return this.#last.of([frame, options], () => this.#make(frame, options));
  }

  #make(frame: F, options: ViewOptions): Scene<F> | null {
    const { unit, hideSpecial, hidePunctuation, renormalise, mass, topK, pairs } = options;
    const { info: source } = frame;
    const arrangement = this.#arrangement.of([source, frame.map, unit, hideSpecial, hidePunctuation, pairs], () =>
      arrange(frame.map, source.sequences, options),
    );
    const { sides, map, steps } = arrangement;
    if (sides.query.length === 0 || sides.key.length === 0) return null;
    const info = this.#info.of([source, arrangement], () => ({ ...source, sequences: arrangement.sequences }));
    const rules = [arrangement, renormalise, mass, topK];
    const step = shownStep(arrangement, options);
    const ofLayer = this.#weights.of([frame.weights, ...rules], () => arranged(frame.weights, arrangement, options));
    const ofFocus = this.#spoken.of([frame.spoken, ...rules], () => arranged(frame.spoken, arrangement, options));
    const weights =
      step === null ? ofLayer : this.#weightsOfStep.of([ofLayer, step], () => onlyStep(ofLayer, sides, step));
    const spoken =
      step === null ? ofFocus : this.#spokenOfStep.of([ofFocus, step], () => onlyStep(ofFocus, sides, step));
    const token = frame.selection.token && kept(frame.selection.token, (one) => unitOf({ sides }, one));
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
