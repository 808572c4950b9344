import * as vscode from 'vscode';
import { headColor, headTurn, type Shade } from '../../core/color/head-color.ts';
import { hexOf } from '../../core/color/srgb.ts';
import { isHighContrast } from '../editor/mark-styles.ts';

/** A small square in the colour of a head; in high contrast a plain dot, since hues mean nothing there. */
export function headIcon(head: number): vscode.ThemeIcon | { light: vscode.Uri; dark: vscode.Uri } {
  if (isHighContrast()) return new vscode.ThemeIcon('circle-filled');
  return { light: square(head, 'light'), dark: square(head, 'dark') };
}

/** Heads that repeat a hue carry a hole for every time it was used before. */
function square(head: number, shade: Shade): vscode.Uri {
  const hole =
    headTurn(head) === 0 ? '' : `<rect x="6" y="6" width="4" height="4" fill="${shade === 'dark' ? '#000' : '#fff'}"/>`;
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">' +
    `<rect x="3" y="3" width="10" height="10" rx="2" fill="${hexOf(headColor(head, shade))}"/>${hole}</svg>`;
  return vscode.Uri.from({ scheme: 'data', path: `image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` });
}
