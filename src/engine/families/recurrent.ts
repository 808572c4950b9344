import type { AttentionMap } from '../../core/attention/map.ts';
import type { Sequence } from '../../core/text/token.ts';
import type { Work } from '../../protocol/contract.ts';
import { shortened, tokenLimit, type TokenLimit } from '../limits.ts';
import type { RecurrentDecoder, RecurrentNetwork, RecurrentStep } from '../recurrent-network.ts';
import { checkRows } from '../stack.ts';
import { checkpoint } from '../stage.ts';
import { refuse, sequenceOf, type Analyse, type LoadedModel } from './family.ts';
import { likeliest, rulesOf } from './greedy.ts';
import { kindNotes, scoringOf } from './recurrent-words.ts';
import { bareToken, givenText, writerNotes, writtenText } from './target.ts';

type Recurrent = LoadedModel<RecurrentNetwork>;

/** One attention in one layer: what a limit by memory is reckoned with. */
const oneHead = { layers: 1, heads: 1 };

/**
 * Bahdanau's and Luong's encoder-decoders: the encoder reads the text, the decoder writes the target that was given, or one of
 * its own, always taking the likeliest word.
 *
 * The map has one layer and one head. A row belongs to the word that is written with it, as in both papers, and the last row to
 * the end token: Bahdanau's decoder attends before it has read the word before, so its query is no token of the target.
 */
export const analyseRecurrent: Analyse<RecurrentNetwork> = async (model, texts, work) => {
  refuse(texts, 'pair', 'an encoder-decoder reads one text; a target is given as the target');
  const { folder, tokenizer, network } = model;
  const limit = tokenLimit(folder, oneHead, []);
  const source = sequenceOf(tokenizer.encode(texts.text, { maxTokens: limit.tokens }), texts.text);
  const given = texts.target === undefined ? null : givenText(model, texts.target, limit.tokens);
  const decoder = await network.read(source.tokens.map((token) => token.id));
  const written = await write(model, decoder, given, limit, work);
  const target = targetOf(model, given, written);
  return {
    model: { id: folder.id, family: 'recurrent', ...oneHead },
    sequences: [source, target],
    maps: [mapOf(model, written.steps, source.tokens.length)],
    notes: [
      ...kindNotes(network.config),
      'A row belongs to the target word that is written with it.',
      ...unknownNotes(model, [source, target]),
      ...[source, ...(given ? [given] : [])].some(({ analysedTo }) => analysedTo !== undefined) ? [shortened(limit)] : [],
      ...writerNotes(given !== null, written.ended, written.ids.length),
    ],
  };
};

/** What was written, word by word; the last id is the end token where `ended`. */
interface Written {
  readonly ids: readonly number[];
  readonly steps: readonly RecurrentStep[];
  readonly ended: boolean;
}

async function write({ folder, network }: Recurrent, decoder: RecurrentDecoder, given: Sequence | null, limit: TokenLimit, work: Work): Promise<Written> {
  const { start, end } = network.config;
  const rules = rulesOf(folder.config, folder.generation);
  // A target that was cut does not end where it was cut.
  const wanted = given && [...given.tokens.map((token) => token.id), ...(given.analysedTo === undefined ? [end] : [])];
  const total = wanted?.length ?? Math.min(limit.tokens, rules.length - 1);
  const ids: number[] = [];
  const steps: RecurrentStep[] = [];
  for (;;) {
    checkpoint(work.signal);
    work.report({ stage: 'Running', done: steps.length, total });
    const step = await decoder.step(ids.at(-1) ?? start);
    const next = wanted?.[ids.length] ?? likeliest(folder.id, step.logits, rules, ids.length + 1);
    steps.push(step);
    ids.push(next);
    const ended = wanted ? ids.length === total && next === end : rules.ends.has(next);
    if (ended || ids.length >= total) return { ids, steps, ended };
  }
}

function targetOf(model: Recurrent, given: Sequence | null, { ids, ended }: Written): Sequence {
  const sequence = given ?? writtenText(model, ended ? ids.slice(0, -1) : ids);
  const last = ids.at(-1);
  if (!ended || last === undefined) return sequence;
  return { ...sequence, tokens: [...sequence.tokens, bareToken(model.tokenizer, last, sequence.text.length)] };
}

function mapOf({ folder, network: { config } }: Recurrent, steps: readonly RecurrentStep[], keys: number): AttentionMap {
  const shape = [1, 1, steps.length, keys] as const;
  const normalised = config.kind !== 'local-p';
  const weights = joined(steps.map((step) => step.attention), keys);
  checkRows(folder.id, weights, shape, normalised);
  const centres = steps.flatMap(({ centre }) => centre ?? []);
  return {
    name: 'cross', kind: 'cross', queries: 1, keys: 0, shape, weights,
    scores: joined(steps.map((step) => step.scores), keys),
    scoring: scoringOf(config.kind),
    ...(normalised ? {} : { normalised }),
    ...(config.local ? { local: { centres, ...config.local } } : {}),
  };
}

function joined(rows: readonly Float32Array[], width: number): Float32Array {
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, index) => all.set(row, index * width));
  return all;
}

/** Names the words that the vocabulary does not have: the model sees one and the same token for all of them. */
function unknownNotes({ tokenizer }: Recurrent, sequences: readonly Sequence[]): string[] {
  const { unk } = tokenizer.specialTokens;
  const words = new Set(sequences.flatMap(({ text, tokens }) => tokens.filter(({ id, start, end }) => id === unk && end > start).map(({ start, end }) => text.slice(start, end))));
  if (words.size === 0) return [];
  return [`Not in the vocabulary, so all one unknown word to the model: ${[...words].map((word) => `“${word}”`).join(', ')}.`];
}
