import type { Analysis } from '../attention/analysis.ts';
import type { AttentionMap } from '../attention/map.ts';
import { rowNames } from '../attention/row-names.ts';
import type { Sequence } from '../text/token.ts';
import { base64Of } from './base64.ts';
import { littleEndian } from './bytes.ts';

/**
 * An analysis as JSON text, in pieces, so that weights larger than the longest string can be written.
 *
 * `{model: {id, family, layers, heads}, sequences: [{text, tokens: [{id, text, start, end, special}]}], maps: [{name, kind,
 * queries, keys, shape: [L,H,Q,K], weights}], predictions}`, where `weights` is base64 of little-endian float32 in C order and
 * `predictions`, left out when there are none, are those of the analysis. A sentence pair adds `pair` to the sequence and
 * `segment` to its tokens, a shortened text `analysedTo`, a text that the model wrote `generatedFrom`, a conversation `roles`, a
 * map that is no distribution `normalised: false`, a recurrent network `scoring`, local attention `local: {centres, halfWidth,
 * sigma}`, a map of a decoder `rows` (`read` or `written`: what the tokens of its query sequence are at their steps) with the tokens `read`
 * and `written` at every step as people read them, and a map whose scores before the softmax are known `scores`, written as `weights` are.
 */
export function* jsonOf(analysis: Analysis): Generator<string> {
  const { id, family, layers, heads } = analysis.model;
  const model = JSON.stringify({ id, family, layers, heads });
  yield `{"model":${model},"sequences":${JSON.stringify(analysis.sequences.map(sequenceOf))},"maps":[`;
  for (const [index, map] of analysis.maps.entries()) {
    if (index > 0) yield ',';
    yield* mapOf(map, analysis.sequences);
  }
  yield analysis.predictions?.length ? `],"predictions":${JSON.stringify(analysis.predictions)}}\n` : ']}\n';
}

function sequenceOf({ text, pair, tokens, analysedTo, generatedFrom, roles }: Sequence): object {
  const paired = pair !== undefined;
  return {
    text,
    ...(paired ? { pair } : {}),
    tokens: tokens.map(({ id, text: written, start, end, special, segment }) =>
      ({ id, text: written, start, end, special, ...(paired ? { segment } : {}) })),
    ...(analysedTo === undefined ? {} : { analysedTo }),
    ...(generatedFrom === undefined ? {} : { generatedFrom }),
    ...(roles === undefined ? {} : { roles }),
  };
}

function* mapOf(map: AttentionMap, sequences: readonly Sequence[]): Generator<string> {
  const { name, kind, queries, keys, shape, normalised, scoring, local, rows, weights, scores } = map;
  const names = rowNames(map, sequences, 'tokens');
  const head = JSON.stringify({
    name, kind, queries, keys, shape,
    ...(normalised === false ? { normalised } : {}),
    ...(scoring ? { scoring } : {}),
    ...(local ? { local } : {}),
    ...(rows && names ? { rows: rows.tokens, read: names.map(({ read }) => read), written: names.map(({ written }) => written) } : {}),
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
