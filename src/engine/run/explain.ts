import type { Analysis } from '../../core/attention/analysis.ts';
import { headOf, type AttentionMap } from '../../core/attention/map.ts';
import { explainRecurrent } from '../../core/block/explain-recurrent.ts';
import { readCell, valueRows } from '../../core/block/explain.ts';
import type { Cell, DotProductExplanation, Explanation } from '../../core/block/explanation.ts';
import { headOutput, projectionRows } from '../../core/block/head-output.ts';
import { floats, type AttentionSizes } from '../../core/block/numbers.ts';
import { differenceOf } from '../../core/block/score.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import type { AttentionSite } from '../../core/onnx/site.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import type { BlockRun } from '../backend/network.ts';
import type { RecurrentNetwork } from '../backend/recurrent-network.ts';
import { hasCache, nextCache } from '../feeds/cache.ts';
import type { Cache, Step } from '../feeds/step.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { checkExplanation, tokenLimit } from '../model/limits.ts';
import { checkpoint } from '../process/stage.ts';
import { sourceStates } from './source.ts';

/** An analysis of a Transformer, and the texts that it was made of. */
export interface Explained {
  readonly texts: RunTexts;
  readonly analysis: Analysis;
}

/** Throws `argument-invalid` for a cell that an analysis does not have. */
export function checkCell({ maps }: Analysis, cell: Cell): void {
  const says = words().details.analysis;
  const map = maps[cell.map];
  if (map === undefined)
    throw new AttentionError({ code: 'argument-invalid', argument: 'map', detail: says.map(cell.map, maps.length) });
  for (const [axis, what] of (['layer', 'head', 'query', 'key'] as const).entries()) {
    const count = itemAt(map.shape, axis);
    if (cell[what] < count) continue;
    const detail = says.cell(what, cell[what], count);
    throw new AttentionError({ code: 'argument-invalid', argument: what, detail });
  }
}

/**
 * The block that was run last: all weights of a layer of an analysis share a run, or those of a query where the queries
 * are run one after the other.
 */
export class RecentBlock {
  #of: { readonly analysis: Analysis; readonly place: string; readonly run: BlockRun } | null = null;

