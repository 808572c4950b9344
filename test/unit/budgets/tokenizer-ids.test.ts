import { test } from 'node:test';
import { assertRefused } from './measured.ts';
import { added, model, tokenizer, vocab } from './small-tokenizer.ts';

/** Ids that no embedding has: a negative one is wrapped by onnxruntime, a broken one cannot be fed. */
for (const id of [-5, 1.5, 1e9, 2 ** 53, '2', null, 6]) {
  const ofTemplate = {
    type: 'TemplateProcessing',
    pair: [],
    single: [{ SpecialToken: { id: 'x', type_id: 0 } }],
    special_tokens: { x: { id: 'x', ids: [id], tokens: ['x'] } },
  };
  test(`a post-processor that adds the id ${JSON.stringify(id)} is refused by name`, () => {
    for (const processor of [
      ofTemplate,
      { type: 'Sequence', processors: [ofTemplate] },
      { type: 'BertProcessing', cls: ['[CLS]', id], sep: ['[SEP]', 2] },
      { type: 'RobertaProcessing', cls: ['[CLS]', 1], sep: ['[SEP]', id] },
    ])
      assertRefused(
        () => tokenizer({ post_processor: processor }),
        /tokenizer\.json .*(an id is a whole number|the highest token id is 5)/,
      );
  });
}

test('an added token, a padding and a vocabulary with an id that is none are refused by name', () => {
  assertRefused(() => tokenizer({ added_tokens: [added('b', { id: -1 })] }), /added_tokens\[0\]: id is -1/);
  assertRefused(() => tokenizer({ padding: { pad_id: -1 } }), /padding: pad_id is -1/);
  assertRefused(() => tokenizer({ model: { ...model, vocab: { ...vocab, b: 0.5 } } }), /the id of b is 0\.5/);
  assertRefused(
    () =>
      tokenizer({
        post_processor: {
          type: 'TemplateProcessing',
          pair: [],
          single: [{ Sequence: { id: 'A', type_id: -1 } }],
          special_tokens: {},
        },
      }),
    /type_id is -1/,
  );
});
