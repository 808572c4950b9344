import { itemAt } from '../../src/core/item-at.ts';
import { layerNumber } from '../../src/core/attention/layers.ts';
import { exactText, weightText } from '../../src/core/attention/number-words.ts';
import { lookedAtBy, looksAt, strongest } from '../../src/core/attention/rows.ts';
import { forcedRows, isForced, maySee, sightOf, withoutRows } from '../../src/core/attention/sight.ts';
import { tokenUnits } from '../../src/core/attention/units.ts';
import type { PageToken } from '../../src/core/export/html.ts';
import type { Cell } from '../../src/core/views/matrix/layout.ts';
import type { PageData, Shown } from './data.ts';
import { element } from './element.ts';
import { words } from '../../src/core/words/words.ts';

/** How many links a table shows. */
const linksShown = 8;

/** Tells what is looked at: the weight of the cell in words, and the strongest links of its row and its column. */
export function fillDetails(aside: HTMLElement, data: PageData, shown: Shown, cell: Cell | null): void {
  if (!cell) {
    aside.replaceChildren(element('p', { class: 'answer', role: 'status' }, words().page.pointAt));
    return;
  }
  const says = words().page;
  const map = data.map(shown.map);
  const [, , queries, keys] = map.shape;
  const weights = data.weights(shown);
  const [looking, lookedAt] = [data.rows(map), data.tokens(map.keys)];
  const digits = data.info.bits === 8 ? weightText : exactText;
  const own = nameOf(looking, cell.query);
  const other = nameOf(lookedAt, cell.key);
  const units = tokenUnits(keys);
  const sight = sightOf(map, shown.layer);
  const where = says.where(layerNumber(map, shown.layer), shown.head);
  const weight = itemAt(weights, cell.query * keys + cell.key);
  const [looks, seen] = [
    { first: cell.query, end: cell.query + 1 },
    { first: cell.key, end: cell.key + 1 },
  ];
  const said = !maySee(sight, looks, seen)
    ? says.masked(where, own, other)
    : isForced(sight, looks, units)
      ? says.forced(where, own, other)
      : says.weight(where, own, digits(weight), other);
  // A row that has no choice is none of the strongest that look at a token.
  const column = withoutRows(
    lookedAtBy(weights, cell.key, queries, keys),
    1,
    forcedRows(sight, tokenUnits(queries), units),
  );
  aside.replaceChildren(
    element('p', { class: 'answer', role: 'status' }, said),
    table(says.looksAt(own), lookedAt, looksAt(weights, cell.query, keys), digits),
    table(says.lookedAtBy(other), looking, column, digits),
    ...data.info.predictions
      .filter(({ at, isListed }) => !isListed && at?.sequence === map.queries && at.token === cell.query)
      .map(({ name, rows }) => listed(name, rows)),
  );
}

/** The lines under the text: what is predicted for masks and of the whole text. */
export function predictedLines({ info }: PageData): HTMLElement[] {
  return info.predictions
    .filter(({ isListed }) => isListed)
    .map(({ name, rows }) =>
      element(
        'p',
        { class: 'predicted' },
        `${name}: `,
        ...rows.flatMap(([label, probability], at) => [
          at > 0 ? ' · ' : '',
          element('b', {}, label),
          ` ${probability}`,
        ]),
      ),
    );
}

function table(
  caption: string,
  tokens: readonly PageToken[],
  weights: Float32Array,
  digits: (weight: number) => string,
): HTMLElement {
  return listed(
    caption,
    strongest(weights, linksShown).map(({ index, weight }) => [markedText(tokens[index]), digits(weight)]),
  );
}

function listed(caption: string, rows: readonly (readonly [name: string, number: string])[]): HTMLElement {
  const lines = rows.map(([name, number]) =>
    element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, number)),
  );
  return element('table', {}, element('caption', {}, caption), element('tbody', {}, ...lines));
}

/** A token in a list: one that is not known with what the model reads in its place. */
function markedText(token: PageToken | undefined): string {
  return token?.unknown === undefined ? (token?.text ?? '') : `${token.text} ${token.unknown}`;
}

function nameOf(tokens: readonly PageToken[], index: number): string {
  const token = tokens[index];
  const { quoted, unknownWord } = words().texts;
  const name = quoted(token?.text ?? '');
  return token?.unknown === undefined ? name : unknownWord(name);
}
