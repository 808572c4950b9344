import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { until as untilHolds } from '../harness/until.ts';
import { activeApi, editorOn, extension, hoverAt, reset, showAttention, until } from './support.ts';

const template = `{%- for message in messages -%}
<{{ message.role }}> {{ message.content | trim }}
{% endfor -%}
{%- if add_generation_prompt -%}<assistant>{%- endif -%}`;
const chat = 'system: You tell stories.\n\nuser: The cat ate the fish.\nWho ate it?\n';

const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('textAttention');
const model = (name: string | undefined): Thenable<void> =>
  configuration().update('model', name, vscode.ConfigurationTarget.Global);

describe('A chat', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-'));
  let api: TextAttentionApi;
  before(async () => {
    api = await activeApi();
    cpSync(join(extension().extensionPath, 'models', 'causal-lm-small'), folder, { recursive: true });
    writeFileSync(join(folder, 'chat_template.jinja'), template);
    await model(folder);
  });
  afterEach(reset);
  after(async () => {
    await model(undefined);
    rmSync(folder, { recursive: true });
  });

  const sequence = () => api.current?.info.sequences[0] ?? assert.fail(JSON.stringify(api.failure));
  const roles = (): string[] => (sequence().roles ?? []).map(({ role }) => role);
  const text = (): string => {
    const { generatedFrom = Infinity, tokens, text } = sequence();
    return text.slice(tokens[generatedFrom]?.start ?? text.length);
  };

  it('that is selected is run with the model’s template, and its words are those of the document', async () => {
    const editor = await editorOn(`# A title\n\n${chat}`, chat, 'md');
    const { id, info } = await showAttention(api);
    assert.equal(sequence().text, '<system> You tell stories.\n<user> The cat ate the fish.\nWho ate it?\n<assistant>');
    assert.deepEqual(roles(), ['system', 'user', 'assistant']);
    const at = editor.document.getText().indexOf('cat');
    editor.selection = new vscode.Selection(editor.document.positionAt(at), editor.document.positionAt(at));
    await until(api, () => {
      const { token } = api.current?.selection ?? {};
      return token?.index !== undefined && info.sequences[0]?.tokens[token.index]?.text.endsWith('cat') === true;
    });
    const hover = await hoverAt(editor.document, at);
    assert.equal(hover?.over, 'cat');
    assert.match(hover.text, new RegExp(id, 'u'));
    assert.equal(
      await hoverAt(editor.document, editor.document.getText().indexOf('user:')),
      null,
      'a mark has no token',
    );
  });

  it('of a whole file is run from the line above it, which is there for chats alone', async () => {
    const editor = await editorOn(`<!-- to try -->\n\n${chat}`, '', 'md');
    const lenses = async (uri: vscode.Uri): Promise<vscode.Command[]> =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri))
        .flatMap(({ command }) => command ?? [])
        .filter(({ command }) => /Chat$/u.test(command));
    const [shows, writes] = await lenses(editor.document.uri);
    assert.deepEqual([shows?.command, writes?.command], ['textAttention.showChat', 'textAttention.continueChat']);
    await vscode.commands.executeCommand(shows?.command ?? '', ...(shows?.arguments ?? []));
    assert.deepEqual(roles(), ['system', 'user', 'assistant']);
    const prose = await editorOn('The user: a person.\n\n## Users\n\nuser: Hi', '', 'md');
    assert.deepEqual(await lenses(prose.document.uri), []);
    await vscode.commands.executeCommand('textAttention.clear');
    await vscode.commands.executeCommand('textAttention.showChat');
    assert.equal(api.current, null, 'what is no chat is not run');
  });

  it('inside a turn, and in other documents, a selection is plain text', async () => {
    const editor = await editorOn(chat, 'The cat ate the fish.', 'md');
    await showAttention(api);
    assert.deepEqual([sequence().text, roles()], ['The cat ate the fish.', []]);
    await editorOn(chat, chat);
    await showAttention(api);
    assert.deepEqual([sequence().text, roles()], [chat, []]);
    await vscode.commands.executeCommand('textAttention.showChat');
    assert.deepEqual(roles(), ['system', 'user', 'assistant'], 'a command reads it as a chat anywhere');
    assert.equal(editor.document.isDirty, false);
  });

  it('is written on by the model, whose turn is accepted into the file as one', async () => {
    for (const [before, after] of [
      [chat, (said: string) => `${chat.trimEnd()}\n\nassistant: ${said}\n`],
      [`${chat}\nassistant:\n`, (said: string) => `${chat}\nassistant: ${said}\n`],
      [
        '## User\r\n\r\nWho ate it?\r\n',
        (said: string) => `## User\r\n\r\nWho ate it?\r\n\r\n## Assistant\r\n\r\n${said}\r\n`,
      ],
    ] as const) {
      const editor = await editorOn(before, '', 'md');
      await vscode.commands.executeCommand('textAttention.showChat');
      const { id } = api.current ?? assert.fail(JSON.stringify(api.failure));
      await api.writeOn(id, { tokens: 4 });
      const said = text().trim();
      assert.ok(said.length > 0);
      await vscode.commands.executeCommand('textAttention.accept');
      assert.equal(editor.document.getText(), after(said));
      assert.equal(roles().at(-1), 'assistant');
      assert.equal(sequence().generatedFrom, undefined, 'it is a turn of the file now');
      const { document } = editor;
      const hover = await hoverAt(document, document.getText().lastIndexOf(said));
      assert.ok(hover && said.startsWith(hover.over), 'and its words answer hovers');
      await api.writeOn(api.current?.id ?? '', { tokens: 1 });
      assert.equal(document.getText(), after(said), 'an answered chat is not answered again');
      assert.equal(sequence().generatedFrom, undefined);
    }
  });

  it('is written on in the editor, where Tab takes the turn', async function () {
    // There the suggestion does not come up; the button of the panel accepts.
    if (vscode.version.startsWith('1.100.')) this.skip();
    const editor = await editorOn(chat, '', 'md');
    await vscode.commands.executeCommand('textAttention.continueChat', editor.document.uri.toString());
    const said = text().trim();
    assert.ok(said.length > 0);
    assert.equal(editor.document.getText(), chat, 'nothing is written yet');
    await untilHolds(
      'the offer is accepted',
      async () => {
        await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
        return editor.document.getText() !== chat;
      },
      30_000,
    );
    assert.equal(editor.document.getText(), `${chat.trimEnd()}\n\nassistant: ${said}\n`);
    await until(api, () => !api.running && api.current?.info.sequences[0]?.generatedFrom === undefined);
    assert.deepEqual(roles(), ['system', 'user', 'assistant']);
  });

  it('has a link that leads to the chat again', async () => {
    await editorOn(chat, chat, 'md');
    await showAttention(api);
    const { link } = api;
    await vscode.commands.executeCommand('textAttention.clear');
    const shown = await api.openLink(vscode.Uri.parse(link, true));
    assert.ok(shown);
    assert.deepEqual(roles(), ['system', 'user', 'assistant']);
  });

  it('with a model without a template says so, and what to do', async () => {
    for (const name of ['causal-lm-small', 'masked-lm-small', 'translation-small']) {
      await model(name);
      await editorOn(chat, chat, 'md');
      await vscode.commands.executeCommand('textAttention.show');
      const { failure } = api;
      assert.equal(failure?.code, 'argument-invalid');
      assert.ok('argument' in failure && failure.argument === 'chat');
      assert.match(failure.detail, /no chat template|take no conversation/u);
    }
    await model(folder);
  });

  it('to try is opened by a command', async () => {
    await vscode.commands.executeCommand('textAttention.openChat');
    const document = vscode.window.activeTextEditor?.document;
    assert.deepEqual([document?.isUntitled, document?.languageId], [true, 'markdown']);
    await vscode.commands.executeCommand('textAttention.showChat');
    assert.deepEqual(roles(), ['system', 'user', 'assistant', 'user', 'assistant']);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
