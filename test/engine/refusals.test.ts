import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AttentionError, type Reason } from '../../src/core/errors/reason.ts';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { fixture, noWork, places, reasonFor } from './support/models.ts';

const text = 'the cat ate';
const folder = mkdtempSync(join(tmpdir(), 'models-'));
after(() => rmSync(folder, { recursive: true }));

/** A copy of a tiny model that `spoil` may change. */
function spoiled(name: string, from: string, spoil: (model: string) => void): string {
  const model = join(folder, name);
  cpSync(fixture(from), model, { recursive: true });
  spoil(model);
  return model;
}

/** Changes fields of a JSON file. */
function edit(file: string, change: Record<string, unknown>): void {
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
}

interface Case {
  readonly name: string;
  readonly from?: string;
  readonly spoil: (model: string) => void;
  readonly code: Reason['code'];
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  {
    name: 'no-config',
    spoil: (model) => rmSync(join(model, 'config.json')),
    code: 'model-file-missing',
    says: /has no file config\.json/,
  },
  {
    name: 'config-cut',
    spoil: (model) => truncateSync(join(model, 'config.json'), 40),
    code: 'model-file-invalid',
    says: /config\.json .* it is not valid JSON/,
  },
  {
    name: 'config-types',
    spoil: (model) => edit(join(model, 'config.json'), { num_attention_heads: 'two' }),
    code: 'model-file-invalid',
    says: /num_attention_heads/,
  },
  {
    name: 'config-list',
    spoil: (model) => writeFileSync(join(model, 'config.json'), '[]'),
    code: 'model-file-invalid',
    says: /config\.json/,
  },
  {
    name: 'no-tokenizer',
    spoil: (model) => rmSync(join(model, 'tokenizer.json')),
    code: 'model-file-missing',
    says: /has no file tokenizer\.json/,
  },
  {
    name: 'tokenizer-html',
    spoil: (model) => writeFileSync(join(model, 'tokenizer.json'), '<!doctype html>'),
    code: 'model-file-invalid',
    says: /tokenizer\.json/,
  },
  {
    name: 'tokenizer-empty',
    spoil: (model) => writeFileSync(join(model, 'tokenizer.json'), '{}'),
    code: 'model-file-invalid',
    says: /tokenizer\.json/,
  },
  {
    name: 'tokenizer-strange',
    spoil: (model) => edit(join(model, 'tokenizer.json'), { normalizer: { type: 'Quantum' } }),
    code: 'tokenizer-unsupported',
    says: /Quantum/,
  },
  {
    name: 'no-graph',
    spoil: (model) => rmSync(join(model, 'onnx', 'model.onnx')),
    code: 'model-file-missing',
    says: /has no file onnx\/model\.onnx/,
  },
  {
    name: 'graph-cut',
    spoil: (model) => truncateSync(join(model, 'onnx', 'model.onnx'), 5000),
    code: 'model-file-invalid',
    says: /onnx\/model\.onnx/,
  },
  {
    name: 'graph-empty',
    spoil: (model) => writeFileSync(join(model, 'onnx', 'model.onnx'), ''),
    code: 'model-file-invalid',
    says: /onnx\/model\.onnx/,
  },
  {
    name: 'graph-html',
    spoil: (model) => writeFileSync(join(model, 'onnx', 'model.onnx'), '<html>Not found</html>'),
    code: 'model-file-invalid',
    says: /onnx\/model\.onnx/,
  },
  {
    name: 'graph-folder',
    code: 'model-file-invalid',
    says: /onnx\/model\.onnx/,
    spoil: (model) => {
      rmSync(join(model, 'onnx', 'model.onnx'));
      mkdirSync(join(model, 'onnx', 'model.onnx'));
    },
  },
  {
    name: 'no-weights',
    from: 'tiny-external',
    spoil: (model) => rmSync(join(model, 'onnx', 'model.onnx_data')),
    code: 'model-file-missing',
    says: /has no file onnx\/model\.onnx_data/,
  },
  {
    name: 'weights-cut',
    from: 'tiny-external',
    spoil: (model) => truncateSync(join(model, 'onnx', 'model.onnx_data'), 100),
    code: 'model-file-invalid',
    says: /onnx\/model\.onnx_data .* ends after 100 bytes, but the graph needs \d+/,
  },
  {
    name: 'no-decoder',
    from: 'tiny-encoder-decoder',
    spoil: (model) => rmSync(join(model, 'onnx', 'decoder_model_merged.onnx')),
    code: 'model-file-missing',
    says: /onnx\/decoder_model_merged\.onnx/,
  },
  {
    name: 'broken-generation',
    from: 'tiny-encoder-decoder',
    spoil: (model) => writeFileSync(join(model, 'generation_config.json'), '{'),
    code: 'model-file-invalid',
    says: /generation_config\.json/,
  },
  {
    name: 'too-many-words',
    code: 'run-failed',
    says: /failed on this text: Gather node “\/Gather_\d+”: indices element out of data bounds/,
    spoil: (model) => {
      const { model: words } = JSON.parse(readFileSync(join(model, 'tokenizer.json'), 'utf8'));
      words.vocab.cat = 4000;
      edit(join(model, 'tokenizer.json'), { model: words });
    },
  },
];

