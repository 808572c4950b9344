import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aboutModel, catalogue, inCatalogue } from '../../../src/core/catalogue/catalogue.ts';
import { dtypes, graphFileName } from '../../../src/core/catalogue/dtype.ts';
import { sizeOf } from '../../../src/core/catalogue/size.ts';

describe('catalogue', () => {
  it('names each model once, in the form of a hub id', () => {
    const ids = catalogue.map((model) => model.id);
    assert.equal(new Set(ids.map((id) => id.toLowerCase())).size, ids.length);
    for (const id of ids) assert.match(id, /^[\w-]+\/[\w.-]+$/);
  });

  it('has every family that attention comes in, and says what each model is good for in one sentence', () => {
    assert.deepEqual(
      new Set(catalogue.map((model) => model.family)),
      new Set(['encoder', 'decoder', 'encoder-decoder']),
    );
    for (const model of catalogue) {
      const { languages, licence, title } = model;
      assert.match(aboutModel(model), /^[A-Z][^.]*[^.]\.$/);
      assert.ok(languages.length > 0 && languages.every((language) => /^([a-z]{2}|many)$/.test(language)));
      assert.match(licence, /^[A-Za-z]+[\w.-]*$/);
      assert.ok(title.length > 2 && title.length < 50);
    }
  });

  it('gives sizes that go with the kinds of numbers', () => {
    for (const { id, megabytes } of catalogue) {
      assert.ok(megabytes.fp32 !== undefined && megabytes.fp32 > 10, `${id} has exact weights`);
      for (const dtype of dtypes) {
        const size = megabytes[dtype];
        if (size !== undefined) assert.ok(size > 0 && size <= megabytes.fp32, `${id} ${dtype} is no larger than fp32`);
      }
      if (megabytes.fp16 !== undefined)
        assert.ok(Math.abs(megabytes.fp16 / megabytes.fp32 - 0.5) < 0.02, `${id}: fp16 is half of fp32`);
    }
  });

  it('finds a model whatever the case of its id', () => {
    assert.equal(inCatalogue('xenova/BERT-base-uncased')?.title, 'BERT base');
    assert.equal(inCatalogue('Xenova/none'), null);
  });
});

describe('graph file names', () => {
  it('follow the suffixes of transformers.js', () => {
    assert.deepEqual(Object.fromEntries(dtypes.map((dtype) => [dtype, graphFileName('model', dtype)])), {
      fp32: 'model.onnx',
      fp16: 'model_fp16.onnx',
      q8: 'model_quantized.onnx',
      int8: 'model_int8.onnx',
      uint8: 'model_uint8.onnx',
      q4: 'model_q4.onnx',
      q4f16: 'model_q4f16.onnx',
      bnb4: 'model_bnb4.onnx',
    });
    assert.equal(dtypes[0], 'fp32');
  });
});

describe('sizes in words', () => {
  for (const [bytes, text] of [
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [1_500_000, '1.5 MB'],
    [438_000_000, '438 MB'],
    [999_949, '1000 kB'],
    [1_110_000_000, '1.1 GB'],
    [99_960_000, '100 MB'],
    [2e15, '2000 TB'],
  ] as const) {
    it(`${bytes} is ${text}`, () => assert.equal(sizeOf(bytes), text));
  }
});
