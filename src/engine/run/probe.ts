import type { AttentionMap } from '../../core/attention/map.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { ProbeResult } from '../../core/probe/evidence.ts';
import { HeadProbe } from '../../core/probe/probe.ts';
import { randomTokens, repeatedLength, repeatedSeeds } from '../../core/probe/repeated.ts';
import type { ProbeSentence } from '../../core/probe/sentences.ts';
import type { Sequence, Token } from '../../core/text/token.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import { describedEncoder } from '../config/config.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { tokenLimit } from '../model/limits.ts';
import { checkpoint } from '../process/stage.ts';
import type { Analyser, ModelChoice } from './analyser.ts';
import type { OpenModel } from './any-family.ts';
import { mapOf, seenKind, sequenceOf } from './family.ts';
import { readHandedOver } from './handed-over.ts';
import { readStack } from './one-graph.ts';
import { readSource } from './source.ts';

/** Pairs of sentences that tell whether heads look from one text to the other. */
const pairs = 24;
/** Sentences in which it is read how much heads hand over, and those in which heads are compared with each other. */
const samples = { lengths: 6, comparisons: 32 } as const;
/** Sentences that come twice, as examples for heads that look at repetitions; short ones, which are read at a glance. */
const twice = { sentences: 8, maxWords: 10 } as const;
/** Random tokens that are too few to be repeated. */
const leastRepeated = 4;

/** One run of a model, and what is counted of it. */
type Step = (model: LoadedModel, probe: HeadProbe | null, work: Work) => Promise<HeadProbe | null>;

/**
 * Measures what the heads of a model do: its map of one text, of encoder-decoders that of the encoder. One sentence is
 * in memory at a time, and other runs come between sentences. Tells how many runs are done. Throws AttentionError, as
 * `analyse` does, and `model-unsupported` for what cannot be measured.
 */
export async function probeHeads(
  analyser: Pick<Analyser, 'withModel'>,
  choice: ModelChoice,
  sentences: readonly ProbeSentence[],
  work: Work,
): Promise<ProbeResult> {
  const steps: readonly Step[] = [
    ...sentences.map((sentence, at) =>
      sentenceStep(sentence, {
        isCompared: isSampled(at, sentences.length, samples.comparisons),
        isRead: isSampled(at, sentences.length, samples.lengths),
      }),
    ),
    ...sentences.slice(0, pairs).map((sentence, at) => pairStep(sentence.text, sentences.at(-1 - at)?.text ?? '')),
    ...repeatedSeeds.map((seed) => repeatedStep(seed, sentences[0]?.text ?? '')),
    ...sentences
      .filter(({ words: own }) => own.length <= twice.maxWords)
      .slice(0, twice.sentences)
      .map(({ text }) => twiceStep(text)),
  ];
  let probe: HeadProbe | null = null;
  for (const [done, step] of steps.entries()) {
    work.report({ stage: words().stages.measuring, done, total: steps.length });
    // Loading says where it is, too; it is a part of the measurement.
    const quiet = { ...work, report: () => undefined };
    const before: HeadProbe | null = probe;
    probe = await analyser.withModel(choice, quiet, (model) => step(transformer(model), before, quiet));
    checkpoint(work.signal);
  }
  const result = probe?.result();
  if (!result || result.asked.length === 0)
    throw new AttentionError({
      code: 'model-unsupported',
      model: choice.model,
      detail: words().details.run.probeNothing,
    });
  return result;
}

function transformer({ network, ...model }: OpenModel): LoadedModel {
  if (network.family !== 'recurrent') return { ...model, network };
  const detail = words().details.run.probeRecurrent;
  throw new AttentionError({ code: 'model-unsupported', model: model.folder.id, detail });
}

/** Whether the item of a list is one of so many that lie evenly in it. */
function isSampled(at: number, length: number, count: number): boolean {
  return Math.floor((at * count) / length) !== Math.floor(((at - 1) * count) / length);
}

