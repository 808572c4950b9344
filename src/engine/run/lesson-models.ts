import { layerOf } from '../../core/attention/map.ts';
import { itemAt } from '../../core/item-at.ts';
import type { LessonModels, RunNumbers } from '../../core/lesson/row.ts';
import { AsyncCache } from '../../core/run/cache.ts';
import type { RunSpec } from '../../core/run/run-spec.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Analyser } from './analyser.ts';

/** Runs that are kept: the statements of a passage are of a few, in turn. */
const kept = 16;

/** The runs of a lesson, in this process. */
export function lessonModels(analyser: Analyser, work: Work): LessonModels {
  const runs = new AsyncCache<RunSpec, RunNumbers>({ most: kept });
  return {
    run: (run) =>
      runs.get(run, async () => {
        const analysis = await analyser.analyse(run, work);
        return {
          info: analysis,
          layer: (map, layer) => Promise.resolve(layerOf(itemAt(analysis.maps, map), layer)),
          explain: (cell) => analyser.explain(run, analysis, cell, work),
        };
      }),
  };
}
