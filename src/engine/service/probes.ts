import { readFileSync } from 'node:fs';
import type { ProbeResult } from '../../core/probe/evidence.ts';
import { parseProbeSentences } from '../../core/probe/sentences.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Analyser, ModelChoice } from '../run/analyser.ts';
import { probeHeads } from '../run/probe.ts';
import { readProbe, writeProbe, type Measured } from '../store/probe-cache.ts';

/** Where measurements come from and go to. */
export interface ProbePlaces {
  /** The folder of downloaded models, which has the measurements of all models beside them. */
  readonly store: string;
  /** The file of the sentences. */
  readonly sentences: string;
}

/** What the heads of models were measured to do: kept on disk, for every process of this user. */
export class Probes {
  readonly #analyser: Analyser;
  readonly #places: ProbePlaces;
  /** The file of the sentences, once it was read. */
  #sentences: string | null = null;
  /** The last result, by the version of its model: views of one analysis ask for it again and again. */
  #last: { readonly version: string; readonly result: ProbeResult } | null = null;

  constructor(analyser: Analyser, places: ProbePlaces) {
    this.#analyser = analyser;
    this.#places = places;
  }

  /** What is known of a model, without running it; null where it has not been measured, or is not there any more. */
  async known(choice: ModelChoice): Promise<ProbeResult | null> {
    const measured = await this.#measured(choice).catch(() => null);
    return measured && this.#read(measured);
  }

  /**
   * What is known of a model, or else what a measurement finds. A result that cannot be kept is given all the same.
   * Throws as {@link probeHeads} does.
   */
  async of(choice: ModelChoice, work: Work): Promise<ProbeResult> {
    const measured = await this.#measured(choice);
    const known = await this.#read(measured);
    if (known) return known;
    const result = await probeHeads(this.#analyser, choice, parseProbeSentences(measured.sentences), work);
    await writeProbe(this.#places.store, measured, result).catch(() => undefined);
    return result;
  }

  async #measured(choice: ModelChoice): Promise<Measured> {
    const folder = await this.#analyser.folderOf(choice);
    this.#sentences ??= readFileSync(this.#places.sentences, 'utf8');
    return { folder, sentences: this.#sentences };
  }

  async #read(measured: Measured): Promise<ProbeResult | null> {
    const { version } = measured.folder;
    if (this.#last?.version === version) return this.#last.result;
    const result = await readProbe(this.#places.store, measured);
    this.#last = result && { version, result };
    return result;
  }
}
