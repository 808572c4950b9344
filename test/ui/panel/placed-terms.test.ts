import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView, plainOptions, type ViewState } from '../../../src/core/attention/view.ts';
import { termIds, type TermId } from '../../../src/core/glossary/terms.ts';
import { panelPages, type Around, type PanelPage } from './browser.ts';
import type { AnalysisName } from './page/analyses.ts';

const open = panelPages();

/** Terms of the glossary that no label of the panel names, and why. */
const unplaced: Partial<Record<TermId, string>> = {
  'rotary-embedding': 'Arithmetic shows queries and keys after it and names them so; no label is of the rotation.',
  'self-attention': 'The list of maps says encoder, decoder or cross; a list has no room for definitions.',
  'cross-attention': 'As above; the tooltip of the list tells the three apart.',
  unembedding: 'Why this logit has the parts before it; the map itself is no part.',
};

/** The terms that are on screen now, the symbols of formulas among them. */
function termsOn({ page }: PanelPage): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.localName === 'ta-term') found.push((element as Element & { term: string }).term);
        if (element.shadowRoot) visit(element.shadowRoot);
      }
    };
    visit(document);
    return found;
  });
}

const view = (name: ViewState['view'], more: Partial<ViewState> = {}): ViewState => ({
  ...firstView,
  view: name,
  ...more,
});
const pinned = { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6, cell: 2 } } as const;
const second = { token: { side: 'query', index: 1 } } as const;
const edits: Around['edits'] = [{ kind: 'off', layer: 1, head: 2 }];
const change: Around['change'] = { kind: 'masked', sequence: 0, token: 8, kl: 0.31, before: [], after: [], moved: [] };
const filtered = { ...plainOptions, hideSpecial: true, renormalise: true };

/** What is shown in turn, and what is done there. */
const scenes: readonly {
  readonly of: AnalysisName;
  readonly selection?: Parameters<PanelPage['show']>[1];
  readonly around?: Around;
  readonly then?: (panel: PanelPage) => Promise<void>;
}[] = [
  ...[...Array(8).keys()].map((head) => ({
    of: 'cat' as const,
    selection: { layer: 3, heads: [head], head, token: { side: 'query', index: head === 0 ? 0 : 6 } } as const,
    around: { measurements: 1 },
  })),
  { of: 'cat', selection: pinned, around: { view: view('arithmetic') } },
  { of: 'cat', selection: pinned, around: { view: view('parts') } },
  { of: 'cat', selection: { ...pinned, layer: 0 }, around: { view: view('parts') } },
  { of: 'cat', selection: pinned, around: { view: view('layers', { metric: 'distance' }) } },
  { of: 'cat', selection: pinned, around: { view: view('heads', { options: filtered }) } },
  { of: 'cat', selection: pinned, around: { edits, change }, then: (panel) => panel.page.keyboard.press('t') },
  { of: 'cat', then: (panel) => panel.page.keyboard.press('?') },
  { of: 'causal', around: { view: view('matrix') } },
  { of: 'windowed', selection: { layer: 0 }, around: { view: view('matrix') } },
  { of: 'windowed', selection: { layer: 2 }, around: { view: view('matrix') } },
  {
    of: 'written',
    selection: { token: { side: 'query', index: 7 } },
    then: async ({ page }) => {
      await page.locator('ta-inspector .candidates button.name').first().click();
      await page.locator('ta-inspector .logit .parts').waitFor();
    },
  },
  {
    of: 'masked',
    selection: { token: { side: 'query', index: 2 } },
    around: { view: view('model') },
    then: async ({ page }) => {
      await page.getByRole('button', { name: 'Effect of every head' }).click();
      await page.locator('.effects-line').waitFor();
    },
  },
  { of: 'recurrent', selection: second, around: { view: view('arithmetic') } },
  { of: 'bahdanau', selection: second, around: { view: view('arithmetic') } },
  { of: 'dot', selection: second, around: { view: view('arithmetic') } },
  { of: 'concat', selection: second, around: { view: view('arithmetic') } },
  {
    of: 'bahdanau',
    around: { view: view('compare', { compare: [{ model: 'luong' }, { model: 't5' }] }) },
    then: ({ page }) => page.locator('ta-compare [role=grid]').nth(4).waitFor(),
  },
];

test('every term of the glossary has a place on screen, but for those that no label names', async () => {
  const panel = await open({ width: 1000, height: 900 });
  const places = new Map<string, number>();
  for (const { of, selection = {}, around = {}, then } of scenes) {
    await panel.show(of, selection, { view: firstView, ...around });
    const shown = around.view?.view;
    if (shown === 'arithmetic' || shown === 'parts') await panel.page.locator(`ta-${shown} .sheet`).waitFor();
    await then?.(panel);
    await panel.settled();
    for (const term of await termsOn(panel)) places.set(term, (places.get(term) ?? 0) + 1);
    await panel.page.keyboard.press('Escape');
  }
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(
    termIds.filter((id) => !places.has(id)),
    termIds.filter((id) => id in unplaced),
  );
});
