/**
 * The line under a word in high contrast: an underline in the colour of the text itself, or a border with a colour of
 * its own.
 */
export type ContrastLine =
  | { readonly textDecoration: string }
  | { readonly borderWidth: string; readonly borderStyle: string; readonly outline: string };

/**
 * The line that shows a weight in high contrast: dotted, dashed, then solid and thicker.
 *
 * Selected text has another ground there, often the colour of the text elsewhere: an underline goes with the colour of
 * the text, and is seen on both. Text that cannot stand apart is not underlined, since that would lay it out anew: it
 * gets a border, with an outline in the colour of the editor around it, which is seen where the border is not.
 */
export function contrastLine(weight: number, apart: boolean): ContrastLine {
  const style = weight < 0.15 ? 'dotted' : weight < 0.35 ? 'dashed' : 'solid';
  const width = Math.max(1, Math.round(weight * 4));
  if (apart) return { textDecoration: `underline ${style} ${width}px` };
  return { borderWidth: `0 0 ${width}px 0`, borderStyle: style, outline: '1px solid' };
}
