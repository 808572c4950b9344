import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../harness/until.ts';
import { PanelView } from './support/panel.ts';
import { sample, session } from './support/session.ts';

/** On a fresh profile, as somebody does who knows nothing: the cursor at a word, and then what is offered. */
describe('the first minute', () => {
  const now = session();

  it('one chord shows what the word at the cursor looks at', async (context) => {
    const { workbench } = now();
    const panel = new PanelView(workbench);
    await workbench.click(sample, 'ate');
    const from = performance.now();
    await workbench.page.keyboard.press('ControlOrMeta+Alt+a');
    await until('lines are drawn', async () => (await panel.ink()) > 500, 30_000);
    context.diagnostic(`from the chord to the picture: ${((performance.now() - from) / 1000).toFixed(1)} s`);
    await panel.inspector().locator('h2', { hasText: 'ate' }).waitFor();
    await panel.inspector().locator('h3', { hasText: 'Looks at' }).waitFor();
    assert.ok((await panel.inspector().locator('li .weight').allInnerTexts()).some((weight) => Number(weight) > 0));
    assert.equal(await workbench.notifications().count(), 0);
  });

  it('one more click shows how the weight is computed', async () => {
    const { workbench } = now();
    const panel = new PanelView(workbench);
    await panel.inspector().getByRole('button', { name: 'How is this computed?' }).click();
    const formula = workbench.webview().locator('ta-arithmetic .unseen p').first();
    await formula.waitFor({ state: 'attached' });
    assert.match((await formula.textContent()) ?? '', /weight\(‘ate’ → ‘.+’\) = .* = [01]\.\d/);
  });

  it('two more show what changes without this head', async () => {
    const { workbench } = now();
    const panel = new PanelView(workbench);
    const effect = workbench.webview().locator('ta-edits .effect');
    await panel.inspector().getByRole('button', { name: 'Replace by [MASK]' }).click();
    await effect.filter({ hasText: 'Prediction for the mask at token 6' }).waitFor();
    await panel
      .inspector()
      .getByRole('button', { name: /^Switch off head/ })
      .click();
    await workbench
      .webview()
      .locator('ta-edits')
      .getByText(/^head \d\.\d off/)
      .waitFor();
    await until('the effect is that of the head', async () => /KL \d/.test(await effect.innerText()), 30_000);
  });
});
