import { AttentionError } from '../../core/errors/reason.ts';
import { describedDecoder, describedEncoder } from '../config.ts';
import { shortened, tokenLimit } from '../limits.ts';
import { checkpoint } from '../stage.ts';
import { stackOf } from '../stack.ts';
import { decode } from './decode.ts';
import { differences, mapOf, readingNote, refuse, seenKind, type Analyse } from './family.ts';
import { readSource } from './source.ts';
import { generatedTarget, givenTarget, writerNotes } from './target.ts';

/**
 * T5, BART, Marian and their kin: the encoder reads the text, the decoder writes the target that was given, or one that the
 * model writes itself, always taking the likeliest token. The target's tokens are what the decoder is fed: its start token and
 * everything but the last token, since what it reads at one place tells what stands at the next (teacher forcing).
 */
export const analyseEncoderDecoder: Analyse = async (model, texts, work) => {
  refuse(texts, 'pair', 'an encoder-decoder reads one text; a target is given as the target');
  const { folder, network } = model;
  if (!network.decoder) throw new AttentionError({ code: 'model-unsupported', model: folder.id, detail: 'it has no decoder' });
  const read = await readSource(model, texts.text);
  checkpoint(work.signal);
  const decoder = describedDecoder(folder.config);
  const limit = tokenLimit(folder, decoder, network.decoder.sites);
  const given = texts.target === undefined ? null : givenTarget(model, texts.target, limit.tokens);
  const written = await decode(model, network.decoder, read, given?.tokens.map((token) => token.id) ?? null, limit.tokens, work);
  const target = given ?? generatedTarget(model, written.ids);
  const queries = target.tokens.length;
  const [ofSelf, ofCross] = [network.decoder.sites.filter((site) => site.kind !== 'cross'), network.decoder.sites.filter((site) => site.kind === 'cross')];
  const self = stackOf(folder.id, ofSelf, written.runs, { queries, keys: queries });
  const cross = stackOf(folder.id, ofCross, written.runs, { queries, keys: read.sequence.tokens.length });
  const sourceKind = seenKind(read.stack, 'self');
  const targetKind = seenKind(self, 'causal');
  const [layers, heads] = read.stack.shape;
  return {
    model: { id: folder.id, family: 'encoder-decoder', layers, heads },
    sequences: [read.sequence, target],
    maps: [
      mapOf({ name: 'encoder', queries: 0, keys: 0 }, sourceKind, read.stack),
      mapOf({ name: 'decoder', queries: 1, keys: 1 }, targetKind, self),
      mapOf({ name: 'cross', queries: 1, keys: 0 }, 'cross', cross),
    ],
    notes: [
      readingNote(network.main.notes, 'Encoder'),
      readingNote(network.decoder.notes, 'Decoder'),
      ...differences('encoder', describedEncoder(folder.config), read.stack, sourceKind, 'self'),
      ...differences('decoder', decoder, self, targetKind, 'causal'),
      ...read.notes,
      ...writerNotes(given !== null, written.ended, written.ids.length - 1),
      ...(given?.analysedTo === undefined ? [] : [shortened(limit)]),
    ],
  };
};
