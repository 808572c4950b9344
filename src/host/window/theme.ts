import * as vscode from 'vscode';
import type { Shade } from '../../core/color/head-color.ts';

/** Whether the theme is one of the high-contrast ones, where colours of our own have no place. */
export function isHighContrast(): boolean {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.HighContrast || kind === vscode.ColorThemeKind.HighContrastLight;
}

/** Whether the theme is dark or light, for colours of our own. */
export function themeShade(): Shade {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.Light || kind === vscode.ColorThemeKind.HighContrastLight ? 'light' : 'dark';
}
