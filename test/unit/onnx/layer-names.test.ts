import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exposeAttention } from '../../../src/core/onnx/expose.ts';
import { blockGraph, blockHeads, blockNodes, blockSize, blockStored } from '../../fixtures/graphs/block.ts';
import { type BranchingNode, buildModel, type GraphSpec, type Input } from '../../fixtures/graphs/build.ts';

const text: Input = { name: 'x', type: 'float', dims: ['b', 't', blockSize] };

interface Layer {
  /** What stands before the names of its tensors. */
  readonly prefix: string;
  /** The input that its earlier keys come from. */
  readonly cache?: string;
}

/** A stack of blocks, each on what the one before gives. */
function stackOf(layers: readonly Layer[]): GraphSpec {
  const nodes = layers.flatMap(({ prefix, cache }, at): readonly BranchingNode[] => {
    const own = blockNodes({}, at === 0 ? 'x' : `out${at - 1}`, undefined, prefix, `out${at}`);
    if (cache === undefined) return own;
    const [key, whole] = [`${prefix}k`, `${prefix}k.whole`];
    return own.flatMap((node) => {
      if (node.outputs.includes(key))
        return [node, { op: 'Concat', inputs: [cache, key], outputs: [whole], attributes: { axis: 1 } }];
      return [{ ...node, inputs: node.inputs.map((name) => (name === key ? whole : name)) }];
    });
  });
  const caches = layers.flatMap(({ cache }) => (cache === undefined ? [] : [cache]));
  return {
    nodes,
    inputs: [
      text,
      ...Array.from(new Set(caches), (name): Input => ({
        name,
        type: 'float',
        dims: ['b', 'p', blockHeads, blockSize / blockHeads],
      })),
    ],
    outputs: [`out${layers.length - 1}`],
    stored: blockStored(),
  };
}

function numbersOf(graph: GraphSpec): readonly number[] {
  return exposeAttention(buildModel(graph)).sites.map(({ number }) => number);
}

const caches = (...names: readonly string[]): readonly Layer[] =>
  names.map((cache, at) => ({ prefix: `a${at}.`, cache }));
const names = (...prefixes: readonly string[]): readonly Layer[] => prefixes.map((prefix) => ({ prefix }));

for (const [what, layers, numbers] of [
  ['caches', caches('past_key_values.2.key', 'past_key_values.5.key'), [2, 5]],
  ['caches of a decoder', caches('past_key_values.1.decoder.key', 'past_key_values.3.decoder.key'), [1, 3]],
  ['caches, written otherwise', caches('past_3_key', 'past_7_key', 'past_11_key'), [3, 7, 11]],
  ['names of modules', names('/model/layers.2/', '/model/layers.5/'), [2, 5]],
  ['names of TensorFlow', names('tf/bert/encoder/layer_._1/', 'tf/bert/encoder/layer_._4/'), [1, 4]],
  ['names of GPT', names('transformer.h.3.attn.', 'transformer.h.12.attn.'), [3, 12]],
  ['the outer of two names', names('/block.1/layer.0/', '/block.4/layer.0/'), [1, 4]],
  [
    'caches before names',
    [
      { prefix: '/layers.0/', cache: 'past_key_values.4.key' },
      { prefix: '/layers.1/', cache: 'past_key_values.9.key' },
    ],
    [4, 9],
  ],
] as const) {
  test(`numbers of layers by ${what}`, () => assert.deepEqual(numbersOf(stackOf(layers)), numbers));
}

for (const [what, layers] of [
  ['names that fall', names('/layers.5/', '/layers.2/')],
  ['a name that all share', names('/albert_layers.0/a', '/albert_layers.0/b')],
  ['a cache that all share', caches('past_key_values.4.key', 'past_key_values.4.key')],
  ['a layer without a name', names('/layers.4/', 'z')],
  ['numbers that no model has', names('/layers.2/', '/layers.5000/')],
  ['numbers too long for a number', names('/layers.2/', `/layers.${'9'.repeat(400)}/`)],
  ['norms, heads and counters', names('/layernorm.3/', '/head.8/')],
  ['a number behind what is looked at', names(`${'a'.repeat(2000)}/layers.3/`, `${'a'.repeat(2000)}/layers.7/`)],
] as const) {
  test(`layers are counted where names do not tell their numbers: ${what}`, () =>
    assert.deepEqual(numbersOf(stackOf(layers)), [0, 1]));
}

test('numbers of layers by the stored weights alone, as graphs without names of nodes have them', () => {
  const plain = stackOf(names('a', 'b'));
  const renamed = (name: string, at: number): string =>
    name.startsWith('w.') ? `model.layers.${at}.self_attn.${name}` : name;
  const half = plain.nodes.length / 2;
  const graph: GraphSpec = {
    ...plain,
    nodes: plain.nodes.map((node, at) => ({
      ...node,
      inputs: node.inputs.map((name) => renamed(name, at < half ? 6 : 8)),
    })),
    stored: [6, 8].flatMap((layer) =>
      blockStored()
        .map((one) => ({ ...one, name: renamed(one.name, layer) }))
        .filter(({ name }) => layer === 6 || name.startsWith('model.')),
    ),
  };
  assert.deepEqual(numbersOf(graph), [6, 8]);
});

test('numbers of layers by the caches of an operator', () => {
  const packed = 'com.microsoft';
  const layer = (at: number, from: string, number: number): BranchingNode => ({
    op: 'GroupQueryAttention',
    domain: packed,
    inputs: [from, from, from, `past_key_values.${number}.key`, `past_key_values.${number}.value`, 'lengths', 'total'],
    outputs: [`o${at}`, `present.${number}.key`, `present.${number}.value`],
    attributes: { num_heads: blockHeads, kv_num_heads: blockHeads },
  });
  const cached = [3, 7].flatMap((number) => ['key', 'value'].map((part) => `${number}.${part}`));
  const graph: GraphSpec = {
    nodes: [layer(0, 'x', 3), layer(1, 'o0', 7)],
    inputs: [
      text,
      ...cached.map((name): Input => ({ name: `past_key_values.${name}`, type: 'float', dims: ['b', 2, 'p', 4] })),
      { name: 'lengths', type: 'int32', dims: ['b', 1] },
      { name: 'total', type: 'int32', dims: [] },
    ],
    outputs: ['o1', ...cached.map((name) => `present.${name}`)],
  };
  assert.deepEqual(numbersOf(graph), [3, 7]);
});

test('numbers of layers in the branches of an If: of the branch that reads the caches', () => {
  const inner = (layers: readonly Layer[]): GraphSpec => ({ ...stackOf(layers), inputs: [] });
  const cached = caches('past_key_values.1.key', 'past_key_values.2.key');
  const graph: GraphSpec = {
    nodes: [
      {
        op: 'If',
        inputs: ['use_cache'],
        outputs: ['out'],
        branches: { then_branch: inner(cached), else_branch: inner(names('p', 'q')) },
      },
    ],
    inputs: [...(stackOf(cached).inputs ?? []), { name: 'use_cache', type: 'bool', dims: [] }],
    outputs: ['out'],
  };
  assert.deepEqual(numbersOf(graph), [1, 2]);
});

test('one layer has a number, too', () => assert.deepEqual(numbersOf(blockGraph({})), [0]));
