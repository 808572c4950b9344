import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inCatalogue } from '../../../src/core/catalogue/catalogue.ts';
import { suggestedModels, taskKinds, tasksOf } from '../../../src/core/catalogue/task.ts';

describe('what a model does', () => {
  it('is what its description says of tasks, with the words for each', () => {
    const t5 = {
      model_type: 't5',
      architectures: ['T5ForConditionalGeneration'],
      task_specific_params: {
        summarization: { prefix: 'summarize: ' },
        translation_en_to_de: { prefix: 'translate English to German: ' },
        translation_x: { prefix: 'no language' },
        other: {},
      },
    };
    assert.deepEqual(tasksOf('organisation/t5', t5), [
      { kind: 'summary', prefix: 'summarize: ', languages: null },
      { kind: 'translation', prefix: 'translate English to German: ', languages: 'en → de' },
    ]);
    const bart = { architectures: ['BartForConditionalGeneration'], task_specific_params: { summarization: {} } };
    assert.deepEqual(tasksOf('bart', bart), [{ kind: 'summary', prefix: '', languages: null }]);
  });

  it('is what its architecture can do, and nothing for the others', () => {
    const kinds = (model_type: string, architecture: string, id = 'x'): string[] =>
      tasksOf(id, { model_type, architectures: [architecture] }).map(({ kind }) => kind);
    assert.deepEqual(kinds('distilbert', 'DistilBertForQuestionAnswering'), ['question']);
    assert.deepEqual(kinds('marian', 'MarianMTModel'), ['translation']);
    assert.deepEqual(kinds('pegasus', 'PegasusForConditionalGeneration'), ['summary']);
    assert.deepEqual(kinds('bert', 'BertForMaskedLM'), []);
    assert.deepEqual(kinds('t5', 'T5ForConditionalGeneration'), [], 'it does not say for what');
    assert.deepEqual(kinds('t5', 'T5ForConditionalGeneration', 'translation-small'), ['translation']);
    assert.deepEqual(kinds('gpt2', 'GPT2LMHeadModel'), []);
    assert.deepEqual(
      tasksOf('gpt2', { architectures: ['GPT2LMHeadModel'], task_specific_params: { summarization: {} } }),
      [],
      'a decoder has no encoder that would read the text',
    );
  });

  it('has a model of the catalogue to suggest for each task', () => {
    for (const kind of taskKinds) assert.ok(inCatalogue(suggestedModels[kind]), kind);
  });
});
