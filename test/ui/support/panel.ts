import type { FrameLocator, Locator } from 'playwright-core';
import type { AnalysisInfo } from '../../../src/core/attention/analysis.ts';
import type { Selection } from '../../../src/core/attention/selection.ts';
import type { ViewState } from '../../../src/core/attention/view.ts';
import type { ViewName } from '../../../src/core/views/table.ts';
import type { Workbench } from '../../harness/workbench.ts';

/** What the panel shows, as its toolbar has it. */
export interface PanelState {
  readonly model: string;
  readonly texts: readonly string[];
  readonly edits: AnalysisInfo['edits'] | null;
  readonly view: ViewName;
  readonly selection: Selection;
}

/** What can be seen of the panel inside its webview. */
export class PanelView {
  readonly #frame: FrameLocator;

  constructor(workbench: Workbench) {
    this.#frame = workbench.webview();
  }

  /** A token's row: who looks (query) or what is looked at (key). */
  row(side: 'query' | 'key', index: number): Locator {
    return this.#frame.locator(`ta-heads #${side}-${index}`);
  }

  /** A token in the sentence above the columns, where all of them are; the first of those that share a character. */
  word(index: number): Locator {
    return this.#frame.locator(`ta-sentence [data-index="${index}"]`);
  }

  /** The tokens of a column from top to bottom, once its last one is there. */
  async tokens(side: 'query' | 'key', count: number): Promise<string[]> {
    await this.row(side, count - 1).waitFor();
    return this.#frame.locator(`ta-heads [id^="${side}-"] .label`).allInnerTexts();
  }

  /** How much is drawn: the number of pixels of the lines at rest that are not empty. */
  async ink(): Promise<number> {
    return this.#frame.locator('ta-heads canvas.rest').evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const pixels = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      let drawn = 0;
      for (let alpha = 3; alpha < pixels.length; alpha += 4) if ((pixels[alpha] ?? 0) > 0) drawn++;
      return drawn;
    });
  }

  /** The numbers beside the column that the token in focus looks at, by token index; weak ones have none. */
  async numbers(side: 'query' | 'key'): Promise<Map<number, string>> {
    const rows = await this.#frame.locator(`ta-heads [id^="${side}-"]:has(.number)`).all();
    const read = rows.map(
      async (row) => [Number(await row.getAttribute('data-index')), await row.locator('.number').innerText()] as const,
    );
    return new Map(await Promise.all(read));
  }

  /** Waits until the webview has learned of a kind of theme. */
  async themed(kind: string): Promise<void> {
    await this.#frame.locator(`body.${kind}`).waitFor();
  }

  /**
   * The contrast of the dimmest words, those of the last line, with what is behind them: 1 to 21, as WCAG 2 defines it.
   */
  contrast(): Promise<number> {
    return this.footer().evaluate((foot) => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d');
      const light = (color: string): number => {
        if (!canvas) throw new Error('This browser has no canvas.');
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const parts = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
        const [red = 0, green = 0, blue = 0] = parts.map((part) =>
          part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
        );
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const [text, ground] = [
        light(getComputedStyle(foot).color),
        light(getComputedStyle(document.body).backgroundColor),
      ];
      return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    });
  }

  /** What is shown now; null while nothing is. */
  async state(): Promise<PanelState | null> {
    const [state = null] = await this.#frame.locator('ta-toolbar').evaluateAll((found) =>
      found.map((element) => {
        const { info, selection, view } = element as unknown as {
          readonly info: AnalysisInfo;
          readonly selection: Selection;
          readonly view: ViewState;
        };
        const texts = info.sequences.map(({ text }) => text);
        return { model: info.model.id, texts, edits: info.edits ?? null, view: view.view, selection };
      }),
    );
    return state;
  }

  layer(): Locator {
    return this.#frame.locator('ta-toolbar .layer');
  }

  layerAbove(): Locator {
    return this.#frame.getByRole('button', { name: 'Layer above' });
  }

  /** Turns to the head view of every head of a layer, whatever the analysis opened with. */
  async everyHead(layer: number): Promise<void> {
    await this.view('heads').click();
    await this.chosenView('heads').waitFor();
    for (let now = Number(await this.layer().innerText()); now !== layer; now += Math.sign(layer - now)) {
      await this.#frame.getByRole('button', { name: now < layer ? 'Layer above' : 'Layer below' }).click();
      await this.layer()
        .filter({ hasText: new RegExp(`^${now + Math.sign(layer - now)}$`) })
        .waitFor();
    }
    const all = this.#frame.getByRole('button', { name: 'All of the heads' });
    if ((await all.getAttribute('aria-pressed')) !== 'true') await all.click();
    await this.#frame.getByRole('button', { name: /^(Mean|Max) of the heads$/, pressed: true }).waitFor();
  }

  /** The button of a head. */
  chip(head: number): Locator {
    return this.#frame.locator(`ta-toolbar .chip[data-head="${head}"]`);
  }

  /** The button that turns to a view. */
  view(name: ViewName): Locator {
    return this.#frame.locator(`ta-toolbar [data-view="${name}"]`);
  }

  /** The same, while that view is shown. */
  chosenView(name: ViewName): Locator {
    return this.view(name).and(this.#frame.locator('[aria-checked="true"]'));
  }

  zoomIn(): Locator {
    return this.#frame.getByRole('button', { name: 'Zoom in' });
  }

  /** The side of a cell of the matrix, in CSS pixels. */
  cellSize(): Promise<number> {
    return this.#frame
      .locator('ta-matrix')
      .evaluate((view) => (view as unknown as { layoutNow: { cell: number } }).layoutNow.cell);
  }

  /** The symbol of the formula that stands for a part of the arithmetic. */
  symbol(part: string): Locator {
    return this.#frame.locator(`ta-arithmetic .symbol[data-part="${part}"]`);
  }

  inspector(): Locator {
    return this.#frame.locator('ta-inspector');
  }

  /** The words of the inspector in one line; its own tree is not part of its `innerText`. */
  inspectorText(): Promise<string> {
    return this.inspector().evaluate((element) => (element.shadowRoot?.textContent ?? '').replace(/\s+/gu, ' '));
  }

  footer(): Locator {
    return this.#frame.locator('footer');
  }

  alert(): Locator {
    return this.#frame.getByRole('alert');
  }

  status(): Locator {
    return this.#frame.locator('.notice[role=status]');
  }
}
