import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AttentionError } from '../../src/core/errors/reason.ts';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import { answeredText, placeLanguageModel, refusedModels } from './support/language-models.ts';
import { analyse } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
after(() => rmSync(folder, { recursive: true }));

/** What the sentence of the refusal names. */
const named: Readonly<Record<(typeof refusedModels)[number], RegExp>> = {
  openelm: /its layers have different numbers of heads \(2, 4\), which are not shown together/,
  mamba: /no node of its graph computes softmax\(query·key\)·value/,
};

for (const name of refusedModels)
  test(`${name}: is refused by a sentence that names why`, async () => {
    const model = placeLanguageModel(name, folder);
    await assert.rejects(analyse({ model, text: answeredText }), (thrown) => {
      assert.ok(thrown instanceof AttentionError);
      assert.equal(thrown.reason.code, 'attention-not-found');
      assert.match(sentenceOf(thrown.reason).what, named[name]);
      return true;
    });
  });
