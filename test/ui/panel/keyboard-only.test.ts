import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headOf } from '../../../src/core/attention/map.ts';
import { panelPages, type PanelPage } from './browser.ts';
import { analyses } from './page/analyses.ts';
import { Reader } from './reader.ts';

const open = panelPages();
const cat = analyses.cat().maps[0] ?? assert.fail();
const percent = (layer: number, head: number, query: number, key: number): number =>
  Math.round(100 * (headOf(cat, layer, head)[query * 11 + key] ?? NaN));

/** The panel with layer 3, head 7 of a sentence, and somebody who hears it and has no mouse. */
async function start(): Promise<{ panel: PanelPage; reader: Reader }> {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  return { panel, reader: await Reader.of(panel.page) };
}

test('the page is heard as one document: landmark, heading, switch of views', async () => {
  const { reader } = await start();
  assert.equal((await reader.all('main')).length, 1);
  assert.equal((await reader.all('heading'))[0], 'heading Attention in masked-lm-small');
  await reader.pressUntil('radio Head checked', 'Tab');
  assert.deepEqual(await reader.all('radio'), [
    'radio Head checked',
    'radio All heads',
    'radio Matrix',
    'radio Layers',
    'radio Arithmetic',
    'radio Compare',
  ]);
});

test('the switch says every view, and the live region where one is', async () => {
  const { reader } = await start();
  await reader.press('Tab');
  for (const [name, says] of [
    ['All heads', /^All heads: layer 3, head 7/],
    ['Matrix', /^Matrix view: layer 3/],
    ['Layers', /^Layer view: layer 3/],
    ['Arithmetic', /^Arithmetic view: layer 3/],
    ['Compare', /^Compare view/],
    ['Head', /^Head view: layer 3/],
  ] as const) {
    await reader.pressUntil(`radio ${name} checked`, 'ArrowRight');
    await reader.announced(says);
  }
});

test('head view: a token, its layer and the exact cell are heard; Enter goes there, Escape lets go', async () => {
  const { reader } = await start();
  await reader.tabTo(/^listbox Query tokens/);
  await reader.pressUntil('listbox Query tokens: option cat selected', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await reader.announced(/^layer 3, head 7: ‘cat’ looks \d+ % at/);
  await reader.pressUntil(/^listbox Key tokens/, 'Tab');
  await reader.press('Home');
  await reader.pressUntil(/^listbox Key tokens: option .* selected$/, 'ArrowDown');
  await reader.announced(/^layer 3, head 7: ‘cat’ looks \d+ % at/);
  assert.deepEqual(await reader.all('table'), ['table ‘cat’ looks at (layer 3, head 7)']);
  await reader.press('Enter');
  await reader.announced(/is looked at \d+ % by/);
  await reader.press(']');
  await reader.announced(/^layer 4, head 7/);
  await reader.press('Escape');
  await reader.announced(/^layer 4, head 7: \w+ \d\.\d\d$|^layer 4, head 7$/);
});

test('all heads: every cell says what the head does; Space looks, Enter opens it', async () => {
  const { reader } = await start();
  await reader.press('2');
  await reader.announced(/^All heads/);
  assert.match(
    await reader.tabTo(/^grid All heads/),
    /^grid All heads: gridcell Head 3\.7, next 0\.88, entropy .* selected$/,
  );
  await reader.pressUntil(/^grid All heads: gridcell Head 4\.6, /, 'ArrowDown', 'ArrowLeft');
  await reader.pressUntil(/gridcell Head 4\.6, .* selected$/, 'Space');
  await reader.announced(/^layer 4, head 6/);
  await reader.press('Enter');
  await reader.announced(/^Head view: layer 4, head 6/);
});

test('matrix: every cell is heard with its number', async () => {
  const { reader } = await start();
  await reader.press('3');
  await reader.announced(/^Matrix view/);
  assert.match(await reader.tabTo(/^grid Matrix/), /^grid Matrix: each row is a query token, each column a key token/);
  await reader.press('ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowRight');
  const said = `layer 3, head 7: ‘cat’ looks ${percent(3, 7, 2, 1)} % at ‘The’`;
  await reader.announced(new RegExp(said));
  assert.match(await reader.focus(), new RegExp(`gridcell .*${said}`));
});

test('layers: every head is heard with its value; the table twin has them all', async () => {
  const { reader } = await start();
  await reader.press('4');
  await reader.announced(/^Layer view/);
  assert.match(await reader.tabTo(/^grid Heads of each layer/), /gridcell Head 3\.7/);
  await reader.pressUntil(/gridcell Head 3\.\d, .*nats/, 'ArrowRight');
  await reader.pressUntil(/gridcell Head 2\.\d/, 'ArrowUp');
  await reader.press('Space');
  await reader.announced(/^layer 2, head \d/);
  assert.deepEqual(await reader.all('table'), ['table Heads of layer 2']);
});

test('arithmetic: the formula, its components and the row are heard, and the keys of the row are chosen by arrows', async () => {
  const { panel, reader } = await start();
  await reader.press('5');
  await reader.announced(/^Arithmetic view/);
  assert.match(await reader.tabTo(/^button Strongest link/), /^button Strongest link: ‘.+’ → ‘.+’ 0\.\d\d/);
  await reader.press('Enter');
  await panel.page.locator('ta-arithmetic .sheet').waitFor();
  assert.match(await reader.tabTo(/weight 0\.\d{4}/), /button weight 0\.\d{4}/);
  await reader.pressUntil(/e to the power of the score: /, 'ArrowRight');
  await reader.pressUntil(/score −?\d+\.\d\d, before the softmax/, 'ArrowRight');
  assert.match(await reader.tabTo(/^slider Components/), /^slider Components/);
  await reader.press('ArrowRight');
  const slider = panel.page.locator('ta-arithmetic [role=slider]');
  assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /^component 1: q .*, k .*, products /);
  await reader.tabTo(/^listbox Keys of the row/);
  await reader.pressUntil(/^listbox Keys of the row: option \[CLS\]: score .*, weight .* selected$/, 'Home');
  await reader.announced(/looks (\d+ %|less than 1 %) at ‘\[CLS\]’/);
  assert.deepEqual((await reader.all('table')).length, 1);
});