for (const { name, from = 'tiny-encoder', spoil, code, says } of cases) {
  test(`a model folder that is ${name} is refused with a sentence`, async () => {
    const reason = await reasonFor({ model: spoiled(name, from, spoil), text });
    assert.equal(reason.code, code, JSON.stringify(reason));
    const { what, next } = sentenceOf(reason);
    assert.match(what, says);
    assert.ok(next.length > 0);
  });
}

test('a graph without attention is refused, and so is one that wants pictures', async () => {
  const noAttention = spoiled('no-attention', 'tiny-encoder', (model) => {
    // The same length, so that only the operator's name changes.
    const file = join(model, 'onnx', 'model.onnx');
    writeFileSync(
      file,
      Buffer.from(readFileSync(file).toString('latin1').replaceAll('\x07Softmax', '\x07Sigmoid'), 'latin1'),
    );
  });
  assert.equal((await reasonFor({ model: noAttention, text })).code, 'attention-not-found');
  const pictures = spoiled('pictures', 'tiny-encoder', (model) => {
    const file = join(model, 'onnx', 'model.onnx');
    writeFileSync(
      file,
      Buffer.from(readFileSync(file).toString('latin1').replaceAll('token_type_ids', 'pixel_numbers_'), 'latin1'),
    );
  });
  const reason = await reasonFor({ model: pictures, text });
  assert.equal(reason.code, 'model-unsupported');
  assert.match(sentenceOf(reason).what, /pixel_numbers_/);
});

test('a model that is not on this machine is said to be missing; the network is not asked', async () => {
  for (const model of ['no-such-model', '', join(folder, 'nowhere')]) {
    assert.deepEqual(await reasonFor({ model, text }), { code: 'model-not-found', model });
  }
  for (const model of ['Xenova/bert-base-uncased', 'Xenova/bert-base-uncased@v1']) {
    assert.deepEqual(await reasonFor({ model, text }), { code: 'model-not-downloaded', model });
  }
});

test('a text without words, a target for an encoder, a pair for a decoder are refused', async () => {
  assert.equal((await reasonFor({ model: 'tiny-encoder', text: ' \n\t' })).code, 'text-empty');
  assert.equal((await reasonFor({ model: 'tiny-encoder', text: '\u0000\u0001' })).code, 'text-empty');
  assert.equal((await reasonFor({ model: 'tiny-encoder', text, target: 'a dog' })).code, 'argument-invalid');
  assert.equal((await reasonFor({ model: 'tiny-decoder', text, pair: 'a dog' })).code, 'argument-invalid');
  assert.equal((await reasonFor({ model: 'tiny-encoder-decoder', text, pair: 'a dog' })).code, 'argument-invalid');
  assert.equal((await reasonFor({ model: 'tiny-encoder-decoder', text, target: ' ' })).code, 'text-empty');
});

test('a cancel ends the run at the next stage, and the analyser goes on with the next text', async () => {
  const analyser = new Analyser(places, () => undefined);
  const cancel = new AbortController();
  const steps: number[] = [];
  const work = {
    signal: cancel.signal,
    report: ({ stage, done = 0 }: { stage: string; done?: number | undefined }) => {
      if (stage !== 'Running') return;
      steps.push(done);
      if (done === 3) cancel.abort();
    },
  };
  const cancelled = analyser.analyse({ model: 'tiny-encoder-decoder', text, target: 'a dog ate the hungry cat' }, work);
  const next = analyser.analyse({ model: 'tiny-encoder', text }, noWork);
  await assert.rejects(cancelled, (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'cancelled');
  assert.deepEqual(steps.at(-1), 3, 'no step after the cancel');
  assert.equal((await next).sequences[0]?.tokens.length, 5);
  await analyser.dispose();
});

test('a model whose files change is loaded again, one that stays is not', async () => {
  const model = spoiled('changing', 'tiny-encoder', () => undefined);
  const analyser = new Analyser(places, () => undefined);
  const first = await analyser.analyse({ model, text }, noWork);
  const second = await analyser.analyse({ model, text }, noWork);
  assert.ok(first.timing.load > 0);
  assert.equal(second.timing.load, 0);
  cpSync(join(fixture('tiny-decoder'), 'config.json'), join(model, 'config.json'));
  cpSync(join(fixture('tiny-decoder'), 'onnx', 'model.onnx'), join(model, 'onnx', 'model.onnx'));
  const third = await analyser.analyse({ model, text }, noWork);
  assert.equal(third.model.family, 'decoder');
  await analyser.dispose();
});
