import { largestThumbnail, thumbnailsOf } from '../../src/core/views/model/thumbnails.ts';
import { firstView } from '../../src/core/attention/view.ts';
import { synthetic } from '../../test/ui/panel/page/analyses.ts';
import { once, type Benchmark, type Measures } from '../benchmark.ts';
import { median, processorTime } from '../statistics.ts';
import { chromium, type BenchPage } from './browser.ts';

const [short, long] = [64, 512];
const megabytesOfWeights = (4 * 144 * long ** 2) / 1e6;
const rounds = { warmUp: 2, full: 9, quick: 3 };

/** A benchmark that is set up with the page alone. */
function onPage(described: Omit<Benchmark, 'resource' | 'setup'>, measures: (page: BenchPage) => Measures): Benchmark {
  return { ...described, resource: chromium, setup: async () => measures((await chromium.get()).page) };
}

/** All heads of a long text against those of a short one: what is drawn does not grow with the text. */
const modelView = onPage({ name: `model-view-${long}`, unit: 'ms', better: 'lower', limit: 2, rounds }, (page) => ({
  value: () => page.show('model', long),
  baseline: () => page.show('model', short),
}));

/** All heads, what the engine does for them included, against a line for every weight. */
const modelLines = onPage(
  {
    name: `model-view-${short}-lines`,
    unit: 'ms',
    better: 'higher',
    limit: 100,
    rounds: { warmUp: 0, full: 5, quick: 2 },
  },
  (page) => {
    const { maps, sequences } = synthetic(short, 12, 12);
    const pool = (): unknown => maps.map((map) => thumbnailsOf(map, sequences, firstView.options, largestThumbnail));
    return {
      value: async () => (await page.show('model', short)) + (await processorTime(pool)),
      baseline: () => page.lines('model', short),
    };
  },
);

/**
 * The twelve heads of another layer against a line for every weight of theirs. The panel around the view, which lines
 * do not have, is there already.
 */
const headLines = onPage(
  { name: `head-view-${short}-lines`, unit: 'ms', better: 'higher', limit: 25, rounds },
  (page) => ({
    value: async () => {
      await page.show('heads', short);
      return page.nextLayer();
    },
    baseline: () => page.lines('heads', short),
  }),
);

const moves = 30;
const hovers = { warmUp: 1, full: 5, quick: 2 };

/** A hover's own work against drawing all of the same page: a hover draws what has changed. */
function hover(view: 'heads' | 'matrix'): Benchmark {
  return onPage(
    { name: `hover-${view}-${long}`, unit: 'ms', better: 'lower', limit: 0.25, rounds: hovers },
    (page) => ({
      value: async () => {
        await page.show(view, long);
        return page.hover(view, moves);
      },
      baseline: () => page.show(view, long),
    }),
  );
}

/** The same against the time from one frame to the next. No limit: screens are alike where processors are not. */
function hoverFrame(view: 'heads' | 'matrix'): Benchmark {
  return onPage({ name: `hover-${view}-${long}-frame`, unit: 'ms', better: 'lower', rounds: hovers }, (page) => ({
    value: async () => {
      await page.show(view, long);
      return page.hover(view, moves);
    },
    baseline: async () => median(await page.frames(moves)),
  }));
}

/** Nodes of the panel, in whichever of the views on a canvas has the most. */
const nodes = onPage(
  { name: `panel-nodes-${long}`, unit: 'nodes', better: 'lower', limit: 3000, rounds: once },
  (page) => ({
    value: async () => {
      const counts: number[] = [];
      for (const view of ['heads', 'matrix', 'model'] as const) {
        await page.show(view, long);
        counts.push(await page.nodes());
      }
      return Math.max(...counts);
    },
  }),
);

/** What the panel keeps after five layers against all weights of the analysis, which stay in the engine. */
const memory = onPage(
  { name: `panel-memory-${long}`, unit: 'MB', better: 'lower', limit: 0.25, rounds: once },
  (page) => ({
    value: async () => {
      await page.show('model', long);
      return page.heap();
    },
    baseline: () => megabytesOfWeights,
  }),
);

export const viewBenchmarks: readonly Benchmark[] = [
  modelView,
  modelLines,
  headLines,
  hover('heads'),
  hover('matrix'),
  hoverFrame('heads'),
  hoverFrame('matrix'),
  nodes,
  memory,
];
