import { randomUUID } from 'node:crypto';
import { l10n } from 'vscode';
import type { AnalysisInfo } from '../../core/attention/analysis.ts';
import { weightCount } from '../../core/attention/map.ts';
import type { Cell, Explanation } from '../../core/block/explanation.ts';
import type { LogitParts, PartsBy, ScoreParts } from '../../core/block/score-parts.ts';
import type { LayerChoice } from '../../core/attention/merge.ts';
import type { HeadSummary } from '../../core/attention/roles.ts';
import type { ShownOptions } from '../../core/attention/shown.ts';
import type { ViewState } from '../../core/attention/view.ts';
import type { TokenSpan } from '../../core/text/words.ts';
import type { Dtype } from '../../core/catalogue/dtype.ts';
import { AsyncCache } from '../../core/run/cache.ts';
import type { RunSpec } from '../../core/run/run-spec.ts';
import type { Selection, TokenFocus } from '../../core/attention/selection.ts';
import type { HeadLink } from '../../core/attention/strongest-heads.ts';
import { AttentionError, reasonOf } from '../../core/errors/reason.ts';
import type { FileFormat } from '../../core/export/format.ts';
import type { Focus } from '../../core/scene/focus.ts';
import type { Params, Result } from '../../protocol/contract.ts';
import type { EngineContract } from '../../protocol/engine.ts';
import type { Effects } from '../../core/prediction/effects.ts';
import type { AskOptions } from '../../protocol/peer.ts';
import { isDtypeRefusal, type EngineClient } from '../process/engine-client.ts';
import { refusedPart, without, type LeftOut } from './texts.ts';

interface Known {
  readonly run: RunSpec;
  readonly info: AnalysisInfo;
}

/** Part of a map of an analysis. */
interface MapKey {
  readonly id: string;
  readonly map: number;
}

/** An answer of the model process, to what was asked in the end. */
interface Answered {
  readonly run: RunSpec;
  readonly info: AnalysisInfo;
  readonly leftOut: readonly LeftOut[];
}

/**
 * What is kept on this side: layers for hovers and marks (all others are asked for when they are drawn), statistics of
 * maps, and the strongest links of words, which are short lists.
 */
const kept = { layers: 4, maps: 32, words: 1000 } as const;

/**
 * The numbers of the analyses, by the name of the analysis.
 *
 * They live in the model process. When that has ended meanwhile (idle, died), the same text is run again unasked: the
 * same model gives the same numbers, so nobody sees more than a short wait.
 */
