import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView } from '../../../src/core/attention/view.ts';
import { views } from '../../../src/core/views/table.ts';
import { panelPages, type PanelPage } from './browser.ts';
import type { AnalysisName } from './page/analyses.ts';

const open = panelPages();

/**
 * Everything in sight that can be pressed, chosen or filled in: its name and its tooltip. Items of menus say beside
 * them what they do.
 */
function controls({ page }: PanelPage): Promise<{ name: string; title: string }[]> {
  return page.evaluate(() => {
    const kinds =
      'button:not([role=menuitem]), summary, vscode-button, vscode-checkbox, vscode-single-select, ' +
      'vscode-textfield, vscode-toolbar-button';
    const found: HTMLElement[] = [];
    const look = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.matches(kinds)) found.push(element);
        // What is inside of a control of the library is its own business.
        if (element.shadowRoot && !element.localName.startsWith('vscode-')) look(element.shadowRoot);
      }
    };
    look(document);
    return found
      .filter((element) => element.checkVisibility())
      .map((element) => ({
        name: `${element.localName} ${element.getAttribute('aria-label') ?? element.getAttribute('label') ?? element.textContent?.trim() ?? ''}`,
        title: element.title,
      }));
  });
}

/** Tells that the keyboard is elsewhere, as it is while somebody writes in the editor. */
async function leaveKeyboard({ page }: PanelPage): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => false });
    window.dispatchEvent(new Event('blur'));
  });
}

async function takeKeyboard({ page }: PanelPage): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => true });
    window.dispatchEvent(new Event('focus'));
  });
}

const failure = {
  what: 'It failed.',
  next: 'Run it again.',
  action: { label: 'Run again', command: 'rerun' },
} as const;

test('every control has a tooltip that says in a sentence what it is', async () => {
  const shown: [AnalysisName, number][] = [
    ['cat', 1000],
    ['cross', 1000],
    ['pair', 1000],
    ['cut', 1000],
    ['cross', 300],
  ];
  for (const [name, width] of shown) {
    const panel = await open({ width });
    const token = { side: 'query', index: 2 } as const;
    for (const view of views) {
      await panel.show(
        name,
        { map: name === 'cross' ? 2 : 0, layer: 1, token },
        { stale: true, failure, view: { ...firstView, view, options: { ...firstView.options, topK: 2, step: 2 } } },
      );
      const all = await controls(panel);
      assert.ok(all.length > 12, `${all.length} controls`);
      for (const { name: control, title } of all)
        assert.match(title, /^[^]*\p{L}.{9,}/u, `${name}, ${view}: ${control}`);
    }
    await panel.page.getByRole('button', { name: 'Filter' }).click();
    await panel.page.getByRole('dialog', { name: 'Filter' }).waitFor();
    for (const { name: control, title } of await controls(panel))
      assert.match(title, /\p{L}.{9,}/u, `${name}, filter: ${control}`);
  }
});

test('a role and its score each say what they are', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  const role = panel.page.locator('ta-inspector p.dim b ta-term');
  await role.locator('.term').focus();
  assert.match(await role.locator('.definition').innerText(), /next token.*A role names.*Role\. A short name/su);
  const titles = await panel.page
    .locator('ta-inspector [title]')
    .evaluateAll((parts) => parts.map((part) => [part.textContent, (part as HTMLElement).title]));
  assert.match(
    String(titles.find(([, title]) => title?.startsWith('The score of the role'))),
    /^0\.\d\d,The score of the role ‘next’, from 0 to 1: the share of its attention that follows the pattern/u,
  );
  assert.match((await panel.chip(7).getAttribute('title')) ?? '', /A role names .* The score of the role ‘next’/u);
});

test('renormalising stands under Rows, hiding under Hide', async () => {
  const panel = await open();
  await panel.show('cat');
  await panel.page.getByRole('button', { name: 'Filter' }).click();
  const groups = await panel.page
    .getByRole('dialog', { name: 'Filter' })
    .locator('fieldset')
    .evaluateAll((all) =>
      all.map((group) => [
        group.querySelector('legend')?.textContent,
        ...[...group.querySelectorAll('vscode-checkbox')].map((box) => box.getAttribute('label')),
      ]),
    );
  assert.deepEqual(groups, [
    ['Hide', 'special tokens', 'punctuation'],
    ['Rows', 'Renormalise the remaining weights'],
    ['Limit links per token', 'strongest links covering', 'at most'],
  ]);
});

