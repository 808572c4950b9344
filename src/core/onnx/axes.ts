import type { GraphNode } from './graph.ts';

/** Which axes of a tensor are its queries and its keys, counted from the end: -1 is the last. */
export interface Axes {
  readonly query: number;
  readonly key: number;
}

/** Rows are queries and the last axis is keys, as a softmax leaves them. */
export const plain: Axes = { query: -2, key: -1 };

/** Whether the axes are in order (`plain`), swapped (`turned`), or elsewhere (null). */
export function orderOf({ query, key }: Axes): 'plain' | 'turned' | null {
  if (query === -2 && key === -1) return 'plain';
  return query === -1 && key === -2 ? 'turned' : null;
}

/** Where a Transpose moves the axes; null when it does not say how many there are. */
export function transposed(node: GraphNode, axes: Axes): Axes | null {
  const perm = node.attributes.get('perm')?.ints ?? [];
  const moved = (axis: number): number => perm.indexOf(perm.length + axis) - perm.length;
  const [query, key] = [moved(axes.query), moved(axes.key)];
  // What is not found is -1, which lies before the first axis.
  return query < -perm.length || key < -perm.length ? null : { query, key };
}
