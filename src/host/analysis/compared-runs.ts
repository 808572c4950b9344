import type * as vscode from 'vscode';
import type { AnalysisInfo } from '../../core/attention/analysis.ts';
import { maxSides, runOfSide, type Side } from '../../core/compare/side.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { keyOfRun, sameRun } from '../../core/run/run-spec.ts';
import type { AskOptions } from '../../protocol/peer.ts';
import type { Analyses } from './analyses.ts';
import { leftOutWords } from './texts.ts';

/** A run that is shown beside an analysis, under the name by which its numbers are asked for. */
export interface ComparedRun {
  readonly analysis: string;
  readonly info: AnalysisInfo;
  /** What of the texts its model does not take, a sentence each. */
  readonly leftOut: string[];
}

/** As many as are shown, and those that were shown before them: to go back runs nothing. */
const maxKept = 2 * maxSides;

/**
 * The runs that are shown beside the current analysis. They belong to no document and are listed nowhere; one that is
 * an open analysis anyway is that one.
 */
export class ComparedRuns implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #subscription: vscode.Disposable;
  /** By the key of the run, in the order of their use, the latest last. */
  readonly #kept = new Map<string, ComparedRun>();

  constructor(analyses: Analyses) {
    this.#analyses = analyses;
    this.#subscription = analyses.onDidChange(() => {
      if (analyses.all.length === 0) this.#release();
    });
  }

  /** The run of a side of an analysis. Rejects with an AttentionError. */
  async of(id: string, side: Side, options: AskOptions): Promise<ComparedRun> {
    const main = this.#analyses.byId(id);
    if (!main) throw new AttentionError({ code: 'analysis-gone' });
    const run = runOfSide(main.run, side);
    const open = this.#analyses.all.find((one) => !one.stale && sameRun(one.run, run));
    const same = sameRun(main.run, run) ? main : open;
    if (same) return { analysis: same.id, info: same.info, leftOut: [...same.leftOut] };
    const key = keyOfRun(run);
    const known = this.#kept.get(key);
    if (known) return this.#keep(key, known);
    const { id: analysis, info, leftOut } = await this.#analyses.source.analyse(run, options);
    const made = { analysis, info, leftOut: leftOut.map(leftOutWords) };
    if (options.signal?.aborted) {
      this.#analyses.source.release(analysis);
      throw new AttentionError({ code: 'cancelled' });
    }
    return this.#keep(key, made);
  }

  /** The names of the runs of all sides of an analysis. Rejects with an AttentionError. */
  async all(id: string, sides: readonly Side[], options: AskOptions): Promise<readonly string[]> {
    const names: string[] = [];
    for (const side of sides) names.push((await this.of(id, side, options)).analysis);
    return names;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#release();
  }

  /** Keeps a run as the one that was used last, or the same run of before; those used longest ago go. */
  #keep(key: string, made: ComparedRun): ComparedRun {
    const run = this.#kept.get(key) ?? made;
    if (run !== made) this.#analyses.source.release(made.analysis);
    this.#kept.delete(key);
    this.#kept.set(key, run);
    for (const [old, { analysis }] of [...this.#kept].slice(0, -maxKept)) {
      this.#kept.delete(old);
      this.#analyses.source.release(analysis);
    }
    return run;
  }

  #release(): void {
    for (const { analysis } of this.#kept.values()) this.#analyses.source.release(analysis);
    this.#kept.clear();
  }
}
