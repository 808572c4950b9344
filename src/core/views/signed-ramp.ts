import type { Palette } from '../color/palette.ts';
import { blend } from '../color/srgb.ts';
import type { Box, Mark } from '../picture/marks.ts';
import { textMark } from '../picture/type.ts';

const steps = 24;
const note = { size: 12, font: 'words' } as const;

/** What the colours of signed numbers mean: a ramp from minus to plus, or bars down and up with high contrast. */
export function signedRamp(box: Box, palette: Palette): Mark[] {
  const size = box.width / steps;
  const ramp = Array.from({ length: steps }, (_, step): Mark => {
    const value = (2 * (step + 0.5)) / steps - 1;
    const color = value < 0 ? palette.signed.minus : palette.signed.plus;
    const share = Math.abs(value);
    const across = { kind: 'rectangle', x: box.x + 14 + step * size, width: size + 0.4, stroke: null } as const;
    if (!palette.contrast)
      return { ...across, y: box.y, height: box.height, fill: blend(color, palette.surface, share) };
    const height = share * box.height;
    const middle = box.y + box.height / 2;
    return { ...across, y: value < 0 ? middle : middle - height, height, fill: color };
  });
  return [
    textMark('−', box.x, box.y + 4, palette.dim, note),
    ...ramp,
    textMark('+', box.x + box.width + 20, box.y + 4, palette.dim, note),
  ];
}
