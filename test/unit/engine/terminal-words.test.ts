import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { tableOf } from '../../../src/core/export/table.ts';
import { jsonOf } from '../../../src/core/export/json.ts';
import { headsSvgOf } from '../../../src/core/views/heads/paper.ts';
import { csvOf } from '../../../src/core/export/csv.ts';
import { checkWords } from '../../../src/engine/terminal/check-words.ts';
import { inventoryWords, planWords, progressLine } from '../../../src/engine/terminal/words.ts';
import type { DownloadPlan, StoredModel } from '../../../src/protocol/hub.ts';
import { hostile, unseen } from '../text/support/hostile.ts';

function planOf(text: string): DownloadPlan {
  return {
    id: 'one/bert',
    revision: 'main',
    commit: text,
    host: text,
    family: 'encoder',
    modelType: text,
    licence: text,
    gated: true,
    layers: 12,
    attending: null,
    heads: 12,
    dtype: 'q8',
    dtypes: [{ dtype: 'q8', bytes: 1e6, fits: true }],
    files: [{ path: text, bytes: 1000, sha256: null, gitId: null, here: false }],
    totalBytes: 1000,
    missingBytes: 1000,
  };
}

function storedOf(text: string): StoredModel {
  return {
    id: 'one/bert',
    revision: 'main',
    folder: text,
    state: 'complete',
    dtypes: ['q8'],
    bytes: 1,
    host: text,
    commit: text,
    licence: text,
    modelType: text,
    family: null,
  };
}

/** An analysis of two tokens in which everything that a model names is `text`. */
function analysisOf(text: string): Analysis {
  const token = { id: 1, text, start: 0, end: 0, special: true, word: null, segment: 0 } as const;
  return {
    model: { id: text, family: 'encoder', layers: 1, heads: 1 },
    sequences: [{ text: '', tokens: [token, token], roles: [{ role: text, first: 0, content: null, end: 2 }] }],
    maps: [
      {
        name: 'attention',
        kind: 'self',
        queries: 0,
        keys: 0,
        shape: [1, 1, 2, 2],
        weights: Float32Array.of(0.5, 0.5, 0.5, 0.5),
      },
    ],
    predictions: [
      { kind: 'label', labels: [{ name: text, probability: 0.5 }], exclusive: true },
      { kind: 'score', name: text, value: 1 },
      {
        kind: 'tags',
        sequence: 0,
        tags: [
          { name: text, probability: 0.5 },
          { name: text, probability: 0.5 },
        ],
      },
      { kind: 'masked', sequence: 0, places: [{ token: 0, candidates: [{ id: 1, text, probability: 0.5 }] }] },
    ],
    timing: { load: 0, run: 0 },
    notes: [`node “${text}”`],
  };
}

describe('lines for a terminal', () => {
  for (const [what, text] of Object.entries(hostile)) {
    it(`stay lines of ours: ${what}`, () => {
      const plan = planWords(planOf(text), '/store');
      assert.deepEqual(
        plan.split('\n').map((line) => line.slice(0, 10).trim()),
        ['one/bert', 'from', 'model', 'licence', 'numbers', 'files', 'size', 'into', ''],
      );
      const inventory = { builtIn: [], stored: [storedOf(text)], folder: '/store', bytes: 1, free: null };
      assert.equal(
        inventoryWords(inventory).split('\n').length,
        inventoryWords({ ...inventory, stored: [storedOf('x')] }).split('\n').length,
      );
      const progress = progressLine({ stage: 'downloading', detail: text, done: 1, total: 2, bytesPerSecond: null });
      const table = tableOf(analysisOf(text), { map: null, layer: null, heads: null });
      assert.equal(
        table.split('\n').length,
        tableOf(analysisOf('x'), { map: null, layer: null, heads: null }).split('\n').length,
      );
      const check = checkWords(analysisOf(text), []);
      for (const line of [plan, inventoryWords(inventory), progress, table, check].flatMap((lines) =>
        lines.split('\n'),
      )) {
        assert.doesNotMatch(line, unseen);
        assert.ok(line.length < 6000, `${line.length} characters`);
      }
    });

    it(`reach no terminal from files that are printed: ${what}`, () => {
      const focus = { map: null, layer: null, heads: null };
      const json = [...jsonOf(analysisOf(text))].join('');
      assert.doesNotMatch(json.trimEnd(), /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/u);
      assert.equal(JSON.parse(json).predictions[0].labels[0].name, text, 'read back it is the same');
      const printed = [headsSvgOf(analysisOf(text), focus), ...csvOf(analysisOf(text), focus)]
        .join('')
        .replace(/\r?\n/gu, '');
      assert.doesNotMatch(printed, /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
    });
  }
});
