import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, extension, hoverAt, reset, rowsOf } from './support.ts';

const first = 'The cat ate the fish.';
const second = 'It was hungry.';
const content = `# Title\n\n${first} ${second}\nAfterwards.`;

function select(editor: vscode.TextEditor, ...texts: string[]): void {
  const { document } = editor;
  const all = document.getText();
  editor.selections = texts.map((text) => {
    const start = all.indexOf(text);
    assert.ok(start >= 0, text);
    return new vscode.Selection(document.positionAt(start), document.positionAt(start + text.length));
  });
}

function texts(api: TextAttentionApi): string[] {
  assert.ok(api.current, `an analysis, but ${JSON.stringify(api.failure)}`);
  return api.current.texts.map(
    ({ uri, start, end }) =>
      vscode.workspace.textDocuments
        .find((document) => document.uri.toString() === uri.toString())
        ?.getText()
        .slice(start, end) ?? '',
  );
}

describe('A pair', () => {
  let api: TextAttentionApi;
  before(async () => {
    api = await activeApi();
  });
  afterEach(reset);

  const showPair = (): Thenable<unknown> => vscode.commands.executeCommand('textAttention.showPair');

  it('is the two selected texts, in the order of the document', async () => {
    const editor = await editorOn(content);
    select(editor, second, first);
    await showPair();
    assert.deepEqual(texts(api), [first, second]);
    const sequence = api.current?.info.sequences[0];
    assert.deepEqual([sequence?.text, sequence?.pair], [first, second]);
  });

  it('is a sentence and the one after it, where one alone is chosen', async () => {
    const editor = await editorOn(content);
    const at = editor.document.positionAt(content.indexOf('cat'));
    editor.selection = new vscode.Selection(at, at);
    await showPair();
    assert.deepEqual(texts(api), [first, second]);
  });

  it('is refused in words where there is no second text, or a third', async () => {
    const editor = await editorOn(first);
    await showPair();
    assert.equal(api.current, null);
    select(editor, 'The', 'cat', 'fish');
    await showPair();
    assert.equal(api.current, null);
  });

  it('answers hovers over both texts, wherever edits move them', async () => {
    const editor = await editorOn(content);
    select(editor, first, second);
    await showPair();
    const { current } = api;
    assert.ok(current);
    api.select(current.id, { ...current.selection, layer: 0, heads: [0, 1, 2, 3, 4, 5], head: null });
    await editor.edit((edit) => edit.insert(editor.document.positionAt(content.indexOf(second)), 'Long ago. '));
    assert.equal(api.current?.stale, false);
    assert.deepEqual(texts(api), [first, second]);
    const { document } = editor;
    const cat = await hoverAt(document, document.getText().indexOf('cat'));
    const hungry = await hoverAt(document, document.getText().indexOf('hungry') + 2);
    assert.deepEqual([cat?.over, hungry?.over], ['cat', 'hungry']);
    assert.ok(rowsOf(hungry?.text ?? '', 'looks at').length > 0);
    assert.equal(await hoverAt(document, document.getText().indexOf('ago')), null);
  });

  it('is stale when either text is edited, and is run again with both', async () => {
    const editor = await editorOn(content);
    select(editor, first, second);
    await showPair();
    const at = editor.document.getText().indexOf('hungry');
    await editor.edit((edit) =>
      edit.replace(new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + 6)), 'tired'),
    );
    assert.equal(api.current?.stale, true);
    await vscode.commands.executeCommand('textAttention.rerun', api.current?.id);
    assert.deepEqual(texts(api), [first, 'It was tired.']);
    assert.equal(api.current?.stale, false);
    assert.equal(api.current?.info.sequences[0]?.pair, 'It was tired.');
  });

  it('is left to its first text by a model that takes one alone, which is told', async () => {
    const settings = vscode.workspace.getConfiguration('textAttention');
    const editor = await editorOn(content);
    select(editor, first, second);
    try {
      for (const name of ['causal-lm-small', 'translation-small', 'recurrent-dot']) {
        await settings.update('model', name, vscode.ConfigurationTarget.Global);
        await showPair();
        assert.equal(api.failure, null);
        assert.equal(api.current?.info.model.id, name);
        assert.deepEqual(texts(api), [first]);
        assert.match(api.current.leftOut.join(), /^The second text was left out: .* one text/);
      }
    } finally {
      await settings.update('model', undefined, vscode.ConfigurationTarget.Global);
    }
    await vscode.commands.executeCommand('textAttention.rerun', api.current?.id);
    assert.deepEqual(texts(api), [first, second]);
  });

  it('has no link: one would lead to the first text alone', async () => {
    const editor = await editorOn(content);
    select(editor, first, second);
    await showPair();
    assert.throws(() => api.link, /link-impossible/);
  });

  it('puts the token of the second text in focus when its word is shown in the panel', async () => {
    const editor = await editorOn(content);
    select(editor, first, second);
    await showPair();
    const hover = await hoverAt(editor.document, content.indexOf('hungry'));
    const [, values = ''] = /command:textAttention\.showAnalysis\?([^)]*)\)/u.exec(hover?.text ?? '') ?? [];
    await vscode.commands.executeCommand(
      'textAttention.showAnalysis',
      ...(JSON.parse(decodeURIComponent(values)) as unknown[]),
    );
    const { info, selection } = api.current ?? assert.fail();
    const token = info.sequences[0]?.tokens[selection.token?.index ?? -1];
    assert.equal(token?.segment, 1);
    assert.equal(second.slice(token?.start, token?.end), 'hungry');
  });
});

