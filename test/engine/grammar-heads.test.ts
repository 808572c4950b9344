import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headOf } from '../../src/core/attention/map.ts';
import { openingOf } from '../../src/core/attention/opening.ts';
import { summariseHeads } from '../../src/core/attention/roles.ts';
import { labelIn, wordsOf } from '../../src/core/document/words.ts';
import { causalFigures, maskedFigures, type GrammarFigures } from './support/figures.ts';
import { analysed, mapNamed } from './support/models.ts';

/**
 * The words of a sentence as the measure has them: an apostrophe inside one is a part of it, another mark is a word.
 */
const wordPattern = /[A-Za-z]+(?:'[A-Za-z]+)*|[^\sA-Za-z]/gu;

for (const model of ['masked-lm-small', 'masked-lm-medium']) {
  test(`${model}: heads find on labelled sentences what they were measured to find`, async () => {
    const figures = maskedFigures(model);
    assert.deepEqual(await rightOn(model, figures), figures.labelledRight);
  });
}

test('masked-lm-medium: heads that were not taught find what they were measured to find', async () => {
  const { untaught = assert.fail(), untaughtRight = {}, labelled } = maskedFigures('masked-lm-medium');
  const known = labelled.map(({ text, links }) => ({ text, links: links.filter(([kind]) => kind in untaught) }));
  const found = await rightOn('masked-lm-medium', { grammar: untaught, labelled: known, labelledRight: untaughtRight });
  assert.deepEqual(found, untaughtRight);
});

test('causal-lm-small: heads find on labelled sentences what they were measured to find', async () => {
  const figures = causalFigures('causal-lm-small');
  assert.deepEqual(await rightOn('causal-lm-small', figures), figures.labelledRight);
});

test('an analysis opens with a head that knows a relation, at a link between two words of the text', async () => {
  for (const model of ['masked-lm-small', 'masked-lm-medium', 'causal-lm-small']) {
    const [analysis] = await analysed(model, ['The cat that was hungry ate the fish.']);
    const map = mapNamed(analysis, 'attention');
    const found = openingOf(map, 0, summariseHeads(map, analysis.sequences, analysis.model.relations));
    assert.ok(found?.relation, model);
    const words = [found.query, found.key].map((token) =>
      labelIn(wordsOf(analysis.sequences[0] ?? assert.fail()), token),
    );
    for (const word of words)
      assert.ok(['cat', 'hungry', 'ate', 'fish'].includes(word), `${model}: ${words.join(' ')}`);
  }
});

/**
 * For each kind, in how many rows the strongest word of the kind's head is one that the row's word is linked to, and of
 * how many.
 */
async function rightOn(
  model: string,
  { grammar, labelled }: GrammarFigures,
): Promise<Record<string, [number, number]>> {
  const found: Record<string, [number, number]> = {};
  const analyses = await analysed(
    model,
    labelled.map(({ text }) => text),
  );
  labelled.forEach(({ text, links }, index) => {
    const analysis = analyses[index] ?? assert.fail();
    const map = mapNamed(analysis, 'attention');
    const tokens = analysis.sequences[0]?.tokens ?? [];
    const pieces = [...text.matchAll(wordPattern)].map(({ index: start, 0: word }) =>
      tokens.flatMap((token, at) =>
        !token.special && token.start < start + word.length && token.end > start ? [at] : [],
      ),
    );
    const rows = new Map<string, { kind: string; from: number; to: Set<number> }>();
    for (const [kind, from, to] of links) {
      const row = rows.get(`${kind} ${from}`) ?? { kind, from, to: new Set() };
      rows.set(`${kind} ${from}`, { ...row, to: row.to.add(to) });
    }
    for (const { kind, from, to } of rows.values()) {
      const { layer, head } = grammar[kind] ?? assert.fail(kind);
      const weights = headOf(map, layer, head);
      const queries = pieces[from] ?? [];
      const toward = pieces.map((keys) =>
        queries.reduce(
          (sum, query) => sum + keys.reduce((all, key) => all + (weights[query * tokens.length + key] ?? NaN), 0),
          0,
        ),
      );
      const strongest = toward.indexOf(Math.max(...toward));
      const counted = (found[kind] ??= [0, 0]);
      counted[0] += to.has(strongest) ? 1 : 0;
      counted[1] += 1;
    }
  });
  return found;
}
