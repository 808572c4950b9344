import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { comes, until } from '../harness/until.ts';
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

/** Its pattern is refused, and the message quotes it. */
const model = odd('pattern', 'tokenizer.json', {
  pre_tokenizer: { type: 'Split', pattern: { Regex: `\\1${link}` }, behavior: 'Isolated', invert: false },
});

describe('A model whose files hold a link that runs a command', () => {
  after(() => rmSync(models, { recursive: true }));
  const now = session();

  it('is refused in a message that shows the text and links nothing', async () => {
    const { workbench, folder } = now();
    const panel = new PanelView(workbench);
    await mkdir(join(folder, '.vscode'), { recursive: true });
    await workbench.select(sample, sentence);
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'textAttention.model': model }));
    const toast = workbench.notifications().filter({ hasText: shown }).filter({ hasText: model });
    // The settings of the folder are read some time after they are written: until then the model before runs.
    await until(
      'the model is refused',
      async () => {
        await workbench.run('Attention: Show Attention');
        return comes(toast.first().waitFor({ timeout: 5000 }));
      },
      60_000,
    );
    await workbench.picture('foreign-text');
    assert.equal(await toast.first().locator('.notification-list-item-message a').count(), 0, 'no link in the message');
    await panel.alert().getByText('Click to repair the model').first().waitFor();
    assert.equal(await panel.alert().locator('a').count(), 0, 'nor in the panel');
    assert.equal(await workbench.page.getByRole('tab', { name: /Untitled/ }).count(), 0, 'no command ran');
  });
});
