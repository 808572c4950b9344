import type { AttentionMap, Scoring } from '../../core/attention/map.ts';
import type { AttentionSize } from '../../core/attention/memory.ts';
import type { ReadRow } from '../../core/prediction/row.ts';
import type { Sequence } from '../../core/text/token.ts';
import type { Work } from '../../protocol/contract.ts';
import { checkAttention, longestFitting, shortened, tokenLimit } from '../model/limits.ts';
import { nextExpectation } from '../predict/expectation.ts';
import { nextPrediction, readAt } from '../predict/next.ts';
import type { RecurrentDecoder, RecurrentNetwork, RecurrentStep } from '../backend/recurrent-network.ts';
import { checkRows, sumsAreOne } from './stack.ts';
import { checkpoint } from '../process/stage.ts';
import { chooser, lengthOf, rulesOf } from './choose.ts';
import { extended } from './extended.ts';
import type { Continuation, RunTexts } from '../../core/run/run-spec.ts';
import { refuse, sequenceOf, type Analyse } from './family.ts';
import { withReplaced } from './replaced.ts';
import type { LoadedModel } from '../model/loaded.ts';
import type { RecurrentConfig, RecurrentKind } from '../config/recurrent-config.ts';
import { bareToken, givenText, writerNotes } from './target.ts';
import { reportWritten } from './write-on.ts';
import { words } from '../../core/words/words.ts';

type Recurrent = LoadedModel<RecurrentNetwork>;

/** One attention in one layer. */
const oneHead = { layers: 1, heads: 1 };

/**
 * Bahdanau's and Luong's encoder-decoders: the encoder reads the text, the decoder writes the target that was given, or
 * one of its own, or both.
 *
 * The map has one layer and one head. A row belongs to the word that is written with it, as in both papers, and the
 * last row to the end token: Bahdanau's decoder attends before it has read the word before, so its query is no token of
 * the target.
 */
export const analyseRecurrent: Analyse<RecurrentNetwork> = async (model, texts, work, watch) => {
  refuse(texts, 'pair', words().details.run.encoderDecoderPair);
  const { folder, tokenizer, network } = model;
  refuse(texts, 'chat', words().details.run.encoderDecoderChat);
  const limit = tokenLimit(folder);
  const read = sequenceOf(tokenizer.encode(texts.text, { maxTokens: limit }), texts.text);
  const source = withReplaced(tokenizer, read, texts.edits, 'source');
  const asked = texts.target === undefined ? { text: '', tokens: [] } : givenText(model, texts.target, limit);
  const given = withReplaced(tokenizer, asked, texts.edits, 'target');
  const writing = writingOf(model, source, given, texts);
  const decoder = await network.read(source.tokens.map((token) => token.id));
  const written = await write(model, decoder, writing, work);
  const fed = given.tokens.map((token) => token.id);
  watch?.(nextExpectation(tokenizer, 1, fed, (token) => written.steps[token]?.logits ?? null));
  const target = targetOf(model, given, written);
  const next = nextPrediction(tokenizer, 1, written.ids, written.rows, 0);
  return {
    model: { id: folder.id, family: 'recurrent', ...oneHead },
    sequences: [source, target],
    maps: [mapOf(model, written.steps, source.tokens.length)],
    predictions: next ? [next] : [],
    notes: [
      ...kindNotes(network.config),
      ...([source, given].some(({ analysedTo }) => analysedTo !== undefined) ? [shortened(limit)] : []),
      ...writerNotes(texts, written.ended, written.ids.length - given.tokens.length),
    ],
  };
};

/** What is written: the words that are given, and how many there may be in all. */
interface Writing {
  readonly wanted: readonly number[];
  readonly total: number;
  readonly continuation: Continuation | undefined;
}

/** What was written, word by word; the last id is the end token where `ended`. */
interface Written {
  readonly ids: readonly number[];
  readonly steps: readonly RecurrentStep[];
  readonly rows: readonly (ReadRow | null)[];
  readonly ended: boolean;
}

