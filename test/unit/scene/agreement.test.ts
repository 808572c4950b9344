import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { firstSelection, type Selection, type TokenFocus } from '../../../src/core/attention/selection.ts';
import { firstView, fitView, type ViewOptions } from '../../../src/core/attention/view.ts';
import { csvMatrixOf, csvOf } from '../../../src/core/export/csv.ts';
import { focusOfSelection } from '../../../src/core/scene/focus.ts';
import { partnersOf } from '../../../src/core/scene/links.ts';
import { unitOf } from '../../../src/core/scene/scene.ts';
import { linkLists } from '../../../src/core/scene/word-links.ts';
import { viewOptionsOf, type ViewValues } from '../../../src/engine/terminal/view-options.ts';
import { marksOf } from '../../../src/host/editor/mark-spans.ts';
import type { Picture } from '../../../webview/state/frame.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';
import { readCsv } from '../export/read-csv.ts';
import { expectedWeights } from './expected.ts';
import { combinations, hostOf, panelOf } from './sides.ts';

/** The options as a person gives them in a terminal; a direction has none, since it belongs to a token in focus. */
function flagsOf(options: ViewOptions): ViewValues {
  const hide = [...(options.hideSpecial ? ['special'] : []), ...(options.hidePunctuation ? ['punctuation'] : [])];
  return {
    'combine-heads': options.headMerge,
    ...(options.layerMerge ? { 'combine-layers': options.layerMerge } : {}),
    ...(options.unit === 'words' ? { words: true } : {}),
    ...(hide.length > 0 ? { hide: hide.join(',') } : {}),
    ...(options.renormalise ? { renormalise: true } : {}),
    ...(options.mass === null ? {} : { cover: String(Number((options.mass * 100).toFixed(6))) }),
    ...(options.topK === null ? {} : { links: String(options.topK) }),
    ...(options.step === null ? {} : { step: String(options.step) }),
    pairs: options.pairs,
    rows: options.rows,
  };
}

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert.equal(actual.length, expected.length, what);
  for (let at = 0; at < actual.length; at++)
    assert.ok(
      Math.abs((actual[at] ?? NaN) - (expected[at] ?? NaN)) < 1e-6,
      `${what}: ${actual[at]} and ${expected[at]}`,
    );
}

/** One matrix of a CSV file, without what it names; empty cells (not seen, or taken away by a threshold) are 0. */
function numbersIn(text: string): number[] {
  return readCsv(text)
    .slice(1)
    .flatMap((record) => record.slice(1).map((cell) => Math.fround(Number(cell))));
}

for (const [kind, name, map] of [
  ['BERT-like', 'pieces', 0],
  ['pair', 'pair', 0],
  ['decoder', 'causal', 0],
  ['cross', 'cross', 2],
] as const) {
  test(`${kind}: panel, editor, hover, files and terminal show the same numbers, whatever is chosen`, async () => {
    const analysis = analyses[name]();
    const [panel, host] = [panelOf(analysis), hostOf(analysis)];
    const first = firstSelection(analysis);
    let compared = 0;
    for (const options of combinations(analysis)) {
      const token: TokenFocus = { side: options.direction === 'to' ? 'key' : 'query', index: options.step ?? 2 };
      for (const part of [
        { heads: [0, 2, 3], head: null },
        { heads: [0, 2], head: 2 },
      ]) {
        const selection: Selection = { ...first, map, layer: 1, token, ...part };
        const where = `${JSON.stringify(options)} ${JSON.stringify(part)}`;
        const picture = panel(selection, options);
        host.show(options);
        const scene = await host.scenes.of(host.live, selection);
        assert.equal(picture === null, scene === null, where);
        if (!picture || !scene) continue;
        compared++;

        // By the definition, computed another way, in float64.
        close(picture.spoken, expectedWeights(analysis, selection, options), where);
        // Editor colours and hovers.
        assert.deepEqual(scene.spoken, picture.spoken, where);
        assert.deepEqual(scene.weights, picture.weights, where);
        const marks = marksOf(host.live, scene);
        const side = token.side === 'query' ? 'key' : 'query';
        const partners = picture.selection.token ? partnersOf(picture, picture.selection.token) : new Float32Array();
        const colored = new Set(marks.marks.map(({ weight }) => weight));
        for (const weight of colored) assert.ok(partners.includes(weight), where);
        if (options.unit === 'words') {
          const lists = linkLists(scene, token, 99);
          const list = lists.find((one) => one.side === token.side);
          const unit = unitOf(picture, token);
          if (list && !list.why && unit && token.side === 'query') {
            const shown = picture.sides[side].flatMap(({ first: from }, index) => {
              const weight = partners[index] ?? NaN;
              return weight >= 0.005 ? [[from, weight] as const] : [];
            });
            assert.deepEqual(new Map(list.links.map((link) => [link.unit.first, link.weight])), new Map(shown), where);
          }
        }
        // Files, and the same in a terminal.
        const focus = focusOfSelection(selection, true);
        const rows =
          picture.step === null ? picture.spoken : partnersOf(picture, { side: 'query', index: picture.step });
        const matrix = [...csvMatrixOf(analysis, focus, options)].join('');
        assert.deepEqual(Float32Array.from(numbersIn(matrix)), Float32Array.from(rows), where);
        const typed = fitView(
          { ...firstView, options: viewOptionsOf(flagsOf(options), 'csv-matrix', null) },
          analysis,
        ).options;
        assert.deepEqual({ ...typed, direction: options.direction }, options, where);
        assert.equal([...csvMatrixOf(analysis, focus, typed)].join(''), matrix, where);
        assert.deepEqual(headWeights(analysis, selection, options), panelHeads(picture), where);
      }
    }
    assert.ok(compared > 400, `${compared} combinations`);
  });
}

/** The weights of the heads that are shown, one by one, from a file of records; what a record leaves out is 0. */
function headWeights(analysis: Analysis, selection: Selection, options: ViewOptions): [string, number][] {
  const records = readCsv([...csvOf(analysis, focusOfSelection(selection, false), options)].join(''));
  const [titles = [], ...rows] = records;
  const column = (title: string): number => titles.indexOf(title);
  return rows.flatMap((row) => {
    const weight = Math.fround(Number(row[column('weight')]));
    const at = ['head', 'query', 'key'].map((title) => row[column(title)] ?? '').join(' ');
    return weight > 0 ? [[at, weight] as [string, number]] : [];
  });
}

function panelHeads({ selection, sides, weights, map: { shape } }: Picture): [string, number][] {
  const [, , queries, keys] = shape;
  return selection.heads.flatMap((head) =>
    sides.query.flatMap((query, row) =>
      sides.key.flatMap((key, column) => {
        const weight = weights[(head * queries + row) * keys + column] ?? NaN;
        return weight > 0 ? [[`${head} ${query.at} ${key.at}`, weight] as [string, number]] : [];
      }),
    ),
  );
}
