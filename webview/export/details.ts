import { lookedAtBy, looksAt, strongest } from '../../src/core/attention/rows.ts';
import type { PageToken } from '../../src/core/export/html.ts';
import type { Cell } from '../views/matrix/geometry.ts';
import type { PageData, Shown } from './data.ts';
import { element } from './element.ts';

/** How many links a table shows. */
const linksShown = 8;

/** Tells what is looked at: the weight of the cell in words, and the strongest links of its row and its column. */
export function fillDetails(aside: HTMLElement, data: PageData, shown: Shown, cell: Cell | null): void {
  if (!cell) {
    aside.replaceChildren(element('p', { class: 'answer', role: 'status' }, 'Point at a cell of the matrix or at a word of the text.'));
    return;
  }
  const map = data.map(shown.map);
  const [, , queries, keys] = map.shape;
  const weights = data.weights(shown);
  const [looking, lookedAt] = [data.tokens(map.queries), data.tokens(map.keys)];
  const digits = (weight: number): string => weight.toFixed(data.info.bits === 8 ? 2 : 4);
  const own = nameOf(looking, cell.query);
  const other = nameOf(lookedAt, cell.key);
  aside.replaceChildren(
    element('p', { class: 'answer', role: 'status' },
      `Layer ${shown.layer}, ${shown.head === null ? 'mean of all heads' : `head ${shown.head}`}: ${own} looks ${digits(weights[cell.query * keys + cell.key] ?? 0)} at ${other}.`),
    table(`${own} looks at`, lookedAt, looksAt(weights, cell.query, keys), digits),
    table(`${other} is looked at by`, looking, lookedAtBy(weights, cell.key, queries, keys), digits),
  );
}

function table(caption: string, tokens: readonly PageToken[], weights: Float32Array, digits: (weight: number) => string): HTMLElement {
  const rows = strongest(weights, linksShown).map(({ index, weight }) =>
    element('tr', {}, element('th', { scope: 'row' }, tokens[index]?.text ?? ''), element('td', {}, digits(weight))));
  return element('table', {}, element('caption', {}, caption), element('tbody', {}, ...rows));
}

function nameOf(tokens: readonly PageToken[], index: number): string {
  return `‘${tokens[index]?.text ?? ''}’`;
}
