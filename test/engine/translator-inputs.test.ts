import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { textGraph, writeTextModel, type TextModel } from '../fixtures/graphs/text-model.ts';
import { analyse, idsOf, mapNamed, worstDifference } from './support/models.ts';
import { same } from './support/same-analysis.ts';

const folder = mkdtempSync(join(tmpdir(), 'inputs-'));
after(() => rmSync(folder, { recursive: true }));
let count = 0;

const t5 = {
  model_type: 't5',
  architectures: ['T5ForConditionalGeneration'],
  is_encoder_decoder: true,
  decoder_start_token_id: 0,
  eos_token_id: 19,
  max_length: 8,
};
const coupled = (encoder: TextModel, decoder: TextModel): string => {
  count += 1;
  return writeTextModel(
    join(folder, `model-${count}`),
    {
      encoder_model: textGraph({ mask: {}, states: true, ...encoder }),
      decoder_model_merged: textGraph({ causal: true, cross: {}, ...decoder }),
    },
    t5,
  );
};
const translators: readonly { name: string; encoder: TextModel; decoder: TextModel }[] = [
  {
    name: 'int32 in both, a mask of truth values',
    encoder: { ids: { type: 'int32' }, mask: { type: 'bool' } },
    decoder: { ids: { type: 'int32', name: 'decoder_input_ids' }, cross: { mask: { type: 'float' } } },
  },
  {
    name: 'sources of a fixed length',
    encoder: { ids: { dims: [1, 16] }, mask: { dims: [1, 16] } },
    decoder: { cross: { states: { dims: [1, 16, 8] }, mask: { dims: [1, 16] } } },
  },
  { name: 'targets of a fixed length', encoder: {}, decoder: { ids: { dims: [1, 12] } } },
  {
    name: 'a mask of the target beside that of the source',
    encoder: {},
    decoder: { mask: { name: 'decoder_attention_mask' } },
  },
  { name: 'a cache', encoder: {}, decoder: { past: 'numbered' } },
];

for (const { name, encoder, decoder } of translators) {
  for (const target of [undefined, 'a dog ate']) {
    test(`an encoder-decoder that asks for ${name} gives the same numbers${target === undefined ? '' : ' for a given target'}`, async () => {
      const request = { text: 'the hungry cat ate fish', ...(target === undefined ? {} : { target }) };
      const [seen, expected] = [
        await analyse({ model: coupled(encoder, decoder), ...request }),
        await analyse({ model: coupled({}, {}), ...request }),
      ];
      assert.deepEqual(idsOf(seen, 1), idsOf(expected, 1));
      same(seen, expected);
    });
  }
}

test('states in 16-bit floats are given to a decoder that asks for them', async () => {
  const seen = await analyse({
    model: coupled({}, { cross: { states: { type: 'half' } } }),
    text: 'the cat',
    target: 'a dog',
  });
  const expected = await analyse({ model: coupled({}, {}), text: 'the cat', target: 'a dog' });
  assert.ok(worstDifference(mapNamed(seen, 'cross').weights, mapNamed(expected, 'cross').weights) < 1e-2);
});
