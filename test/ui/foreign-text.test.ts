import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { PanelView } from './support/panel.ts';
import { sample, sentence, session } from './support/session.ts';

const root = join(import.meta.dirname, '..', '..');
const models = mkdtempSync(join(tmpdir(), 'text-attention-foreign-'));
const link = '[Click to repair the model](command:workbench.action.files.newUntitledFile)';
/** The same as people are to read it. */
const shown = '[Click to repair the model] (command:workbench.action.files.newUntitledFile)';

/** A copy of the tiny encoder of which one file says something else. */
function odd(name: string, file: string, changes: Record<string, unknown>): string {
  const model = join(models, name);
  cpSync(join(root, 'test', 'fixtures', 'models', 'tiny-encoder'), model, { recursive: true });
  const path = join(model, file);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }));
  return model;
}

const split = { type: 'Split', pattern: { Regex: `\\1${link}` }, behavior: 'Isolated', invert: false };
const cases: Readonly<Record<string, { readonly model: string; readonly reads: string }>> = {
  'a pattern of its tokenizer': { model: odd('pattern', 'tokenizer.json', { pre_tokenizer: split }), reads: shown },
  'the name of a component': { model: odd('component', 'tokenizer.json', { normalizer: { type: `${link}\u001b[31m\n$(trash)` } }), reads: `${shown}␛[31m⏎$ (trash)` },
};
const shared = join(root, '..', 'shared', 'data', 'odd', 'regex-that-is-a-link');

describe('A model whose files hold a link that runs a command', () => {
  after(() => rmSync(models, { recursive: true }));
  const now = session();

  for (const [what, { model, reads }] of Object.entries({ ...cases, ...(existsSync(shared) ? { 'the shared one': { model: shared, reads: shown } } : {}) })) {
    it(`is refused in a message that shows it and links nothing: ${what}`, async () => {
      const { workbench, folder } = now();
      await mkdir(join(folder, '.vscode'), { recursive: true });
      await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'textAttention.model': model }));
      await workbench.select(sample, sentence);
      const toast = workbench.notifications().filter({ hasText: reads });
      // The settings of the folder are read some time after they are written: until then the model before runs.
      for (let run = 0; run < 10 && await toast.count() === 0; run++) {
        await workbench.run('Attention: Show Attention');
        await toast.first().waitFor({ timeout: 5_000 }).catch(() => undefined);
      }
      await workbench.picture(`foreign-text ${what}`);
      assert.equal(await toast.count(), 1);
      assert.equal(await toast.locator('.notification-list-item-message a').count(), 0, 'no link in the message');
      assert.equal(await workbench.page.locator('.notifications-toasts a[href^="command:workbench"], .notifications-toasts .codicon-trash').count(), 0);
      const panel = new PanelView(workbench);
      await panel.alert().getByText('Click to repair the model').first().waitFor();
      assert.equal(await panel.alert().locator('a').count(), 0, 'nor in the panel');
      assert.equal(await workbench.page.getByRole('tab', { name: /Untitled/ }).count(), 0, 'no command ran');
      await workbench.run('Notifications: Clear All Notifications');
      await toast.first().waitFor({ state: 'detached' });
    });
  }
});
