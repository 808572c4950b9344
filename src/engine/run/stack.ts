import { layerNumber, type LayerKind, type LayerNumber } from '../../core/attention/layers.ts';
import { weightCount, type MapShape } from '../../core/attention/map.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { AttentionSite } from '../../core/onnx/site.ts';
import type { RecordedRun } from '../backend/tap.ts';
import { words, type Words } from '../../core/words/words.ts';

/** How far the sum of a row may be from 1: what 16-bit numbers leave of it. 32-bit models stay below 1e-5. */
const tolerance = 5e-3;
/**
 * Weights above the diagonal of a masked map: softmax makes an exact zero of any mask; this allows for 8-bit kernels.
 */
const unseen = 1e-6;

/**
 * How far every row's sum may be from 1 where the graph does not promise it, for rows to be called distributions all
 * the same.
 */
const exact = 1e-4;

/** What a stack of layers attended to: `[layer][head][query][key]`. */
export interface Stack {
  readonly shape: MapShape;
  readonly weights: Float32Array;
  /**
   * False where rows do not sum to 1: a part of each goes to a sink that is no token, or the weights are changed after
   * the softmax.
   */
  readonly normalised: boolean;
  /** What every layer of the model is, where not all of them attend. */
  readonly layers?: readonly LayerKind[];
  /** What the graph itself says of what a query sees, for every layer that attends. */
  readonly masking: readonly Pick<AttentionSite, 'selects' | 'window'>[];
}

/** The size of a map before it is filled. */
export interface StackSize {
  readonly queries: number;
  readonly keys: number;
}

/**
 * Joins what the sites of one kind gave, layer by layer, to one array. Several runs, as a cache steps through the
 * tokens, are joined row by row; keys that a step could not see yet are 0. `layers` are the kinds of all layers of the
 * model, where not all of them attend.
 *
 * Throws `attention-not-found` when the graph attends over something that is not the tokens, its layers do not match or
 * what multiplies the values is no weight from 0 to 1, and `run-failed` when a row holds no numbers.
 */
export function stackOf(
  model: string,
  sites: readonly AttentionSite[],
  runs: readonly RecordedRun[],
  size: StackSize,
  layers?: readonly LayerKind[],
): Stack {
  const parts = sites.map((site) => runs.map((run) => partOf(model, site, run)));
  sites.forEach((site, layer) => checkSizes(model, site, parts[layer] ?? [], size));
  const shape: MapShape = [sites.length, headCount(model, parts), size.queries, size.keys];
  const weights = new Float32Array(weightCount(shape));
  parts.forEach((steps, layer) => {
    let row = 0;
    for (const part of steps) row += fillRows(weights, shape, layer, row, part);
  });
  const numbered = { shape, layers };
  sites.forEach((site, layer) =>
    checkLayer(model, site, layerRows(weights, shape, layer), shape, layerNumber(numbered, layer)),
  );
  const normalised = sites.every((site) => site.normalised) || sumsAreOne(weights, size.keys);
  const masking = sites.map(({ selects, window }) => ({ selects, window }));
  return { shape, weights, normalised, masking, ...(layers ? { layers } : {}) };
}

/** Whether no query looks at a key behind itself, in any layer and head. */
export function isCausal({ shape, weights }: Pick<Stack, 'shape' | 'weights'>): boolean {
  const [layers, heads, queries, keys] = shape;
  for (let map = 0; map < layers * heads; map++) {
    for (let query = 0; query < queries; query++) {
      const start = (map * queries + query) * keys;
      for (let key = query + 1; key < keys; key++) if ((weights[start + key] ?? 0) > unseen) return false;
    }
  }
  return true;
}

/** One site in one run, `[head][query][key]`. */
interface SiteWeights {
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
  readonly data: Float32Array;
}

function partOf(model: string, site: AttentionSite, run: RecordedRun): SiteWeights {
  const recorded = run.get(site.output);
  if (!recorded) throw mismatch(model, site, (says, where) => says.noWeights(where));
  const [queries = 0, keys = 0] = recorded.dims.slice(-2);
  const heads = recorded.dims.slice(0, -2).reduce((product, size) => product * size, 1);
  return { heads, queries, keys, data: recorded.data };
}

function headCount(model: string, parts: readonly (readonly SiteWeights[])[]): number {
  const counts = new Set(parts.flat().map((part) => part.heads));
  const [heads = 0] = counts;
  if (counts.size === 1 && heads > 0) return heads;
  const { noneOfKind, headCounts } = words().details.run;
  const detail = counts.size === 0 ? noneOfKind : headCounts([...counts]);
  throw new AttentionError({ code: 'attention-not-found', model, detail });
}

