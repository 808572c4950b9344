import type { Comparison, Pane, Relation } from '../../compare/comparison.ts';
import type { Side } from '../../compare/side.ts';
import { sideName, titlesOf } from '../../compare/titles.ts';
import { amountText, exactText, weightText } from '../../attention/number-words.ts';
import { itemAt } from '../../item-at.ts';
import { sequenceOn, type Frame } from '../../scene/frame.ts';
import { seenColumns } from '../../scene/sight.ts';
import type { Scene } from '../../scene/scene.ts';
import { markedLabelOf } from '../../text/unknown-words.ts';
import { words } from '../../words/words.ts';
import { sightOf } from '../../attention/sight.ts';
import type { Label } from '../labels.ts';
import { hatchWords } from '../matrix/marks.ts';

/** One picture of the view and what it says. */
export interface PaneContent<F extends Frame = Frame> {
  readonly run: number;
  readonly isDifference: boolean;
  readonly title: string;
  readonly place: string;
  readonly notes: readonly string[];
  /** Null in the place of a run that is not here. */
  readonly picture: PanePicture<F> | null;
}

/** The rows and columns of a picture as they are in the scene of its run, and their names. */
export interface PanePicture<F extends Frame = Frame> {
  readonly scene: Scene<F>;
  readonly relation: Relation | null;
  /** Places in the first scene of the rows and columns of a difference; null for the picture of a run. */
  readonly subset: { readonly rows: readonly number[]; readonly columns: readonly number[] } | null;
  readonly queries: readonly Label[];
  readonly keys: readonly Label[];
  readonly seen: ReturnType<typeof seenColumns>;
  /** The known links, by row and column; none where the alignment is not known. */
  readonly links: readonly (readonly [query: number, key: number])[];
  /** Whether its rows are those of the first picture, one by one. */
  readonly sharesRows: boolean;
}

/**
 * The pictures of a comparison: the runs, then their differences. `more` has what else is noted of a run, by its index.
 */
export function panesOf<F extends Frame>(
  { main, others }: Comparison<F>,
  sides: readonly Side[],
  more: readonly (readonly string[])[] = [],
): readonly PaneContent<F>[] {
  const runs = [main, ...others];
  const here = runs.flatMap((pane, at) => (pane ? [{ pane, at }] : []));
  const titles = titlesOf(here.map(({ pane, at }) => ({ frame: pane.scene.source, side: sides[at - 1] ?? null })));
  const titleOf = (at: number): (typeof titles)[number] =>
    titles[here.findIndex((one) => one.at === at)] ?? { title: sideName(sides[at - 1] ?? {}), place: '' };
  const contents = runs.map((pane, run): PaneContent<F> => {
    const own = pane ? [...alignmentNotes(pane), ...missingNotes(main.scene, pane)] : [];
    const notes = [...own, ...(more[run] ?? [])];
    return { run, isDifference: false, ...titleOf(run), notes, picture: pane && pictureOf(pane) };
  });
  const differences = runs.flatMap((pane, run) =>
    pane?.relation?.difference ? [differenceContent(main, pane, run, titleOf(run).title, titleOf(0).title)] : [],
  );
  return [...contents, ...differences];
}

/** What hatching means in the first picture that has any; null where none has. */
export function hatchingOf(contents: readonly PaneContent[]): string | null {
  return contents.reduce<string | null>((found, { picture, isDifference }) => {
    if (found !== null || !picture || isDifference) return found;
    return hatchWords(sightOf(picture.scene.map, picture.scene.layer));
  }, null);
}

function differenceContent<F extends Frame>(
  main: Pane<F>,
  { relation }: Pane<F>,
  run: number,
  title: string,
  first: string,
): PaneContent<F> {
  const says = words().compare;
  const difference = relation?.difference;
  if (!difference) throw new RangeError(`Run ${run} has no difference.`);
  const { rows, columns, mean, largest, divergence } = difference;
  const whole = pictureOf(main);
  return {
    run,
    isDifference: true,
    title: says.differenceTitle,
    place: says.difference(title, first),
    notes: [
      says.meanDifference(exactText(mean), weightText(largest)),
      ...(divergence === null ? [] : [says.divergence(amountText(divergence, 3))]),
    ],
    picture: {
      ...whole,
      relation,
      subset: { rows, columns },
      queries: rows.map((row) => itemAt(whole.queries, row)),
      keys: columns.map((column) => itemAt(whole.keys, column)),
      seen: null,
      links: [],
      sharesRows: rows.length === whole.queries.length,
    },
  };
}

function pictureOf<F extends Frame>({ scene, relation, alignment }: Pane<F>): PanePicture<F> {
  const unit = (side: 'query' | 'key', token: number): number =>
    scene.sides[side].findIndex(({ first, end }) => first <= token && token < end);
  return {
    scene,
    relation,
    subset: null,
    queries: labelsOn(scene, 'query'),
    keys: labelsOn(scene, 'key'),
    seen: seenColumns(scene),
    links: (alignment?.links ?? [])
      .map(({ query, key }) => [unit('query', query), unit('key', key)] as const)
      .filter(([query, key]) => query >= 0 && key >= 0),
    sharesRows: relation === null || isSame(relation.rows),
  };
}

function isSame({ toOther, toOwn }: Relation['rows']): boolean {
  return toOther.length === toOwn.length && toOther.every((other, own) => other === own);
}

function labelsOn(scene: Scene, side: 'query' | 'key'): readonly Label[] {
  const sequence = sequenceOn(scene, side);
  return sequence.tokens.map((token, at) => ({
    text: (side === 'query' ? scene.rows?.names[at] : undefined) ?? markedLabelOf(sequence, token),
    special: token.special,
    unknown: token.unknown === true,
  }));
}

function alignmentNotes({ alignment }: Pane): readonly string[] {
  const says = words().compare;
  if (!alignment) return [];
  const { error } = alignment;
  return [error ? says.error(weightText(error.rate), error.right, error.rows) : says.otherTranslation];
}

/** Why there is no difference map. */
function missingNotes(main: Scene, { scene, relation }: Pane): readonly string[] {
  if (!relation || relation.difference) return [];
  const alone = (of: Scene, to: 'toOther' | 'toOwn'): string[] => [
    ...new Set(
      (['query', 'key'] as const).flatMap((side) => {
        const pairing = side === 'query' ? relation.rows : relation.columns;
        return labelsOn(of, side).flatMap(({ text, special }, at) =>
          special || itemAt(pairing[to], at) >= 0 ? [] : [text],
        );
      }),
    ),
  ];
  return [words().compare.noDifference(alone(main, 'toOther'), alone(scene, 'toOwn'))];
}
