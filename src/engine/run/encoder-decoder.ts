import type { DecoderRows } from '../../core/attention/map.ts';
import type { AttentionSize } from '../../core/attention/memory.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { Sequence } from '../../core/text/token.ts';
import { describedDecoder, describedEncoder } from '../config/config.ts';
import { attentionSize, checkAttention, longestFitting, shortened, tokenLimit } from '../model/limits.ts';
import { nextExpectation } from '../predict/expectation.ts';
import { nextPrediction } from '../predict/next.ts';
import { checkpoint } from '../process/stage.ts';
import { layersOf } from './model-layers.ts';
import { stackOf, type Stack } from './stack.ts';
import type { Tap } from '../backend/tap.ts';
import { lengthOf, rulesOf } from './choose.ts';
import { decode, type Writing } from './decode.ts';
import { extended } from './extended.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import { differences, mapOf, readingNote, refuse, seenKind, type Analyse } from './family.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { withReplaced } from './replaced.ts';
import { readSource, sourceSequence } from './source.ts';
import { givenTarget, writerNotes } from './target.ts';
import { words } from '../../core/words/words.ts';

/**
 * T5, BART, Marian and their kin: the encoder reads the text, the decoder writes the target that was given, or one that
 * the model writes itself, or both. The target's tokens are what the decoder is fed: its start token and everything but
 * the last token, since what it reads at one place tells what stands at the next (teacher forcing).
 */
export const analyseEncoderDecoder: Analyse = async (model, texts, work, watch) => {
  refuse(texts, 'pair', words().details.run.encoderDecoderPair);
  refuse(texts, 'chat', words().details.run.encoderDecoderChat);
  const { folder, network, tokenizer } = model;
  if (!network.decoder)
    throw new AttentionError({ code: 'model-unsupported', model: folder.id, detail: words().details.run.noDecoder });
  const source = withReplaced(tokenizer, sourceSequence(model, texts.text), texts.edits, 'source');
  const asked = givenTarget(model, texts.target, tokenLimit(folder, network.decoder));
  const given = withReplaced(tokenizer, asked, texts.edits, 'target');
  const writing = writingOf(model, network.decoder, source, given, texts);
  const read = await readSource(model, source);
  checkpoint(work.signal);
  const written = await decode(model, network.decoder, read, writing, work);
  const fed = given.tokens.map((token) => token.id);
  watch?.(nextExpectation(tokenizer, 1, fed, (token) => written.logits.row(token - 1)));
  const own = written.ids.slice(given.tokens.length);
  const target = own.length > 0 ? extended(tokenizer, given, own) : given;
  const queries = target.tokens.length;
  const [ofSelf, ofCross] = parted(network.decoder);
  const { inputs } = network.decoder;
  const describedSource = describedEncoder(folder.config);
  const described = describedDecoder(folder.config);
  const stackIn = (sites: Tap['sites'], keys: number): Stack =>
    stackOf(folder.id, sites, written.runs, { queries, keys }, layersOf({ sites, inputs }, described));
  const self = stackIn(ofSelf, queries);
  const cross = stackIn(ofCross, source.tokens.length);
  const sourceKind = seenKind(read.stack, 'self');
  const targetKind = seenKind(self, 'causal');
  const next = nextPrediction(tokenizer, 1, written.ids, written.rows);
  const [layers, heads] = read.stack.shape;
  const rows: DecoderRows = { tokens: 'read', edge: endOf(model, texts, given, written.ended) };
  return {
    model: { id: folder.id, family: 'encoder-decoder', layers, heads },
    sequences: [source, target],
    maps: [
      mapOf({ name: 'encoder', queries: 0, keys: 0 }, sourceKind, read.stack, describedSource.masks),
      mapOf({ name: 'decoder', queries: 1, keys: 1, rows }, targetKind, self, described.masks),
      mapOf({ name: 'cross', queries: 1, keys: 0, rows }, 'cross', cross, described.masks),
    ],
    predictions: next ? [next] : [],
    notes: [
      readingNote(network.main.notes, 'encoder'),
      readingNote(network.decoder.notes, 'decoder'),
      ...differences('encoder', describedSource, read.stack, sourceKind, 'self'),
      ...differences('decoder', described, self, targetKind, 'causal'),
      ...read.notes,
      ...writerNotes(texts, written.ended, own.length),
      ...(given.analysedTo === undefined ? [] : [shortened(given.tokens.length)]),
    ],
  };
};

/**
 * How far the decoder may write: what was asked for, what the model takes, and what fits memory. Throws
 * `memory-too-small`.
 */
function writingOf(
  { folder, network, memory }: LoadedModel,
  decoder: Tap,
  source: Sequence,
  given: Sequence,
  texts: RunTexts,
): Writing {
  const read = source.tokens.length;
  const [ofSelf, ofCross] = parted(decoder);
  const sizes = (target: number): AttentionSize[] => [
    attentionSize(network.main.sites, describedEncoder(folder.config), read, read),
    attentionSize(ofSelf, describedDecoder(folder.config), target, target),
    attentionSize(ofCross, describedDecoder(folder.config), target, read),
  ];
  const count = given.tokens.length;
  checkAttention(folder, memory, sizes(count));
  const rules = rulesOf(folder);
  const before = texts.continue?.written ?? [];
  const length = texts.continue
    ? count + before.length + texts.continue.tokens
    : texts.target === undefined
      ? lengthOf(rules, count)
      : count;
  const total = longestFitting(memory, sizes, Math.max(count, Math.min(length, tokenLimit(folder, decoder))));
  return {
    given: given.tokens.map((token) => token.id),
    written: before.slice(0, total - count),
    total,
    length,
    rules,
    sampling: texts.continue?.sampling,
  };
}

/** The end token where the target comes to its end: the model wrote it, or the whole target was given. */
function endOf({ folder, tokenizer }: LoadedModel, texts: RunTexts, given: Sequence, ended: boolean): string | null {
  const isGiven = texts.target !== undefined && !texts.continue && given.analysedTo === undefined;
  const [end] = rulesOf(folder).ends;
  return (ended || isGiven) && end !== undefined ? tokenizer.tokenText(end) : null;
}

function parted({ sites }: Tap): [Tap['sites'], Tap['sites']] {
  return [sites.filter((site) => site.kind !== 'cross'), sites.filter((site) => site.kind === 'cross')];
}