describe('A target', () => {
  let api: TextAttentionApi;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('textAttention');
  const model = (): string => join(extension().extensionPath, 'test', 'fixtures', 'models', 'tiny-encoder-decoder');
  before(async () => {
    api = await activeApi();
    await settings().update('model', model(), vscode.ConfigurationTarget.Global);
  });
  after(() => settings().update('model', undefined, vscode.ConfigurationTarget.Global));
  afterEach(reset);

  it('is the text selected beside the analysed one: both are followed and hovered', async () => {
    const source = 'the cat ate';
    const target = 'a hungry dog';
    const editor = await editorOn(`${source}\n${target}\n`, source);
    await vscode.commands.executeCommand('textAttention.show');
    assert.deepEqual(texts(api), [source], 'the model writes the target itself at first');
    select(editor, target);
    await vscode.commands.executeCommand('textAttention.setTarget');
    assert.deepEqual(texts(api), [source, target]);
    const { id, info, selection } = api.current ?? assert.fail();
    assert.equal(info.sequences[1]?.text, target);
    assert.throws(() => api.link, /link-impossible/);

    const cross = info.maps.findIndex(({ kind }) => kind === 'cross');
    const [, heads] = info.maps[cross]?.shape ?? [0, 0];
    api.select(id, {
      ...selection,
      map: cross,
      layer: 0,
      heads: Array.from({ length: heads }, (_, head) => head),
      head: null,
    });
    const { document } = editor;
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '\n'));
    const dog = await hoverAt(document, document.getText().indexOf('dog'));
    assert.equal(dog?.over, 'dog');
    assert.ok(rowsOf(dog?.text ?? '', 'looks at').length > 0);
    assert.ok(!dog?.text.includes('is looked at by'), 'nothing looks at the target in this map');
    const cat = await hoverAt(document, document.getText().indexOf('cat'));
    assert.ok(rowsOf(cat?.text ?? '', 'is looked at by').some(([word]) => word.split(' ▸ ').includes('dog')));
  });

  it('opens on cross-attention, where it is looked for', async () => {
    await editorOn('the cat ate', 'the cat ate');
    await vscode.commands.executeCommand('textAttention.show');
    const { info, selection } = api.current ?? assert.fail();
    assert.equal(info.maps[selection.map]?.kind, 'cross');
  });

  it('is left out where a model takes none, which is told, and is back with one that does', async () => {
    const editor = await editorOn('the cat ate\na hungry dog\n', 'the cat ate');
    const rerun = (): Thenable<unknown> => vscode.commands.executeCommand('textAttention.rerun', api.current?.id);
    await vscode.commands.executeCommand('textAttention.show');
    select(editor, 'a hungry dog');
    await vscode.commands.executeCommand('textAttention.setTarget');
    assert.deepEqual(api.current?.leftOut, []);
    for (const [name, why] of [
      ['masked-lm-small', /encoder-only models take no target/],
      ['causal-lm-small', /take no target/],
    ] as const) {
      await settings().update('model', name, vscode.ConfigurationTarget.Global);
      await rerun();
      assert.equal(api.failure, null);
      assert.equal(api.current?.info.model.id, name);
      assert.deepEqual(texts(api), ['the cat ate']);
      assert.match(api.current.leftOut.join(), why);
      assert.ok(api.link, 'a link to one text can be made');
    }
    await settings().update('model', model(), vscode.ConfigurationTarget.Global);
    await rerun();
    assert.deepEqual(texts(api), ['the cat ate', 'a hungry dog']);
    assert.deepEqual([api.current?.leftOut, api.current?.info.sequences[1]?.text], [[], 'a hungry dog']);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Before. '));
    assert.equal(api.current?.stale, false);
  });

  it('over a word that is not in the map shown, the hover speaks of one that has it', async () => {
    const editor = await editorOn('the cat ate\na dog\n', 'the cat ate');
    await vscode.commands.executeCommand('textAttention.show');
    select(editor, 'a dog');
    await vscode.commands.executeCommand('textAttention.setTarget');
    const { id, selection } = api.current ?? assert.fail();
    api.select(id, { ...selection, map: 0 });
    const hover = await hoverAt(editor.document, editor.document.getText().indexOf('dog'));
    assert.match(hover?.text ?? '', /decoder, layer/);
  });
});
