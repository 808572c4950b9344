import type { Analysis, Timing } from '../../core/attention/analysis.ts';
import { runText } from '../../core/attention/edited-words.ts';
import { tokenCounts } from '../../core/attention/model-words.ts';
import type { Cell, Explanation } from '../../core/block/explanation.ts';
import type { LayerParts, LayerQuestion } from '../../core/block/layer-parts.ts';
import type { LogitParts, PartsBy, ScoreParts } from '../../core/block/score-parts.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { Distribution } from '../../core/prediction/distribution.ts';
import type { Drawing } from '../../core/prediction/sample.ts';
import type { RunSpec } from '../../core/run/run-spec.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Witness } from '../check/witness.ts';
import { rulesOf, settled } from './choose.ts';
import { analyseWith, described, type OpenModel } from './any-family.ts';
import { checkCell, RecentBlock } from './cell-run.ts';
import { EditedRuns, isModelEdited } from './edited.ts';
import { explainCell, explainRecurrentCell } from './explain.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { layerPartsOf } from './layer-parts.ts';
import { logitToken, partsOfLogit } from './logit-parts.ts';
import { partsOfScore } from './parts.ts';
import { memoryOf } from '../model/limits.ts';
import { loadTokenizer } from '../model/load-tokenizer.ts';
import { findModel, type ModelFolder, type ModelPlaces } from '../store/models.ts';
import { openNetwork } from '../backend/network.ts';
import { openRecurrentNetwork } from '../backend/recurrent-network.ts';
import { distributionOf, type Writer } from '../predict/distribution.ts';
import { withDrawn } from '../predict/drawn.ts';
import type { Expectation, Watch } from '../predict/expectation.ts';
import { keptLogits } from '../predict/kept-logits.ts';
import { usualBudget } from '../process/machine-memory.ts';
import { checkpoint } from '../process/stage.ts';
import { checkTokenIds } from '../model/token-ids.ts';
import { words } from '../../core/words/words.ts';

/** A model, and the number format that is wanted of it. */
export type ModelChoice = Pick<RunSpec, 'model' | 'dtype'>;
type Log = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

/**
 * Analyses texts one after the other and keeps the model of the last one open, so that the next text does not wait for
 * it.
 */
export class Analyser {
  readonly #places: ModelPlaces;
  readonly #log: Log;
  readonly #memory: number | null;
  readonly #witness: Witness | undefined;
  #open: Omit<OpenModel, 'memory'> | null = null;
  #recent = new RecentBlock();
  /** Whether the open model is open a second time, for edits. */
  #isEdited = false;
  #edited = new EditedRuns(analyseWith);
  #last: Promise<unknown> = Promise.resolve();

  /**
   * `memory` is the most bytes that a model and its attention may take; null leaves it to what the machine has. A
   * `witness` sees every run of a Transformer; its owner disposes of it.
   */
  constructor(places: ModelPlaces, log: Log, memory: number | null = null, witness?: Witness) {
    this.#places = places;
    this.#log = log;
    this.#memory = memory;
    this.#witness = witness;
  }

  /** Runs a model on a text. Throws AttentionError; `cancelled` as soon as the stage in progress ends. */
  analyse(run: RunSpec, work: Work): Promise<Analysis> {
    return this.#inTurn(() => this.#analyse(run, work));
  }

