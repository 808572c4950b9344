import { contrastPalette, huePalette, type Palette } from '../src/core/color/palette.ts';
import { rgbOfCss } from '../src/core/color/srgb.ts';

/** The palette of the theme that VS Code has put on the body. */
export function readPalette(body: HTMLElement): Palette {
  const style = getComputedStyle(body);
  const surface = rgbOfCss(style.backgroundColor) ?? { red: 255, green: 255, blue: 255 };
  const foreground = rgbOfCss(style.color) ?? { red: 0, green: 0, blue: 0 };
  const focus = rgbOfCss(style.getPropertyValue('--vscode-focusBorder')) ?? foreground;
  const ground = { surface, foreground, focus };
  const { classList } = body;
  if (
    classList.contains('vscode-high-contrast') ||
    classList.contains('vscode-high-contrast-light') ||
    forcedColors()
  ) {
    return contrastPalette(ground);
  }
  return huePalette(classList.contains('vscode-light') ? 'light' : 'dark', ground);
}

/** Calls `changed` when VS Code changes the theme; the returned function stops that. */
export function watchTheme(body: HTMLElement, changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(body.ownerDocument.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => observer.disconnect();
}

function forcedColors(): boolean {
  return matchMedia('(forced-colors: active)').matches;
}
