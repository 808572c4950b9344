import type { Selection } from '../../core/attention/selection.ts';

/** Words of the text that a file is named by. */
const words = 4;
const longest = 40;

/**
 * The name that is offered for a file: the first words of the text, then what is shown:
 * `attention-the-cat-that-was-3.7.svg`.
 */
export function exportName(text: string, { layer, head }: Selection, ending: string): string {
  const start = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, words).join('-');
  const shown = head === null ? `layer-${layer}` : `${layer}.${head}`;
  return `${['attention', Array.from(start).slice(0, longest).join(''), shown].filter((part) => part !== '').join('-')}.${ending}`;
}
