import { elementTypes } from '../type.ts';
import type { NodeWriter } from './node-writer.ts';

/** What the weights of an attention are computed from, heads first and in 32-bit floats. */
export interface Attended {
  /** `[batch, heads, queries, features]`. */
  readonly query: string;
  /** `[batch, groups, keys, features]`, a group for as many heads each (Ainslie et al. 2023). */
  readonly key: string;
  /** How many heads queries and keys have; null where only a run tells. */
  readonly heads: { readonly query: number; readonly key: number } | null;
  /** Null where the operator leaves it to the features, 1/√features. */
  readonly scale: number | null;
  /** The bound c of c·tanh(score / c) (Gemma 2); null where there is none. */
  readonly softCap: number | null;
  /** What is added to the scaled scores, broadcast over `[batch, heads, queries, keys]`, in order. */
  readonly added: readonly string[];
  /** The score of a key that is no token, `[1, heads, 1, 1]` in 32-bit floats; null where there is none. */
  readonly sink: string | null;
}

/** Scores before the softmax, without a sink, and weights after it: `[batch, heads, queries, keys]`, 32-bit floats. */
export interface Weighed {
  readonly scores: string;
  readonly weights: string;
}

/**
 * Writes the product of the weights (see {@link weigh}) and the values, `[batch, groups, keys, features]` in 32-bit
 * floats: `[batch, heads, queries, features]`.
 */
export function attend(writer: NodeWriter, attended: Attended, value: string): Weighed & { readonly context: string } {
  const weighed = weigh(writer, attended);
  return { ...weighed, context: writer.add('MatMul', [weighed.weights, repeated(writer, attended, value)]) };
}

/**
 * Writes softmax(scale · q·kᵀ + …) (Vaswani et al. 2017) as single nodes, in the order in which decomposed exports have
 * them: product, scale, soft cap, what is added, sink, softmax.
 */
export function weigh(writer: NodeWriter, attended: Attended): Weighed {
  const { query, softCap, added } = attended;
  const turned = writer.add('Transpose', [repeated(writer, attended, attended.key)], { perm: [0, 1, 3, 2] });
  let scores = writer.add('MatMul', [query, turned]);
  scores = writer.add('Mul', [scores, scaleOf(writer, attended)]);
  if (softCap !== null) {
    const bound = writer.float(softCap);
    scores = writer.add('Mul', [writer.add('Tanh', [writer.add('Div', [scores, bound])]), bound]);
  }
  for (const term of added) scores = writer.add('Add', [scores, term]);
  return { scores, weights: softmaxOf(writer, scores, attended.sink) };
}

/** Keys or values of a group once for each of its heads. */
function repeated(writer: NodeWriter, { query, heads }: Attended, tensor: string): string {
  if (heads !== null && heads.query === heads.key) return tensor;
  const order = heads === null ? orderOf(writer, query, tensor) : writer.integers(groupsOf(writer, heads));
  return writer.add('Gather', [tensor, order], { axis: 1 });
}

/** The group of each head. */
function groupsOf(writer: NodeWriter, heads: NonNullable<Attended['heads']>): readonly number[] {
  if (heads.query % heads.key !== 0) throw writer.unwritable((says) => says.unevenGroups(writer.node.op));
  return Array.from({ length: heads.query }, (_, head) => Math.floor((head * heads.key) / heads.query));
}

/** The same, of the lengths that a run has. */
function orderOf(writer: NodeWriter, query: string, grouped: string): string {
  const heads = writer.size(query, 1);
  const scaled = writer.add('Mul', [writer.counted(heads), writer.size(grouped, 1)]);
  return writer.add('Div', [scaled, heads]);
}

function scaleOf(writer: NodeWriter, { scale, query }: Attended): string {
  if (scale !== null) return writer.float(scale);
  const features = writer.add('Cast', [writer.size(query, 3)], { to: elementTypes.float });
  return writer.add('Div', [writer.float(1), writer.add('Sqrt', [features])]);
}

/** The softmax over the keys, in which a sink takes its share and is cut off again. */
function softmaxOf(writer: NodeWriter, scores: string, sink: string | null): string {
  if (sink === null) return writer.add('Softmax', [scores], { axis: 3 });
  const rows = writer.slice(writer.add('Shape', [scores]), 0, writer.integers([0]), writer.integers([3]));
  const shape = writer.add('Concat', [rows, writer.integers([1])], { axis: 0 });
  const column = writer.add('Expand', [sink, shape]);
  const weights = writer.add('Softmax', [writer.add('Concat', [scores, column], { axis: 3 })], { axis: 3 });
  return writer.slice(weights, 3, writer.integers([0]), writer.integers([-1]));
}

/** Keys or values of a cache before new ones, along the tokens. */
export function afterPast(writer: NodeWriter, past: string, tensor: string): string {
  return past === '' ? tensor : writer.add('Concat', [past, tensor], { axis: 2 });
}
