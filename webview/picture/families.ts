import type { Measure } from '../../src/core/picture/type.ts';
import { fontOf, type Families } from './paint.ts';

/** The families of an element's theme. */
export function familiesOf(element: HTMLElement): Families {
  const style = getComputedStyle(element);
  return {
    tokens: style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace',
    words: style.getPropertyValue('--vscode-font-family').trim() || 'sans-serif',
  };
}

/** Measures tokens, or words, of a size as a canvas writes them. */
export function measureIn(families: Families, size: number, font: keyof Families = 'tokens'): Measure {
  const context = measuring();
  const fonts = [false, true].map((bold) => fontOf({ size, font, bold }, families));
  return (text, bold) => {
    const font = fonts[Number(bold)];
    if (!context || font === undefined) return 0;
    context.font = font;
    return context.measureText(text).width;
  };
}

let canvas: OffscreenCanvas | undefined;

/** One canvas that nobody sees, to measure on. */
function measuring(): OffscreenCanvasRenderingContext2D | null {
  canvas ??= new OffscreenCanvas(1, 1);
  return canvas.getContext('2d');
}

/** Measures words of any size; what a size is measured by is made once. */
export function measuresIn(families: Families): (size: number) => Measure {
  const sizes = new Map<number, Measure>();
  return (size) => {
    const known = sizes.get(size) ?? measureIn(families, size, 'words');
    sizes.set(size, known);
    return known;
  };
}
