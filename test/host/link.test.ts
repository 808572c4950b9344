import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { firstView, plainOptions } from '../../src/core/attention/view.ts';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, extension, reset, sentence, showAttention } from './support.ts';

const view = {
  ...firstView,
  view: 'matrix',
  metric: 'distance',
  options: { ...plainOptions, unit: 'words', topK: 3 },
} as const;

describe('A link', () => {
  let api: TextAttentionApi;
  let asked: { text: string; detail: string }[] = [];
  /** The button that the person presses; undefined leaves the message. */
  let press: string | undefined;
  const usual = { ...vscode.window };
  const clipboard = Object.getOwnPropertyDescriptor(vscode.env, 'clipboard');
  let copied: string[] = [];

  before(async () => {
    api = await activeApi();
    const message = async (text: string, ...rest: unknown[]): Promise<string | undefined> => {
      const [options] = rest as [{ detail?: string }?];
      asked.push({ text, detail: options?.detail ?? '' });
      return press;
    };
    Object.assign(vscode.window, {
      showInformationMessage: message,
      showWarningMessage: message,
      showErrorMessage: message,
    });
    const written = {
      writeText: async (text: string) => void copied.push(text),
      readText: async () => copied.at(-1) ?? '',
    };
    Object.defineProperty(vscode.env, 'clipboard', { configurable: true, get: () => written });
  });
  after(() => {
    const { showInformationMessage, showWarningMessage, showErrorMessage } = usual;
    Object.assign(vscode.window, { showInformationMessage, showWarningMessage, showErrorMessage });
    if (clipboard) Object.defineProperty(vscode.env, 'clipboard', clipboard);
  });
  beforeEach(() => {
    asked = [];
    copied = [];
    press = undefined;
  });
  afterEach(reset);

  /** Shows a text with a selection and a view of its own and gives the link to it. */
  async function linked(
    content: string,
    selected = sentence,
  ): Promise<{ link: vscode.Uri; editor: vscode.TextEditor }> {
    const editor = await editorOn(content, selected);
    const { id, selection } = await showAttention(api);
    api.select(id, { ...selection, layer: 1, heads: [0, 2], head: 2, token: { side: 'key', index: 4 } });
    api.showView(view);
    return { link: vscode.Uri.parse(api.link, true), editor };
  }

  const forget = async (): Promise<void> => {
    await reset();
    api.showView(firstView);
  };

  it('opens the text, the selection and the view again', async () => {
    const { link, editor } = await linked(`Before. ${sentence} After.`);
    await forget();
    const analysis = await api.openLink(link);
    assert.equal(api.failure, null);
    assert.ok(analysis);
    assert.equal(analysis.info.sequences[0]?.text, sentence);
    assert.deepEqual(analysis.selection, {
      map: 0,
      layer: 1,
      heads: [0, 2],
      head: 2,
      token: { side: 'key', index: 4 },
    });
    assert.deepEqual(api.view, view);
    const shown = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === editor.document.uri.toString(),
    );
    assert.equal(shown?.document.getText(shown.selection), sentence);
    assert.deepEqual(asked, [], 'nothing is asked inside the folders of the window');
  });

  it('is copied by the command, for this VS Code and this extension', async () => {
    const { link } = await linked(sentence);
    await vscode.commands.executeCommand('textAttention.copyLink');
    const [text = ''] = copied;
    assert.ok(text.startsWith(`${vscode.env.uriScheme}://${extension().id}/show?v=1&`), text);
    assert.equal(vscode.Uri.parse(text, true).toString(), link.toString());
  });

  it('finds the text again after it has moved, and in a file whose name is full of signs', async () => {
    const { editor } = await linked(`Before. ${sentence}`);
    const file = vscode.Uri.joinPath(editor.document.uri, '..', 'a & b=c% #1 ü.md');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`Before. ${sentence}`));
    const document = await vscode.workspace.openTextDocument(file);
    await api.analyse(document, 8, 8 + sentence.length);
    const link = vscode.Uri.parse(api.link, true);
    await forget();
    await vscode.workspace.fs.writeFile(
      file,
      new TextEncoder().encode(`A long line that is new.\n\nBefore. ${sentence}`),
    );
    const analysis = await api.openLink(link);
    assert.equal(analysis?.info.sequences[0]?.text, sentence);
    assert.deepEqual(asked, []);
  });

  it('says that the text has changed, and shows what stands there', async () => {
    const { link, editor } = await linked(sentence);
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 4, 0, 7), 'dog'));
    await editor.document.save();
    await forget();
    const analysis = await api.openLink(link);
    assert.equal(analysis?.info.sequences[0]?.text, sentence.replace('cat', 'dog'));
    assert.match(asked[0]?.text ?? '', /^The text in .*\.txt has changed since the link was made\./);
  });

  it('says that the text is gone when nothing stands there, and when there is no such file', async () => {
    const { link, editor } = await linked(`Before. ${sentence}`);
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 1, 0), 'Short.'));
    await editor.document.save();
    await forget();
    assert.equal(await api.openLink(link), null);
    assert.equal(api.failure?.code, 'link-lost');
    await vscode.workspace.fs.delete(editor.document.uri);
    await reset();
    assert.equal(await api.openLink(link.with({ query: link.query.replace('.txt', '-other.txt') })), null);
    assert.deepEqual(api.failure?.code, 'link-lost');
  });

  it('leads into the cell of a notebook', async () => {
    const { editor } = await linked(sentence);
    const file = vscode.Uri.joinPath(editor.document.uri, '..', 'cells.ipynb');
    const cells = ['Once.', `Before.\n\n${sentence}`].map((source) => ({
      cell_type: 'markdown',
      metadata: {},
      source: [source],
    }));
    await vscode.workspace.fs.writeFile(
      file,
      new TextEncoder().encode(JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 })),
    );
    const notebook = await vscode.workspace.openNotebookDocument(file);
    await api.analyse(notebook.cellAt(1).document, 9, 9 + sentence.length);
    const link = vscode.Uri.parse(api.link, true);
    await forget();
    const analysis = await api.openLink(link);
    assert.equal(analysis?.info.sequences[0]?.text, sentence);
    assert.equal(analysis.uri.scheme, 'vscode-notebook-cell');
  });

  it('asks before it opens a file outside the folders of the window, and names it', async () => {
    const { link, editor } = await linked(sentence);
    const folder = await mkdtemp(join(tmpdir(), 'text-attention-outside-'));
    try {
      const file = join(folder, 'other.txt');
      await writeFile(file, sentence);
      const outside = link.with({ query: link.query.replace(editor.document.uri.path, vscode.Uri.file(file).path) });
      await forget();
      assert.equal(await api.openLink(outside), null);
      assert.deepEqual([api.failure, api.current], [null, null]);
      assert.ok(asked[0]?.detail.includes(file), asked[0]?.detail);
      assert.equal(
        vscode.workspace.textDocuments.some(({ uri }) => uri.fsPath === file),
        false,
      );
      press = 'Open';
      assert.equal((await api.openLink(outside))?.uri.fsPath, file);
    } finally {
      await reset();
      await rm(folder, { recursive: true });
    }
  });

  it('asks before it runs a model from a folder that is not in the settings', async () => {
    const { link } = await linked(sentence);
    await forget();
    assert.equal(await api.openLink(link.with({ query: link.query.replace('masked-lm-small', '/models/odd') })), null);
    assert.match(asked[0]?.detail ?? '', /runs the model in \/models\/odd/);
    assert.equal(api.failure, null);
  });

  it('runs no model of a relative path, and none on another machine, without even looking', async () => {
    const { link } = await linked(sentence);
    await forget();
    const named = (model: string): vscode.Uri => link.with({ query: link.query.replace('masked-lm-small', model) });
    // Such names are those of the hub and of built-in models, and mean no folder beside the process.
    for (const [model, code] of [
      ['models/masked-lm-small', 'model-not-downloaded'],
      ['models', 'model-not-found'],
      ['MASKED-LM-SMALL', 'model-not-found'],
    ] as const) {
      assert.equal(await api.openLink(named(model)), null);
      assert.equal(api.failure?.code, code);
    }
    for (const model of [
      '//host.invalid/share/model',
      '\\\\host.invalid\\share',
      '\\\\?\\C:\\x',
      '../models/masked-lm-small',
      '~/models',
      'file:///models/x',
    ]) {
      assert.equal(await api.openLink(named(model)), null);
      assert.equal(api.failure?.code, 'link-invalid', model);
    }
  });

  it('downloads no model', async () => {
    const { link } = await linked(sentence);
    await forget();
    assert.equal(
      await api.openLink(link.with({ query: link.query.replace('masked-lm-small', 'nobody/nothing') })),
      null,
    );
    assert.deepEqual(api.failure, { code: 'model-not-downloaded', model: 'nobody/nothing' });
  });

  it('that is not understood is refused with a sentence', async () => {
    const { link } = await linked(sentence);
    await forget();
    for (const bad of [
      link.with({ query: '' }),
      link.with({ path: '/other' }),
      link.with({ query: link.query.replace('file://', 'https://') }),
    ]) {
      assert.equal(await api.openLink(bad), null);
      assert.equal(api.failure?.code, 'link-invalid');
    }
    assert.match(asked[0]?.text ?? '', /^This link cannot be opened: it has no version\. Copy it again/);
  });

  it('cannot be made to a document that was not saved, or while nothing is shown', async () => {
    const document = await vscode.workspace.openTextDocument({ content: sentence });
    await api.analyse(document, 0, sentence.length);
    await vscode.commands.executeCommand('textAttention.copyLink');
    assert.match(asked[0]?.text ?? '', /^No link can be made: the document has not been saved yet\./);
    await vscode.commands.executeCommand('textAttention.clear');
    assert.throws(() => api.link, /link-impossible/);
    assert.deepEqual(copied, []);
  });
});
