import type { Analysis } from '../../core/attention/analysis.ts';
import type { Effects } from '../../core/prediction/effects.ts';
import { Cache, keyOf } from '../../core/run/cache.ts';
import type { RunSpec } from '../../core/run/run-spec.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Analyser } from '../run/analyser.ts';
import { effectsOf } from '../run/effects.ts';

/** Results that are kept, some kilobytes each. */
const most = 64;

/** What switching off heads does to predictions: measured when it is asked for, and kept for this process. */
export class EffectsOfRuns {
  readonly #analyser: Analyser;
  readonly #results = new Cache<Effects>({ most });
  /** What was asked for last, by the run. */
  readonly #last = new Cache<Effects>({ most });

  constructor(analyser: Analyser) {
    this.#analyser = analyser;
  }

  /** The effects at a position of an analysis, which `run` gave. Throws as {@link effectsOf} does. */
  async of(run: RunSpec, analysis: Analysis, position: number | null, work: Work): Promise<Effects> {
    const { version } = await this.#analyser.folderOf(run);
    const key = keyOf([version, run, position]);
    const result = this.#results.get(key) ?? (await effectsOf(this.#analyser, { run, analysis }, position, work));
    this.#results.set(key, result);
    this.#last.set(keyOf(run), result);
    return result;
  }

  /** What was asked for last of a run; null where nothing was. */
  known(run: RunSpec): Effects | null {
    return this.#last.get(keyOf(run)) ?? null;
  }
}
