import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InferenceSession } from 'onnxruntime-node';
import {
  absent,
  dataFile,
  difference,
  dimsOf,
  flag,
  ints,
  noise,
  numbers,
  open,
  openExposed,
  worstRow,
} from './session.ts';

type Feeds = InferenceSession.FeedsType;

interface Known {
  readonly model: string;
  readonly answer: string;
  /** The answer's names of the outputs, by kind and layer. */
  readonly names: Readonly<Record<string, string>>;
  readonly layers: number;
  readonly feeds: () => Feeds;
}

const text = [5, 9, 3, 17, 11, 4];

/** An empty cache (or one of `length` tokens) for a decoder of some layers, heads and features. */
function cache(prefix: readonly string[], layers: number, heads: number, features: number, length: number): Feeds {
  const feeds: Record<string, InferenceSession.FeedsType[string]> = {};
  for (let layer = 0; layer < layers; layer += 1) {
    for (const [at, name] of prefix.entries())
      feeds[`past_key_values.${layer}.${name}`] = noise([1, heads, length, features], 7 + layer + at);
  }
  return feeds;
}

const stories = (length: number, features: number): Feeds => ({
  input_ids: ints(text),
  attention_mask: ints(new Array(text.length + length).fill(1)),
  ...cache(['key', 'value'], 5, 4, features, length),
});
const places = (length: number): Feeds => ({ position_ids: ints(text.map((_, at) => at + length)) });
const encoded = (): Feeds => ({
  encoder_attention_mask: ints([1, 1, 1, 1, 0]),
  encoder_hidden_states: noise([1, 5, 32]),
});
const aren = 'models/aren-transliteration/onnx/';
const decoderNames = { self: 'decoder_attentions', cross: 'cross_attentions' };
const merged = (cached: boolean): Feeds => ({
  ...encoded(),
  input_ids: ints(cached ? [7] : [2, 7, 9]),
  use_cache_branch: flag(cached),
  ...cache(['decoder.key', 'decoder.value'], 6, 8, 4, cached ? 3 : 0),
  ...cache(['encoder.key', 'encoder.value'], 6, 8, 4, cached ? 5 : 0),
});

const known: readonly Known[] = [
  {
    model: 'models/stories260K/onnx/model.onnx',
    answer: 'models/stories260K/onnx/model_attn.onnx',
    names: { self: 'attentions' },
    layers: 5,
    feeds: () => ({ ...stories(0, 8), ...places(0) }),
  },
  {
    model: 'models/stories260K/onnx/model.onnx',
    answer: 'models/stories260K/onnx/model_attn.onnx',
    names: { self: 'attentions' },
    layers: 5,
    feeds: () => ({ ...stories(3, 8), ...places(3) }),
  },
  {
    model: `${aren}encoder_model.onnx`,
    answer: `${aren}encoder_model_attn.onnx`,
    names: { self: 'encoder_attentions' },
    layers: 6,
    feeds: () => ({ input_ids: ints(text), attention_mask: ints([1, 1, 1, 1, 1, 0]) }),
  },
  {
    model: `${aren}decoder_model.onnx`,
    answer: `${aren}decoder_model_attn.onnx`,
    names: decoderNames,
    layers: 6,
    feeds: () => ({ ...encoded(), input_ids: ints([2, 7, 9]) }),
  },
  {
    model: `${aren}decoder_model_merged.onnx`,
    answer: `${aren}decoder_model_merged_attn.onnx`,
    names: decoderNames,
    layers: 6,
    feeds: () => merged(false),
  },
  {
    model: `${aren}decoder_model_merged.onnx`,
    answer: `${aren}decoder_model_merged_attn.onnx`,
    names: decoderNames,
    layers: 6,
    feeds: () => merged(true),
  },
];

for (const [at, { model, answer, names, layers, feeds }] of known.entries()) {
  test(`${at}: ${model} gives what ${answer} gives`, { skip: absent(answer) }, async () => {
    const { exposure, session } = await openExposed(dataFile(model));
    const reference = await open(dataFile(answer));
    const given = feeds();
    const [got, expected] = [await session.run(given), await reference.run(given)];
    assert.equal(exposure.sites.length, layers * Object.keys(names).length);
    for (const site of exposure.sites) {
      const wanted = `${names[site.kind]}.${site.layer}`;
      assert.deepEqual(dimsOf(got, site.output), dimsOf(expected, wanted), wanted);
      assert.ok(difference(numbers(got, site.output), numbers(expected, wanted)) <= 1e-6, wanted);
      assert.ok(worstRow(numbers(got, site.output), dimsOf(got, site.output).at(-1) ?? 0) < 1e-5, wanted);
    }
    assert.ok(
      difference(numbers(got, session.outputNames[0] ?? ''), numbers(expected, session.outputNames[0] ?? '')) <= 1e-5,
      'the model says the same',
    );
  });
}
