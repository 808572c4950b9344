import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { until } from '../harness/until.ts';
import { PanelView } from './support/panel.ts';
import { Reference } from './support/reference.ts';
import { sample, sentence, session } from './support/session.ts';

describe('A window that is reloaded', () => {
  const now = session();
  let reference: Reference;
  before(async () => {
    reference = await Reference.of(sentence);
  });

  it('comes back with the text, the view, its size, the layer, the head and the token', async () => {
    const { workbench } = now();
    const panel = new PanelView(workbench);
    // Another text before it, so that what comes back is known by more than being the window's first.
    await workbench.select(sample, 'Time flies like an arrow');
    await workbench.run('Attention: Show Attention');
    await panel.word(0).waitFor();
    await workbench.select(sample, sentence);
    await workbench.run('Attention: Show Attention');
    await panel.everyHead(0);
    await panel.tokens('query', reference.labels.length);
    await panel.layerAbove().click();
    await panel.layer().filter({ hasText: '1' }).waitFor();
    await panel.chip(2).dblclick();
    await panel.row('query', reference.labels.indexOf('ate')).click();
    await panel.view('matrix').click();
    await panel.chosenView('matrix').waitFor();
    const said = panel.inspector().locator('h3', { hasText: 'Head 1.2' });
    await said.waitFor();
    const before = await panel.inspectorText();
    assert.match(before, /\bate\b/);
    const small = await panel.cellSize();
    await panel.zoomIn().click();
    await until('the matrix is larger', async () => (await panel.cellSize()) > small, 10_000);
    const large = await panel.cellSize();

    await workbench.reload(sample);
    await panel.chosenView('matrix').waitFor({ timeout: 60_000 });
    await said.waitFor({ timeout: 60_000 });
    await until('the inspector says the same', async () => (await panel.inspectorText()) === before, 30_000);
    assert.equal(await panel.layer().innerText(), '1');
    assert.equal(await panel.cellSize(), large);
    assert.equal(await workbench.page.locator('iframe.webview.ready').count(), 1);
    assert.equal(await workbench.notifications().count(), 0);
  });
});