test('while the keyboard is elsewhere no hint names a key of the panel, and one says how to get there', async () => {
  const panel = await open();
  for (const view of views) {
    await panel.show('cat', { layer: 2 }, { first: true, view: { ...firstView, view } });
    await leaveKeyboard(panel);
    await panel.settled();
    for (const { name, title } of await controls(panel))
      assert.doesNotMatch(title, /Key: |[[\]]|Alt\+/u, `${view}: ${name}`);
    assert.equal(await panel.page.locator('.notice kbd').count(), 0);
    assert.match(
      await panel.page.locator('footer .keys').innerText(),
      /^For keys, click here or press Ctrl\s+Alt\s+Shift\s+A$/u,
    );
    await takeKeyboard(panel);
    await panel.settled();
    assert.match((await controls(panel)).map(({ title }) => title).join('\n'), /Key: 3/u, view);
    assert.match(await panel.page.locator('footer .keys').innerText(), /token.*layer.*head/su);
  }
});

test('the first hint names what the mouse finds: no key, the arrows where they are, and no layers where there is one', async () => {
  const panel = await open();
  await panel.show('cat', {}, { first: true });
  assert.equal(
    await panel.page.locator('.notice.first').innerText(),
    'Point at a word here to see what it looks at; click to pin it. ' +
      'Then go through the layers with the arrows ‹ › in the toolbar.',
  );
  assert.ok(await panel.page.locator('ta-toolbar .layer').isVisible());
  await panel.show('cat', {}, { first: true, view: { ...firstView, view: 'layers' } });
  assert.equal(
    await panel.page.locator('.notice.first').innerText(),
    'Point at a word here to see what it looks at; click to pin it.',
    'this view has no arrows',
  );
  await panel.show('recurrent', {}, { first: true, view: firstView });
  assert.equal(
    await panel.page.locator('.notice.first').innerText(),
    'Point at a word here to see what it looks at; click to pin it.',
  );
});

test('the help opens at its beginning, however low the panel is, and says where its keys work', async () => {
  for (const height of [200, 320, 760]) {
    const panel = await open({ width: 400, height });
    await panel.show('cat');
    await panel.page.keyboard.press('?');
    const dialog = panel.page.getByRole('dialog', { name: 'How to read this' });
    await dialog.waitFor();
    assert.equal(await dialog.evaluate((element) => element.scrollTop), 0, `${height} px`);
    assert.ok(await dialog.getByRole('heading').isVisible());
    assert.match(await dialog.innerText(), /Keys work while the panel has the keyboard: click into it, or press/u);
    // Its one button has the keyboard, and stays in sight when the rest is scrolled.
    await dialog.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    const button = await dialog.getByRole('button', { name: 'Close' }).boundingBox();
    assert.ok(button && button.y >= 0 && button.y + button.height <= height, `${height} px`);
  }
});

test('the keyboard goes with a view that a key chooses', async () => {
  const panel = await open();
  await panel.show('cat');
  const active = (): Promise<string> =>
    panel.page.evaluate(() => {
      let element: Element | null = document.activeElement;
      const path: string[] = [];
      while (element) {
        path.push(element.getAttribute('data-view') ?? element.getAttribute('data-head') ?? element.localName);
        element = element.shadowRoot?.activeElement ?? null;
      }
      return path.join(' ');
    });
  await panel.page.locator('ta-toolbar [data-view=heads]').focus();
  await panel.page.keyboard.press('3');
  await panel.page.locator('ta-matrix').waitFor();
  await panel.settled();
  assert.equal(await active(), 'ta-panel ta-toolbar matrix');
  await panel.page.keyboard.press('Alt+ArrowLeft');
  await panel.page.locator('ta-heads').waitFor();
  await panel.settled();
  assert.equal(await active(), 'ta-panel ta-toolbar heads');
  await panel.page.locator('ta-heads .column.query').focus();
  await panel.turn('model');
  assert.equal(await active(), 'ta-panel ta-model div');
  await panel.turn('matrix');
  assert.equal(await active(), 'ta-panel ta-matrix div');
  await panel.turn('heads');
  await panel.chip(2).focus();
  await panel.page.keyboard.press('.');
  await panel.settled();
  assert.equal(await active(), 'ta-panel ta-toolbar 0');
});
