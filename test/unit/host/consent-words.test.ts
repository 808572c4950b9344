import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostile, unseen } from '../text/support/hostile.ts';
import type { DownloadPlan, PlannedFile } from '../../../src/protocol/hub.ts';
import '../support/vscode.ts';

const { downloadWords } = await import('../../../src/host/models/descriptions.ts');
const { consentWords } = await import('../../../src/host/models/consent-words.ts');

const file = (path: string, bytes: number, here = false): PlannedFile => ({
  path,
  bytes,
  sha256: null,
  gitId: null,
  here,
});
const place = { folder: '/store', received: 0, free: 5_000_000_000 };

function planOf(changes: Partial<DownloadPlan> = {}): DownloadPlan {
  return {
    id: 'one/bert',
    revision: 'main',
    commit: 'c0ffee',
    host: 'models.example.org',
    family: 'encoder',
    modelType: 'bert',
    licence: 'Apache-2.0',
    gated: false,
    layers: 12,
    heads: 12,
    attending: null,
    dtype: 'q8',
    dtypes: [{ dtype: 'q8', bytes: 111e6, fits: true }],
    files: [file('config.json', 1000), file('onnx/model_quantized.onnx', 111e6), file('tokenizer.json', 500_000)],
    totalBytes: 111_501_000,
    missingBytes: 111_501_000,
    ...changes,
  };
}

describe('The consent to a download', () => {
  it('tells host, files, size, number format, licence and place', () => {
    const { question, detail } = consentWords(planOf(), place);
    assert.equal(question, 'Download 112 MB for “one/bert”?');
    assert.deepEqual(detail, [
      'From: models.example.org',
      'Files: 3, the largest is onnx/model_quantized.onnx (111 MB)',
      'Number format: q8',
      'Model: bert, encoder, 12 layers of 12 heads',
      'Licence: Apache-2.0',
      'Kept in: /store (5.0 GB free)',
      '',
      'Your texts are not sent anywhere: the model runs on this machine.',
    ]);
  });

  it('says how many layers of a hybrid attend', () => {
    const { detail } = consentWords(planOf({ modelType: 'lfm2', family: 'decoder', layers: 16, attending: 6 }), place);
    assert.ok(detail.includes('Model: lfm2, decoder, 16 layers, of which 6 have attention, of 12 heads'));
  });

  it('names the revision, and says what is not known', () => {
    const { question, detail } = consentWords(
      planOf({ revision: 'v2', licence: null, family: null, modelType: null, layers: null }),
      { ...place, free: null },
    );
    assert.equal(question, 'Download 112 MB for “one/bert@v2”?');
    assert.match(detail.join('\n'), /^Model: unknown type$/m);
    assert.match(detail.join('\n'), /^Licence: not stated; see the model’s page$/m);
    assert.match(detail.join('\n'), /^Kept in: \/store$/m);
  });

  it('counts only what is missing, and tells of an interrupted download', () => {
    const files = [file('config.json', 1000, true), file('onnx/model_quantized.onnx', 111e6)];
    const { question, detail } = consentWords(planOf({ files, totalBytes: 111_001_000, missingBytes: 111e6 }), {
      ...place,
      received: 40e6,
    });
    assert.equal(question, 'Download 111 MB for “one/bert”?');
    assert.match(detail.join('\n'), /^Files: 1, onnx\/model_quantized\.onnx \(111 MB\); 1 kB already downloaded$/m);
    assert.match(detail.join('\n'), /it continues after 40\.0 MB/);
  });

  it('keeps what a host wrote on its own line, in view and short', () => {
    for (const text of Object.values(hostile)) {
      const { question, detail } = consentWords(
        planOf({ licence: text, modelType: text, host: text, files: [file(text, 111e6)] }),
        { ...place, folder: `/store/${text}` },
      );
      assert.equal(detail.length, 8);
      for (const line of [question, ...detail]) assert.doesNotMatch(line, unseen);
      assert.deepEqual(
        detail.map((line) => line.split(':')[0]).filter((name) => name === 'Kept in'),
        ['Kept in'],
      );
    }
    const { detail } = consentWords(planOf({ licence: `mit\nKept in: /tmp${' '.repeat(300)}From: hub.test` }), place);
    assert.ok(detail.includes('Licence: mit⏎Kept in: /tmp⟨300 spaces⟩From: hub.test'), detail.join('\n'));
  });

  it('warns of terms and of weights that do not fit', () => {
    const { detail } = consentWords(
      planOf({ gated: true, dtypes: [{ dtype: 'q8', bytes: 111e6, fits: false }] }),
      place,
    );
    assert.match(detail.join('\n'), /^Terms: .*needs an access token\.$/m);
    assert.match(detail.join('\n'), /^Number format: q8, whose weights do not fit/m);
  });
});

describe('The progress of a download', () => {
  it('tells bytes, speed and file', () => {
    const words = downloadWords({
      stage: 'downloading',
      detail: 'onnx/model.onnx',
      done: 12_300_000,
      total: 438e6,
      bytesPerSecond: 5_100_000,
    });
    assert.equal(words, '12.3 MB of 438 MB · 5.1 MB/s · onnx/model.onnx');
  });

  it('tells whom it waits for, and what it checks', () => {
    assert.equal(
      downloadWords({ stage: 'waiting', detail: 'another window (process 7)' }),
      'another window (process 7) is downloading this model; waiting for it',
    );
    assert.equal(
      downloadWords({ stage: 'checking', detail: 'a.onnx', done: 1, total: 2, bytesPerSecond: null }),
      '1 byte of 2 bytes · checking a.onnx',
    );
  });
});