function sentenceStep(
  sentence: ProbeSentence,
  { isCompared, isRead }: { readonly isCompared: boolean; readonly isRead: boolean },
): Step {
  return async (model, probe, work) => {
    const { sequence, segments } = encoded(model, sentence.text);
    const map = await mapFrom(model, sequence, segments);
    const counted = probe ?? new HeadProbe(map);
    counted.addSentence(sentence, sequence, map);
    if (isCompared) counted.addComparison(map);
    if (isRead) {
      const ids = sequence.tokens.map(({ id }) => id);
      const step = model.network.family === 'encoder' ? { ids, segments } : { ids };
      counted.addHandedOver(sequence, map, await readHandedOver(model, map, step, work));
    }
    return counted;
  };
}

/** A sentence that comes twice, for examples. */
function twiceStep(text: string): Step {
  return async (model, probe) => {
    if (!probe) return probe;
    const { sequence, segments } = encoded(model, `${text} ${text}`);
    probe.addTwice(sequence, await mapFrom(model, sequence, segments));
    return probe;
  };
}

function encoded(
  { tokenizer, folder, network }: LoadedModel,
  text: string,
  pair?: string,
): { readonly sequence: Sequence; readonly segments: readonly number[] } {
  const maxTokens = tokenLimit(folder, network.main);
  const encoding = tokenizer.encode(text, { ...(pair === undefined ? {} : { pair }), maxTokens });
  return { sequence: sequenceOf(encoding, text, pair), segments: encoding.typeIds };
}

/** Where the tokenizer knows pairs, two sentences as one. */
function pairStep(text: string, pair: string): Step {
  return async (model, probe) => {
    if (!probe || model.network.family !== 'encoder') return probe;
    const { sequence, segments } = encoded(model, text, pair);
    probe.addPair(sequence, await mapFrom(model, sequence, segments));
    return probe;
  };
}

/** Random tokens twice, in the frame of special tokens that the tokenizer gives a text. */
function repeatedStep(seed: number, text: string): Step {
  return async (model, probe) => {
    const { tokenizer, folder, network } = model;
    const { tokens: framed } = tokenizer.encode(text);
    const first = framed.findIndex((token) => !token.special);
    const end = framed.findLastIndex((token) => !token.special) + 1;
    const room = Math.floor((tokenLimit(folder, network.main) - (framed.length - (end - first))) / 2);
    const ids = randomTokens(tokenizer.end, (id) => isOrdinary(tokenizer, id), Math.min(room, repeatedLength), seed);
    if (!probe || ids.length < leastRepeated) return probe;
    const repeated = [...ids, ...ids].map((id, word): Token => ({
      id,
      text: tokenizer.tokenText(id),
      start: 0,
      end: 0,
      special: false,
      word,
      segment: 0,
    }));
    const sequence = { text, tokens: [...framed.slice(0, first), ...repeated, ...framed.slice(end)] };
    const map = await mapFrom(
      model,
      sequence,
      sequence.tokens.map(() => 0),
    );
    probe.addRepeated(first, ids.length, map);
    return probe;
  };
}

/** Whether a token is of the vocabulary of texts: no special one, and none that is written like one (`[unused7]`). */
function isOrdinary({ tokenText, decode }: Tokenizer, id: number): boolean {
  const text = tokenText(id);
  return text !== '' && !/^(\[.+\]|<.+>)$/u.test(text) && decode([id], { skipSpecialTokens: true }) !== '';
}

async function mapFrom(model: LoadedModel, sequence: Sequence, segments: readonly number[]): Promise<AttentionMap> {
  const { family } = model.network;
  const { masks } = describedEncoder(model.folder.config);
  if (family === 'encoder-decoder') {
    const { stack } = await readSource(model, sequence);
    return mapOf({ name: 'encoder', queries: 0, keys: 0 }, seenKind(stack, 'self'), stack, masks);
  }
  const { stack } = await readStack(model, sequence, family === 'encoder' ? segments : undefined);
  const kind = seenKind(stack, family === 'encoder' ? 'self' : 'causal');
  return mapOf({ name: 'attention', queries: 0, keys: 0 }, kind, stack, masks);
}
