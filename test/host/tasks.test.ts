import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { Answers, type Answer } from './answers.ts';
import { activeApi, editorOn, extension, hoverAt, reset } from './support.ts';

const context = 'The dog ate a fish.';
const question = 'was the cat hungry';

const model = (name: string | undefined): Thenable<void> =>
  vscode.workspace.getConfiguration('textAttention').update('model', name, vscode.ConfigurationTarget.Global);
const tiny = (name: string): string => join(extension().extensionPath, 'test', 'fixtures', 'models', name);

describe('A task', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tasks-'));
  let api: TextAttentionApi;
  let answers = new Answers();
  const answered = async (command: string, ...given: readonly Answer[]): Promise<Answers> => {
    answers.dispose();
    answers = new Answers(...given);
    await vscode.commands.executeCommand(command);
    return answers;
  };
  before(async () => {
    api = await activeApi();
  });
  afterEach(async () => {
    answers.dispose();
    await model(undefined);
    await reset();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const sequence = () => api.current?.info.sequences[0] ?? assert.fail(JSON.stringify(api.failure));
  /** The characters of the likeliest answer, by the model. */
  const answer = (): string => {
    const [prediction] = api.current?.info.predictions ?? [];
    assert.ok(prediction?.kind === 'span');
    const [best] = prediction.answers;
    return (sequence().pair ?? '').slice(best?.start, best?.end);
  };

  it('answers a typed question in the selected text, and hovers tell where the answer begins and ends', async () => {
    await model(tiny('tiny-answerer'));
    const editor = await editorOn(`Before. ${context} After.`, context);
    await answered('textAttention.answerQuestion', { to: /Answer a Question/u, with: ` ${question} ` });
    assert.deepEqual([sequence().text, sequence().pair], [question, context]);
    assert.deepEqual(
      api.current?.texts.map(({ start, end }) => editor.document.getText().slice(start, end)),
      [context],
      'the question is in no document',
    );
    const said = answer();
    assert.ok(said.length > 0 && context.includes(said));
    const hover = await hoverAt(editor.document, editor.document.getText().indexOf(said));
    assert.ok(hover && said.startsWith(hover.over));
    assert.match(hover.text, /An answer begins with .* with probability .*, and ends with it with /u);
  });

  it('takes a selected question, and the other selections as the text', async () => {
    await model(tiny('tiny-answerer'));
    const editor = await editorOn(`Was the cat hungry?\n${context}\n`);
    editor.selections = [new vscode.Selection(1, 0, 1, context.length), new vscode.Selection(0, 0, 0, 19)];
    const { asked } = await answered('textAttention.answerQuestion');
    assert.deepEqual(asked, [], 'nothing is asked');
    assert.deepEqual([sequence().text, sequence().pair], ['Was the cat hungry?', context]);
    assert.equal(api.current?.texts.length, 2);
  });

  it('of which no model is here says so, with one to download', async () => {
    await editorOn(context, context);
    for (const [command, says, suggests] of [
      ['answerQuestion', /No model on this machine answers questions/u, /distilled-squad/u],
      ['summarise', /No model on this machine summarises/u, /t5-small/u],
    ] as const) {
      const { asked } = await answered(`textAttention.${command}`);
      assert.match(asked[0]?.text ?? '', says);
      assert.match(asked[0]?.text ?? '', suggests);
      assert.deepEqual(asked[0]?.offered, ['Download…']);
    }
    assert.equal(api.current, null);
  });

  it('that several models do is done by the one that is chosen', async () => {
    await editorOn('the old king sees the red horse .', 'the old king sees the red horse .');
    const { asked } = await answered('textAttention.translate', {
      to: /Translate This Text/u,
      with: 'translation-small',
    });
    assert.equal(asked[0]?.offered.length, 7);
    assert.equal(api.current?.info.model.id, 'translation-small');
    assert.match(api.current.info.sequences[1]?.text ?? '', /rey/u);
    await model('recurrent-dot');
    const again = await answered('textAttention.translate');
    assert.deepEqual(again.asked, [], 'that of the settings needs no choice');
    assert.equal(api.current.info.model.id, 'recurrent-dot');
  });

  it('begins with its words, and the text keeps its characters; without a selection it is the paragraph', async () => {
    cpSync(tiny('tiny-encoder-decoder'), folder, { recursive: true });
    const path = join(folder, 'config.json');
    const config = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(
      path,
      JSON.stringify({ ...config, task_specific_params: { summarization: { prefix: 'the dog , ' } } }),
    );
    await model(folder);
    const editor = await editorOn('First.\n\na hungry\ncat ate\n\nLast.');
    editor.selection = new vscode.Selection(3, 1, 3, 1);
    await answered('textAttention.summarise');
    assert.equal(sequence().text, 'the dog , a hungry\ncat ate');
    const hover = await hoverAt(editor.document, editor.document.getText().indexOf('cat'));
    assert.equal(hover?.over, 'cat');
    assert.throws(() => api.link, /link-impossible/u);
  });

  it('a model that takes no pair does not answer a question', async () => {
    await model(tiny('tiny-answerer'));
    await editorOn(context, context);
    await answered('textAttention.answerQuestion', { to: /Answer a Question/u, with: question });
    assert.ok(api.current);
    await model('causal-lm-small');
    await answered('textAttention.rerun');
    const { failure } = api;
    assert.ok(failure?.code === 'argument-invalid' && failure.argument === 'question');
  });
});
