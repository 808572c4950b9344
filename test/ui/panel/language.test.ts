import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView, plainOptions } from '../../../src/core/attention/view.ts';
import { views } from '../../../src/core/views/table.ts';
import { outside } from '../../unit/words/pseudo.ts';
import { panelPages, type PanelPage } from './browser.ts';
import type { AnalysisName } from './page/analyses.ts';

const open = panelPages('pseudo');

/** Attributes that people read or hear. */
const spoken = ['title', 'aria-label', 'label', 'aria-description', 'placeholder', 'alt'];

/**
 * Every text and spoken attribute of the panel, through all shadow roots; what is data is left out by where it stands.
 */
function said(panel: PanelPage): Promise<string[]> {
  return panel.page.evaluate((attributes) => {
    const found: string[] = [];
    const visit = (node: Node): void => {
      if (node instanceof Text) found.push(node.data);
      if (node instanceof Element) {
        if (/^(style|script|kbd)$/i.test(node.localName)) return;
        for (const name of attributes) found.push(node.getAttribute(name) ?? '');
        node.shadowRoot?.childNodes.forEach(visit);
      }
      node.childNodes.forEach(visit);
    };
    visit(document.body);
    return found;
  }, spoken);
}

/** Words of an analysis: its tokens, what stands for the model, what the fake host says itself. */
function dataOf(panel: PanelPage): Promise<string[]> {
  return panel.page.evaluate(() => window.fakeHost.data());
}

async function check(panel: PanelPage, where: string): Promise<void> {
  const data = (await dataOf(panel)).filter((one) => one.trim() !== '').sort((a, b) => b.length - a.length);
  const unsaid = (await said(panel)).flatMap((text) => {
    const rest = data.reduce((left, one) => left.replaceAll(one, ' '), outside(text));
    return /\p{L}{2,}/u.test(rest) ? [text.trim()] : [];
  });
  assert.deepEqual([...new Set(unsaid)], [], where);
  assert.ok(
    (await said(panel)).some((text) => text.includes('⟦')),
    `${where}: something is said`,
  );
}

const shown: readonly AnalysisName[] = [
  'cat',
  'pair',
  'causal',
  'cross',
  'recurrent',
  'mixed',
  'cut',
  'written',
  'chat',
  'masked',
  'answered',
];
const options = {
  ...plainOptions,
  unit: 'words' as const,
  headMerge: 'max' as const,
  renormalise: true,
  mass: 0.9,
  topK: 5,
  rows: 'read' as const,
};

for (const name of shown) {
  test(`a second language is spoken in every view of ${name}`, async () => {
    const panel = await open();
    await panel.show(name);
    await check(panel, 'head view');
    for (const view of views) {
      await panel.turn(view);
      await check(panel, view);
    }
    await panel.page.keyboard.press('1');
    await panel.page.keyboard.press('Tab');
    await panel.show(name, { token: { side: 'query', index: 1 } });
    await check(panel, 'a token in focus');
    await panel.show(name, { token: { side: 'key', index: 1 }, head: null, heads: [] });
    await check(panel, 'no heads');
    await panel.show(name, {}, { view: { ...firstView, options } });
    await check(panel, 'filters');
  });
}

test('a second language is spoken by menus, help and notices', async () => {
  for (const width of [300, 1000]) {
    const panel = await open({ width });
    await check(panel, 'nothing analysed');
    await panel.show('recurrent', {}, { stale: true, first: true });
    await check(panel, 'a changed text');
    for (const menu of await panel.page.locator('ta-filter .opener, ta-menu button[aria-haspopup]').all()) {
      await menu.click();
      await panel.settled();
      await check(panel, 'a menu');
      await panel.page.keyboard.press('Escape');
    }
    await panel.page.keyboard.press('?');
    await panel.page.locator('dialog[open]').waitFor();
    await check(panel, 'the help');
  }
});

test('a second language is spoken where the filters hide everything', async () => {
  const panel = await open();
  const view = { ...firstView, options: { ...plainOptions, hideSpecial: true, hidePunctuation: true } };
  await panel.page.evaluate((hiding) => window.fakeHost.show('dots', {}, { view: hiding }), view);
  await panel.page.locator('.page h1').waitFor();
  await check(panel, 'nothing left');
});
