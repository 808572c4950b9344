import type { Benchmark } from '../benchmark.ts';
import { processorTime } from '../statistics.ts';
import { feedsOf, sessions } from './attention.ts';

const work = { signal: new AbortController().signal, report: () => undefined };

/**
 * Running the block of a layer by itself after a pass that was recorded, its opening included, against a pass of the
 * untouched file: what explaining one weight costs, which no longer depends on the layer.
 */
function explainAt(layer: number, tokens: number): Benchmark {
  return {
    name: `explain-layer-${layer}-${tokens}`,
    unit: 'ms',
    better: 'lower',
    limit: 0.3,
    rounds: { warmUp: 1, full: 9, quick: 3 },
    resource: sessions,
    async setup() {
      const open = await sessions.get();
      const { plain, network } = open;
      const { ids, feeds } = feedsOf(open, tokens);
      const { sites } = network.main;
      const [site, other] = [sites[layer], sites[layer === 0 ? 1 : 0]];
      if (!site || !other) throw new Error('The model has too few layers.');
      await network.main.record(() => network.read({ ids }));
      return {
        value: async () => {
          // The block that was asked for last stays open.
          await network.readBlock(other, { ids }, work);
          return processorTime(() => network.readBlock(site, { ids }, work));
        },
        baseline: () => processorTime(() => plain.run(feeds)),
      };
    },
  };
}

export const explainBenchmarks: readonly Benchmark[] = [explainAt(0, 128), explainAt(11, 128), explainAt(11, 512)];
