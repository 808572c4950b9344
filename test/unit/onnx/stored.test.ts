import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readModel } from '../../../src/core/onnx/read.ts';
import { computedNumbersOf, storedNumbersOf } from '../../../src/core/onnx/stored.ts';
import { node } from '../../engine/onnx/block-nodes.ts';
import { buildModel, types, type BranchingNode, type ElementType } from '../../fixtures/graphs/build.ts';

const matrix = [2, 2];

/** What is told of a graph with one stored tensor `w`: bits of parameters, and the numbers stored and computed with. */
function told(type: ElementType, dims: readonly number[], nodes: readonly BranchingNode[]): readonly unknown[] {
  const model = readModel(
    buildModel({
      inputs: [{ name: 'x', type: 'float', dims: matrix }],
      outputs: ['y'],
      stored: [{ name: 'w', type, dims, values: Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => 1) }],
      nodes,
    }),
  );
  return [model.storedBits, storedNumbersOf(model), computedNumbersOf(model)];
}

const float = { to: types.float };
const widened = node('Cast', ['w'], ['wide'], float);
const product = node('MatMul', ['x', 'wide'], ['y']);

test('parameters that are only widened are stored so, and computed with in 32 bits', () => {
  assert.deepEqual(told('float', matrix, [node('MatMul', ['x', 'w'], ['y'])]), [32, 'fp32', 'fp32']);
  assert.deepEqual(told('half', matrix, [widened, product]), [16, 'fp16', 'fp32']);
  for (const type of ['int8', 'uint8'] as const)
    assert.deepEqual(told(type, matrix, [widened, product]), [8, 'quantised', 'fp32']);
});

test('rows that are looked up, turned or cut before they are widened are too', () => {
  for (const op of ['Gather', 'Transpose', 'Reshape', 'Identity'])
    assert.deepEqual(
      told('half', matrix, [node(op, ['w', 'x'], ['moved']), node('Cast', ['moved'], ['wide'], float), product]),
      [16, 'fp16', 'fp32'],
      op,
    );
});

test('what is computed in 16 bits is told, whatever the parameters are stored in', () => {
  assert.deepEqual(told('half', matrix, [node('MatMul', ['x', 'w'], ['y'])]), [32, 'fp16', 'fp16']);
  const halved = node('Cast', ['w'], ['wide'], { to: types.half });
  assert.deepEqual(told('int8', matrix, [halved, product]), [8, 'quantised', 'fp16']);
  assert.deepEqual(told('float', matrix, [halved, product]), [32, 'fp16', 'fp16']);
});

test('a number, a list and a mask are no parameters', () => {
  assert.deepEqual(told('half', [1], [widened, product]), [32, 'fp32', 'fp32']);
  assert.deepEqual(told('int8', [4], [widened, product]), [32, 'fp32', 'fp32']);
  const mask = node('Cast', ['w'], ['wide'], { to: types.bool });
  assert.deepEqual(told('uint8', matrix, [mask, product]), [32, 'fp32', 'fp32']);
});

test('a branch knows what is stored around it', () => {
  const then = { inputs: [], outputs: ['inner'], nodes: [node('MatMul', ['x', 'w'], ['inner'])] };
  const other = { inputs: [], outputs: ['inner'], nodes: [node('Cast', ['w'], ['inner'], float)] };
  const choice = (branch: typeof then): BranchingNode => ({
    ...node('If', ['x'], ['y']),
    branches: { then_branch: branch, else_branch: other },
  });
  assert.deepEqual(told('half', matrix, [choice(then)]), [16, 'fp16', 'fp16']);
  assert.deepEqual(told('half', matrix, [choice(other)]), [16, 'fp16', 'fp32']);
});
