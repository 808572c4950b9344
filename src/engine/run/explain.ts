import type { Analysis } from '../../core/attention/analysis.ts';
import { headOf, type AttentionMap } from '../../core/attention/map.ts';
import { explainRecurrent } from '../../core/block/explain-recurrent.ts';
import { readCell, valueRows } from '../../core/block/explain.ts';
import type { Cell, DotProductExplanation, Explanation, HeadOutput } from '../../core/block/explanation.ts';
import { headOutput, projectionRows } from '../../core/block/head-output.ts';
import { dot, floats, type AttentionSizes } from '../../core/block/numbers.ts';
import { differenceOf } from '../../core/block/score.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import type { BlockRun } from '../backend/network.ts';
import type { RecurrentNetwork } from '../backend/recurrent-network.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { checkpoint } from '../process/stage.ts';
import { cellRun, type Explained, type RecentBlock } from './cell-run.ts';

/**
 * Takes one weight of an analysis apart: runs the block of its layer on the tokens of the analysis and computes the
 * row of the weight once more. Throws `block-unreadable`, `memory-too-small`, `cancelled`, and what
 * a run throws.
 */
export async function explainCell(
  model: LoadedModel,
  of: Explained,
  cell: Cell,
  recent: RecentBlock,
  work: Work,
): Promise<Explanation> {
  const run = await cellRun(model, of, cell, recent, work);
  return explained(itemAt(of.analysis.maps, cell.map), cell, run);
}

/** What a run of the block of a weight tells of it. */
export async function explained(map: AttentionMap, cell: Cell, run: BlockRun): Promise<DotProductExplanation> {
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
  run: BlockRun,
  sizes: AttentionSizes & { readonly keys: number },
): Promise<DotProductExplanation['output']> {
  const { block, numbers, projection, extent } = run;
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
  const beside = besideOf(run, cell.query - extent.past, size);
  return headOutput(each.slice(0, -1), cell.head, itemAt(each, heads.length), whole, beside);
}

/** The lengths of the residual stream at a row of a run, and of what the attention adds to it. */
function besideOf({ numbers, residual }: BlockRun, row: number, size: number): HeadOutput['beside'] {
  if (residual === null) return null;
  const lengthOf = (tensor: string): number => {
    const { dims, data } = numbers.of(tensor);
    const vector = Float64Array.from({ length: size }, (_, at) => data[row * size + at] ?? NaN);
    return dims.at(-1) === size ? Math.sqrt(dot(vector, vector)) : NaN;
  };
  const beside = { attention: lengthOf(residual.added), residual: lengthOf(residual.stream) };
  return Number.isFinite(beside.attention) && Number.isFinite(beside.residual) ? beside : null;
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