/** Throws `memory-too-small` when the attention of what is given does not fit. */
function writingOf(
  { folder, network, memory }: Recurrent,
  source: Sequence,
  given: Sequence,
  texts: RunTexts,
): Writing {
  const sizes = (target: number): AttentionSize[] => [{ ...oneHead, queries: target, keys: source.tokens.length }];
  const own = given.tokens.map((token) => token.id);
  const isWritten = texts.target === undefined || texts.continue !== undefined;
  // A target that was cut does not end where it was cut.
  const written = texts.continue?.written ?? [];
  const wanted = isWritten || given.analysedTo !== undefined ? [...own, ...written] : [...own, network.config.end];
  checkAttention(folder, memory, sizes(wanted.length));
  const more = texts.continue?.tokens ?? lengthOf(rulesOf(folder), own.length + 1) - own.length - 1;
  const total = isWritten
    ? Math.max(wanted.length, Math.min(own.length + written.length + more, tokenLimit(folder)))
    : wanted.length;
  return { wanted, total: longestFitting(memory, sizes, total), continuation: texts.continue };
}

async function write(
  { folder, network, tokenizer }: Recurrent,
  decoder: RecurrentDecoder,
  { wanted, total, continuation }: Writing,
  work: Work,
): Promise<Written> {
  const { start, end } = network.config;
  const rules = rulesOf(folder);
  const written = continuation?.written?.length ?? 0;
  const given = wanted.length - written;
  const choose = chooser(folder.id, rules, continuation?.sampling, written);
  const ids: number[] = [];
  const steps: RecurrentStep[] = [];
  const rows: (ReadRow | null)[] = [];
  for (;;) {
    checkpoint(work.signal);
    if (total === given) work.report({ stage: words().stages.running, done: ids.length, total });
    else reportWritten(work, tokenizer, wanted.slice(0, given), ids.slice(given), total - given);
    const step = await decoder.step(ids.at(-1) ?? start);
    const isGiven = ids.length < wanted.length;
    const next =
      wanted[ids.length] ?? choose(step.logits, { ids: [start, ...ids], given: given + 1, total: total + 1 });
    steps.push(step);
    ids.push(next);
    rows.push(readAt(step.logits, next));
    const ended = isGiven ? ids.length === total && next === end : rules.ends.has(next);
    if (ended || ids.length >= total) return { ids, steps, rows, ended };
  }
}

/** The target with all its words; the end token stands behind them. */
function targetOf({ tokenizer }: Recurrent, given: Sequence, { ids, ended }: Written): Sequence {
  const own = (ended ? ids.slice(0, -1) : ids).slice(given.tokens.length);
  const sequence = own.length > 0 ? extended(tokenizer, given, own) : given;
  const last = ids.at(-1);
  if (!ended || last === undefined) return sequence;
  return { ...sequence, tokens: [...sequence.tokens, bareToken(tokenizer, last, sequence.text.length)] };
}

function mapOf(
  { folder, tokenizer, network: { config, isEdited } }: Recurrent,
  steps: readonly RecurrentStep[],
  keys: number,
): AttentionMap {
  const shape = [1, 1, steps.length, keys] as const;
  const weights = joined(
    steps.map((step) => step.attention),
    keys,
  );
  const normalised = config.kind !== 'local-p' && (!isEdited || sumsAreOne(weights, keys));
  checkRows(folder.id, weights, shape, normalised);
  const centres = steps.flatMap(({ centre }) => centre ?? []);
  return {
    name: 'cross',
    kind: 'cross',
    queries: 1,
    keys: 0,
    shape,
    weights,
    scores: joined(
      steps.map((step) => step.scores),
      keys,
    ),
    scoring: scoringOf(config.kind),
    ...(normalised ? {} : { normalised }),
    rows: { tokens: 'written', edge: tokenizer.tokenText(config.start) },
    ...(config.local ? { local: { centres, ...config.local } } : {}),
  };
}

function joined(rows: readonly Float32Array[], width: number): Float32Array {
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, index) => all.set(row, index * width));
  return all;
}

/** How a kind scores; the local ones score as `general` does. */
function scoringOf(kind: RecurrentKind): Scoring {
  switch (kind) {
    case 'bahdanau':
      return 'additive';
    case 'local-m':
    case 'local-p':
      return 'general';
    default:
      return kind;
  }
}

/** The kind of attention and its formula, in sentences. */
function kindNotes({ kind, local }: RecurrentConfig): string[] {
  const says = words().recurrentNotes;
  const score = says.score(kind === 'bahdanau' ? null : kind, scoringOf(kind));
  if (!local) return [`${score} ${says.global}`];
  const window = `${score} ${says.local(local.halfWidth)}`;
  return local.sigma === null ? [window, says.monotonic] : [window, says.predicted, says.gaussian(local.sigma)];
}