  async run(analysis: Analysis, place: string, read: () => Promise<BlockRun>): Promise<BlockRun> {
    if (this.#of?.analysis === analysis && this.#of.place === place) return this.#of.run;
    // What is read next closes what the last run may still need.
    this.#of = null;
    const run = await read();
    this.#of = { analysis, place, run };
    return run;
  }
}

/**
 * Takes one weight of an analysis apart: runs the block of its layer on the tokens of the analysis and computes the
 * row of the weight once more. Throws `block-unreadable`, `memory-too-small`, `cancelled`, and what
 * a run throws.
 */
export async function explainCell(
  model: LoadedModel,
  { texts, analysis }: Explained,
  cell: Cell,
  recent: RecentBlock,
  work: Work,
): Promise<Explanation> {
  const map = itemAt(analysis.maps, cell.map);
  const site = siteOf(model, map, cell.layer);
  checkExplanation(model.folder, model.memory, map.shape);
  const place = [cell.map, cell.layer, ...(isStepped(model, map) ? [cell.query] : [])].join();
  const run = await recent.run(analysis, place, async () => {
    const step = await stepOf(model, { texts, analysis }, map, cell.query, work);
    return model.network.readBlock(site, step, work);
  });
  checkpoint(work.signal);
  return explained(map, cell, run);
}

/** Whether the queries of a map are those of the decoder of an encoder-decoder. */
function isOfDecoder({ name }: AttentionMap): boolean {
  return name === 'decoder' || name === 'cross';
}

/** The attention that a layer of a map was read from. */
function siteOf({ network, folder }: LoadedModel, map: AttentionMap, layer: number): AttentionSite {
  const { name } = map;
  const sites = isOfDecoder(map) ? (network.decoder?.sites ?? []) : network.main.sites;
  const site = sites.filter(({ kind }) => network.decoder === null || (kind === 'cross') === (name === 'cross'))[layer];
  if (site !== undefined) return site;
  throw new AttentionError({ code: 'attention-not-found', model: folder.id, detail: words().details.model.noLayer });
}

/** Whether the queries of a map are computed one after the other, each in a run of its own. */
function isStepped({ network }: LoadedModel, map: AttentionMap): boolean {
  const tap = isOfDecoder(map) ? network.decoder : null;
  return tap ? hasCache(tap) : network.main.sizes.stepwise;
}

/** What a graph is fed so that a query of a map is computed, as it was fed in the analysis. */
async function stepOf(
  model: LoadedModel,
  { texts, analysis }: Explained,
  map: AttentionMap,
  query: number,
  work: Work,
): Promise<Step> {
  const { network, tokenizer, folder } = model;
  const sequence = itemAt(analysis.sequences, map.queries);
  const ids = sequence.tokens.map((token) => token.id);
  if (isOfDecoder(map)) {
    const source = await sourceStates(model, itemAt(analysis.sequences, 0));
    if (!network.decoder || !hasCache(network.decoder)) return { ids, source };
    let cache: Cache | null = null;
    for (let at = 0; at < query; at += 1) {
      checkpoint(work.signal);
      work.report({ stage: words().stages.running, done: at, total: query });
      cache = nextCache(await network.write({ ids: ids.slice(at, at + 1), past: at, cache, source }), cache);
    }
    return { ids: ids.slice(query, query + 1), past: query, cache, source };
  }
  if (network.main.sizes.stepwise) return { ids: ids.slice(0, query + 1) };
  if (network.family !== 'encoder') return { ids };
  const { text, pair } = texts;
  const maxTokens = tokenLimit(folder, network.main);
  return { ids, segments: tokenizer.encode(text, { ...(pair === undefined ? {} : { pair }), maxTokens }).typeIds };
}

async function explained(map: AttentionMap, cell: Cell, run: BlockRun): Promise<DotProductExplanation> {
  const { block, numbers, extent } = run;
  const [, heads, , keys] = map.shape;
  const { past, tokens, filled, source } = extent;
  const given = map.kind === 'cross' ? (source ?? keys) : past + tokens;
  if (cell.key >= given) {
    const detail = words().details.analysis.unseen(cell.query, given);
    throw new AttentionError({ code: 'argument-invalid', argument: 'key', detail });
  }
  const sizes = { heads, queries: filled, headsInside: block.headsInside };
  const place = { head: cell.head, query: cell.query - past, key: cell.key };
  const { q, k, v, parts, scores, recomputed } = readCell(block, numbers, place, { ...sizes, keys: given });
  const row = rowOf(map, cell);
  const all = new Float32Array(keys).fill(-Infinity);
  all.set(scores);
  return {
    kind: 'dot-product',
    ...cell,
    map: map.name,
    q: floats(q),
    k: floats(k),
    scale: parts.scale,
    softcap: parts.softCap,
    biases: parts.biases,
    sinks: parts.further,
    scores: all.buffer,
    weights: floats(row),
    v: floats(v),
    output: await outputOf(map, cell, run, { ...sizes, keys: given }),
    recomputed: {
      score: parts.value,
      weight: itemAt(recomputed.weights, cell.key),
      difference: differenceOf(recomputed, { scores, weights: row.subarray(0, given) }),
    },
    missing: block.missing.filter(({ part }) => part === 'output projection'),
  };
}

/** What the head hands over after the output projection; null where that was not found. */
async function outputOf(
  map: AttentionMap,
  cell: Cell,
  { block, numbers, projection, extent }: BlockRun,
  sizes: AttentionSizes & { readonly keys: number },
): Promise<DotProductExplanation['output']> {
  if (projection === null) return null;
  const heads = Array.from({ length: sizes.heads }, (_, head) => ({
    values: valueRows(block, numbers, head, sizes),
    weights: rowOf(map, { ...cell, head }),
  }));
  const rows = projectionRows(heads, cell);
  const projected = await projection.project(rows, heads.length + 1);
  const size = projected.length / (heads.length + 1);
  const each = Array.from({ length: heads.length + 1 }, (_, at) =>
    Float64Array.from({ length: size }, (__, feature) => projected[at * size + feature] ?? NaN),
  );
  const { data } = numbers.of(projection.product);
  const first = (cell.query - extent.past) * size;
  const whole = Float64Array.from({ length: size }, (_, at) => data[first + at] ?? NaN);
  return headOutput(each.slice(0, -1), cell.head, itemAt(each, heads.length), whole);
}

function rowOf(map: AttentionMap, { layer, head, query }: Cell): Float32Array {
  const keys = map.shape[3];
  return headOf(map, layer, head).subarray(query * keys, (query + 1) * keys);
}

/** The same for a recurrent network: its decoder writes the words of the analysis up to the row of the cell. */
export async function explainRecurrentCell(
  { network }: LoadedModel<RecurrentNetwork>,
  analysis: Analysis,
  cell: Cell,
  work: Work,
): Promise<Explanation> {
  const map = itemAt(analysis.maps, cell.map);
  const [source, target] = [map.keys, map.queries].map((at) =>
    itemAt(analysis.sequences, at).tokens.map((token) => token.id),
  );
  const fed = [network.config.start, ...(target ?? [])];
  const decoder = await network.read(source ?? []);
  for (const id of fed.slice(0, cell.query)) {
    checkpoint(work.signal);
    await decoder.step(id);
  }
  return explainRecurrent(map, cell, await decoder.readScoring(itemAt(fed, cell.query), work));
}