  /**
   * Takes one weight of an analysis apart, which `run` gave. Throws AttentionError: `argument-invalid` for a weight
   * that it does not have, and for a run in which more than tokens is edited, `block-unreadable` for one that cannot be
   * taken apart, and as `analyse` does.
   */
  explain(run: RunSpec, analysis: Analysis, cell: Cell, work: Work): Promise<Explanation> {
    return this.#inTurn(async () => {
      checkpoint(work.signal);
      checkCell(analysis, cell);
      const { network, ...model } = await this.#unedited(run, work);
      if (network.family === 'recurrent') return explainRecurrentCell({ ...model, network }, analysis, cell, work);
      return explainCell({ ...model, network }, { texts: run, analysis }, cell, this.#recent, work);
    });
  }

  /**
   * Does something with the model of a run when its turn comes; other runs come between such turns, and the model is
   * opened again where they have closed it. `isEdited` says that it is run under edits, for which it is open twice.
   * Throws AttentionError, as `analyse` does.
   */
  withModel<T>(run: ModelChoice, work: Work, action: (model: OpenModel) => Promise<T>, isEdited = false): Promise<T> {
    return this.#inTurn(async () => {
      checkpoint(work.signal);
      return action(await this.#model(await this.folderOf(run), work, isEdited));
    });
  }

  /** The folder of a model as it is now. Throws as `findModel` does. */
  folderOf(run: ModelChoice): Promise<ModelFolder> {
    return findModel(run.model, this.#places, { dtype: run.dtype, memory: this.#memory ?? undefined });
  }

  /**
   * Takes the score of one weight of an analysis apart by what wrote the residual stream. Throws AttentionError as
   * `explain` does; `model-unsupported` for recurrent networks, which have no residual stream.
   */
  parts(run: RunSpec, analysis: Analysis, cell: Cell, by: PartsBy, work: Work): Promise<ScoreParts> {
    return this.#inTurn(async () => {
      checkpoint(work.signal);
      checkCell(analysis, cell);
      const model = await this.#transformer(run, work);
      return partsOfScore(model, { texts: run, analysis }, cell, by, this.#recent, work);
    });
  }

  /**
   * Reads parts of the attention of one layer of an analysis, of the heads, queries and keys that are asked for. Throws
   * AttentionError as `parts` does.
   */
  layerParts(run: RunSpec, analysis: Analysis, asked: LayerQuestion, work: Work): Promise<LayerParts> {
    return this.#inTurn(async () => {
      checkpoint(work.signal);
      const { map, layer, heads, queries, keys } = asked;
      checkCell(analysis, {
        map,
        layer,
        head: Math.max(...heads),
        query: Math.max(...queries),
        key: Math.max(...keys),
      });
      const model = await this.#transformer(run, work, words().details.model.noQueries);
      return layerPartsOf(model, { texts: run, analysis }, asked, this.#recent, work);
    });
  }

  /**
   * Takes a logit after a token of an analysis apart by what wrote the residual stream. `token` is of the vocabulary,
   * as its text or as `#` and its id. Throws AttentionError as `parts` does.
   */
  logit(run: RunSpec, analysis: Analysis, token: string, position: number, work: Work): Promise<LogitParts> {
    return this.#inTurn(async () => {
      checkpoint(work.signal);
      const model = await this.#transformer(run, work);
      return partsOfLogit(model, { texts: run, analysis }, { token: logitToken(model, token), position }, work);
    });
  }

  /**
   * What an analysis predicts in place of a token, as {@link distributionOf} has it. Throws AttentionError as `analyse`
   * does.
   */
  distribution(
    run: ModelChoice,
    analysis: Analysis,
    token: number,
    drawing: Drawing,
    work: Work,
  ): Promise<Distribution | null> {
    return this.withModel(run, work, (model) =>
      Promise.resolve(distributionOf(writerOf(model), analysis, token, drawing)),
    );
  }

  /**
   * An analysis with the probabilities with which its next tokens are drawn. Throws AttentionError as `analyse` does.
   */
  drawn(run: ModelChoice, analysis: Analysis, drawing: Drawing, work: Work): Promise<Analysis> {
    return this.withModel(run, work, (model) => Promise.resolve(withDrawn(writerOf(model), analysis, drawing)));
  }

  /** The model of a run that can be taken apart. Throws `argument-invalid` where more than tokens is edited. */
  async #unedited(run: RunSpec, work: Work): Promise<OpenModel> {
    if (isModelEdited(run))
      throw new AttentionError({ code: 'argument-invalid', argument: 'edit', detail: words().edits.explained });
    const model = await this.#model(await this.folderOf(run), work);
    checkpoint(work.signal);
    return model;
  }

  /** The same with a residual stream. Throws `model-unsupported` for recurrent networks, with what they lack. */
  async #transformer(run: RunSpec, work: Work, detail = words().details.model.noStream): Promise<LoadedModel> {
    const { network, ...model } = await this.#unedited(run, work);
    if (network.family !== 'recurrent') return { ...model, network };
    throw new AttentionError({ code: 'model-unsupported', model: model.folder.id, detail });
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Closes the model if it is the one in `folder`, so that the folder can be deleted (Windows keeps what is open). */
  async leave(folder: string): Promise<void> {
    if (this.#open?.folder.folder !== folder) return;
    this.#last = this.#last.then(() => (this.#open?.folder.folder === folder ? this.#close() : undefined));
    await this.#last;
  }

  /** Closes the model. */
  async dispose(): Promise<void> {
    await this.#last;
    await this.#close();
  }

  /** As {@link analyse}. What was opened for edits makes room for a run without them. */
  async #analyse(run: RunSpec, work: Work): Promise<Analysis> {
    try {
      return await this.#analyseOnce(run, work);
    } catch (thrown) {
      const isTooMuch = thrown instanceof AttentionError && thrown.reason.code === 'memory-too-small';
      if (!isTooMuch || !this.#isEdited || isModelEdited(run)) throw thrown;
      await this.#close();
      return this.#analyseOnce(run, work);
    }
  }

  async #analyseOnce(run: RunSpec, work: Work): Promise<Analysis> {
    checkpoint(work.signal);
    if (run.text.trim() === '' && !run.chat) throw new AttentionError({ code: 'text-empty' });
    const start = performance.now();
    const folder = await this.folderOf(run);
    const isOpen = this.#open?.folder.version === folder.version;
    const model = await this.#model(folder, work, isModelEdited(run));
    checkpoint(work.signal);
    const loaded = performance.now();
    const texts = settled(run, folder);
    const heard: Expectation[] = [];
    const watch: Watch = (expected) => heard.push(expected);
    const found = described(
      model,
      texts.edits
        ? await this.#edited.analyse(model, texts, work, watch)
        : await analyseWith(model, texts, work, watch),
    );
    const logits = keptLogits(heard.at(-1), found.predictions);
    const timing = { load: isOpen ? 0 : loaded - start, run: performance.now() - loaded };
    this.#tell(found, timing);
    return { ...found, timing, ...(logits ? { logits } : {}) };
  }

  async #model(folder: ModelFolder, work: Work, isEdited = false): Promise<OpenModel> {
    // A witness opens every graph a second time, and so do edits, which stay open.
    const copies = this.#witness ? 2 : 1;
    const budget = this.#memory ?? usualBudget();
    const isOpen = this.#open?.folder.version === folder.version;
    const memory = memoryOf(folder, budget, isEdited || (isOpen && this.#isEdited) ? copies + 1 : copies);
    if (isOpen && this.#open) {
      this.#isEdited ||= isEdited;
      return { ...this.#open, folder, memory };
    }
    await this.#close();
    this.#isEdited = isEdited;
    const tokenizer = await loadTokenizer(folder);
    checkTokenIds(folder, tokenizer);
    const network = await (folder.recurrent
      ? openRecurrentNetwork(folder, folder.recurrent, work)
      : openNetwork(folder, work, this.#witness));
    this.#open = { folder, tokenizer, network };
    return { ...this.#open, memory };
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    this.#isEdited = false;
    this.#recent = new RecentBlock();
    this.#edited = new EditedRuns(analyseWith);
    await open?.network.dispose();
  }

  #tell(found: Omit<Analysis, 'timing'>, { load, run }: Timing): void {
    const { model, sequences, notes } = found;
    const tokens = tokenCounts(sequences);
    this.#log('info', words().log.analysed(runText(found), tokens, load, run));
    for (const note of notes) this.#log('info', words().log.note(model.id, note));
  }
}

/** What the tokens of a model are told and drawn with. */
function writerOf({ folder, tokenizer, network }: OpenModel): Writer {
  const start = network.family === 'recurrent' ? network.config.start : null;
  return { tokenizer, rules: rulesOf(folder), start };
}
