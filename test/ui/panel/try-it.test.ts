import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editText, type Edit } from '../../../src/core/run/edits.ts';
import { firstView } from '../../../src/core/attention/view.ts';
import { panelPages, type Around, type PanelPage } from './browser.ts';
import { axeInThemes } from './axe-page.ts';
import { editedRun } from './page/edited.ts';

const open = panelPages();

const focus = { layer: 1, heads: [2], head: 2, token: { side: 'query', index: 6, cell: 2 } } as const;
const { edits } = editedRun;
const edited: Around = {
  edits,
  change: { ...editedRun.change, written: { before: 'el gato negro', after: 'el perro negro' } },
};

/** The edits that the panel asked for last, as the command line writes them. */
async function asked(panel: PanelPage): Promise<string[]> {
  await panel.settled();
  const last = (await panel.told('edit')).at(-1) as { edits: Edit[] } | undefined;
  return (last?.edits ?? []).map(editText);
}

/** Moves a slider by key and lets it go. */
async function slide(panel: PanelPage, name: string, key: string): Promise<void> {
  await panel.page.getByRole('slider', { name }).press(key);
}

test('everything in the box is an edit of the command line, and what is made can be taken back there', async () => {
  const panel = await open();
  await panel.show('cat', focus);
  await panel.page.keyboard.press('t');
  const box = panel.page.getByRole('dialog', { name: 'Try it' });
  const press = (name: string): Promise<void> => box.getByRole('button', { name, exact: true }).click();
  await press('Block');
  assert.deepEqual(await asked(panel), ['block 1.2 6 2']);
  await box.getByRole('combobox').selectOption({ label: 'all heads of layer 1' });
  await press('Block');
  assert.deepEqual(await asked(panel), ['block 1.* 6 2']);
  await slide(panel, 'Strengthen', 'ArrowRight');
  assert.deepEqual(await asked(panel), ['bias 1.* 6 2 +0.5']);
  await press('Withhold values');
  assert.deepEqual(await asked(panel), ['zero 6']);
  await press('Replace values by mean');
  assert.deepEqual(await asked(panel), ['mean 6']);
  await panel.show('cat', focus, { edits: [{ kind: 'zero', key: 6 }] });
  await panel.page.keyboard.press('t');
  const made = (name: string): Promise<string | null> =>
    box.getByRole('button', { name, exact: true }).getAttribute('aria-pressed');
  assert.deepEqual([await made('Withhold values'), await made('Replace values by mean')], ['true', 'false']);
  await press('Replace values by mean');
  assert.deepEqual(await asked(panel), ['mean 6'], 'in the place of the other');
  await panel.show('cat', focus, { edits: [{ kind: 'mean', key: 6 }] });
  await panel.page.keyboard.press('t');
  assert.deepEqual([await made('Withhold values'), await made('Replace values by mean')], ['false', 'true']);
  await press('Replace values by mean');
  assert.deepEqual(await asked(panel), []);
  await panel.show('cat', focus);
  await panel.page.keyboard.press('t');
  await press('Switch off');
  assert.deepEqual(await asked(panel), ['off 1.2']);
  await slide(panel, 'Scale', 'ArrowLeft');
  assert.deepEqual(await asked(panel), ['scale 1.2 0.75']);
  await slide(panel, 'Temperature', 'ArrowRight');
  assert.deepEqual(await asked(panel), ['temperature 1.2 1.5']);
  await press('Attention off');
  assert.deepEqual(await asked(panel), ['off 1.*']);
  await press('Feed-forward off');
  assert.deepEqual(await asked(panel), ['ffn-off 1']);
  await box.getByRole('textbox').fill('qqq');
  await press('Replace');
  await box.getByRole('alert').filter({ hasText: '“qqq” is not one token' }).waitFor();
  await box.getByRole('textbox').fill('cat');
  await press('Replace');
  assert.deepEqual(await asked(panel), ['replace 6 "cat"']);
  await panel.page.keyboard.press('Escape');
  await box.waitFor({ state: 'hidden' });
  await panel.show('cat', focus, edited);
  await panel.page.keyboard.press('t');
  await press('Switch off');
  assert.deepEqual(await asked(panel), ['block 1.* 6 2']);
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});

