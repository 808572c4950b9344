import { itemAt } from '../item-at.ts';
import type { Norm, Projection } from './block.ts';
import { freeze, normed, offsetRows, type NormGain } from './frozen-norm.ts';
import { partKey, type PartName } from './part-name.ts';
import type { SiteLabel } from './stream-leaf.ts';
import type { StreamNode, StreamTree } from './stream-tree.ts';

/** A part of a tensor: rows of features, one after the other. */
export interface Part {
  readonly name: PartName;
  readonly values: Float64Array;
}

/** The parts of a tensor by {@link partKey}, which sum to it. */
export type Parts = ReadonlyMap<string, Part>;

/** What the numbers of a run and the maps of a graph are got from. All rows are those of the chosen tokens. */
export interface StreamRuns {
  readonly count: number;
  /** The chosen rows of a tensor that has a row for each token; the numbers of one that has none. */
  numbers(tensor: string): ArrayLike<number>;
  gain(norm: Norm, features: number): Promise<NormGain>;
  /** Puts rows through a linear map, biases that it has itself included. */
  linear(projection: Projection, rows: Float64Array): Promise<Float64Array>;
  /** What each row of a head takes from the tokens of its source, by token; null where heads stay whole. */
  byToken(site: SiteLabel, head: number): Promise<readonly Float64Array[] | null>;
  /** What the encoder's output is made of, where it is asked for as parts. */
  readonly states: Parts | null;
}

/**
 * Takes the chosen rows of a tensor apart: each part goes through the norms with the statistics of the run, and through
 * the linear maps of the graph itself.
 */
export async function streamParts({ nodes, root }: StreamTree, runs: StreamRuns): Promise<Parts> {
  const made: (Parts | undefined)[] = [];
  const uses = usesOf(nodes);
  uses[root] = (uses[root] ?? 0) + 1;
  const take = (at: number): Parts => {
    const parts = itemAt(made as Parts[], at);
    const left = itemAt(uses, at) - 1;
    uses[at] = left;
    // What nothing else is made of is let go: of a deep stream one sum alone is kept.
    if (left === 0) made[at] = undefined;
    return parts;
  };
  for (const [at, node] of nodes.entries()) if (itemAt(uses, at) > 0) made[at] = await partsOf(node, take, runs);
  return take(root);
}

function usesOf(nodes: readonly StreamNode[]): number[] {
  const uses = nodes.map(() => 0);
  const use = (at: number): void => void (uses[at] = itemAt(uses, at) + 1);
  for (const node of nodes) {
    if (node.kind === 'sum') node.terms.forEach(use);
    else if ('of' in node) use(node.of);
  }
  return uses;
}

async function partsOf(node: StreamNode, take: (at: number) => Parts, runs: StreamRuns): Promise<Parts> {
  switch (node.kind) {
    case 'written':
      if (node.name.kind === 'states' && runs.states !== null) return runs.states;
      return partsFrom([{ name: node.name, values: Float64Array.from(runs.numbers(node.tensor)) }]);
    case 'bias':
      return partsFrom([{ name: node.name, values: Float64Array.from(runs.numbers(node.tensor)) }]);
    case 'same':
      return take(node.of);
    case 'sum':
      return summed(node.terms.map(take), runs.count);
    case 'scaled':
      return scaled(take(node.of), node, runs);
    case 'norm': {
      const input = runs.numbers(node.norm.input);
      const gain = await runs.gain(node.norm, input.length / runs.count);
      const frozen = freeze(node.norm.kind, gain, input, runs.numbers(node.norm.output));
      const parts = [...take(node.of).values()].map(({ name, values }) => ({
        name,
        values: normed(frozen, spread(values, input.length)),
      }));
      return partsFrom([
        ...parts,
        ...(gain.offset.some((one) => one !== 0) ? [{ name: node.bias, values: offsetRows(frozen) }] : []),
      ]);
    }
    case 'linear':
      return linearParts([...take(node.of).values()], node.bias, (values) => runs.linear(node.projection, values));
    case 'heads':
      return headParts(node, runs);
  }
}

