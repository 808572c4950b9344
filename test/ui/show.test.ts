import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { themes, type ThemeName } from '../harness/workbench.ts';
import { until } from '../harness/until.ts';
import { hoverRows } from './support/hover-rows.ts';
import { PanelView } from './support/panel.ts';
import { Reference } from './support/reference.ts';
import { sample, sentence, session } from './support/session.ts';

/** Every test goes on where the one before stopped, as a person does. */
describe('Show Attention in the workbench', () => {
  const now = session();
  let reference: Reference;
  before(async () => {
    reference = await Reference.of(sentence);
  });

  it('shows the tokens and lines of the selected sentence', async () => {
    const { workbench } = now();
    const panel = new PanelView(workbench);
    await workbench.select(sample, sentence);
    await workbench.run('Attention: Show Attention');
    const expected = reference.labels;
    for (const side of ['query', 'key'] as const) assert.deepEqual(await panel.tokens(side, expected.length), expected);
    await until('lines are drawn', async () => (await panel.ink()) > 1000, 30_000);
    const { layers, heads } = reference;
    assert.match(
      await panel.footer().innerText(),
      new RegExp(`masked-lm-small[^]*${layers} layers × ${heads} heads[^]*${expected.length} tokens[^]*ms`),
    );
    assert.equal(await workbench.notifications().count(), 0);
  });

  it('tells over a word what it looks at and what looks at it, with the engine’s numbers', async () => {
    const { workbench } = now();
    const layer = 0;
    const heads = Array.from({ length: reference.heads }, (_, head) => head);
    await new PanelView(workbench).everyHead(layer);
    const rows = hoverRows(await workbench.hover(sample, 'ate', 'looks at'));
    assert.equal(rows.where, `layer ${layer}, mean of ${heads.length} heads`);
    assert.deepEqual(rows.looksAt, reference.looksAt('ate', layer, heads));
    assert.deepEqual(rows.isLookedAtBy, reference.isLookedAtBy('ate', layer, heads));
    assert.ok(rows.looksAt.length > 0);
  });

  it('follows a head chosen in the side panel, in the panel and in hovers', async () => {
    const { workbench } = now();
    const panel = new PanelView(workbench);
    const [layer, head] = [1, 2];
    await workbench.run('Attention: Show Heads');
    await workbench.expand(`Layer ${layer}`);
    await (await workbench.treeChild(`Layer ${layer}`, head, `Head ${head}`)).click();
    await panel
      .layer()
      .filter({ hasText: String(layer) })
      .waitFor();
    await panel
      .inspector()
      .locator('h3', { hasText: `Head ${layer}.${head}` })
      .waitFor();

    const rows = hoverRows(await workbench.hover(sample, 'ate', `layer ${layer}, head ${head}`));
    assert.deepEqual(rows.looksAt, reference.looksAt('ate', layer, [head]));
    assert.deepEqual(rows.isLookedAtBy, reference.isLookedAtBy('ate', layer, [head]));

    const ate = reference.labels.indexOf('ate');
    await panel.row('query', ate).click();
    const strongest = reference.looksAt('ate', layer, [head], 1)[0];
    assert.ok(strongest);
    const index = reference.labels.indexOf(strongest.word);
    await until(
      'the strongest number stands beside its token',
      async () => (await panel.numbers('key')).has(index),
      30_000,
    );
    assert.equal((await panel.numbers('key')).get(index), strongest.weight);
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`can be read in the theme ${theme}`, async () => {
      const { workbench } = now();
      const panel = new PanelView(workbench);
      await workbench.wear(theme);
      await panel.themed(themes[theme].kind);
      await until('lines are drawn', async () => (await panel.ink()) > 1000, 30_000);
      await until('the dimmest words have a contrast of 4.5 : 1', async () => (await panel.contrast()) >= 4.5, 15_000);
      await workbench.hover(sample, 'ate', 'looks at');
      await workbench.picture(`show-attention-${theme}`);
    });
  }

  it('shows another text in the same panel, and the sentence at the cursor when nothing is selected', async () => {
    const { workbench } = now();
    const panel = new PanelView(workbench);
    const other = 'The keys to the old cabinet in the hall are on the table, not in the drawer.';
    await workbench.select(sample, 'cabinet');
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.run('Attention: Show Attention');
    const expected = (await Reference.of(other)).labels;
    await panel
      .row('query', 2)
      .filter({ hasText: expected[2] ?? '' })
      .waitFor();
    await until(
      'the column shows the new tokens',
      async () => (await panel.tokens('query', 2))[2] === expected[2],
      30_000,
    );
    assert.equal(await workbench.page.locator('iframe.webview.ready').count(), 1);
    await workbench.page.getByRole('tab', { name: /Attention: “The keys to the old/ }).waitFor();
  });

  it('stays in sight when a file is opened while the panel has the keyboard', async () => {
    const { workbench } = now();
    const word = new PanelView(workbench).row('query', 2);
    await word.click();
    await workbench.run('View: Show Explorer');
    await workbench.open('chat.md');
    await word.waitFor();
  });
});
