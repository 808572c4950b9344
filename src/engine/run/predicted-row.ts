import type { Analysis } from '../../core/attention/analysis.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import type { RecurrentNetwork } from '../backend/recurrent-network.ts';
import { hasCache, nextCache } from '../feeds/cache.ts';
import type { Cache, States } from '../feeds/step.ts';
import { tokenLimit } from '../model/limits.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { headOutput } from '../predict/head.ts';
import { numbersOf, rowOf } from '../predict/logits.ts';
import { checkpoint } from '../process/stage.ts';
import type { OpenModel } from './any-family.ts';
import type { Place } from './predicted-place.ts';
import { sourceStates } from './source.ts';

/** An analysis, the texts that it was made of, and a place in it. */
export interface PredictedAt {
  readonly analysis: Analysis;
  readonly texts: RunTexts;
  readonly place: Place;
}

/**
 * The logits of a place, `[vocabulary]` or `[labels]`, from the tokens of the analysis: what the model wrote itself is
 * given to it, so that it predicts at the same place whatever is changed in it. A decoder is fed the tokens up to the
 * place. Throws `run-failed` and what a run throws.
 */
export async function predictedRow(
  model: OpenModel,
  at: PredictedAt,
  states: SourceStates,
  work: Work,
): Promise<Float32Array> {
  const { network, ...rest } = model;
  const row =
    network.family === 'recurrent'
      ? await recurrentRow(network, at, work)
      : network.family === 'encoder-decoder'
        ? await decoderRow({ ...rest, network }, at, states, work)
        : await graphRow({ ...rest, network }, at);
  if (row && !row.some(Number.isNaN)) return row;
  const detail = words().details.run.logitsNotFinite;
  throw new AttentionError({ code: 'run-failed', model: model.folder.id, detail, cause: 'edits' });
}

/** What the encoder of an encoder-decoder made of its source, for runs whose changes leave it as it is. */
export class SourceStates {
  #states: States | null = null;

  async of(model: LoadedModel, { analysis }: PredictedAt): Promise<States> {
    this.#states ??= await sourceStates(model, itemAt(analysis.sequences, 0));
    return this.#states;
  }
}

async function graphRow(model: LoadedModel, { analysis, texts, place }: PredictedAt): Promise<Float32Array | null> {
  const { network, tokenizer, folder } = model;
  const ids = itemAt(analysis.sequences, 0).tokens.map(({ id }) => id);
  if (network.family === 'decoder') {
    const value = await network.read({ ids: ids.slice(0, place.token + 1), lastLogits: true });
    return rowOf(value['logits'], -1)?.slice() ?? null;
  }
  const { mask } = tokenizer.specialTokens;
  const read = place.isHidden && mask !== undefined ? ids.with(place.token, mask) : ids;
  const { text, pair } = texts;
  const maxTokens = tokenLimit(folder, network.main);
  const segments = tokenizer.encode(text, { ...(pair === undefined ? {} : { pair }), maxTokens }).typeIds;
  const logits = headOutput(await network.read({ ids: read, segments }));
  if (place.kind === 'label') return (logits && numbersOf(logits)?.slice()) ?? null;
  return rowOf(logits, place.token)?.slice() ?? null;
}

async function decoderRow(
  model: LoadedModel,
  at: PredictedAt,
  states: SourceStates,
  work: Work,
): Promise<Float32Array | null> {
  const { network } = model;
  const ids = itemAt(at.analysis.sequences, at.place.sequence)
    .tokens.slice(0, at.place.token + 1)
    .map(({ id }) => id);
  const source = await states.of(model, at);
  if (!network.decoder || !hasCache(network.decoder)) {
    const value = await network.write({ ids, past: 0, cache: null, source });
    return rowOf(value['logits'], -1)?.slice() ?? null;
  }
  // Fed more target than source tokens at once, merged decoders fail in onnxruntime.
  let cache: Cache | null = null;
  let row: Float32Array | null = null;
  for (const [past, id] of ids.entries()) {
    checkpoint(work.signal);
    const value = await network.write({ ids: [id], past, cache, source });
    row = rowOf(value['logits'], -1)?.slice() ?? null;
    cache = nextCache(value, cache);
  }
  return row;
}

async function recurrentRow(
  network: RecurrentNetwork,
  { analysis, place }: PredictedAt,
  work: Work,
): Promise<Float32Array | null> {
  const [source, target] = [0, place.sequence].map((at) => itemAt(analysis.sequences, at).tokens.map(({ id }) => id));
  const decoder = await network.read(source ?? []);
  let row: Float32Array | null = null;
  for (let at = 0; at <= place.token; at += 1) {
    checkpoint(work.signal);
    const { logits } = await decoder.step(at === 0 ? network.config.start : itemAt(target ?? [], at - 1));
    row = logits.slice();
  }
  return row;
}
