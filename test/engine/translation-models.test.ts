import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import { headOf } from '../../src/core/attention/map.ts';
import { rowNames, type RowName } from '../../src/core/attention/row-names.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { alignmentErrorRate, translationFigures, type LinkedSentence } from './support/figures.ts';
import { builtInModels, mapNamed, noWork, root } from './support/models.ts';

const recurrent = ['bahdanau', 'dot', 'general', 'concat', 'local-m', 'local-p'].map((kind) => `recurrent-${kind}`);

for (const name of ['translation-small', ...recurrent]) {
  test(`${name}: translates the held-out sentences, and looks at the words, as it was measured when it was made`, async () => {
    const figures = translationFigures(name);
    assert.ok(figures.exact >= 0.98, `${figures.exact} exact`);
    const right: { readonly analysis: Analysis; readonly sentence: LinkedSentence }[] = [];
    for (const { analysis, sentence } of await analysed(name, figures.sample)) {
      if (wordsOf(analysis.sequences[1]?.text ?? '').join(' ') === wordsOf(sentence.target).join(' '))
        right.push({ analysis, sentence });
    }
    assert.equal(right.length, figures.sampleExact);
    const [layer, head] = figures.head ?? [0, 0];
    const looks = right.map(({ analysis, sentence }) => looksOf(analysis, layer, head, sentence.links.length));
    const rate = alignmentErrorRate(
      looks,
      right.map(({ sentence }) => sentence.links),
    );
    assert.ok(
      Math.abs(rate - figures.sampleAlignmentErrorRate) < 1e-5,
      `${rate} and ${figures.sampleAlignmentErrorRate}`,
    );
  });
}

test('local-p: rows sum to at most 1 and some to clearly less; all other kinds give distributions', async () => {
  for (const name of recurrent) {
    const sums = (await analysed(name, translationFigures(name).sample)).flatMap(({ analysis }) => rowSums(analysis));
    const [least, most] = [Math.min(...sums), Math.max(...sums)];
    assert.ok(most <= 1 + 1e-5, `${name}: ${most}`);
    if (name === 'recurrent-local-p') assert.ok(least < 0.95, `${name}: ${least}`);
    else assert.ok(least >= 1 - 1e-5, `${name}: ${least}`);
  }
});

test('T5 and a recurrent network name the same rows on the same sentence: what is read, and what is written then', async () => {
  const analyser = new Analyser(
    { models: builtInModels, store: join(root, 'test-results', 'no-store') },
    () => undefined,
  );
  const text = 'the old king sees the red horse .';
  try {
    for (const target of [undefined, 'el rey viejo ve el caballo rojo .']) {
      const [transformer, bahdanau] = [
        await analyser.analyse({ model: 'translation-small', text, target }, noWork),
        await analyser.analyse({ model: 'recurrent-bahdanau', text, target }, noWork),
      ];
      const written = [transformer, bahdanau].map((analysis) => stepsOf(analysis).map((name) => name.written));
      assert.deepEqual(written[0], written[1]);
      assert.deepEqual(written[0], ['el', 'rey', 'viejo', 've', 'el', 'caballo', 'rojo', '.', '</s>']);
      // What is written at one step is read at the next; only the start token is each model's own.
      for (const steps of [transformer, bahdanau].map(stepsOf))
        assert.deepEqual(
          steps.slice(1).map(({ read }) => read),
          written[0]?.slice(0, -1),
        );
    }
  } finally {
    await analyser.dispose();
  }
});

function stepsOf(analysis: Analysis): readonly RowName[] {
  return rowNames(mapNamed(analysis, 'cross'), analysis.sequences, 'words') ?? [];
}

async function analysed(
  name: string,
  sample: readonly LinkedSentence[],
): Promise<{ analysis: Analysis; sentence: LinkedSentence }[]> {
  const analyser = new Analyser(
    { models: builtInModels, store: join(root, 'test-results', 'no-store') },
    () => undefined,
  );
  try {
    const found = [];
    for (const sentence of sample)
      found.push({ analysis: await analyser.analyse({ model: name, text: sentence.source }, noWork), sentence });
    return found;
  } finally {
    await analyser.dispose();
  }
}

/** The words as the task counts them. */
function wordsOf(text: string): string[] {
  return text.match(/'s|\p{L}+|[^\s\p{L}]/gu) ?? [];
}

/**
 * For each of the first `words` target words the source word with the most weight; marks that are no words are left
 * out.
 */
function looksOf(analysis: Analysis, layer: number, head: number, words: number): number[] {
  const map = mapNamed(analysis, 'cross');
  const weights = headOf(map, layer, head);
  const keys = map.shape[3];
  const sources = (analysis.sequences[0]?.tokens ?? []).flatMap((token, index) => (token.special ? [] : [index]));
  return Array.from({ length: words }, (_, query) => {
    const row = sources.map((key) => weights[query * keys + key] ?? 0);
    return row.indexOf(Math.max(...row));
  });
}

function rowSums(analysis: Analysis): number[] {
  const { weights, shape } = mapNamed(analysis, 'cross');
  const keys = shape[3];
  return Array.from({ length: weights.length / keys }, (_, row) =>
    weights.subarray(row * keys, (row + 1) * keys).reduce((sum, weight) => sum + weight, 0),
  );
}