test('the strip tells the edits and what they did; each is taken back, all are, and undo goes back', async () => {
  const panel = await open();
  await panel.show('cat', focus);
  await panel.page.locator('ta-inspector').getByRole('button', { name: 'Switch off head 1.2' }).click();
  assert.deepEqual(await asked(panel), ['off 1.2']);
  await panel.show('cat', focus, { trying: edits, busy: { stage: 'Running the model', done: 1, total: 4 } });
  const strip = panel.page.locator('ta-edits');
  await strip.getByText('Running the model 25 %').waitFor();
  await strip.getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual((await panel.told('command')).at(-1), 'cancel');
  await panel.show('cat', focus, edited);
  const said = ((await strip.evaluate((element) => element.shadowRoot?.textContent)) ?? '').replace(/\s+/g, ' ');
  assert.match(said, /Edited run ?head 1\.2 off×block layer 1 ate → cat×/);
  assert.match(said, /mask at token 8.*KL 0\.31 nats.*food ?0\.13 ?0\.16 ?2 → 1.*fish ?0\.21 ?0\.06 ?1 → 4/);
  assert.deepEqual(await strip.locator('mark').allTextContents(), ['gato', 'perro']);
  assert.match((await panel.announcement().textContent()) ?? '', /^Edited run: head 1\.2 off; .*most probable: food/);
  await strip.getByRole('button', { name: 'Take back: head 1.2 off' }).click();
  assert.deepEqual(await asked(panel), ['block 1.* 6 2']);
  await strip.getByRole('button', { name: 'Reset all' }).click();
  assert.deepEqual(await asked(panel), []);
  await panel.page.locator('ta-heads').click({ position: { x: 4, y: 4 } });
  await panel.page.keyboard.press('Control+z');
  assert.deepEqual(await asked(panel), []);
  assert.equal((await panel.told('edit')).length, 4, 'undo asks for the run before the edits');
  await strip.getByRole('button', { name: 'Hide effect' }).click();
  await strip.locator('table').waitFor({ state: 'detached' });
  assert.deepEqual(panel.errors, []);
});

test('what was tried is taken back where it was offered, and a text without a mask gets one from the strip', async () => {
  const panel = await open();
  const inspector = panel.page.locator('ta-inspector');
  const off: Edit = { kind: 'off', layer: 1, head: 2 };
  const ate = { ...focus, token: { side: 'query', index: 3 } } as const;
  await panel.show('filling', ate, { edits: [off] });
  await inspector.getByRole('button', { name: 'Switch head 1.2 on again' }).click();
  assert.deepEqual(await asked(panel), []);
  assert.equal(await inspector.getByRole('button', { name: 'Switch off head 1.2' }).count(), 0);
  const why = panel.page.locator('ta-edits .effect');
  assert.match(
    await why.innerText(),
    /^There is no prediction to compare: the text has no mask\. Replace ‘ate’ by \[MASK\]$/,
  );
  await why.getByRole('button').click();
  assert.deepEqual(await asked(panel), ['off 1.2', 'replace 3 "[MASK]"']);
  await panel.show('filling', { ...ate, token: null }, { edits: [off] });
  assert.match(await why.innerText(), /Replace a token by \[MASK\] to see what the edits change there\.$/);
  await panel.show('filling', ate, { edits: [{ kind: 'replace', side: 'source', token: 3, by: '[MASK]' }] });
  await inspector.getByRole('button', { name: 'Undo [MASK]' }).click();
  assert.deepEqual(await asked(panel), []);
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});

test('a cell is dragged up to strengthen its link; a row by hand keeps its sum; a right click offers what is under it', async () => {
  const panel = await open();
  await panel.show('cat', focus, { view: { ...firstView, view: 'matrix' } });
  const stage = panel.page.locator('ta-matrix .stage');
  const place = () =>
    panel.page.locator('ta-matrix').evaluate((element) => {
      const { gridX, gridY, cell } = (element as unknown as { layoutNow: Record<'gridX' | 'gridY' | 'cell', number> })
        .layoutNow;
      const { left, top } = element.shadowRoot?.querySelector('.stage')?.getBoundingClientRect() ?? { left: 0, top: 0 };
      return { x: left + gridX + 2.5 * cell, y: top + gridY + 6.5 * cell };
    });
  const drag = async (up: number): Promise<string | null> => {
    const at = await place();
    await panel.page.mouse.move(at.x, at.y);
    await panel.page.mouse.down();
    await panel.page.mouse.move(at.x, at.y - up, { steps: 3 });
    const told = await stage.locator('.pulled').textContent();
    await panel.page.mouse.up();
    return told;
  };
  assert.equal(await drag(24), '+1');
  assert.deepEqual(await asked(panel), ['bias 1.2 6 2 +1']);
  const cell = await place();
  await panel.page.mouse.click(cell.x, cell.y, { button: 'right' });
  const box = panel.page.getByRole('dialog', { name: 'Try it' });
  await box.getByRole('heading', { name: 'Link ‘ate’ → ‘cat’' }).waitFor();
  await box.getByRole('button', { name: 'Attend by hand…' }).first().click();
  await panel.page.getByRole('heading', { name: 'Attend by hand: row of ‘ate’, head 1.2' }).waitFor();
  assert.match((await drag(80)) ?? '', /^0\.04 → 0\.54$/);
  const [row = ''] = await asked(panel);
  const weights = row.split(' ').slice(3).map(Number);
  assert.match(row, /^pattern 1\.2 6 /);
  assert.ok(weights.length === 11 && Math.abs((weights[2] ?? 0) - 0.54) < 0.01, row);
  assert.ok(Math.abs(weights.reduce((sum, each) => sum + each, 0) - 1) < 1e-3);
  await panel.page.getByRole('slider', { name: 'Weight of ‘[SEP]’' }).press('Home');
  assert.equal(Number((await asked(panel))[0]?.split(' ').at(-1)), 0);
  await panel.page.getByRole('button', { name: 'Done' }).click();
  await panel.page.locator('ta-hand').waitFor({ state: 'detached' });
  assert.deepEqual(panel.errors, []);
});

