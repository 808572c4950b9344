import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { weightText } from '../../src/core/attention/number-words.ts';
import { strongestHeads } from '../../src/core/attention/strongest-heads.ts';
import { wordsOf, type Word, type WordLink } from '../../src/core/document/words.ts';
import { mergeHeads } from '../../src/core/attention/merge.ts';
import { meanOfHeads } from '../../src/core/attention/rows.ts';
import { firstView, plainOptions, type ViewOptions } from '../../src/core/attention/view.ts';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { EngineClient } from '../../src/host/process/engine-client.ts';
import { activeApi, editorOn, extension, hoverAt, plain, reset, rowsOf, sentence, showAttention } from './support.ts';
import { weightBetween } from '../../src/core/text/words.ts';

const quiet = { debug: (): void => {}, info: (): void => {}, warn: (): void => {}, error: (): void => {} };

describe('Hover', () => {
  let api: TextAttentionApi;
  let other: EngineClient;

  before(async () => {
    api = await activeApi();
    // The numbers to compare with come from a process that the extension knows nothing of.
    other = new EngineClient({
      file: join(extension().extensionPath, 'dist', 'engine.cjs'),
      idle: () => Infinity,
      grace: 1000,
      log: quiet,
    });
  });
  after(() => other.dispose());
  afterEach(reset);

  it('shows the engine’s numbers for the head that is selected, both ways', async () => {
    const editor = await editorOn(`Once. ${sentence}`, sentence);
    const { id, info, selection, start } = await showAttention(api);
    const reference = await other.ask('analyse', { analysis: 'reference', model: info.model.id, text: sentence });
    assert.deepEqual(reference.sequences, info.sequences);
    const [, , queries, keys] = reference.maps[0]?.shape ?? [0, 0, 0, 0];
    const words = wordsOf({ text: sentence, tokens: reference.sequences[0]?.tokens ?? [] });
    const ate = words.find(({ label }) => label === 'ate');
    assert.ok(ate);

    for (const [layer, heads, head] of [
      [0, [1], 1],
      [1, [0, 2], null],
      [1, [0, 2], 2],
    ] as const) {
      api.select(id, { ...selection, layer, heads, head });
      const { weights } = await other.ask('weights', { analysis: 'reference', map: 0, layer });
      const matrix = meanOfHeads(new Float32Array(weights), queries, keys, head === null ? heads : [head]);
      const hover = await hoverAt(editor.document, start + sentence.indexOf('ate'));
      assert.ok(hover);
      assert.equal(hover.over, 'ate');
      assert.match(hover.text, new RegExp(`layer ${layer}, ${head === null ? 'mean of heads 0, 2' : `head ${head}`}`));
      assert.deepEqual(rowsOf(hover.text, 'looks at'), rows(linksOfWord('looks at', matrix, keys, ate, words, 5)));
      assert.deepEqual(
        rowsOf(hover.text, 'is looked at by'),
        rows(linksOfWord('is looked at by', matrix, keys, ate, words, 5)),
      );
      assert.ok(rowsOf(hover.text, 'looks at').length > 0);
      assert.doesNotMatch(hover.text, /because/i);
    }
  });

  it('shows what the panel shows: merged layers, filters and directions, and says what is filtered', async () => {
    const editor = await editorOn(sentence, sentence);
    const { id, info, selection } = await showAttention(api);
    const map = info.maps[0] ?? assert.fail();
    const reference = await other.ask('analyse', { analysis: 'merged', model: info.model.id, text: sentence });
    const { weights } = await other.ask('weights', { analysis: 'merged', map: 0, layer: 'max' });
    const options: ViewOptions = {
      ...plainOptions,
      layerMerge: 'max',
      headMerge: 'max',
      hideSpecial: true,
      direction: 'from',
    };
    try {
      api.showView({ ...firstView, options });
      api.select(id, { ...selection, heads: [0, 2], head: null });
      const hover = (await hoverAt(editor.document, sentence.indexOf('ate'))) ?? assert.fail();
      assert.match(hover.text, new RegExp(`maximum of ${map.shape[0]} layers, maximum of heads 0, 2`));
      assert.match(hover.text, /Filtered as in the panel: special tokens hidden/);
      assert.ok(!hover.text.includes('is looked at by'));
      const merged = mergeHeads(new Float32Array(weights), map.shape[2], map.shape[3], [0, 2], 'max');
      const words = wordsOf(reference.sequences[0] ?? assert.fail()).filter(({ label }) => !label.startsWith('['));
      const ate = words.find(({ label }) => label === 'ate') ?? assert.fail();
      assert.deepEqual(
        rowsOf(hover.text, 'looks at'),
        rows(linksOfWord('looks at', merged, map.shape[3], ate, words, 5)),
      );
    } finally {
      api.showView(firstView);
    }
  });

  it('names the heads elsewhere with the word’s strongest links, and leads there', async () => {
    const editor = await editorOn(sentence, sentence);
    const { id, info, selection } = await showAttention(api);
    api.select(id, { ...selection, layer: 1, heads: [0], head: 0 });
    await other.ask('analyse', { analysis: 'elsewhere', model: info.model.id, text: sentence });
    const [map] = info.maps;
    assert.ok(map);
    const layers = await Promise.all(
      Array.from({ length: map.shape[0] }, (_, layer) =>
        other.ask('weights', { analysis: 'elsewhere', map: 0, layer }),
      ),
    );
    const weights = Float32Array.from(layers.flatMap((layer) => [...new Float32Array(layer.weights)]));
    const word = wordsOf(info.sequences[0] ?? assert.fail()).find(({ label }) => label === 'ate') ?? assert.fail();
    const { first } = word.tokens;
    const expected = strongestHeads({ ...map, weights }, info.sequences, 'query', word.tokens)
      .filter(({ layer, head }) => layer !== 1 || head !== 0)
      .slice(0, 2);

    const { text = '' } = (await hoverAt(editor.document, sentence.indexOf('ate'))) ?? {};
    const links = [
      ...text.matchAll(/\[(\d+)\.(\d+) [^\]]* ((?:&#\d+;)?[\d.]+)\]\(command:textAttention\.focusHead\?([^)]*)\)/gu),
    ];
    assert.deepEqual(
      links.map(([, layer, head, weight]) => [Number(layer), Number(head), plain(weight ?? '')]),
      expected.map(({ layer, head, weight }) => [layer, head, weightText(weight)]),
    );
    await vscode.commands.executeCommand(
      'textAttention.focusHead',
      ...(JSON.parse(decodeURIComponent(links[0]?.[4] ?? '')) as unknown[]),
    );
    const { layer, head, token } = api.current?.selection ?? assert.fail();
    assert.deepEqual([layer, head, token], [expected[0]?.layer, expected[0]?.head, { side: 'query', index: first }]);
  });

  it('says so when no head is shown', async () => {
    const editor = await editorOn(sentence, sentence);
    const { id, selection } = await showAttention(api);
    api.select(id, { ...selection, heads: [], head: null });
    assert.match((await hoverAt(editor.document, 4))?.text ?? '', /^No heads selected\./);
    api.select(id, { ...selection, heads: [0], head: 0 });
    assert.match((await hoverAt(editor.document, 4))?.text ?? '', /head 0/);
  });

  it('shows nothing outside the analysed text and between words', async () => {
    const editor = await editorOn(`Once. ${sentence} Twice.`, sentence);
    const { start, end } = await showAttention(api);
    assert.equal(await hoverAt(editor.document, 1), null);
    assert.equal(await hoverAt(editor.document, end + 3), null);
    assert.equal(await hoverAt(editor.document, start + sentence.indexOf(' cat')), null);
  });

  it('is stale after an edit inside, right after an edit elsewhere, and right again after undo', async () => {
    const editor = await editorOn(`Once. ${sentence} Twice.`, sentence);
    const { start } = await showAttention(api);
    const before = await hoverAt(editor.document, start + 4);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Long ago. '));
    const moved = await hoverAt(editor.document, start + 10 + 4);
    assert.deepEqual(moved, before);
    assert.equal(moved?.over, 'cat');
    await editor.edit((edit) => edit.replace(new vscode.Range(0, start + 14, 0, start + 17), 'dog'));
    const stale = await hoverAt(editor.document, start + 14);
    assert.match(stale?.text ?? '', /The text has changed since.*textAttention\.rerun/);
    await vscode.commands.executeCommand('undo');
    assert.deepEqual(await hoverAt(editor.document, start + 14), before);
  });

  it('lists as many words as the settings say, and none when it is switched off', async () => {
    const editor = await editorOn(sentence, sentence);
    const { id, selection } = await showAttention(api);
    // In the first layer a word looks at several others, whatever layer the test before left behind.
    api.select(id, { ...selection, layer: 0, heads: [0, 1, 2, 3], head: null });
    const settings = vscode.workspace.getConfiguration('textAttention');
    try {
      await settings.update('hover.count', 2, vscode.ConfigurationTarget.Global);
      assert.equal(rowsOf((await hoverAt(editor.document, 4))?.text ?? '', 'looks at').length, 2);
      await settings.update('hover.enabled', false, vscode.ConfigurationTarget.Global);
      assert.equal(await hoverAt(editor.document, 4), null);
    } finally {
      await settings.update('hover.count', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('hover.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('lets no character of the text become markup', async () => {
    const text = 'The <b>cat</b> | ate [a](command:x) `fish` & *more*.';
    const editor = await editorOn(text, text);
    await showAttention(api);
    const { text: shown = '' } = (await hoverAt(editor.document, text.indexOf('cat'))) ?? {};
    const own = shown
      .replace(/<\/?(b|code|table|tr|th|td|span)( [^>]*)?>/gu, '')
      .replace(
        /\[(?:Show in panel|Replace by [^\]]*|How is this computed[^\]]*|\d+\.\d+ [^\]]*)\]\(command:textAttention\.\w+\?[^)]*\)/gu,
        '',
      );
    assert.doesNotMatch(own, /[<>|[\]`*]/u);
  });

  it('says of the part that the model did not take that it was not analysed', async () => {
    const text = 'The cat ate the fish. '.repeat(400).trim();
    const editor = await editorOn(text, text);
    const { info } = await showAttention(api);
    const to = info.sequences[0]?.analysedTo;
    assert.ok(to !== undefined && to > 0 && to < text.length);
    assert.match((await hoverAt(editor.document, text.length - 3))?.text ?? '', /Not analysed&#58; the text is longer/);
    assert.equal((await hoverAt(editor.document, 4))?.over, 'cat');
  });
});

function rows(links: readonly WordLink[]): [string, string][] {
  return links.map(({ word, weight }) => [word.label, weightText(weight)]);
}

/** The strongest links of a word in `[query][key]` between tokens, by the definition: what hovers are compared with. */
function linksOfWord(
  side: 'looks at' | 'is looked at by',
  weights: ArrayLike<number>,
  keys: number,
  word: Word,
  words: readonly Word[],
  count: number,
): WordLink[] {
  return words
    .map((other, index) => {
      const [query, key] = side === 'looks at' ? [word, other] : [other, word];
      return { word: other, index, weight: weightBetween(weights, keys, query.tokens, key.tokens) };
    })
    .filter(({ weight }) => weight >= 0.005)
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, count);
}
