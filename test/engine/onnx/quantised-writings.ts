import type { NewNode } from '../../../src/core/onnx/write.ts';
import { blockSize, blockWeights, type Writing } from '../../fixtures/graphs/block.ts';
import type { Stored } from '../../fixtures/graphs/build.ts';
import { project, type ReferenceInput } from '../../fixtures/graphs/reference.ts';
import { node, number, text, tokens, turn, plain } from './block-nodes.ts';

const ms = 'com.microsoft';

/** 8-bit weights and what they stand for; small enough not to saturate. */
const eight = (seed: number): Int8Array => Int8Array.from(blockWeights(seed), (weight) => Math.round(weight * 60));
const seeds: Readonly<Record<string, number>> = { q: 1, k: 2, v: 3, o: 4 };
const rounded = (seed: number): number[] => Array.from(eight(seed), (weight) => weight / 60);
const roundedInput: ReferenceInput = {
  ...plain,
  query: project(text, rounded(1), tokens, blockSize),
  key: project(text, rounded(2), tokens, blockSize),
};
const storedEights: readonly Stored[] = [
  ...Object.entries(seeds).map(([part, seed]): Stored => ({
    name: `i.${part}`,
    type: 'int8',
    dims: [blockSize, blockSize],
    values: eight(seed),
  })),
  number('unit', 1 / 60),
];

/** 4-bit weights by column, two to a byte, in blocks of 16 (half of it padding), zero point 8. */
function fourBits(seed: number): { packed: number[]; real: number[] } {
  const steps = Array.from(blockWeights(seed), (weight) => Math.max(0, Math.min(15, Math.round(weight * 7) + 8)));
  const packed = Array.from({ length: blockSize }, (_, column) =>
    Array.from({ length: 8 }, (__, at) =>
      at < 4
        ? (steps[2 * at * blockSize + column] ?? 8) | ((steps[(2 * at + 1) * blockSize + column] ?? 8) << 4)
        : 0x88,
    ),
  ).flat();
  return { packed, real: steps.map((step) => (step - 8) / 7) };
}
const fourStored = Object.entries(seeds).flatMap(([part, seed]): Stored[] => [
  { name: `n.${part}`, type: 'uint8', dims: [blockSize, 1, 8], values: fourBits(seed).packed },
  { name: `s.${part}`, type: 'float', dims: [blockSize], values: new Array(blockSize).fill(1 / 7) },
]);

/** A way to write the same attention, and how its numbers differ from the plain ones. */
export interface WritingCase {
  readonly name: string;
  readonly writing: Writing;
  readonly expected?: Partial<ReferenceInput>;
  readonly opsets?: Readonly<Record<string, number>>;
  /** How far 8-bit arithmetic strays. */
  readonly tolerance?: number;
}

const dynamic = (from: string, to: string): NewNode =>
  node('DynamicQuantizeLinear', [from], [`${to}.u`, `${to}.s`, `${to}.z`]);
const restored = (whole: string, scales: readonly [string, string], to: string): readonly NewNode[] => [
  node('Cast', [whole], [`${to}.float`], { to: 1 }),
  node('Mul', scales, [`${to}.scale`]),
  node('Mul', [`${to}.float`, `${to}.scale`], [to]),
];
const dynamicProduct = (a: string, b: string, to: string): readonly NewNode[] => [
  dynamic(a, `${to}.a`),
  dynamic(b, `${to}.b`),
  node('MatMulInteger', [`${to}.a.u`, `${to}.b.u`, `${to}.a.z`, `${to}.b.z`], [`${to}.int`]),
  ...restored(`${to}.int`, [`${to}.a.s`, `${to}.b.s`], to),
];
const aroundQdq = (from: string, to: string, scale: string): readonly NewNode[] => [
  node('QuantizeLinear', [from, scale, 'z8'], [`${to}.q8`]),
  node('DequantizeLinear', [`${to}.q8`, scale, 'z8'], [to]),
];

/** Attention in numbers of few bits. */
export const quantised: readonly WritingCase[] = [
  {
    name: '8-bit weights, dynamic',
    expected: roundedInput,
    tolerance: 0.02,
    writing: {
      project: (from, part, to) => [
        dynamic(from, to),
        node('MatMulInteger', [`${to}.u`, `i.${part}`, `${to}.z`], [`${to}.int`]),
        ...restored(`${to}.int`, [`${to}.s`, 'unit'], to),
      ],
      stored: storedEights,
    },
  },
  {
    name: 'products of queries and keys in 8 bits, too',
    tolerance: 0.05,
    writing: {
      score: (q, k, to) => [
        turn(q, `${to}.q`, 0, 2, 1, 3),
        turn(k, `${to}.k`, 0, 2, 3, 1),
        ...dynamicProduct(`${to}.q`, `${to}.k`, `${to}.p`),
        node('Mul', [`${to}.p`, 'scale'], [to]),
      ],
      average: (w, v, to) => [
        turn(v, `${to}.v`, 0, 2, 1, 3),
        ...dynamicProduct(w, `${to}.v`, `${to}.c`),
        turn(`${to}.c`, to, 0, 2, 1, 3),
      ],
    },
  },
  {
    name: '8-bit weights and 8-bit tensors on all ways (QDQ)',
    expected: roundedInput,
    tolerance: 0.05,
    writing: {
      project: (from, part, to) => [
        ...aroundQdq(from, `${to}.x`, 's8'),
        node('DequantizeLinear', [`i.${part}`, 'unit'], [`${to}.w`]),
        node('MatMul', [`${to}.x`, `${to}.w`], [to]),
      ],
      score: (q, k, to) => [
        turn(q, `${to}.q`, 0, 2, 1, 3),
        turn(k, `${to}.k`, 0, 2, 3, 1),
        ...aroundQdq(`${to}.q`, `${to}.q1`, 's8'),
        ...aroundQdq(`${to}.k`, `${to}.k1`, 's8'),
        node('MatMul', [`${to}.q1`, `${to}.k1`], [`${to}.p`]),
        node('Mul', [`${to}.p`, 'scale'], [`${to}.m`]),
        ...aroundQdq(`${to}.m`, to, 's8'),
      ],
      normalise: (s, to) => [node('Softmax', [s], [`${to}.soft`], { axis: -1 }), ...aroundQdq(`${to}.soft`, to, 's1')],
      stored: [
        ...storedEights,
        number('s8', 0.06),
        number('s1', 1 / 127),
        { name: 'z8', type: 'int8', dims: [], values: [0] },
      ],
    },
  },
  {
    name: '4-bit weights (MatMulNBits)',
    expected: {
      query: project(text, fourBits(1).real, tokens, blockSize),
      key: project(text, fourBits(2).real, tokens, blockSize),
    },
    tolerance: 1e-4,
    writing: {
      project: (from, part, to) => [
        node(
          'MatMulNBits',
          [from, `n.${part}`, `s.${part}`],
          [to],
          { K: blockSize, N: blockSize, bits: 4, block_size: 16 },
          ms,
        ),
      ],
      stored: fourStored,
    },
  },
];