test('where all heads are shown, a right click or t offers edits of the head or layer that is meant, and goes there', async () => {
  const panel = await open();
  const box = panel.page.getByRole('dialog', { name: 'Try it' });
  const offered = async (heading: string, edit: string): Promise<void> => {
    await box.getByRole('heading', { name: heading, exact: true }).waitFor();
    await box.getByRole('button', { name: 'Switch off', exact: true }).click();
    assert.deepEqual(await asked(panel), [edit]);
    await panel.page.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden' });
  };
  await panel.show('cat', focus, { view: { ...firstView, view: 'model' } });
  await panel.page.locator('ta-model #head-4-5').click({ button: 'right', position: { x: 9, y: 9 } });
  await offered('Head 4.5', 'off 4.5');
  assert.deepEqual((await panel.lastSelection()).heads, [5]);
  await panel.page.locator('ta-model .axis.layer', { hasText: /^2$/ }).click({ button: 'right' });
  await offered('Attention of layer 2', 'off 2.*');
  const grid = panel.page.locator('ta-model .grid');
  await grid.focus();
  await panel.page.keyboard.press('ArrowDown');
  const [layer, head] = ((await grid.getAttribute('aria-activedescendant')) ?? '').split('-').slice(1);
  await panel.page.keyboard.press('t');
  await offered(`Head ${layer}.${head}`, `off ${layer}.${head}`);
  await panel.show('cat', focus, { view: { ...firstView, view: 'layers' } });
  await panel.page.locator('ta-layers #dot-3-6').click({ button: 'right' });
  await offered('Head 3.6', 'off 3.6');
  await panel.page
    .locator('ta-layers .strip rect')
    .nth(5)
    .click({ button: 'right', position: { x: 4, y: 4 } });
  await offered('Attention of layer 5', 'off 5.*');
  assert.deepEqual(panel.errors, []);
});

test('an edited run, its box and a row by hand are accessible in every theme', async () => {
  for (const width of [400, 1000]) {
    const panel = await open({ width });
    await panel.show('cat', focus, edited);
    assert.deepEqual(await axeInThemes(panel), [], 'run');
    await panel.page.keyboard.press('t');
    await panel.settled();
    assert.deepEqual(await axeInThemes(panel), [], 'box');
    await panel.page.getByRole('button', { name: 'Attend by hand…' }).first().click();
    await panel.settled();
    assert.deepEqual(await axeInThemes(panel), [], 'by hand');
  }
});

test('in a narrow panel the strip is one line with the number of edits, until they are wanted', async () => {
  const panel = await open({ width: 400 });
  const { page } = panel;
  await panel.show('cat', focus, edited);
  const strip = page.locator('ta-edits');
  const height = async (): Promise<number> => (await strip.boundingBox())?.height ?? NaN;
  const unfold = strip.getByRole('button', { name: 'Edited run 2 edits' });
  await unfold.waitFor();
  assert.ok((await height()) < 40, `${await height()} px`);
  assert.equal(await strip.locator('.edits').count(), 0);
  await unfold.press('Enter');
  await strip.getByText('head 1.2 off').waitFor();
  const fold = strip.getByRole('button', { name: 'Show the edits in one line.' });
  assert.ok(await fold.evaluate((button) => button.matches(':focus')), 'the keyboard stays');
  assert.ok((await height()) > 60);
  await page.keyboard.press('Enter');
  await unfold.waitFor();
  assert.ok((await height()) < 40);
  await strip.getByRole('button', { name: 'Undo' }).click();
  assert.equal((await panel.told('edit')).length, 1);
  await page.setViewportSize({ width: 700, height: 760 });
  await strip.locator('.edits li').nth(1).waitFor();
  assert.deepEqual(panel.errors, []);
});
