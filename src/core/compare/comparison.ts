import { rowNames, type RowName } from '../attention/row-names.ts';
import type { ViewOptions } from '../attention/view.ts';
import { itemAt } from '../item-at.ts';
import { sequenceOn, type Frame } from '../scene/frame.ts';
import { Last } from '../scene/last.ts';
import { Scenes, type Scene } from '../scene/scene.ts';
import { labelOf } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { alignmentOf, type Alignment } from './alignment.ts';
import { stretchOf, withCommonWords } from './common-words.ts';
import { differenceOf, type Difference } from './difference.ts';
import { pair, type Pairable, type Pairing } from './pairing.ts';

/** How a picture belongs to the first one, and how far it differs from it. */
export interface Relation {
  readonly rows: Pairing;
  readonly columns: Pairing;
  /** Null where a word of either picture has no partner in the other. */
  readonly difference: Difference | null;
}

/** One of the pictures that are compared. */
export interface Pane<F extends Frame = Frame> {
  readonly scene: Scene<F>;
  /** Null for the first picture. */
  readonly relation: Relation | null;
  readonly alignment: Alignment | null;
}

/** Pictures side by side, the first one first; null in the place of one that is not here or has nothing to show. */
export interface Comparison<F extends Frame = Frame> {
  readonly main: Pane<F>;
  readonly others: readonly (Pane<F> | null)[];
  /** Whether rows and columns are words because the tokens of the models differ. */
  readonly isOfWords: boolean;
}

/** Makes comparisons of frames in tokens; what a move does not change is made once. */
export class Comparisons<F extends Frame> {
  readonly #last = new Last<Comparison<F> | null>();
  readonly #common = new Last<readonly F['info'][]>();
  readonly #scenes: Scenes<F>[] = [];
  readonly #relations: Last<Relation>[] = [];
  readonly #alignments: Last<{ readonly of: Alignment | null }>[] = [];

  /** `main` beside others, under the options of the panel; null where they hide everything of `main`. */
  of(main: F, others: readonly (F | null)[], options: ViewOptions): Comparison<F> | null {
    return this.#last.of([main, ...others, options], () => this.#make(main, others, options));
  }

  #make(main: F, others: readonly (F | null)[], wanted: ViewOptions): Comparison<F> | null {
    const isOfWords = others.some((other) => other !== null && !sameTokens(main, other));
    // A step is one of the first picture alone.
    const options: ViewOptions = { ...wanted, unit: isOfWords ? 'words' : wanted.unit, step: null };
    const [first, ...rest] = isOfWords ? this.#withCommonWords([main, ...others]) : [main, ...others];
    const scene = first ? this.#sceneOf(0, first, options) : null;
    if (!scene) return null;
    return {
      main: { scene, relation: null, alignment: this.#alignmentOf(0, main) },
      others: rest.map((frame, index) => {
        const other = frame && this.#sceneOf(index + 1, frame, options);
        if (!frame || !other) return null;
        const relations = (this.#relations[index] ??= new Last());
        const relation = relations.of([scene.whole.spoken, scene.sides, other.whole.spoken, other.sides], () =>
          relationOf(scene, other),
        );
        return { scene: other, relation, alignment: this.#alignmentOf(index + 1, frame) };
      }),
      isOfWords: isOfWords && wanted.unit !== 'words',
    };
  }

  #sceneOf(at: number, frame: F, options: ViewOptions): Scene<F> | null {
    return (this.#scenes[at] ??= new Scenes()).of(frame, options);
  }

  #alignmentOf(at: number, frame: F): Alignment | null {
    const alignments = (this.#alignments[at] ??= new Last());
    return alignments.of([frame.whole.spoken, frame.info, frame.map], () => ({ of: alignmentOf(frame) })).of;
  }

  /** The frames with the words of the same texts numbered alike. */
  #withCommonWords(frames: readonly (F | null)[]): readonly (F | null)[] {
    const here = frames.filter((frame) => frame !== null);
    const infos = this.#common.of(
      here.flatMap(({ info, map }) => [info, map]),
      () => commonInfos(here),
    );
    return frames.map((frame) => frame && { ...frame, info: itemAt(infos, here.indexOf(frame)) });
  }
}

