import { blend, cssOf } from '../../../src/core/color/srgb.ts';
import type { Palette } from '../../theme.ts';
import type { MatrixLook } from './draw.ts';

/** How much of the foreground is in dimmed text; the rest is surface. High contrast dims nothing. */
const dimmed = 0.72;

/** Type and colours of the theme for the canvases of an element. */
export function lookOf(element: HTMLElement, { surface, foreground, contrast }: Palette): MatrixLook {
  const style = getComputedStyle(element);
  const family = style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace';
  const text = cssOf(foreground);
  return {
    font: `12px ${family}`,
    text,
    dim: contrast ? text : cssOf(blend(foreground, surface, dimmed)),
    focus: style.getPropertyValue('--vscode-focusBorder').trim() || text,
    surface,
  };
}
