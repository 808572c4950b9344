import type { PanelPage } from './browser.ts';

/** Whether a cell is drawn in more than one colour: hatching is the only thing that does that. */
export async function isHatched(panel: PanelPage, query: number, key: number): Promise<boolean> {
  return panel.page.locator('ta-matrix').evaluate(
    (view, [row, column]) => {
      const canvas = view.shadowRoot?.querySelector<HTMLCanvasElement>('canvas.cells');
      const { gridX, gridY, cell } = (view as unknown as { layoutNow: { gridX: number; gridY: number; cell: number } })
        .layoutNow;
      const scale = devicePixelRatio;
      // Away from the edges, which neighbours share.
      const [x, y, side] = [gridX + column * cell + 3, gridY + row * cell + 3, cell - 6].map((length) =>
        Math.round(length * scale),
      ) as [number, number, number];
      const pixels = new Uint32Array(
        canvas?.getContext('2d')?.getImageData(x, y, side, side).data.buffer ?? new ArrayBuffer(0),
      );
      return new Set(pixels).size > 1;
    },
    [query, key] as const,
  );
}
