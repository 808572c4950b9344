import * as vscode from 'vscode';
import { headOklab, type Shade } from '../../core/color/head-color.ts';
import { mixOklab, rgbOf } from '../../core/color/oklab.ts';
import { blend, contrast, cssOf, textOn, type Rgb } from '../../core/color/srgb.ts';
import { contrastLine } from './contrast-line.ts';

/** Weights are shown in this many steps. */
const levels = 16;
/** Channels of a mixed colour are rounded to this, so that styles are shared. */
const colorStep = 12;
/** More styles than these are not kept. */
const stylesKept = 256;
/** Text must stand out from a mark at least this much (WCAG 2.2, AA). */
const leastContrast = 4.5;

/**
 * Stands for the editor's own colours, which an extension cannot read; only the choice of a readable text rests on it.
 */
const assumed: Readonly<Record<Shade, { readonly surface: Rgb; readonly text: Rgb }>> = {
  dark: { surface: { red: 31, green: 31, blue: 31 }, text: { red: 204, green: 204, blue: 204 } },
  light: { surface: { red: 255, green: 255, blue: 255 }, text: { red: 59, green: 59, blue: 59 } },
};

/** The looks of marks in the editor. Those of weights are made when they are first needed. */
export class MarkStyles implements vscode.Disposable {
  readonly analysed = vscode.window.createTextEditorDecorationType({
    borderWidth: '0 0 1px 0',
    borderStyle: 'dotted',
    borderColor: new vscode.ThemeColor('textAttention.analysedBorder'),
  });
  readonly unread = vscode.window.createTextEditorDecorationType({
    opacity: '0.6',
    borderWidth: '0 0 1px 0',
    borderStyle: 'dashed',
    borderColor: new vscode.ThemeColor('textAttention.unreadBorder'),
  });
  readonly focus = vscode.window.createTextEditorDecorationType({
    border: '1px solid',
    borderColor: new vscode.ThemeColor('textAttention.focusBorder'),
    borderRadius: '2px',
  });
  readonly #weights = new Map<string, vscode.TextEditorDecorationType>();

  /**
   * The style of a weight in the mixture of the heads' colours by their shares; null for a weight too small to show.
   * Only text that stands apart gets a colour of its own; the rest keeps the editor's, on a fill that is weak enough to
   * read it on.
   */
  weight(
    weight: number,
    heads: readonly number[],
    shares: readonly number[],
    apart: boolean,
  ): vscode.TextEditorDecorationType | null {
    const level = Math.round(Math.min(1, weight) * levels) / levels;
    if (level === 0) return null;
    const colors = { dark: mixed(heads, shares, 'dark'), light: mixed(heads, shares, 'light') };
    const key = isHighContrast()
      ? `contrast ${level} ${apart}`
      : `${cssOf(colors.dark)} ${cssOf(colors.light)} ${level} ${apart}`;
    const style =
      this.#weights.get(key) ??
      vscode.window.createTextEditorDecorationType(
        isHighContrast() ? contrastOptions(level, apart) : options(colors, level, apart),
      );
    this.#weights.delete(key);
    this.#weights.set(key, style);
    return style;
  }

  /** Drops the styles that have not been needed for long. */
  trim(keep = stylesKept): void {
    for (const [key, style] of this.#weights) {
      if (this.#weights.size <= keep) return;
      style.dispose();
      this.#weights.delete(key);
    }
  }

  dispose(): void {
    this.trim(0);
    for (const style of [this.analysed, this.unread, this.focus]) style.dispose();
  }
}

/** What the panel shows too: the colours of the heads, mixed by what each head puts there. */
function mixed(heads: readonly number[], shares: readonly number[], shade: Shade): Rgb {
  const { red, green, blue } = rgbOf(
    mixOklab(
      heads.map((head) => headOklab(head, shade)),
      shares,
    ),
  );
  const rounded = (channel: number): number => Math.min(255, Math.round(channel / colorStep) * colorStep);
  return { red: rounded(red), green: rounded(green), blue: rounded(blue) };
}

function options(colors: Readonly<Record<Shade, Rgb>>, alpha: number, apart: boolean): vscode.DecorationRenderOptions {
  return {
    borderRadius: '2px',
    dark: fill(colors.dark, alpha, 'dark', apart),
    light: fill(colors.light, alpha, 'light', apart),
  };
}

function fill(color: Rgb, alpha: number, shade: Shade, apart: boolean): vscode.ThemableDecorationRenderOptions {
  const under = blend(color, assumed[shade].surface, alpha);
  if (contrast(assumed[shade].text, under) >= leastContrast) return { backgroundColor: cssOf(color, alpha) };
  return apart
    ? { backgroundColor: cssOf(color, alpha), color: cssOf(textOn(under)) }
    : fill(color, alpha - 1 / levels, shade, apart);
}

/** In high contrast a weight is the line under the word. */
function contrastOptions(weight: number, apart: boolean): vscode.DecorationRenderOptions {
  const line = contrastLine(weight, apart);
  if ('textDecoration' in line) return line;
  return {
    ...line,
    borderColor: new vscode.ThemeColor('textAttention.contrastMark'),
    outlineColor: new vscode.ThemeColor('editor.background'),
  };
}

/** Whether the theme is one of the high-contrast ones, where colours of our own have no place. */
export function isHighContrast(): boolean {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.HighContrast || kind === vscode.ColorThemeKind.HighContrastLight;
}
