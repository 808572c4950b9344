import * as vscode from 'vscode';
import { headsColor } from '../../core/color/head-color.ts';
import { cssOf } from '../../core/color/srgb.ts';
import { isHighContrast } from '../window/theme.ts';
import { contrastLine, fillLook, levels } from './mark-looks.ts';

/** More styles than these are not kept. */
const stylesKept = 256;

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
  /** What a model gives as the answer to a question; its probability comes after it. */
  readonly answer = vscode.window.createTextEditorDecorationType({
    // In the colour of the text, which is seen on a selection, too.
    textDecoration: 'underline 2px',
    after: { margin: '0 0 0 0.6em', fontStyle: 'italic' },
  });
  readonly focus = vscode.window.createTextEditorDecorationType({
    border: '1px solid',
    borderColor: new vscode.ThemeColor('textAttention.focusBorder'),
    borderRadius: '2px',
  });
  readonly #weights = new Map<string, vscode.TextEditorDecorationType>();

  /**
   * The style of a weight in the colour of the heads that it is of; null for a weight too small to show.
   * Only text that stands apart gets a colour of its own; the rest keeps the editor's, on a fill that is weak enough to
   * read it on.
   */
  weight(weight: number, heads: readonly number[], apart: boolean): vscode.TextEditorDecorationType | null {
    const level = Math.round(Math.min(1, weight) * levels) / levels;
    if (level === 0) return null;
    const colors = { dark: headsColor(heads, 'dark'), light: headsColor(heads, 'light') };
    const key = isHighContrast()
      ? `contrast ${level} ${apart}`
      : `${cssOf(colors.dark)} ${cssOf(colors.light)} ${level} ${apart}`;
    const style =
      this.#weights.get(key) ??
      vscode.window.createTextEditorDecorationType(
        isHighContrast() ? contrastOptions(level, apart) : fillLook(colors, level, apart),
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
    for (const style of [this.analysed, this.unread, this.answer, this.focus]) style.dispose();
  }
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
