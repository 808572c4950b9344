import type { Analysis } from '../attention/analysis.ts';
import { layerNumbers } from '../attention/layers.ts';
import type { AttentionMap } from '../attention/map.ts';
import { editText } from '../run/edits.ts';
import { rowNames } from '../attention/row-names.ts';
import type { Sequence } from '../text/token.ts';
import { unknownWordsOf } from '../text/unknown-words.ts';
import { base64Of } from '../picture/base64.ts';
import { littleEndian } from '../picture/bytes.ts';
import { effectsData } from './effects.ts';
import { jsonText } from './json-text.ts';

/**
 * An analysis as JSON text, in pieces, so that weights larger than the longest string can be written.
 *
 * `{model: {id, family, layers, heads, formats: [{graph, format}]}, sequences: [{text, tokens: [{id, text, start, end,
 * special}]}], maps: [{name, kind, queries, keys, shape: [L,H,Q,K], layers, weights}], predictions}`, where `formats`
 * has the number format of every graph that ran, `layers` of a map the number in the model of each of its L layers,
 * from 0 (`[2, 5]` where the others do not attend, and `layerKinds` then says what every layer of the model is),
 * `weights` is base64 of little-endian float32 in C order and `predictions`, left out when there are none, are those of
 * the analysis. A sentence pair adds `pair` to the sequence and `segment` to its tokens, a shortened text `analysedTo`,
 * a shortened second text `pairAnalysedTo`, words that the model does not know `unknown: true` to their tokens and
 * `unknownWords: {words, unknown, partly}` to the sequence, a text that the model wrote `generatedFrom`, a conversation
 * `roles`, a map whose layers do not leave every key `masks`, one for each layer, a map that is no distribution
 * `normalised: false`, a recurrent network `scoring`, local attention `local: {centres, halfWidth, sigma}`, a map of a
 * decoder `rows` (`read` or `written`: what the tokens of its query sequence are at their steps) with the tokens `read`
 * and `written` at every step as people read them, and a map whose scores before the softmax are known `scores`,
 * written as `weights` are. An edited run adds `edits`, as the command line writes them, and what they did to what the
 * model predicts as `change`: `{kind: masked or next, sequence, token, kl, before, after}`, where `token` is the index
 * of the first mask, or that of the token after what was given, `kl` is KL(before ‖ after) in nats, and `before` and
 * `after` are the five likeliest; of a classifier `{kind: label, kl, before, after}`. A token that was replaced has
 * `replaced: true`. Where the effects of heads were measured, `effects` has them as `effects --format json` does.
 * Where temperature, top-k or top-p were asked for, the next tokens have them as `drawing: {temperature, topK, topP}`,
 * each step `kept`, how many tokens can be drawn, and each candidate and followed token `drawn` beside its
 * `probability`: that with which it is drawn (0: cut off).
 */
export function* jsonOf(analysis: Analysis): Generator<string> {
  const { id, family, layers, heads, formats } = analysis.model;
  const model = jsonText({ id, family, layers, heads, ...(formats ? { formats } : {}) });
  yield `{"model":${model},"sequences":${jsonText(analysis.sequences.map(sequenceOf))},"maps":[`;
  for (const [index, map] of analysis.maps.entries()) {
    if (index > 0) yield ',';
    yield* mapOf(map, analysis.sequences);
  }
  const { predictions, edits, change, effects } = analysis;
  yield ']';
  if (predictions?.length) yield `,"predictions":${jsonText(predictions)}`;
  if (edits) yield `,"edits":${jsonText(edits.map(editText))}`;
  if (change) yield `,"change":${jsonText(change)}`;
  if (effects) yield `,"effects":${jsonText(effectsData(effects, analysis))}`;
  yield '}\n';
}

function sequenceOf(sequence: Sequence): object {
  const { text, pair, tokens, analysedTo, pairAnalysedTo, generatedFrom, roles } = sequence;
  const paired = pair !== undefined;
  const { words, unknown, partly } = unknownWordsOf(sequence);
  return {
    text,
    ...(paired ? { pair } : {}),
    tokens: tokens.map(({ id, text: written, start, end, special, segment, unknown: strange, replaced }) => ({
      id,
      text: written,
      start,
      end,
      special,
      ...(paired ? { segment } : {}),
      ...(strange ? { unknown: true } : {}),
      ...(replaced ? { replaced } : {}),
    })),
    ...(analysedTo === undefined ? {} : { analysedTo }),
    ...(pairAnalysedTo === undefined ? {} : { pairAnalysedTo }),
    ...(unknown + partly === 0 ? {} : { unknownWords: { words, unknown, partly } }),
    ...(generatedFrom === undefined ? {} : { generatedFrom }),
    ...(roles === undefined ? {} : { roles }),
  };
}

function* mapOf(map: AttentionMap, sequences: readonly Sequence[]): Generator<string> {
  const { name, kind, queries, keys, shape, layers, masks, normalised, scoring, local, rows, weights, scores } = map;
  const names = rowNames(map, sequences, 'tokens');
  const head = jsonText({
    name,
    kind,
    queries,
    keys,
    shape,
    layers: layerNumbers(map),
    ...(layers ? { layerKinds: layers } : {}),
    ...(masks ? { masks } : {}),
    ...(normalised === false ? { normalised } : {}),
    ...(scoring ? { scoring } : {}),
    ...(local ? { local } : {}),
    ...(rows && names
      ? { rows: rows.tokens, read: names.map(({ read }) => read), written: names.map(({ written }) => written) }
      : {}),
  });
  yield head.slice(0, -1);
  yield* numbersOf('weights', weights);
  if (scores) yield* numbersOf('scores', scores);
  yield '}';
}

function* numbersOf(name: string, values: Float32Array): Generator<string> {
  yield `,"${name}":"`;
  yield* base64Of(littleEndian(values));
  yield '"';
}
