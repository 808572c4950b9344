import { createRequire } from 'node:module';
import type * as Ort from 'onnxruntime-node';
import { findModel } from '../../src/engine/store/models.ts';
import { openNetwork, type Network } from '../../src/engine/backend/network.ts';
import type { Benchmark, Rounds } from '../benchmark.ts';
import { Shared } from '../benchmark.ts';
import { processorTime } from '../statistics.ts';
import { bertBase } from './bert-shape.ts';
import { encoder } from './encoder.ts';

/** The same model twice: as its file is, and with its attention read. */
export interface Sessions {
  readonly ort: typeof Ort;
  readonly plain: Ort.InferenceSession;
  readonly network: Network;
}

export const sessions = new Shared<Sessions>(openSessions, async ({ network, plain }) => {
  await network.dispose();
  await plain.release();
  await encoder.close();
});

async function openSessions(): Promise<Sessions> {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  const ort = createRequire(import.meta.url)('onnxruntime-node') as typeof Ort;
  useOneThread(ort);
  const { folder, graph } = await encoder.get();
  const places = { models: folder, store: folder };
  const work = { signal: new AbortController().signal, report: () => undefined };
  return {
    ort,
    plain: await ort.InferenceSession.create(graph),
    network: await openNetwork(await findModel(folder, places), work),
  };
}

/** A pool of threads waits by spinning, which would count as work. */
function useOneThread({ InferenceSession }: typeof Ort): void {
  const create = InferenceSession.create.bind(InferenceSession) as (
    source: unknown,
    options?: object,
  ) => Promise<Ort.InferenceSession>;
  InferenceSession.create = ((source: unknown, options?: object) =>
    create(source, { ...options, intraOpNumThreads: 1, interOpNumThreads: 1 })) as typeof InferenceSession.create;
}

/** Inputs of a text of so many tokens. */
export function feedsOf({ ort }: Sessions, tokens: number): { ids: number[]; feeds: Record<string, Ort.Tensor> } {
  const ids = Array.from({ length: tokens }, (_, place) => (place * 7) % bertBase.words);
  const row = (values: readonly number[]): Ort.Tensor =>
    new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, tokens]);
  return { ids, feeds: { input_ids: row(ids), attention_mask: row(ids.map(() => 1)) } };
}

/** A pass of the engine, made ready by `ready`, against a forward pass of the untouched file. */
export function passAt(
  name: string,
  tokens: number,
  limit: number,
  rounds: Rounds,
  ready: (network: Network, ids: number[]) => Promise<() => Promise<unknown>>,
): Benchmark {
  return {
    name: `${name}-${tokens}`,
    unit: 'ms',
    better: 'lower',
    limit,
    rounds,
    resource: sessions,
    async setup() {
      const open = await sessions.get();
      const { plain, network } = open;
      const { ids, feeds } = feedsOf(open, tokens);
      const run = await ready(network, ids);
      return {
        value: () => processorTime(run),
        baseline: () => processorTime(() => plain.run(feeds)),
      };
    },
  };
}

/** Nothing but the model's own output is asked. */
function forwardAt(tokens: number, limit: number, rounds: Rounds): Benchmark {
  return passAt('forward', tokens, limit, rounds, async (network, ids) => () => network.read({ ids }));
}

/** All attention of 12 × 12 heads is asked. */
function attentionAt(tokens: number, limit: number, rounds: Rounds): Benchmark {
  return passAt(
    'attention',
    tokens,
    limit,
    rounds,
    async (network, ids) => () => network.main.record(() => network.read({ ids })),
  );
}

/** Short passes vary most, and cost least to repeat. */
export const attentionBenchmarks: readonly Benchmark[] = [
  attentionAt(16, 1.05, { warmUp: 3, full: 31, quick: 11 }),
  attentionAt(128, 1.08, { warmUp: 1, full: 15, quick: 7 }),
  attentionAt(512, 1.15, { warmUp: 1, full: 9, quick: 5 }),
  forwardAt(16, 1.05, { warmUp: 3, full: 31, quick: 11 }),
  forwardAt(128, 1.02, { warmUp: 1, full: 15, quick: 7 }),
  forwardAt(512, 1.02, { warmUp: 1, full: 9, quick: 5 }),
];
