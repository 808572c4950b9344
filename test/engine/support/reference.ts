import { createRequire } from 'node:module';
import type * as Ort from 'onnxruntime-node';

// onnxruntime reads this when its library is loaded.
process.env['ORT_DISABLE_TELEMETRY'] = '1';
const { InferenceSession, Tensor } = createRequire(import.meta.url)('onnxruntime-node') as typeof Ort;

export type Feeds = Readonly<Record<string, Ort.Tensor>>;
export type Outputs = Readonly<Record<string, Ort.Tensor>>;

/** Runs a graph file as it is, without anything of this project, and gives all its outputs. */
export async function runPlainly(path: string, feeds: (inputs: readonly string[]) => Feeds): Promise<Outputs> {
  const session = await InferenceSession.create(path, { logSeverityLevel: 4 });
  try {
    return await session.run(feeds(session.inputNames));
  } finally {
    await session.release();
  }
}

/** One row of ids. */
export function row(ids: readonly number[]): Ort.Tensor {
  return new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
}

/** An empty cache for every cache input: `[1, heads, 0, features]`. */
export function emptyCache(inputs: readonly string[], heads: number, features: number): Feeds {
  const names = inputs.filter((name) => name.startsWith('past_key_values.'));
  return Object.fromEntries(
    names.map((name) => [name, new Tensor('float32', new Float32Array(0), [1, heads, 0, features])]),
  );
}

/** The outputs whose names fit, in the order of their numbers, joined to one list: `[layer][head][query][key]`. */
export function attentionOf(outputs: Outputs, name: RegExp): Float32Array {
  const layers = Object.entries(outputs)
    .filter(([output]) => name.test(output))
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([, tensor]) => tensor.data as Float32Array);
  const joined = new Float32Array(layers.reduce((sum, layer) => sum + layer.length, 0));
  let at = 0;
  for (const layer of layers) {
    joined.set(layer, at);
    at += layer.length;
  }
  return joined;
}
