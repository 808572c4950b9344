import { createRequire } from 'node:module';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { findModel } from '../src/engine/models.ts';
import { openNetwork, type Network } from '../src/engine/network.ts';
import { bertBase, writeBert } from './bert-shape.ts';

/**
 * What attention costs: a forward pass with all of it against one of the untouched file, in a model of BERT-base's
 * shape with random weights. Run with `node bench/engine.ts [tokens…]`. Sessions have one thread and times are the
 * processor's own, in rounds that take turns after one to warm up: other work on the machine disturbs them least. Exits
 * with 1 when the median of the rounds' ratios is above its bound.
 */
const bounds = new Map([
  [16, 1.05],
  [128, 1.08],
  [512, 1.15],
]);
const rounds = 9;

process.env['ORT_DISABLE_TELEMETRY'] = '1';
const ort = createRequire(import.meta.url)('onnxruntime-node') as typeof Ort;
const lengths = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [...bounds.keys()];
const single = { intraOpNumThreads: 1, interOpNumThreads: 1 };
const { InferenceSession } = ort;
const create = InferenceSession.create.bind(InferenceSession) as (
  source: unknown,
  options?: object,
) => Promise<Ort.InferenceSession>;
InferenceSession.create = ((source: unknown, options?: object) =>
  create(source, { ...options, ...single })) as typeof InferenceSession.create;
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
  const config = {
    model_type: 'bert',
    architectures: ['BertModel'],
    num_hidden_layers: bertBase.layers,
    num_attention_heads: bertBase.heads,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const plain = await ort.InferenceSession.create(path);
  const opening = performance.now();
  const network = await openNetwork(await findModel(folder, { models: folder, store: folder }), {
    signal: new AbortController().signal,
    report: () => undefined,
  });
  console.log(
    `${bertBase.layers} layers × ${bertBase.heads} heads, ${Math.round(statSync(path).size / 1e6)} MB, opened in ${Math.round(performance.now() - opening)} ms`,
  );
  for (const length of lengths) await compare(plain, network, length);
  await network.dispose();
  await plain.release();
}

/** Times both ways in turn, each of them first in every other round, and prints medians. */
async function compare(plain: Ort.InferenceSession, network: Network, length: number): Promise<void> {
  const ids = Array.from({ length }, (_, place) => (place * 7) % bertBase.words);
  const row = (values: readonly number[]): Ort.Tensor =>
    new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, length]);
  const feeds = { input_ids: row(ids), attention_mask: row(ids.map(() => 1)) };
  const without = (): Promise<number> => processorTime(() => plain.run(feeds));
  const withAttention = (): Promise<number> => processorTime(() => network.main.record(() => network.read({ ids })));
  const times: { without: number; with: number }[] = [];
  await without();
  await withAttention();
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? await without() : null;
    const exposed = await withAttention();
    times.push({ without: first ?? (await without()), with: exposed });
  }
  const ratio = median(times.map((time) => time.with / time.without));
  const [a, b] = [median(times.map((time) => time.without)), median(times.map((time) => time.with))];
  const bound = bounds.get(length) ?? Infinity;
  console.log(
    `${String(length).padStart(4)} tokens: without ${a.toFixed(1)} ms, with ${b.toFixed(1)} ms, ratio ${ratio.toFixed(3)} (at most ${bound})`,
  );
  if (!(ratio <= bound)) process.exitCode = 1;
}

/** Milliseconds that the processor works for a run, in all threads. */
async function processorTime(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
