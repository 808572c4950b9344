import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tensor } from '@huggingface/transformers';
import { numbersOf, rowOf } from '../../../src/engine/predict/logits.ts';

/** 1, 2, -0.5 and 0 as 16-bit floats, twice. */
const half = Uint16Array.of(0x3c00, 0x4000, 0xb800, 0, 0x4000, 0x3c00, 0, 0xb800);

test('a row of 32-bit logits is a view, one of 16-bit logits its numbers', () => {
  const data = Float32Array.of(1, 2, 3, 4, 5, 6);
  const row = rowOf(new Tensor('float32', data, [1, 2, 3]), 1);
  assert.deepEqual(row, Float32Array.of(4, 5, 6));
  assert.equal(row?.buffer, data.buffer, 'nothing is copied');
  const sixteen = new Tensor('float16', half, [1, 2, 4]);
  assert.deepEqual(rowOf(sixteen, 0), Float32Array.of(1, 2, -0.5, 0));
  assert.deepEqual(rowOf(sixteen, -1), Float32Array.of(2, 1, 0, -0.5));
  assert.deepEqual(numbersOf(new Tensor('float16', half.subarray(0, 4), [1, 4])), Float32Array.of(1, 2, -0.5, 0));
});

test('what is no row of logits is none', () => {
  assert.equal(rowOf(undefined, 0), null);
  assert.equal(rowOf(new Tensor('float32', new Float32Array(6), [2, 3]), 0), null);
  assert.equal(rowOf(new Tensor('float32', new Float32Array(6), [1, 2, 3]), 2), null);
  assert.equal(rowOf(new Tensor('int64', new BigInt64Array(6), [1, 2, 3]), 0), null);
});
