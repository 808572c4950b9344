import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { unzipSync } from 'fflate';
import { shownWeights, sidesOf } from '../../src/core/attention/shown.ts';
import { firstView, plainOptions } from '../../src/core/attention/view.ts';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, reset, sentence, showAttention } from './support.ts';

describe('Export', () => {
  let api: TextAttentionApi;
  before(async () => {
    api = await activeApi();
  });
  afterEach(reset);

  const { fs } = vscode.workspace;
  const place = (name: string): vscode.Uri => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    return vscode.Uri.joinPath(folder.uri, 'exports', name);
  };

  /** Exports as the palette does once a format and a file are chosen. */
  async function exported(format: string, name: string): Promise<Uint8Array> {
    const file = place(name);
    await fs.createDirectory(vscode.Uri.joinPath(file, '..'));
    await vscode.commands.executeCommand('textAttention.export', format, file);
    return fs.readFile(file);
  }

  it('writes npz with the numbers of the model process', async () => {
    await editorOn(sentence, sentence);
    const { id, info } = await showAttention(api);
    const { 'attention.npy': file } = unzipSync(await exported('npz', 'a.npz'));
    assert.ok(file);
    const [map] = info.maps;
    assert.ok(map);
    const [layers, heads, queries, keys] = map.shape;
    const size = heads * queries * keys;
    const numbers = new Float32Array(file.slice(file.length - layers * size * 4).buffer);
    for (let layer = 0; layer < layers; layer++) {
      assert.deepEqual(numbers.slice(layer * size, (layer + 1) * size), await api.weights(id, 0, layer));
    }
  });

  it('writes what is shown: the heads of the selection as CSV, the picture as SVG, a page', async () => {
    await editorOn(sentence, sentence);
    const { id, selection } = await showAttention(api);
    api.select(id, { ...selection, layer: 2, heads: [1, 3], head: 3 });
    api.showView(firstView);
    const text = async (format: string, name: string): Promise<string> =>
      new TextDecoder().decode(await exported(format, name));
    const records = (await text('csv', 'a.csv')).trimEnd().split('\r\n').slice(1);
    assert.deepEqual([...new Set(records.map((record) => record.split(',').slice(1, 3).join('.')))], ['2.1', '2.3']);
    assert.match(await text('svg', 'a.svg'), /layer 2, 2 heads/);
    assert.match(await text('html', 'a.html'), /"start":\{"map":0,"layer":2,"head":null\}/);
    assert.deepEqual(JSON.parse(await text('json', 'a.json')).sequences[0].text, sentence);
  });

  it('writes what the filters leave, by the words of the text; npz has all of it', async () => {
    await editorOn(sentence, sentence);
    const { id, info, selection } = await showAttention(api);
    const [map] = info.maps;
    assert.ok(map);
    const options = { ...plainOptions, unit: 'words', hideSpecial: true, renormalise: true, topK: 2 } as const;
    api.select(id, { ...selection, layer: 1, heads: [2], head: 2 });
    api.showView({ ...firstView, options });
    const [, , queries, keys] = map.shape;
    const head = (await api.weights(id, 0, 1)).subarray(2 * queries * keys, 3 * queries * keys);
    const sides = sidesOf(map, info.sequences, options);
    const { weights } = shownWeights(head, map, info.sequences, sides, options);
    const shown = sides.query
      .flatMap((query, row) =>
        sides.key.map((key, column) => [query.at, key.at, weights[row * sides.key.length + column] ?? 0]),
      )
      .filter(([, , weight]) => weight !== 0);
    const records = new TextDecoder()
      .decode(await exported('csv', 'shown.csv'))
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((record) => record.split(','));
    assert.deepEqual(
      records.map(([, , , query, , key, , weight]) => [Number(query), Number(key), Math.fround(Number(weight))]),
      shown,
    );
    assert.ok(records.some(([, , , , label]) => label === 'hungry'));
    assert.match(
      new TextDecoder().decode(await exported('svg', 'shown.svg')),
      /layer 1, head 2; words, special tokens hidden, rows renormalised, top 2</,
    );
    const { 'attention.npy': all } = unzipSync(await exported('npz', 'shown.npz'));
    assert.ok((all?.length ?? 0) > map.shape.reduce((product, size) => product * size) * 4);
    api.showView(firstView);
  });

  it('draws the view that is in sight', async () => {
    await editorOn(sentence, sentence);
    const { info } = await showAttention(api);
    const [layers = 0, heads = 0] = info.maps[0]?.shape ?? [];
    const svg = async (name: string): Promise<string> => new TextDecoder().decode(await exported('svg', name));
    api.showView({ ...firstView, view: 'model', order: 'distance' });
    const all = await svg('all.svg');
    assert.match(all, /heads, by distance</);
    assert.equal(all.split('<image ').length - 1, layers * heads);
    api.showView({ ...firstView, view: 'layers', metric: 'special' });
    const chart = await svg('layers.svg');
    assert.match(chart, /every head by share on special tokens</);
    assert.equal(chart.split('<circle ').length - 1, layers * heads);
    api.showView({ ...firstView, view: 'matrix' });
    assert.match(await svg('matrix.svg'), /as a matrix</);
    api.showView(firstView);
  });

  it('replaces an older file and leaves no part of one beside it', async () => {
    await editorOn(sentence, sentence);
    await showAttention(api);
    await fs.createDirectory(vscode.Uri.joinPath(place('x'), '..'));
    await fs.writeFile(place('old.csv'), new TextEncoder().encode('old'));
    await exported('csv-matrix', 'old.csv');
    const names = (await fs.readDirectory(vscode.Uri.joinPath(place('x'), '..'))).map(([name]) => name);
    assert.deepEqual(
      names.filter((name) => name.endsWith('.part')),
      [],
    );
    assert.match(new TextDecoder().decode(await fs.readFile(place('old.csv'))), /^,\[CLS\],The/);
  });
});
