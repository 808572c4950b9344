import { type GraphNode, intOf } from './graph.ts';
import type { Scope } from './scope.ts';

/**
 * What stands beside each block of queries where attention is computed block by block (LongT5, Guo et al. 2022,
 * 2112.07916): the keys of the block before, of itself and of the one behind (`tokens`), and perhaps sums of tokens
 * behind those (`sums`, transient-global attention). Weights are `[batch, blocks, heads, block, 3 × block + sums]`.
 */
export type Blocks = 'tokens' | 'sums';

/** Blocks that stand beside each other. */
const beside = 3;
/** How many nodes may stand between two that tell, and how many slices may follow each other. */
const reach = 8;
const handsOn: ReadonlySet<string> = new Set(['Cast', 'Identity']);

/** How a key tensor is laid out in blocks; null where it is not. */
export function blocksOf(scope: Scope, key: string): Blocks | null {
  const joined = joinOf(scope, key);
  if (!joined) return null;
  if (areNeighbours(scope, joined)) return 'tokens';
  const [first = ''] = joined.inputs;
  const inner = joined.inputs.length === 2 ? joinOf(scope, first) : null;
  return inner && areNeighbours(scope, inner) && axisOf(inner) === axisOf(joined) ? 'sums' : null;
}

function axisOf(node: GraphNode): number {
  return intOf(node, 'axis', 0);
}

function joinOf(scope: Scope, name: string): GraphNode | null {
  let tensor = name;
  for (let step = 0; step < reach; step += 1) {
    const node = scope.producerOf(tensor)?.node;
    if (node?.op === 'Concat') return node;
    if (!node || !handsOn.has(node.op)) return null;
    [tensor = ''] = node.inputs;
  }
  return null;
}

/** Whether what is joined are slices of one padded tensor, each a block further than the one before. */
function areNeighbours(scope: Scope, { inputs }: GraphNode): boolean {
  if (inputs.length !== beside) return false;
  const slices = inputs.map((input) => slicedFrom(scope, input));
  const [first] = slices;
  return (
    first !== undefined &&
    scope.producerOf(first.tensor)?.node.op === 'Pad' &&
    slices.every(({ tensor, start }, at) => tensor === first.tensor && start === at)
  );
}

/**
 * The tensor that slices were cut from one after the other, and where they start in all; null where that is computed.
 */
function slicedFrom(scope: Scope, name: string): { readonly tensor: string; readonly start: number | null } {
  let [tensor, start]: [string, number | null] = [name, 0];
  for (let step = 0; step < reach; step += 1) {
    const node = scope.producerOf(tensor)?.node;
    if (node?.op !== 'Slice') break;
    const starts = scope.integers(node.inputs[1] ?? '');
    start = starts === null || start === null ? null : start + starts.reduce((sum, one) => sum + one, 0);
    [tensor = ''] = node.inputs;
  }
  return { tensor, start };
}

/** A tensor of floats as a run gave it. */
interface Given {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** The most that may go to what is no token, in blocks that are filled up: what a mask leaves of it is 0. */
const unseen = 1e-4;

/**
 * The weights of `tokens` tokens as `[batch, heads, query, key]`, without those of the sums; null where they are not
 * laid out as {@link Blocks} says, or where a token looks beyond the text.
 */
export function unfolded({ dims, data }: Given, blocks: Blocks, tokens: number): Given | null {
  const [batch = 0, count = 0, heads = 0, block = 0, keys = 0] = dims;
  const isFolded =
    dims.length === 5 &&
    block > 0 &&
    count === Math.ceil(tokens / block) &&
    (blocks === 'sums' ? keys >= beside * block : keys === beside * block);
  if (!isFolded) return null;
  const plain = new Float32Array(batch * heads * tokens * tokens);
  for (let text = 0; text < batch; text++) {
    for (let query = 0; query < tokens; query++) {
      const at = Math.floor(query / block);
      for (let head = 0; head < heads; head++) {
        const from = (((text * count + at) * heads + head) * block + (query % block)) * keys;
        const to = ((text * heads + head) * tokens + query) * tokens;
        for (let column = 0; column < beside * block; column++) {
          const key = (at - 1) * block + column;
          const weight = data[from + column] ?? 0;
          if (key >= 0 && key < tokens) plain[to + key] = weight;
          else if (!(weight <= unseen)) return null;
        }
      }
    }
  }
  return { dims: [batch, heads, tokens, tokens], data: plain };
}