export class AnalysisSource {
  readonly #engine: EngineClient;
  readonly #dtype: () => Dtype | undefined;
  readonly #known = new Map<string, Known>();
  readonly #again = new Map<string, Promise<unknown>>();
  readonly #layers = new AsyncCache<MapKey & { readonly layer: LayerChoice }, Float32Array>({ most: kept.layers });
  readonly #heads = new AsyncCache<MapKey, readonly (readonly HeadSummary[])[]>({ most: kept.maps });
  readonly #strongest = new AsyncCache<MapKey & { readonly side: TokenFocus['side'] } & TokenSpan, readonly HeadLink[]>(
    {
      most: kept.words,
    },
  );

  #measurements = 0;

  /** `dtype` tells the number format that is wanted where a model has it. */
  constructor(engine: EngineClient, dtype: () => Dtype | undefined = () => undefined) {
    this.#engine = engine;
    this.#dtype = dtype;
  }

  /**
   * Runs a model and gives the analysis a name that none has, in no other window either, unless it has one. A second
   * text that the model does not take is left out, and named in the answer. Rejects with an AttentionError.
   */
  async analyse(
    asked: RunSpec,
    options: AskOptions,
    id: string = randomUUID(),
  ): Promise<{ id: string; info: AnalysisInfo; leftOut: readonly LeftOut[] }> {
    const ask = (run: RunSpec): Promise<Answered> => this.#askWithout(id, run, options);
    const { run, info, leftOut } = await ask({ dtype: this.#dtype(), ...asked }).catch((thrown: unknown) => {
      if (!isDtypeRefusal(thrown)) throw thrown;
      return ask(asked);
    });
    this.#known.set(id, { run, info });
    return { id, info, leftOut };
  }

  /**
   * The model says what it does not take only when it has been opened: it is asked again without that, which opens
   * nothing.
   */
  async #askWithout(id: string, asked: RunSpec, options: AskOptions): Promise<Answered> {
    const leftOut: LeftOut[] = [];
    for (;;) {
      const run = without(asked, leftOut);
      try {
        return { run, info: await this.#engine.ask('analyse', { analysis: id, ...run }, options), leftOut };
      } catch (thrown) {
        const refused = refusedPart(thrown, run);
        if (!refused) throw thrown;
        leftOut.push(refused);
      }
    }
  }

  /**
   * One layer of a map, or all merged, as bytes, `[head][query][key]` float32, fit to be handed on. Rejects with an
   * AttentionError.
   */
  async bytes(id: string, map: number, layer: LayerChoice): Promise<ArrayBuffer> {
    const { weights } = await this.#ask(id, () => this.#engine.ask('weights', { analysis: id, map, layer }));
    const shape = this.#knownOf(id).info.maps[map]?.shape;
    const expected = shape ? (weightCount(shape) / shape[0]) * Float32Array.BYTES_PER_ELEMENT : 0;
    if (weights.byteLength !== expected) {
      throw new AttentionError({
        code: 'message-invalid',
        detail: l10n.t('weights: {0} bytes, not {1}', weights.byteLength, expected),
      });
    }
    return weights;
  }

  /** One layer of a map, or all merged, `[head][query][key]`; the last few are kept. Rejects with an AttentionError. */
  layer(id: string, map: number, layer: LayerChoice): Promise<Float32Array> {
    return this.#layers.get({ id, map, layer }, async () => new Float32Array(await this.bytes(id, map, layer)));
  }

  /** A small picture of every head of a map. Rejects with an AttentionError. */
  thumbnails(
    id: string,
    map: number,
    size: number,
    options: ShownOptions,
  ): Promise<Result<EngineContract, 'thumbnails'>> {
    return this.#ask(id, () => this.#engine.ask('thumbnails', { analysis: id, map, size, options }));
  }

  /** Statistics and role of every head of a map. Rejects with an AttentionError. */
  async heads(id: string, map: number): Promise<readonly (readonly HeadSummary[])[]> {
    this.#knownOf(id);
    return this.#heads.get({ id, map }, () => this.#ask(id, () => this.#engine.ask('heads', { analysis: id, map })));
  }

  /** How often models were measured: what is known of heads may be another after each time. */
  get measurements(): number {
    return this.#measurements;
  }

  /**
   * Measures what the heads of the model of an analysis do, of `model` without one; what was measured before is known
   * at once. Rejects with an AttentionError.
   */
  async measure(id: string | null, model: string, options: AskOptions): Promise<void> {
    const known = id === null ? undefined : this.#known.get(id)?.run;
    await this.#engine.ask('probe', { model: known?.model ?? model, dtype: known?.dtype }, options);
    this.#measurements += 1;
    this.#heads.forget(() => true);
  }

  /**
   * What switching off each head does to the prediction at a position; the summaries of heads have it from then on. A
   * cancelled question stops the model process. Rejects with an AttentionError.
   */
  async effects(id: string, position: number | null, options: AskOptions): Promise<Effects> {
    const effects = await this.#ask(id, () => this.#engine.ask('effects', { analysis: id, position }, options));
    this.#measurements += 1;
    this.#heads.forget((key) => key.id === id);
    return effects;
  }

  /**
   * A file of an analysis, as bytes, as `view` shows it where it is a table or a picture; `sides` are the analyses beside
   * it. Rejects with an AttentionError.
   */
  async exported(
    id: string,
    format: FileFormat,
    what: {
      readonly focus: Focus;
      readonly view: ViewState;
      readonly selection: Selection;
      readonly sides: readonly string[];
    },
    options: AskOptions,
  ): Promise<ArrayBuffer> {
    const sides = [...what.sides];
    const { bytes } = await this.#ask(
      id,
      () => this.#engine.ask('export', { analysis: id, format, ...what, sides }, options),
      sides,
    );
    return bytes;
  }

  /**
   * For every head of a map the strongest link of a word on one side, strongest first. Rejects with an AttentionError.
   */
  async strongest(
    id: string,
    map: number,
    side: TokenFocus['side'],
    { first, end }: TokenSpan,
  ): Promise<readonly HeadLink[]> {
    this.#knownOf(id);
    return this.#strongest.get({ id, map, side, first, end }, () =>
      this.#ask(id, () => this.#engine.ask('strongest', { analysis: id, map, side, first, end })),
    );
  }

  /** A token of the vocabulary of an analysis' model by its name; null where it has none. Rejects with an AttentionError. */
  token(id: string, name: string, options: AskOptions): Promise<Result<EngineContract, 'token'>> {
    return this.#ask(id, () => this.#engine.ask('token', { analysis: id, name }, options));
  }

  /**
   * One weight of an analysis taken apart; a cancelled question stops the model process. Rejects with an
   * AttentionError.
   */
  explain(id: string, cell: Cell, options: AskOptions): Promise<Explanation> {
    return this.#ask(id, () => this.#engine.ask('explain', { analysis: id, ...cell }, options));
  }

  /**
   * What the model predicts in place of a token, and how likely each candidate is drawn. Rejects with an
   * AttentionError.
   */
  distribution(
    id: string,
    asked: Pick<Params<EngineContract, 'distribution'>, 'token' | 'drawing'>,
    options: AskOptions,
  ): Promise<Result<EngineContract, 'distribution'>> {
    return this.#ask(id, () => this.#engine.ask('distribution', { analysis: id, ...asked }, options));
  }

  /** The score of a weight by what wrote the residual stream, as {@link explain} asks. */
  parts(id: string, cell: Cell, by: PartsBy, options: AskOptions): Promise<ScoreParts> {
    return this.#ask(id, () => this.#engine.ask('parts', { analysis: id, ...cell, by }, options));
  }

  /** A logit by what wrote the residual stream, as {@link explain} asks. */
  logit(id: string, token: string, position: number, options: AskOptions): Promise<LogitParts> {
    return this.#ask(id, () => this.#engine.ask('logit', { analysis: id, token, position }, options));
  }

  /** Forgets an analysis, here and in the model process when there is one. */
  release(id: string): void {
    if (!this.#known.delete(id)) return;
    for (const cache of [this.#layers, this.#heads, this.#strongest]) cache.forget((key) => key.id === id);
    if (this.#engine.pid !== undefined) this.#engine.ask('release', { analysis: id }).catch(() => undefined);
  }

  /** Asks of an analysis, and of those beside it; where one is gone, all of them are run again. */
  async #ask<T>(id: string, question: () => Promise<T>, beside: readonly string[] = []): Promise<T> {
    const ids = [id, ...beside];
    await Promise.all(ids.flatMap((one) => this.#again.get(one) ?? []));
    try {
      return await question();
    } catch (thrown) {
      const { code } = reasonOf(thrown);
      if (code !== 'analysis-gone' && code !== 'engine-died') throw thrown;
      for (const one of ids) await this.#runAgain(one);
      return question();
    }
  }

  #runAgain(id: string): Promise<unknown> {
    const { run } = this.#knownOf(id);
    const running =
      this.#again.get(id) ??
      this.#engine.ask('analyse', { analysis: id, ...run }).finally(() => this.#again.delete(id));
    this.#again.set(id, running);
    return running;
  }

  #knownOf(id: string): Known {
    const known = this.#known.get(id);
    if (!known) throw new AttentionError({ code: 'analysis-gone' });
    return known;
  }
}
