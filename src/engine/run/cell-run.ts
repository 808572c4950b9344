import type { Analysis } from '../../core/attention/analysis.ts';
import type { AttentionMap } from '../../core/attention/map.ts';
import type { Cell } from '../../core/block/explanation.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import type { AttentionSite } from '../../core/onnx/site.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import type { BlockRun } from '../backend/network.ts';
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
 * Runs the block of a weight's layer on the tokens of the analysis. Throws `block-unreadable`, `memory-too-small`,
 * `cancelled`, and what a run throws.
 */
export async function cellRun(
  model: LoadedModel,
  { texts, analysis }: Explained,
  cell: Cell,
  recent: RecentBlock,
  work: Work,
): Promise<BlockRun> {
  const map = itemAt(analysis.maps, cell.map);
  const site = siteOf(model, map, cell.layer);
  checkExplanation(model.folder, model.memory, map.shape);
  const place = [cell.map, cell.layer, ...(isStepped(model, map) ? [cell.query] : [])].join();
  const run = await recent.run(analysis, place, async () => {
    const step = await stepOf(model, { texts, analysis }, map, cell.query, work);
    return model.network.readBlock(site, step, work);
  });
  checkpoint(work.signal);
  return run;
}

/** Whether the queries of a map are those of the decoder of an encoder-decoder. */
export function isOfDecoder({ name }: AttentionMap): boolean {
  return name === 'decoder' || name === 'cross';
}

/** The attention that a layer of a map was read from. */
export function siteOf({ network, folder }: LoadedModel, map: AttentionMap, layer: number): AttentionSite {
  const { name } = map;
  const sites = isOfDecoder(map) ? (network.decoder?.sites ?? []) : network.main.sites;
  const site = sites.filter(({ kind }) => network.decoder === null || (kind === 'cross') === (name === 'cross'))[layer];
  if (site !== undefined) return site;
  throw new AttentionError({ code: 'attention-not-found', model: folder.id, detail: words().details.model.noLayer });
}

/** Whether the queries of a map are computed one after the other, each in a run of its own. */
export function isStepped({ network }: LoadedModel, map: AttentionMap): boolean {
  const tap = isOfDecoder(map) ? network.decoder : null;
  return tap ? hasCache(tap) : network.main.sizes.stepwise;
}

/** What a graph is fed so that a query of a map is computed, as it was fed in the analysis. */
export async function stepOf(
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
