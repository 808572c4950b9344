import { layerNumber } from '../../core/attention/layers.ts';
import { headOf, type AttentionMap } from '../../core/attention/map.ts';
import type { Cell, DotProductExplanation } from '../../core/block/explanation.ts';
import { dot, vectorAt } from '../../core/block/numbers.ts';
import type { PartName } from '../../core/block/part-name.ts';
import { TermSums, type PartsBy, type ScoreParts, type VectorPart } from '../../core/block/score-parts.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import type { BlockRun } from '../backend/network.ts';
import type { PartVectors, SideParts } from '../backend/side-parts.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { cellRun, isStepped, siteOf, stepOf, type Explained, type RecentBlock } from './cell-run.ts';
import { explained } from './explain.ts';
import { StreamParts } from './stream.ts';

/** Parts that a score is taken apart into at most: a table of them has so many rows and columns. */
const maxParts = 1024;
/** Bytes that the parts of keys may take at once. */
const maxBytes = 1 << 27;

/**
 * Takes the score of one weight apart by what wrote the residual stream of its query and its key. Throws
 * `argument-invalid`, `block-unreadable`, `memory-too-small`, `cancelled`, and what a run throws.
 */
export async function partsOfScore(
  model: LoadedModel,
  of: Explained,
  cell: Cell,
  by: PartsBy,
  recent: RecentBlock,
  work: Work,
): Promise<ScoreParts> {
  const map = itemAt(of.analysis.maps, cell.map);
  if (by === 'token') checkTokens(map, cell);
  const run = await cellRun(model, of, cell, recent, work);
  const told = await explained(map, cell, run);
  const stream = new StreamParts(model, of, by, work);
  try {
    return await taken(new SideRuns(model, of, cell, stream, work), run, told);
  } finally {
    await stream.dispose();
  }
}

function checkTokens(map: AttentionMap, { layer }: Cell): void {
  const [, heads, , keys] = map.shape;
  const count = layer * heads * keys;
  if (count <= maxParts) return;
  throw new AttentionError({
    code: 'argument-invalid',
    argument: 'by',
    detail: words().details.analysis.parts(count, maxParts),
  });
}

async function taken(sides: SideRuns, run: BlockRun, told: DotProductExplanation): Promise<ScoreParts> {
  const { cell, map } = sides;
  const layer = layerNumber(map, cell.layer);
  const [q, k] = [new Float32Array(told.q), new Float32Array(told.k)];
  const query = await sides.query();
  const queryParts = query.whole === null ? partsAt(query.parts, 0) : [wholeOf(layer, q)];
  const sums = new TermSums(told.scale, queryParts);
  const keys = attendedKeys(map, cell);
  const share = (key: number): number => (keys.includes(key) ? 1 / keys.length : 0);
  const wanted = keys.includes(cell.key) ? keys : [...keys, cell.key];
  const most = Math.floor(maxBytes / (8 * queryParts.length * q.length * map.shape[1]));
  const whole: ScoreParts['whole'][number][] = query.whole === null ? [] : [{ side: 'query', why: query.whole }];
  for await (const { rows, side } of sides.keys(wanted, Math.max(1, Math.min(64, most)))) {
    for (const [at, key] of rows.entries()) {
      const parts = side.whole === null ? partsAt(side.parts, at) : [wholeOf(layer, sides.keyOf(run, key))];
      sums.add(parts, share(key), key === cell.key);
    }
    if (side.whole !== null && !whole.some((one) => one.side === 'key')) whole.push({ side: 'key', why: side.whole });
  }
  const { sum, ...terms } = sums.done();
  const score = told.scale * dot(q, k);
  const meanOf = (scoreOf: (key: number) => number): number =>
    keys.reduce((total, key) => total + scoreOf(key) / keys.length, 0);
  const read = new Float32Array(told.scores);
  return {
    ...cell,
    map: map.name,
    ...terms,
    score,
    mean: meanOf((key) => told.scale * dot(q, sides.keyOf(run, key))),
    keys: keys.length,
    scale: told.scale,
    softcap: told.softcap,
    biases: told.biases,
    total: told.recomputed.score,
    read: { score: itemAt(read, cell.key), mean: meanOf((key) => itemAt(read, key)) },
    difference: Math.abs(sum - score) / Math.max(1, Math.abs(score)),
    whole,
  };
}

function partsAt(parts: readonly PartVectors[], row: number): readonly VectorPart[] {
  return parts.map(({ name, vectors }) => ({ name, vector: itemAt(vectors, row) }));
}

function wholeOf(layer: number, vector: ArrayLike<number>): VectorPart {
  const name: PartName = { kind: 'stream', layer };
  return { name, vector: Float64Array.from(vector) };
}

/** The keys that a query attends to: a mask leaves the others exactly nothing. */
function attendedKeys(map: AttentionMap, { layer, head, query }: Cell): readonly number[] {
  const keys = map.shape[3];
  const row = headOf(map, layer, head).subarray(query * keys, (query + 1) * keys);
  return [...row.keys()].filter((key) => itemAt(row, key) > 0);
}

/** The runs that take the two sides of a score apart: where queries are run one by one, each token has its own. */
class SideRuns {
  readonly cell: Cell;
  readonly map: AttentionMap;
  readonly #model: LoadedModel;
  readonly #of: Explained;
  readonly #stream: StreamParts;
  readonly #work: Work;

  constructor(model: LoadedModel, of: Explained, cell: Cell, stream: StreamParts, work: Work) {
    this.#model = model;
    this.#of = of;
    this.cell = cell;
    this.map = itemAt(of.analysis.maps, cell.map);
    this.#stream = stream;
    this.#work = work;
  }

  /** The query's parts. */
  query(): Promise<SideParts> {
    return this.#side('query', this.cell.query, [this.cell.query]);
  }

  /** The parts of keys, at most so many at once. */
  async *keys(
    keys: readonly number[],
    most: number,
  ): AsyncGenerator<{ readonly rows: readonly number[]; readonly side: SideParts }> {
    const isSelf = this.map.kind !== 'cross';
    const atOnce = isSelf && isStepped(this.#model, this.map) ? 1 : most;
    for (let first = 0; first < keys.length; first += atOnce) {
      const rows = keys.slice(first, first + atOnce);
      // Keys over a source are made before the first query.
      const query = isSelf ? itemAt(rows, 0) : 0;
      yield { rows, side: await this.#side('key', query, rows) };
    }
  }

  /** A key of the layer, whole. */
  keyOf({ block, numbers, extent }: BlockRun, key: number): Float64Array {
    const sizes = { heads: this.map.shape[1], queries: extent.filled, headsInside: block.headsInside };
    return vectorAt(numbers.of(block.key), this.cell.head, key, sizes, block.keyTransposed ? -2 : -1);
  }

  async #side(side: 'query' | 'key', query: number, tokens: readonly number[]): Promise<SideParts> {
    const { map, cell } = this;
    const site = siteOf(this.#model, map, cell.layer);
    const step = await stepOf(this.#model, this.#of, map, query, this.#work);
    return this.#stream.side({ map, side, site, head: cell.head }, step, tokens);
  }
}
