import { existsSync, readFileSync } from 'node:fs';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { exposeAttention, type Exposure } from '../../../src/core/onnx/expose.ts';
import { joinModel } from '../../../src/core/onnx/join.ts';

process.env['ORT_DISABLE_TELEMETRY'] = '1';
const ort = await import('onnxruntime-node');

/** Where the development data lies: tests that need it are skipped without it. */
export const data = new URL('../../../../shared/data/', import.meta.url);

/** The reason to skip a test of a development file, or false when it is there. */
export function absent(file: string): string | false {
  return existsSync(new URL(file, data)) ? false : `../shared/data/${file} is not here`;
}

/** The bytes of a development file. */
export function dataFile(file: string): Uint8Array {
  return readFileSync(new URL(file, data));
}

/**
 * A model with copies of some tensors among its outputs, as `copy.NAME`: a second message behind the file, which
 * protobuf merges.
 */
export function withCopies(model: Uint8Array, names: readonly string[]): Uint8Array {
  const message = WireType.LengthDelimited;
  const writer = new BinaryWriter().raw(model).tag(7, message).fork();
  for (const name of names) {
    writer
      .tag(1, message)
      .fork()
      .tag(1, message)
      .string(name)
      .tag(2, message)
      .string(`copy.${name}`)
      .tag(4, message)
      .string('Identity')
      .join();
    writer.tag(12, message).fork().tag(1, message).string(`copy.${name}`).join();
  }
  return writer.join().finish();
}

/** A session that says nothing on the console. */
export function open(model: Uint8Array): Promise<InferenceSession> {
  return ort.InferenceSession.create(model, { logSeverityLevel: 4, intraOpNumThreads: 1 });
}

/** A session that runs the graph as it is written: onnxruntime's fusions take tensors away that a copy reads. */
export function openLiteral(model: Uint8Array): Promise<InferenceSession> {
  return ort.InferenceSession.create(model, {
    logSeverityLevel: 4,
    intraOpNumThreads: 1,
    graphOptimizationLevel: 'disabled',
  });
}

/** A model with its attention exposed, ready to run. */
export async function openExposed(model: Uint8Array): Promise<{ exposure: Exposure; session: InferenceSession }> {
  const exposure = exposeAttention(model);
  return { exposure, session: await open(joinModel(exposure)) };
}

/** A tensor of 64-bit integers. */
export function ints(values: readonly number[], dims: readonly number[] = [1, values.length]): Tensor {
  return new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);
}

/** A tensor of 32-bit integers. */
export function ints32(values: readonly number[], dims: readonly number[] = [values.length]): Tensor {
  return new ort.Tensor('int32', Int32Array.from(values), dims);
}

/** A tensor of one truth value. */
export function flag(value: boolean): Tensor {
  return new ort.Tensor('bool', [value], [1]);
}

/** A tensor of truth values. */
export function flags(values: readonly boolean[], dims: readonly number[]): Tensor {
  return new ort.Tensor('bool', Uint8Array.from(values, Number), dims);
}

/**
 * A float tensor of repeatable numbers between −1 and 1 (a linear congruential generator, Numerical Recipes'
 * constants).
 */
export function noise(dims: readonly number[], seed = 1): Tensor {
  let state = seed;
  const values = Float32Array.from({ length: dims.reduce((product, dim) => product * dim, 1) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  return new ort.Tensor('float32', values, dims);
}

/** A float tensor. */
export function floats(values: ArrayLike<number>, dims: readonly number[]): Tensor {
  return new ort.Tensor('float32', Float32Array.from(values), dims);
}

/** The numbers of a float result. */
export function numbers(results: InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const tensor = results[name];
  if (tensor === undefined || !('data' in tensor) || !(tensor.data instanceof Float32Array))
    throw new Error(`no float tensor ${name} came back`);
  return tensor.data;
}

/** The shape of a result. */
export function dimsOf(results: InferenceSession.OnnxValueMapType, name: string): readonly number[] {
  const tensor = results[name];
  if (tensor === undefined || !('dims' in tensor)) throw new Error(`no tensor ${name} came back`);
  return tensor.dims;
}

/** The largest difference between two results of equal length. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers against ${b.length}`);
  let largest = 0;
  for (let at = 0; at < a.length; at += 1) {
    const apart = Math.abs((a[at] ?? Number.NaN) - (b[at] ?? Number.NaN));
    if (!(apart <= largest)) largest = apart;
  }
  return largest;
}

/** How far the worst row of a tensor is from summing to 1. */
export function worstRow(values: Float32Array, keys: number): number {
  let worst = 0;
  for (let at = 0; at < values.length; at += keys) {
    const sum = values.subarray(at, at + keys).reduce((total, value) => total + value, 0);
    worst = Math.max(worst, Math.abs(sum - 1));
  }
  return worst;
}
