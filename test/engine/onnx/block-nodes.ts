import type { NewNode } from '../../../src/core/onnx/write.ts';
import { blockHeads, blockSize, blockWeights, type Writing } from '../../fixtures/graphs/block.ts';
import type { Stored } from '../../fixtures/graphs/build.ts';
import { project, referenceAttention, type ReferenceInput } from '../../fixtures/graphs/reference.ts';

export const tokens = 5;
export const text = Float32Array.from({ length: tokens * blockSize }, (_, at) => Math.cos(at * 2.3));
/** The block as it is at first. */
export const plain: ReferenceInput = {
  heads: blockHeads,
  queries: tokens,
  keys: tokens,
  query: project(text, blockWeights(1), tokens, blockSize),
  key: project(text, blockWeights(2), tokens, blockSize),
};
export const softmaxOnly = referenceAttention(plain);

export const node = (
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: NewNode['attributes'] = {},
  domain = '',
): NewNode => ({ op, inputs, outputs, attributes, domain });
export const number = (name: string, value: number): Stored => ({ name, type: 'float', dims: [], values: [value] });
export const list = (name: string, ...values: number[]): Stored => ({
  name,
  type: 'int64',
  dims: [values.length],
  values,
});
export const soft = (from: string, to: string): NewNode => node('Softmax', [from], [to], { axis: -1 });
export const turn = (from: string, to: string, ...perm: number[]): NewNode => node('Transpose', [from], [to], { perm });

/** A softmax, and the nodes behind it that end in `to`; `p` is what it gives. */
export const after = (nodes: (p: string, to: string) => readonly NewNode[], ...stored: Stored[]): Writing => ({
  normalise: (s, to) => [soft(s, `${to}.p`), ...nodes(`${to}.p`, to)],
  stored,
});

/** A number between 0 and 1 for every query, from the text: `[1, 1, T, 1]`. */
export const gate: readonly NewNode[] = [
  node('ReduceMean', ['x'], ['mean'], { axes: [-1], keepdims: 1 }),
  node('Sigmoid', ['mean'], ['share']),
  node('Unsqueeze', ['share', 'second'], ['gate']),
];
export const second = list('second', 1);

export const mixing: Stored = {
  name: 'mixing',
  type: 'float',
  dims: [blockHeads, blockHeads],
  values: [0.6, 0.4, 0.2, 0.8],
};
export const dropped = (p: string, to: string): readonly NewNode[] => [
  node('Less', [p, 'fifth'], [`${to}.few`]),
  node('Where', [`${to}.few`, 'zero', p], [`${to}.left`]),
];

const features = blockSize / blockHeads;

/** `[heads, queries, keys]` times `[heads, keys, features]`. */
export function averageOf(weights: Float32Array, values: Float32Array): Float64Array {
  const context = new Float64Array(blockHeads * tokens * features);
  for (let head = 0; head < blockHeads; head += 1) {
    context.set(
      project(
        weights.subarray(head * tokens * tokens, (head + 1) * tokens * tokens),
        values.subarray(head * tokens * features, (head + 1) * tokens * features),
        tokens,
        tokens,
      ),
      head * tokens * features,
    );
  }
  return context;
}