function checkSizes(model: string, site: AttentionSite, parts: readonly SiteWeights[], size: StackSize): void {
  const [first] = parts;
  if (parts.length === 1 && first) {
    checkOverTokens(model, first, size);
    if (first.queries === size.queries && first.keys === size.keys) return;
    throw mismatch(model, site, (says, where) => says.size(where, first.queries, first.keys, size.queries, size.keys));
  }
  const rows = parts.reduce((sum, part) => sum + part.queries, 0);
  if (rows !== size.queries) throw mismatch(model, site, (says, where) => says.queries(where, rows, size.queries));
  const tooMany = parts.find((part) => part.keys > size.keys);
  if (tooMany) throw mismatch(model, site, (says, where) => says.keys(where, tooMany.keys, size.keys));
}

/** Some exports take the first axis for the tokens: then every token is alone, and there is nothing to show. */
function checkOverTokens(model: string, { heads, queries, keys }: SiteWeights, size: StackSize): void {
  if (queries !== 1 || keys !== 1 || size.queries === 1 || heads % size.queries !== 0) return;
  const detail = words().details.run.overBatch(size.queries, heads);
  throw new AttentionError({ code: 'attention-not-found', model, detail });
}

function fillRows(weights: Float32Array, shape: MapShape, layer: number, row: number, part: SiteWeights): number {
  const [, heads, queries, keys] = shape;
  for (let head = 0; head < heads; head++) {
    for (let query = 0; query < part.queries; query++) {
      const from = (head * part.queries + query) * part.keys;
      const to = ((layer * heads + head) * queries + row + query) * keys;
      weights.set(part.data.subarray(from, from + part.keys), to);
    }
  }
  return part.queries;
}

function layerRows(weights: Float32Array, [, heads, queries, keys]: MapShape, layer: number): Float32Array {
  const size = heads * queries * keys;
  return weights.subarray(layer * size, (layer + 1) * size);
}

/**
 * Weights that a node changes after the softmax are shares of nothing: each is a weight from 0 to 1, whatever its row
 * sums to.
 */
function checkLayer(
  model: string,
  site: AttentionSite,
  weights: Float32Array,
  shape: MapShape,
  layer: LayerNumber,
): void {
  const [, heads, queries, keys] = shape;
  const isChanged = site.changes.some(({ how }) => how === 'changed');
  if (!isChanged) return checkRows(model, weights, [1, heads, queries, keys], site.normalised, layer);
  const beyond = weights.find((weight) => !(weight >= -unseen && weight <= 1 + tolerance));
  if (beyond === undefined) return;
  const by = site.changes.map(({ op, node }) => words().reading.node(op, node)).join(', ');
  const says = words().details.run;
  if (!Number.isFinite(beyond))
    throw new AttentionError({
      code: 'run-failed',
      model,
      detail: says.changedNotFinite(layer, by),
      cause: 'numbers',
    });
  throw new AttentionError({ code: 'attention-not-found', model, detail: says.notWeight(layer, by, beyond) });
}

/** Whether every row of so many keys sums to 1, as exactly as floats do. */
export function sumsAreOne(weights: Float32Array, keys: number): boolean {
  for (let start = 0; start < weights.length; start += keys) {
    let sum = 0;
    for (let key = 0; key < keys; key++) sum += weights[start + key] ?? 0;
    if (!(Math.abs(sum - 1) <= exact)) return false;
  }
  return true;
}

/**
 * Throws `attention-not-found` when a row is no share of 1 (no distribution, where `normalised`), `run-failed` when it
 * holds no numbers. `first` is the number of the first layer, for messages.
 */
export function checkRows(model: string, weights: Float32Array, shape: MapShape, normalised: boolean, first = 0): void {
  const [, heads, queries, keys] = shape;
  for (let start = 0; start < weights.length; start += keys) {
    let sum = 0;
    for (let key = 0; key < keys; key++) sum += weights[start + key] ?? 0;
    if (normalised ? Math.abs(sum - 1) <= tolerance : sum >= 0 && sum <= 1 + tolerance) continue;
    const row = start / keys;
    const says = words().details.run;
    const layer = first + Math.floor(row / queries / heads);
    const where = says.row(row % queries, Math.floor(row / queries) % heads, layer);
    if (!Number.isFinite(sum))
      throw new AttentionError({ code: 'run-failed', model, detail: says.notFinite(where), cause: 'numbers' });
    throw new AttentionError({
      code: 'attention-not-found',
      model,
      detail: says.rowSum(where, sum, normalised),
    });
  }
}

/** Attention of another size than the text has. */
function mismatch(
  model: string,
  { op, kind, number }: AttentionSite,
  detail: (says: Words['details']['run'], where: string) => string,
): AttentionError {
  const says = words().details.run;
  return new AttentionError({ code: 'attention-not-found', model, detail: detail(says, says.site(op, kind, number)) });
}
