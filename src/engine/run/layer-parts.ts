import { layerNumber } from '../../core/attention/layers.ts';
import { headOf, type AttentionMap } from '../../core/attention/map.ts';
import {
  contextVectors,
  inColumns,
  keyVectors,
  queryVectors,
  scoreVectors,
  stacked,
  valueVectors,
  type LayerPartName,
  type LayerParts,
  type LayerQuestion,
  type LayerRun,
} from '../../core/block/layer-parts.ts';
import { valueRows } from '../../core/block/explain.ts';
import { itemAt } from '../../core/item-at.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Projection } from '../backend/block-reader.ts';
import type { BlockRun } from '../backend/network.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { checkpoint } from '../process/stage.ts';
import { cellRun, isStepped, type Explained, type RecentBlock } from './cell-run.ts';

type Vectors = readonly ArrayLike<number>[];

/**
 * Reads parts of the attention of one layer: one run of its block, or one for each query where the decoder computes
 * them one after the other. Only what was asked for is kept. Throws as `cellRun` does.
 */
export async function layerPartsOf(
  model: LoadedModel,
  of: Explained,
  asked: LayerQuestion,
  recent: RecentBlock,
  work: Work,
): Promise<LayerParts> {
  const map = itemAt(of.analysis.maps, asked.map);
  const { layer, heads, queries, keys, parts: names } = asked;
  const last = Math.max(...(isStepped(model, map) ? [...queries, ...keys] : [0]));
  const ofQueries = new Map<LayerPartName, Vectors[]>(names.map((name) => [name, []]));
  const runOf = (query: number): Promise<BlockRun> =>
    cellRun(model, of, { map: asked.map, layer, head: 0, query, key: 0 }, recent, work);
  let at: { readonly found: BlockRun; readonly run: LayerRun } | undefined;
  for (const query of queries) {
    checkpoint(work.signal);
    const found = await runOf(query);
    if (at?.found !== found) at = { found, run: layerRun(map, layer, found) };
    const { run } = at;
    const context = names.some(isOfContext) ? contextVectors(run, heads, query) : [];
    for (const [name, list] of ofQueries) {
      const vectors = await queryPart(name, run, { context, projection: found.projection }, asked, query);
      if (vectors !== null) list.push(vectors);
    }
  }
  const atKeys = layerRun(map, layer, await runOf(Math.min(last, map.shape[2] - 1)));
  const parts = names.flatMap((name) => {
    const vectors =
      name === 'k' || name === 'v'
        ? keys.map((key) => (name === 'k' ? keyVectors : valueVectors)(atKeys, heads, key))
        : (ofQueries.get(name) ?? []);
    return vectors.length === 0 ? [] : [[name, stacked(vectors)] as const];
  });
  return {
    map: map.name,
    layer: layerNumber(map, layer),
    heads,
    queries,
    keys,
    parts: Object.fromEntries(parts),
    missing: atKeys.block.missing.filter(({ part }) => part === 'output projection'),
  };
}

/** What heads sum up, and what becomes of that. */
function isOfContext(name: LayerPartName): boolean {
  return name === 'context' || name === 'output';
}

function layerRun(map: AttentionMap, layer: number, { block, numbers, extent }: BlockRun): LayerRun {
  const [, heads, , keys] = map.shape;
  const { past, tokens, filled, source } = extent;
  const sizes = { heads, queries: filled, headsInside: block.headsInside };
  const given = map.kind === 'cross' ? (source ?? keys) : past + tokens;
  const read = new Map<number, readonly Float64Array[]>();
  return {
    block,
    numbers,
    sizes,
    past,
    values: (head) => {
      const known = read.get(head) ?? valueRows(block, numbers, head, { ...sizes, keys: given });
      read.set(head, known);
      return known;
    },
    weights: (head, query) => headOf(map, layer, head).subarray(query * keys, (query + 1) * keys),
  };
}

/** A part that belongs to a query, a vector for each head; null for one of keys, and where it was not found. */
async function queryPart(
  name: LayerPartName,
  run: LayerRun,
  { context, projection }: { readonly context: Vectors; readonly projection: Projection | null },
  { heads, keys }: LayerQuestion,
  query: number,
): Promise<Vectors | null> {
  switch (name) {
    case 'k':
    case 'v':
      return null;
    case 'q':
      return queryVectors(run, heads, query);
    case 'scores':
      return scoreVectors(run, heads, query, keys);
    case 'context':
      return context;
    case 'output': {
      if (projection === null) return null;
      const rows = inColumns(context, heads, run.sizes.heads);
      const projected = Float32Array.from(await projection.project(rows, heads.length));
      const width = projected.length / heads.length;
      return heads.map((_, at) => projected.subarray(at * width, (at + 1) * width));
    }
  }
}
