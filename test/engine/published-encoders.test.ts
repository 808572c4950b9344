import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { LayerMask } from '../../src/core/attention/mask.ts';
import { faultsOf } from '../../src/engine/check/verdict.ts';
import { answeredText, answerOf, languageEncoders, placeLanguageModel, witnessed } from './support/language-models.ts';
import { idsOf, mapNamed, worstDifference } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'encoders-'));
after(() => rmSync(folder, { recursive: true }));

const full: LayerMask = { kind: 'full' };
/** Windows of two tokens to either side. */
const window: LayerMask = { kind: 'window', reach: 2 };

/** What layers leave to their queries; those of all others leave every token. */
const masked: Readonly<Record<string, readonly LayerMask[]>> = {
  'embedding-gemma': [window, window, full],
  'embedding-gemma2': [window, window, full],
  'privacy-filter': [window, full],
};

for (const name of languageEncoders) {
  test(`${name}: every layer and head, as torch computes them, and as its untouched file`, async () => {
    const answer = answerOf(name);
    const { analysis, graphs } = await witnessed({ model: placeLanguageModel(name, folder), text: answeredText });
    assert.deepEqual(idsOf(analysis, 0), answer.ids);
    assert.equal(analysis.model.family, 'encoder');
    const { shape, weights, kind, masks, normalised } = mapNamed(analysis, 'attention');
    assert.deepEqual(shape, [answer.layers, answer.heads, answer.ids.length, answer.ids.length]);
    assert.equal(kind, 'self');
    assert.deepEqual(masks, masked[name]);
    assert.equal(normalised, name === 'privacy-filter' ? false : undefined, 'a part of each row goes to a sink');
    assert.ok(!analysis.notes.some((note) => /config\.json|expected/.test(note)), analysis.notes.join(' '));
    assert.ok(worstDifference(weights, answer.weights) <= 1e-4, `${worstDifference(weights, answer.weights)}`);
    assert.deepEqual(
      graphs.map((graph) => [graph.runs, faultsOf(graph)]),
      [[1, []]],
    );
  });
}
