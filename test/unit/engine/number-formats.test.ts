import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runText } from '../../../src/core/attention/edited-words.ts';
import { numbersText } from '../../../src/core/attention/model-words.ts';
import { formatsOf } from '../../../src/engine/model/number-formats.ts';

const graph = (stem: string, dtype: 'fp32' | 'fp16' | 'q8' | 'q4f16') => ({ stem, dtype, file: `${stem}.onnx` });

test('a format is what the file is called, unless the graph holds coarser numbers than that', () => {
  assert.deepEqual(formatsOf([graph('model', 'fp32')], ['fp32']), [{ graph: 'model', format: 'fp32' }]);
  assert.deepEqual(formatsOf([graph('model', 'fp32')], ['quantised']), [{ graph: 'model', format: 'quantised' }]);
  assert.deepEqual(formatsOf([graph('model', 'fp32')], ['fp16']), [{ graph: 'model', format: 'fp16' }]);
  assert.deepEqual(formatsOf([graph('model', 'fp16')], ['quantised']), [{ graph: 'model', format: 'quantised' }]);
  assert.deepEqual(formatsOf([graph('model', 'q4f16')], ['fp16']), [{ graph: 'model', format: 'q4f16' }]);
  assert.deepEqual(formatsOf([graph('model', 'q8')], []), [{ graph: 'model', format: 'q8' }]);
});

test('graphs of one format are told once, others by what they are', () => {
  assert.equal(numbersText({}), '');
  assert.equal(
    numbersText({ formats: formatsOf([graph('encoder_model', 'q8'), graph('decoder_model_merged', 'q8')], []) }),
    'q8',
  );
  const model = { id: 'm', family: 'encoder', layers: 1, heads: 1 } as const;
  const mixed = {
    id: 'm',
    formats: formatsOf([graph('encoder_model', 'fp32'), graph('decoder_model_merged', 'q8')], []),
  };
  assert.equal(runText({ model: { ...model, ...mixed } }), 'm (encoder fp32, decoder q8)');
  assert.equal(runText({ model }), 'm');
});