test('back and forward: where one was is heard again', async () => {
  const { reader } = await start();
  await reader.press('3');
  await reader.announced(/^Matrix view/);
  await reader.press(']');
  await reader.announced(/^layer 4/);
  await reader.press('Alt+ArrowLeft');
  await reader.announced(/^layer 3/);
  await reader.press('Alt+ArrowLeft');
  await reader.announced(/^Head view: layer 3/);
  await reader.press('Alt+ArrowRight');
  await reader.announced(/^Matrix view: layer 3/);
  assert.equal(await reader.tabTo(/^button Back/), 'button Back');
  await reader.press('Enter');
  await reader.announced(/^Head view: layer 3/);
});

test('the help is a dialog with a name; its keys are its own, and the keyboard comes back', async () => {
  const { panel, reader } = await start();
  const before = await reader.tabTo(/^listbox Query tokens/);
  await reader.pressUntil('button Close', '?');
  assert.deepEqual(await reader.all('dialog'), ['dialog How to read this']);
  await reader.press('ArrowRight', ']', 'Escape');
  await panel.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await reader.pressUntil(before);
  assert.deepEqual(await panel.told('select'), []);
});

test('the export menu says its items and gives the keyboard back', async () => {
  const { panel, reader } = await start();
  assert.match(await reader.tabTo(/Export/), /^button Export/);
  await reader.pressUntil(/^menuitem \S/, 'Enter');
  await reader.pressUntil(/^menuitem Copy as image/, 'End');
  await reader.pressUntil(/^button Export/, 'Escape');
  await reader.pressUntil(/^menuitem \S/, 'Enter');
  await reader.press('ArrowDown', 'Enter');
  assert.equal((await panel.told('export')).length, 1);
});

test('the filter menu is a dialog whose choices are heard; what is on is said in a line; Escape gives the keyboard back', async () => {
  const { panel, reader } = await start();
  assert.match(await reader.tabTo(/^button .*Filter/), /^button Filter/);
  await reader.pressUntil(/^radio tokens checked/, 'Enter');
  assert.equal((await reader.all('dialog')).join(), 'dialog Filter');
  await reader.pressUntil(/^radio words checked/, 'ArrowRight');
  await panel.page.getByRole('group', { name: 'Filters that are on' }).waitFor();
  assert.match(await reader.tabTo(/^checkbox special tokens/), /^checkbox special tokens$/);
  await reader.pressUntil(/^checkbox special tokens checked/, 'Space');
  await reader.pressUntil(/^button Filter/, 'Escape');
  assert.equal((await panel.told('view')).length, 2);
});
