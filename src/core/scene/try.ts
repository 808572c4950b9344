import { layerNumber } from '../attention/layers.ts';
import type { TokenFocus } from '../attention/selection.ts';
import type { Edit, EditOf } from '../run/edits.ts';
import { itemAt } from '../item-at.ts';
import { isSelf, sequenceOn, type Frame } from './frame.ts';
import type { Pair } from './pair.ts';
import type { Scene } from './scene.ts';

/** Where an edit of heads is made: in the head that is spoken of, in all heads of its layer, or in the whole map. */
export type Reach = (typeof reaches)[number];
export const reaches = ['head', 'layer', 'map'] as const;

/** A row that is set by hand: its query and the key in focus, in units of a scene, and in which heads. */
export interface HandRow {
  readonly query: number;
  readonly key: number | null;
  readonly reach: Reach;
}

/** The heads that an edit is made in. */
type Place = Pick<EditOf<'off'>, 'map' | 'layer' | 'head'>;

/** How far an edit can reach that begins at what is spoken of: a head if one is spoken of, a layer if one is shown. */
export function reachesOf({ selection, layer }: Pick<Frame, 'selection' | 'layer'>): readonly Reach[] {
  if (typeof layer !== 'number') return ['map'];
  return selection.head === null ? ['layer', 'map'] : reaches;
}

/** The heads that an edit of a reach is made in; a map is named where there are several. */
export function placeOf({ info, map, selection }: Pick<Frame, 'info' | 'map' | 'selection'>, reach: Reach): Place {
  return {
    ...mapOf({ info, map }),
    layer: reach === 'map' ? null : layerNumber(map, selection.layer),
    head: reach === 'head' ? selection.head : null,
  };
}

function mapOf({ info, map }: Pick<Frame, 'info' | 'map'>): Pick<Place, 'map'> {
  return info.maps.length > 1 ? { map: map.name } : {};
}

/** The link between two units hidden or changed by a number: an edit for each pair of their tokens. */
export function linkEdits(scene: Scene, { query, key }: Pair, reach: Reach, bias: number | null): Edit[] {
  const place = placeOf(scene, reach);
  return tokensOf(scene, { side: 'query', index: query }).flatMap((own) =>
    tokensOf(scene, { side: 'key', index: key }).map((other): Edit =>
      bias === null
        ? { kind: 'block', ...place, query: own, key: other }
        : { kind: 'bias', ...place, query: own, key: other, value: bias },
    ),
  );
}

/** What queries receive of a token in place of its values: nothing, or the mean of what they see. */
export type ValueEdit = EditOf<'zero' | 'mean'>['kind'];

/** The values of a unit withheld from all queries, or replaced by the mean; null if nothing looks at the unit. */
export function valueEdits(scene: Scene, unit: TokenFocus, kind: ValueEdit): Edit[] | null {
  if (unit.side === 'query' && !isSelf(scene.source.map)) return null;
  return tokensOf(scene, unit).map((key) => ({ kind, ...mapOf(scene), key }));
}

/** The side of a run that a unit was given on, and its tokens; null for what the model wrote: that is not replaced. */
export function givenTokens(
  scene: Scene,
  unit: TokenFocus,
): { readonly side: EditOf<'replace'>['side']; readonly tokens: readonly number[] } | null {
  const { map } = scene.source;
  const isTarget = (unit.side === 'query' ? map.queries : map.keys) > 0;
  const { generatedFrom = Infinity } = sequenceOn(scene.source, unit.side);
  const tokens = tokensOf(scene, unit);
  return tokens.every((token) => token < generatedFrom) ? { side: isTarget ? 'target' : 'source', tokens } : null;
}

/** The tokens of a unit replaced by another one; null where they cannot be. */
export function replaceEdits(scene: Scene, unit: TokenFocus, by: string): Edit[] | null {
  const given = givenTokens(scene, unit);
  return given && given.tokens.map((token) => ({ kind: 'replace', side: given.side, token, by }));
}

/**
 * The row of a unit set by hand: `weights` are those of the keys of the scene, whose tokens share each as they share
 * the model's own weight; an edit for each token of the unit.
 */
export function rowEdits(scene: Scene, query: number, weights: readonly number[], reach: Reach): Edit[] {
  const place = placeOf(scene, reach);
  const { source } = scene;
  const keys = source.map.shape[3];
  return tokensOf(scene, { side: 'query', index: query }).map((own): Edit => {
    const row = new Array<number>(keys).fill(0);
    for (const [unit, weight] of weights.entries()) {
      const tokens = tokensOf(scene, { side: 'key', index: unit });
      const shares = tokens.map((key) => itemAt(source.whole.spoken, own * keys + key));
      const sum = shares.reduce((total, share) => total + share, 0);
      for (const [at, key] of tokens.entries())
        row[key] = rounded(weight * (sum > 0 ? itemAt(shares, at) / sum : 1 / tokens.length));
    }
    return { kind: 'pattern', ...place, query: own, weights: row };
  });
}

/** Four digits, as exact weights are shown; links and command lines stay short. */
function rounded(weight: number): number {
  return Math.round(weight * 10_000) / 10_000;
}

/**
 * A row with one weight set and the others scaled so that they still sum to what is left of 1; equal shares where they
 * were nothing. Only keys that a query sees, `isSeen`, get any.
 */
export function withWeight(
  row: readonly number[],
  key: number,
  weight: number,
  isSeen: (key: number) => boolean = () => true,
): number[] {
  const left = 1 - weight;
  const others = row.map((value, at) => (at === key || !isSeen(at) ? 0 : value));
  const sum = others.reduce((total, value) => total + value, 0);
  const count = row.filter((_, at) => at !== key && isSeen(at)).length;
  return row.map((_, at) => {
    if (at === key) return count === 0 ? 1 : weight;
    if (!isSeen(at)) return 0;
    return sum > 0 ? (itemAt(others, at) * left) / sum : left / count;
  });
}

function tokensOf({ sides }: Scene, { side, index }: TokenFocus): readonly number[] {
  const unit = sides[side][index];
  return unit ? Array.from({ length: unit.end - unit.first }, (_, at) => unit.first + at) : [];
}
