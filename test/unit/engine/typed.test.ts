import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type * as Ort from 'onnxruntime-node';
import { holds, isWritable, tensorOf } from '../../../src/engine/feeds/typed.ts';

process.env['ORT_DISABLE_TELEMETRY'] = '1';
const ort = createRequire(import.meta.url)('onnxruntime-node') as typeof Ort;

/** The bits of a 16-bit float, as the runtime is given them. */
function bitsOf(value: number): number {
  const tensor = tensorOf(ort, 'float16', [value], [1]) as unknown as {
    cpuData: { buffer: ArrayBuffer; byteOffset: number };
  };
  return new Uint16Array(tensor.cpuData.buffer, tensor.cpuData.byteOffset, 1)[0] ?? NaN;
}

test('16-bit floats have the bits that IEEE 754 gives them, rounded to the nearest, ties to even', () => {
  const known: readonly (readonly [number, number])[] = [
    [0, 0],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [-65504, 0xfbff],
    [65536, 0x7c00],
    [-1e9, 0xfc00],
    [2 ** -24, 1],
    [2 ** -26, 0],
    [6.1e-5, 0x03ff],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [0.1, 0x2e66],
    [65519.99, 0x7bff],
    [2 ** -14, 0x0400],
  ];
  for (const [value, bits] of known) assert.equal(bitsOf(value).toString(16), bits.toString(16), `${value}`);
  assert.equal(bitsOf(NaN) & 0x7c00, 0x7c00);
});

test('whole numbers that a type does not hold are known before they are written', () => {
  assert.ok(
    holds('int8', [127]) &&
      !holds('int8', [128]) &&
      !holds('uint8', [-1]) &&
      holds('int64', [2 ** 40]) &&
      !holds('int32', [2 ** 31]),
  );
  assert.ok(holds('float16', [2048]) && !holds('float16', [2049]));
  assert.ok(isWritable('bool') && !isWritable('string') && !isWritable('bfloat16') && !isWritable(''));
  assert.throws(() => tensorOf(ort, 'string', [1], [1]), RangeError);
});
