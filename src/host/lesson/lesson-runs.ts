import type * as vscode from 'vscode';
import { AttentionError } from '../../core/errors/reason.ts';
import type { LessonModels, RunNumbers } from '../../core/lesson/row.ts';
import { keyOfRun, type RunSpec } from '../../core/run/run-spec.ts';
import type { AskOptions } from '../../protocol/peer.ts';
import type { AnalysisSource } from '../analysis/analysis-source.ts';

/** Runs that are kept for the next question; their weights fill the model process. */
const kept = 6;

interface Kept {
  readonly id: string;
  readonly numbers: RunNumbers;
}

/** Runs of models that no view shows: those that questions and pictures in previews are answered from. */
export class LessonRuns implements vscode.Disposable {
  readonly #source: AnalysisSource;
  /** In the order of their use, the latest last. */
  readonly #kept = new Map<string, Kept>();
  #isDisposed = false;

  constructor(source: AnalysisSource) {
    this.#source = source;
  }

  /** The models of a lesson, under one progress and cancel. */
  models(options: AskOptions): LessonModels {
    return { run: async (run) => (await this.#run(run, options)).numbers };
  }

  /** The name of a run in the model process, to ask for its files. Later runs may discard it. */
  async named(run: RunSpec, options: AskOptions): Promise<{ readonly id: string; readonly numbers: RunNumbers }> {
    return this.#run(run, options);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const { id } of this.#kept.values()) this.#source.release(id);
    this.#kept.clear();
  }

  async #run(run: RunSpec, options: AskOptions): Promise<Kept> {
    const key = keyOfRun(run);
    const known = this.#kept.get(key);
    const found = known ?? (await this.#analyse(run, options));
    this.#kept.delete(key);
    this.#kept.set(key, found);
    for (const [old, { id }] of this.#kept) {
      if (this.#kept.size <= kept) break;
      this.#kept.delete(old);
      this.#source.release(id);
    }
    return found;
  }

  async #analyse(run: RunSpec, options: AskOptions): Promise<Kept> {
    const { id, info, leftOut } = await this.#source.analyse(run, options);
    const [first] = leftOut;
    if (this.#isDisposed || options.signal?.aborted || first) {
      this.#source.release(id);
      if (first) throw new AttentionError({ code: 'argument-invalid', argument: first.part, detail: first.why });
      throw new AttentionError({ code: 'cancelled' });
    }
    const numbers: RunNumbers = {
      info,
      layer: (map, layer) => this.#source.layer(id, map, layer),
      explain: (cell) => this.#source.explain(id, cell, options),
    };
    return { id, numbers };
  }
}