/** Whether both frames have the same text, and so their words the same characters. */
function sameText(a: Sequence, b: Sequence): boolean {
  return a.text === b.text && a.pair === b.pair;
}

/** Whether two frames part their texts alike; the same model does so with any text. */
function sameTokens(a: Frame, b: Frame): boolean {
  if (a.info.model.id === b.info.model.id) return true;
  return (['query', 'key'] as const).every((side) => {
    const [own, other] = [sequenceOn(a, side), sequenceOn(b, side)];
    const words = ({ tokens }: Sequence): string =>
      tokens.flatMap(({ special, start, end, segment }) => (special ? [] : `${segment}:${start}-${end}`)).join();
    return sameText(own, other) && words(own) === words(other);
  });
}

/** What is known of frames, the first one first, with the words of the first one's texts numbered alike in all. */
function commonInfos<F extends Frame>(frames: readonly F[]): readonly F['info'][] {
  const sequences = frames.map(({ info }) => [...info.sequences]);
  const [first] = frames;
  for (const side of ['query', 'key'] as const) {
    const places = frames.flatMap((frame, at) => {
      const index = side === 'query' ? frame.map.queries : frame.map.keys;
      return first && sameText(sequenceOn(first, side), sequenceOn(frame, side)) ? [{ at, index }] : [];
    });
    const common = withCommonWords(places.map(({ at, index }) => itemAt(itemAt(sequences, at), index)));
    for (const [index, place] of places.entries()) itemAt(sequences, place.at)[place.index] = itemAt(common, index);
  }
  return frames.map(({ info }, at) => ({ ...info, sequences: itemAt(sequences, at) }));
}

function relationOf(main: Scene, other: Scene): Relation {
  const rows = pairedOn('query', main, other);
  const columns = pairedOn('key', main, other);
  const difference =
    rows.isComplete && columns.isComplete
      ? differenceOf(
          { weights: main.whole.spoken, columns: main.map.shape[3] },
          { weights: other.whole.spoken, columns: other.map.shape[3] },
          rows,
          columns,
        )
      : null;
  return { rows, columns, difference };
}

/** Rows that write are paired by what they write, all others by their characters, or by their words in another text. */
function pairedOn(side: 'query' | 'key', main: Scene, other: Scene): Pairing {
  const [own, others] = [stepsOn(side, main), stepsOn(side, other)];
  if (own && others) return pair(own, others, true);
  const isSame = sameText(sequenceOn(main.source, side), sequenceOn(other.source, side));
  return pair(unitsOn(side, main, isSame), unitsOn(side, other, isSame), !isSame);
}

function unitsOn(side: 'query' | 'key', scene: Scene, byPlace: boolean): readonly Pairable[] {
  const source = sequenceOn(scene.source, side);
  const units = sequenceOn(scene, side);
  return units.tokens.map((token, at) => {
    const span = byPlace && !token.special ? stretchOf(source, itemAt(scene.sides[side], at)) : null;
    const key = span ? `${span.segment}:${span.start}-${span.end}` : labelOf(units, token).toLowerCase();
    return { key, special: token.special };
  });
}

/** What the rows of a cross-attention write; null for all other rows and for columns. */
function stepsOn(side: 'query' | 'key', { source, sides, options }: Scene): readonly Pairable[] | null {
  const { map, info } = source;
  const { rows } = map;
  const names = side === 'query' && map.kind === 'cross' ? rowNames(map, info.sequences, options.unit) : null;
  if (!names || !rows) return null;
  const tokens = info.sequences[map.queries]?.tokens ?? [];
  return sides.query.map(({ at, first, end }) => {
    const { written }: RowName = itemAt(names, at);
    const token = tokens[rows.tokens === 'written' ? first : end];
    return { key: written.toLowerCase(), special: token?.special ?? true };
  });
}
