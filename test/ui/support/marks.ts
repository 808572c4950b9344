import type { Locator } from 'playwright-core';

/**
 * A stretch of characters on one line of a file: the line's number from 0, and UTF-16 units from the line's beginning.
 */
export interface Stretch {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** What covers a part of a line on the screen, in page pixels. */
export interface Box {
  readonly line: number;
  readonly left: number;
  readonly right: number;
  /** The height of the middle. */
  readonly middle: number;
}

/**
 * What the editor draws of an analysis: the line under its text, the border of the token in focus, the colours of
 * weights.
 */
export type MarkKind = 'analysed' | 'focus' | 'weights';

/** The stretches of lines that a range of a file covers; `start` and `end` are UTF-16 units of the file. */
export function stretchesOf(file: string, { start, end }: { readonly start: number; readonly end: number }): Stretch[] {
  return [...file.matchAll(/(.*?)(?:\r?\n|$)/gsu)].flatMap(({ index, 1: text = '' }, line) => {
    const [from, to] = [Math.max(start - index, 0), Math.min(end - index, text.length)];
    return from < to ? [{ line, start: from, end: to }] : [];
  });
}

/** Where the browser draws the characters of a file whose lines are all on the screen, touching ones as one. */
export async function boxesOf(editor: Locator, file: string, stretches: readonly Stretch[]): Promise<Box[]> {
  const lengths = file.split(/\r?\n/u).map((line) => line.length);
  return joined(
    await editor.evaluate(
      (element, { stretches, lengths }) => {
        const lines = [...element.querySelectorAll<HTMLElement>('.view-lines .view-line')].sort(
          (a, b) => parseFloat(a.style.top) - parseFloat(b.style.top),
        );
        return stretches.flatMap(({ line, start, end }) => {
          const walk = document.createTreeWalker(lines[line] ?? element, NodeFilter.SHOW_TEXT);
          const nodes: Text[] = [];
          while (walk.nextNode()) nodes.push(walk.currentNode as Text);
          const drawn = nodes.reduce((sum, node) => sum + node.length, 0);
          // A tab, which is drawn as several spaces, stands only at the beginning of a line: the rest is counted from
          // the end.
          const placed = (at: number): number => (at === 0 ? 0 : drawn - ((lengths[line] ?? 0) - at));
          const [from, to] = [placed(start), placed(end)];
          const range = document.createRange();
          let before = 0;
          for (const node of nodes) {
            if (from >= before && from < before + node.length) range.setStart(node, from - before);
            if (to > before && to <= before + node.length) range.setEnd(node, to - before);
            before += node.length;
          }
          return [...range.getClientRects()].map(({ left, right, top, bottom }) => ({
            line,
            left,
            right,
            middle: (top + bottom) / 2,
          }));
        });
      },
      { stretches, lengths },
    ),
  );
}

/**
 * Where an editor draws each kind of mark, touching ones as one. Themes of high contrast, which draw weights as lines,
 * are not read.
 */
export async function marksIn(editor: Locator): Promise<Record<MarkKind, Box[]>> {
  const found = await editor.evaluate((element) => {
    const tops = [...element.querySelectorAll<HTMLElement>('.view-lines .view-line')]
      .map((line) => parseFloat(line.style.top))
      .sort((a, b) => a - b);
    return [...element.querySelectorAll<HTMLElement>('.view-overlays .cdr[class*="TextEditorDecorationType"]')].map(
      (mark) => {
        const { left, right, top, bottom } = mark.getBoundingClientRect();
        const { borderBottomStyle, borderTopWidth } = getComputedStyle(mark);
        const kind: MarkKind =
          borderBottomStyle === 'dotted' ? 'analysed' : borderTopWidth === '0px' ? 'weights' : 'focus';
        return {
          kind,
          line: tops.indexOf(parseFloat(mark.parentElement?.style.top ?? '')),
          left,
          right,
          middle: (top + bottom) / 2,
        };
      },
    );
  });
  const of = (wanted: MarkKind): Box[] => joined(found.flatMap(({ kind, ...box }) => (kind === wanted ? [box] : [])));
  return { analysed: of('analysed'), focus: of('focus'), weights: of('weights') };
}

/** Whether two lists of boxes cover the same, to a pixel at every edge. */
export function coverTheSame(some: readonly Box[], others: readonly Box[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ line, left, right }, at) => {
      const other = others[at];
      return other?.line === line && Math.abs(other.left - left) <= 1 && Math.abs(other.right - right) <= 1;
    })
  );
}

/**
 * From line to line and left to right; what touches or overlaps becomes one, what has no width (a combining mark) is
 * left out.
 */
function joined(boxes: readonly Box[]): Box[] {
  const found: Box[] = [];
  for (const box of boxes
    .filter(({ left, right }) => right - left > 0.5)
    .sort((a, b) => a.line - b.line || a.left - b.left)) {
    const last = found.at(-1);
    if (last?.line === box.line && box.left <= last.right + 1)
      found[found.length - 1] = { ...last, right: Math.max(last.right, box.right) };
    else found.push(box);
  }
  return found;
}
