import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { editText, readEdit, type Edit, type EditKind } from '../../src/core/run/edits.ts';
import type { Change } from '../../src/core/prediction/change.ts';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, extension, hoverAt, plain, reset, showAttention } from './support.ts';

const text = 'The cat that was hungry ate the [MASK] .';

/** An edit of every kind, as the command line writes it. */
const kinds: Readonly<Record<EditKind, string>> = {
  off: 'off 1.2',
  scale: 'scale 1.2 0.5',
  'ffn-off': 'ffn-off 3',
  block: 'block 1.2 6 2',
  bias: 'bias 1.* 6 2 +3',
  temperature: 'temperature 1.2 0.5',
  zero: 'zero 2',
  mean: 'mean 3',
  replace: 'replace 2 "dog"',
  pattern: 'pattern 1.2 6 0.5 0.5 0 0 0 0 0 0 0 0 0',
};

function editOf(written: string): Edit {
  const read = readEdit(written);
  if ('problem' in read) throw new Error(read.problem);
  return read.edit;
}

/** What the command line says that edits did. */
function changeOfTerminal(edits: readonly string[]): Change {
  const { extensionPath } = extension();
  const args = ['--format', 'json', ...edits.flatMap((edit) => ['--edit', edit]), text];
  const { stdout, stderr } = spawnSync(process.execPath, [join(extensionPath, 'dist', 'cli.cjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      TEXT_ATTENTION_MODELS: join(extensionPath, 'models'),
    },
  });
  assert.equal(stderr, '');
  return (JSON.parse(stdout) as { change: Change }).change;
}

describe('Edits of a run', () => {
  let api: TextAttentionApi;
  let id = '';

  before(async () => {
    api = await activeApi();
  });
  beforeEach(async () => {
    await editorOn(text, text);
    id = (await showAttention(api)).id;
  });
  afterEach(reset);

  /** Adds edits to those of the analysis that is shown, as the panel and hovers do. */
  async function attempt(...edits: readonly string[]): Promise<NonNullable<TextAttentionApi['current']>> {
    await vscode.commands.executeCommand('textAttention.tryEdit', api.current?.id, ...edits.map(editOf));
    assert.ok(api.current);
    return api.current;
  }

  it('give the numbers of the command line, of every kind and all together', async () => {
    const selection = { ...(api.current?.selection ?? assert.fail()), token: { side: 'query', index: 6 } } as const;
    api.select(id, selection);
    const made: string[] = [];
    for (const written of Object.values(kinds)) {
      // One that changes the same takes the place of the one before.
      if (written.startsWith('scale') || written.startsWith('bias')) made.pop();
      made.push(written);
      const { info, selection: now } = await attempt(written);
      assert.equal(api.failure, null);
      assert.deepEqual(now.token, selection.token, 'the focus stays');
      assert.ok(info.edits?.some((edit) => editText(edit) === written));
    }
    const told = api.current?.info.edits?.map(editText) ?? [];
    assert.deepEqual(api.current?.info.change, changeOfTerminal(told));
    for (const written of [kinds.off, kinds.pattern, kinds.replace]) {
      const plainRun = api.analyses.find((one) => one.info.edits === undefined) ?? assert.fail();
      await vscode.commands.executeCommand('textAttention.tryEdit', plainRun.id, editOf(written));
      assert.deepEqual(api.current?.info.edits?.map(editText), [written]);
      assert.deepEqual(api.current.info.change, changeOfTerminal([written]), written);
    }
    assert.equal(api.analyses.length, 2, 'the run without edits stays beside the edited one');
  });

  it('are part of a link and of hovers, and stay in a further run; what cannot be made leaves what was shown', async () => {
    const { id: edited, info } = await attempt('off 1.2', 'replace 2 "[MASK]"');
    const link = vscode.Uri.parse(api.link, true);
    const editor = vscode.window.activeTextEditor ?? assert.fail();
    const hover = plain((await hoverAt(editor.document, text.indexOf('hungry')))?.text ?? '');
    assert.match(hover, /Edited run: off 1\.2; replace 2/);
    assert.match(hover, /Replace by \[MASK\]/);
    const failing = await attempt('off 9.9');
    assert.equal(failing.id, edited);
    assert.equal(api.failure?.code, 'argument-invalid');
    await vscode.commands.executeCommand('textAttention.rerun');
    assert.deepEqual(api.current?.info.edits, info.edits);
    await reset();
    const found = await api.openLink(link);
    assert.deepEqual(found?.info.edits, info.edits);
    assert.deepEqual(found?.info.change, info.change);
    assert.equal(
      await api.openLink(link.with({ query: link.query.replace('off+1.2', 'off').replace('off 1.2', 'of 1.2') })),
      null,
    );
    assert.equal(api.failure?.code, 'link-invalid');
  });
});
