import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runtime } from '../../src/engine/backend/runtime.ts';
import { faultsOf } from '../../src/engine/check/verdict.ts';
import { Witness } from '../../src/engine/check/witness.ts';
import { numbersOf } from '../../src/engine/predict/logits.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { answeredText, answerOf, languageEncoders, placeLanguageModel } from './support/language-models.ts';
import { idsOf, mapNamed, noWork, places, worstDifference } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'encoders-'));
after(() => rmSync(folder, { recursive: true }));

for (const name of languageEncoders) {
  test(`${name}: every layer and head, as torch computes them, and as its untouched file`, async () => {
    const answer = answerOf(name);
    const {
      transformers: { Tensor },
    } = await runtime();
    const witness = new Witness((tensor) => numbersOf(new Tensor(tensor)));
    const analyser = new Analyser(places, () => undefined, null, witness);
    try {
      const run = { model: placeLanguageModel(name, folder), text: answeredText };
      const analysis = await analyser.analyse(run, noWork);
      assert.deepEqual(idsOf(analysis, 0), answer.ids);
      assert.equal(analysis.model.family, 'encoder');
      const { shape, weights, kind } = mapNamed(analysis, 'attention');
      assert.deepEqual(shape, [answer.layers, answer.heads, answer.ids.length, answer.ids.length]);
      assert.equal(kind, 'self');
      assert.ok(!analysis.notes.some((note) => /config\.json|expected/.test(note)), analysis.notes.join(' '));
      assert.ok(worstDifference(weights, answer.weights) <= 1e-4, `${worstDifference(weights, answer.weights)}`);
      assert.deepEqual(
        witness.graphs.map((graph) => [graph.runs, faultsOf(graph)]),
        [[1, []]],
      );
    } finally {
      await analyser.dispose();
      await witness.dispose();
    }
  });
}
