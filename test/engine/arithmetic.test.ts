import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { AttentionMap } from '../../src/core/attention/map.ts';
import type { Cell } from '../../src/core/block/explanation.ts';
import { itemAt } from '../../src/core/item-at.ts';
import { chainOf } from '../../src/core/views/arithmetic/chain.ts';
import { arithmeticSvgOf } from '../../src/core/views/arithmetic/paper.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { builtInModels, noWork, places } from './support/models.ts';

/** Pairs of a map, the same on every run. */
const pairs = 10;
const analyser = new Analyser({ ...places, models: builtInModels }, () => undefined);
after(() => analyser.dispose());

function cellsOf({ shape: [layers, heads, queries, keys], kind }: AttentionMap, map: number): Cell[] {
  return Array.from({ length: pairs }, (_, at) => {
    const query = (at * 5 + 3) % queries;
    const key = (at * 7 + 1) % (kind === 'causal' ? query + 1 : keys);
    return { map, layer: at % layers, head: (3 * at) % heads, query, key };
  });
}

for (const [model, text] of [
  ['masked-lm-small', 'The cat that was hungry ate the fish .'],
  ['causal-lm-small', 'The cat that was hungry ate the fish .'],
  ['translation-small', 'the black cat sees the dog .'],
  ...['bahdanau', 'dot', 'general', 'concat', 'local-m', 'local-p'].map((name) => [
    `recurrent-${name}`,
    'the black cat sees the dog .',
  ]),
] as const)
  test(`${model}: what is displayed of ${pairs} pairs of each map is the model’s own weight within 1e-4`, async () => {
    const run = { model: model ?? '', text: text ?? '' };
    const analysis = await analyser.analyse(run, noWork);
    for (const [index, map] of analysis.maps.entries())
      for (const cell of cellsOf(map, index)) {
        const told = await analyser.explain(run, analysis, cell, noWork);
        const [, heads, queries, keys] = map.shape;
        const own = itemAt(map.weights, ((cell.layer * heads + cell.head) * queries + cell.query) * keys + cell.key);
        const chain = chainOf(told);
        assert.ok(Math.abs(chain.weight - own) <= 1e-4, `${JSON.stringify(cell)}: ${chain.weight}, not ${own}`);
        const score = itemAt(new Float32Array(told.scores), cell.key);
        const apart = Math.abs(chain.score - score) / Math.max(1, Math.abs(score));
        assert.ok(apart <= 1e-4, `${JSON.stringify(cell)}: score ${chain.score}, not ${score}`);
        assert.match(arithmeticSvgOf(analysis, { cell, told }), /^<svg [^]*<\/svg>\n$/);
      }
  });
