import { blend, contrast, cssOf, minContrast, textOn, type Rgb } from '../src/core/color/srgb.ts';
import { minVisible } from '../src/core/color/weight-ramp.ts';
import type { Frame } from './state/frame.ts';
import type { Palette } from '../src/core/color/palette.ts';

/**
 * What a weight looks like behind text: a background, and a text colour that can be read on it (a dimmed one often
 * cannot).
 */
export interface Tint {
  readonly background: string;
  readonly color: string;
}

const none: Tint = { background: '', color: '' };

/** The colour of what numbers speak of: its head's, or the neutral one of several merged. */
export function spokenColor({ selection: { heads, head } }: Frame, palette: Palette): Rgb {
  return head === null ? palette.colorOfAll(heads) : palette.colorOf(head);
}

/** The tint of a weight that numbers speak of; none for a weight that nobody would see. */
export function weightTint(frame: Frame, weight: number, palette: Palette): Tint {
  return weight < minVisible ? none : tintOf(spokenColor(frame, palette), weight, palette);
}

/** A colour laid on the surface with opacity `alpha`, and readable text on it. */
export function tintOf(color: Rgb, alpha: number, palette: Palette): Tint {
  const under = blend(color, palette.surface, Math.min(1, alpha));
  const readable = contrast(palette.foreground, under) >= minContrast;
  return { background: cssOf(color, alpha), color: readable ? 'var(--vscode-foreground)' : cssOf(textOn(under)) };
}