/** Parts through a map that is linear but for a constant, which becomes a part of its own. */
export async function linearParts(
  parts: readonly Part[],
  bias: PartName,
  map: (values: Float64Array) => Promise<Float64Array>,
): Promise<Parts> {
  const [first] = parts;
  const constant = await map(new Float64Array(first?.values.length ?? 0));
  const isLinear = constant.every((value) => value === 0);
  const made: Part[] = [];
  for (const { name, values } of parts) {
    const own = await map(values);
    made.push({ name, values: isLinear ? own : own.map((value, at) => value - itemAt(constant, at)) });
  }
  return partsFrom(isLinear ? made : [...made, { name: bias, values: constant }]);
}

/** What heads add: each has features of its own in what the output projection reads. */
async function headParts(node: StreamNode & { kind: 'heads' }, runs: StreamRuns): Promise<Parts> {
  const { site, projection } = node;
  const joined = runs.numbers(projection.input);
  const features = joined.length / runs.count;
  const size = features / site.heads;
  const { map, layer } = site;
  if (!Number.isInteger(size)) {
    const name = { kind: 'attention', map, layer } as const;
    return linearParts([{ name, values: Float64Array.from(joined) }], node.bias, (values) =>
      runs.linear(projection, values),
    );
  }
  const parts: Part[] = [];
  for (let head = 0; head < site.heads; head += 1) {
    const name = { kind: 'head', map, layer, head } as const;
    const whole = new Float64Array(joined.length);
    for (let row = 0; row < runs.count; row += 1)
      for (let at = row * features + head * size; at < row * features + (head + 1) * size; at += 1)
        whole[at] = joined[at] ?? NaN;
    const tokens = (await runs.byToken(site, head)) ?? [];
    for (const [token, rows] of tokens.entries()) {
      if (rows.every((value) => value === 0)) continue;
      const values = new Float64Array(joined.length);
      for (let row = 0; row < runs.count; row += 1)
        values.set(rows.subarray(row * size, (row + 1) * size), row * features + head * size);
      for (const [at, value] of values.entries()) whole[at] = itemAt(whole, at) - value;
      parts.push({ name: { ...name, token }, values });
    }
    // What no token accounts for (rounding, gates) stays with the head.
    parts.push({ name, values: whole });
  }
  return linearParts(parts, node.bias, (values) => runs.linear(projection, values));
}

function scaled(parts: Parts, node: StreamNode & { kind: 'scaled' }, runs: StreamRuns): Parts {
  const factors = runs.numbers(node.factor);
  return partsFrom(
    [...parts.values()].map(({ name, values }) => {
      const features = values.length / runs.count;
      const factorAt = (at: number): number => {
        if (factors.length === 1) return itemAt(factors, 0);
        if (factors.length === values.length) return itemAt(factors, at);
        return itemAt(factors, factors.length === features ? at % features : Math.floor(at / features));
      };
      return { name, values: values.map((value, at) => (node.inverse ? value / factorAt(at) : value * factorAt(at))) };
    }),
  );
}

/** Parts by their keys, those of one name added. */
function partsFrom(parts: readonly Part[]): Parts {
  const found = new Map<string, Part>();
  for (const part of parts) {
    const key = partKey(part.name);
    const same = found.get(key);
    found.set(key, same ? { ...part, values: part.values.map((value, at) => value + itemAt(same.values, at)) } : part);
  }
  return found;
}

function summed(terms: readonly Parts[], count: number): Parts {
  const parts = terms.flatMap((each) => [...each.values()]);
  const length = Math.max(...parts.map(({ values }) => values.length));
  if (length % count !== 0) throw new RangeError(`A sum has ${length} numbers for ${count} rows.`);
  return partsFrom(parts.map(({ name, values }) => ({ name, values: spread(values, length) })));
}

/** Numbers that are the same in every row, as a row each. */
function spread(values: Float64Array, length: number): Float64Array {
  if (values.length === length) return values;
  if (values.length === 0 || length % values.length !== 0)
    throw new RangeError(`${values.length} numbers do not fill ${length}.`);
  return Float64Array.from({ length }, (_, at) => itemAt(values, at % values.length));
}
