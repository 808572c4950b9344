import { createRequire } from 'node:module';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { findModel } from '../src/engine/models.ts';
import { openNetwork, type Network } from '../src/engine/network.ts';
import { bertBase, writeBert } from './bert-shape.ts';

/**
 * What attention costs: a forward pass with all of it against one of the untouched file, in a model of BERT-base's shape with
 * random weights. Run with `node bench/engine.ts`; the times depend on the machine, the ratios little.
 */
const lengths = [16, 128, 512];
const pairs = 9;

process.env['ORT_DISABLE_TELEMETRY'] = '1';
const ort = createRequire(import.meta.url)('onnxruntime-node') as typeof Ort;
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  await bench();
} finally {
  rmSync(folder, { recursive: true });
}

async function bench(): Promise<void> {
  const path = join(folder, 'onnx', 'model.onnx');
  mkdirSync(join(folder, 'onnx'));
  writeBert(path, bertBase);
  const config = { model_type: 'bert', architectures: ['BertModel'], num_hidden_layers: bertBase.layers, num_attention_heads: bertBase.heads };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const plain = await ort.InferenceSession.create(path);
  const opening = performance.now();
  const network = await openNetwork(await findModel(folder, { models: folder, store: folder }), { signal: new AbortController().signal, report: () => undefined });
  console.log(`${bertBase.layers} layers × ${bertBase.heads} heads, ${Math.round(statSync(path).size / 1e6)} MB, opened in ${Math.round(performance.now() - opening)} ms`);
  for (const length of lengths) await compare(plain, network, length);
  await network.dispose();
  await plain.release();
}

/** Times both ways in turn, so that what else the machine does falls on both, and prints medians. */
async function compare(plain: Ort.InferenceSession, network: Network, length: number): Promise<void> {
  const inputs = {
    input_ids: network.row(Array.from({ length }, (_, place) => (place * 7) % bertBase.words)),
    attention_mask: network.row(Array.from({ length }, () => 1)),
  };
  const feeds = { input_ids: inputs.input_ids.ort_tensor as Ort.Tensor, attention_mask: inputs.attention_mask.ort_tensor as Ort.Tensor };
  const without = (): Promise<unknown> => plain.run(feeds);
  const withAttention = (): Promise<unknown> => network.main.record(() => network.forward(inputs));
  const times: { without: number[]; with: number[] } = { without: [], with: [] };
  await without();
  await withAttention();
  for (let pair = 0; pair < pairs; pair++) {
    times.without.push(await timed(without));
    times.with.push(await timed(withAttention));
  }
  const [a, b] = [median(times.without), median(times.with)];
  console.log(`${String(length).padStart(4)} tokens: without ${a.toFixed(1)} ms, with ${b.toFixed(1)} ms, ratio ${(b / a).toFixed(3)}`);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
