import { editedText } from '../attention/edited-words.ts';
import { amountText, exactText, signedText } from '../attention/number-words.ts';
import { comparisonOf, type Compared } from '../compare/of-analyses.ts';
import { itemAt } from '../item-at.ts';
import { panesOf, type PaneContent, type PanePicture } from '../views/compare/content.ts';
import { words } from '../words/words.ts';
import { aligned } from './columns.ts';

/** So many of the largest differences are listed. */
const listed = 10;

/** One cell of a difference: row and column of the first run, and how much larger the weight of the other run is. */
interface Cell {
  readonly query: number;
  readonly key: number;
  readonly value: number;
}

/**
 * A comparison to read: every run with where it is looked at and its alignment error, where that is known; then, for
 * each run that can be subtracted from, the Jensen–Shannon divergence of every row with its largest difference, and
 * the largest of all. Throws RangeError as {@link comparisonOf} does.
 */
export function differencesTableOf(compared: Compared): string {
  const comparison = comparisonOf(compared);
  const { analysis, sides } = compared;
  const edited = [analysis, ...sides].map((one) => (one.edits ? [editedText(one)] : []));
  const contents = panesOf(comparison, compared.view.compare, edited);
  const says = words().compare;
  const runs = contents.filter(({ isDifference }) => !isDifference);
  const differences = contents.filter(({ isDifference }) => isDifference);
  return [
    aligned(runs.map(({ title, place, notes }) => [title, place, notes.join('; ')])),
    ...(comparison.isOfWords ? ['', says.ofWords] : []),
    ...differences.flatMap((content) => sectionOf(content, contents)),
    '',
  ].join('\n');
}

function sectionOf({ run, place, notes, picture }: PaneContent, contents: readonly PaneContent[]): string[] {
  const difference = picture?.relation?.difference;
  const first = contents[0]?.picture;
  const other = contents[run]?.picture;
  if (!difference || !first || !other) return [];
  const { written: says } = words().compare;
  const columns = difference.columns.length;
  const cellAt = (at: number): Cell => ({
    query: itemAt(difference.rows, Math.floor(at / columns)),
    key: itemAt(difference.columns, at % columns),
    value: itemAt(difference.values, at),
  });
  const rows = difference.rows.map((row, at) => {
    const divergence = itemAt(difference.divergences, at);
    const [largest = 0] = largestAt(difference.values.subarray(at * columns, (at + 1) * columns), 1);
    const { key, value } = cellAt(at * columns + largest);
    const told = divergence === null ? '' : amountText(divergence, 3);
    const name = value === 0 ? '' : itemAt(first.keys, key).text;
    return [itemAt(first.queries, row).text, told, name, signedText(value)];
  });
  const largest = largestAt(difference.values, listed)
    .map(cellAt)
    .filter(({ value }) => value !== 0)
    .map(({ query, key, value }) => {
      const own = weightAt(first, query, key);
      const link = `${itemAt(first.queries, query).text} → ${itemAt(first.keys, key).text}`;
      return [link, exactText(own), exactText(Math.max(0, own + value)), signedText(value)];
    });
  return [
    '',
    `${place}: ${notes.join('; ')}`,
    '',
    aligned([[says.query, says.divergence, says.key, says.largest], ...rows]),
    ...(largest.length === 0 ? [] : ['', aligned([[says.link, says.first, says.other, says.difference], ...largest])]),
  ];
}

/** Where the largest of many numbers are, whatever their signs, the largest first; of equal ones the first. */
function largestAt(values: Float32Array, count: number): readonly number[] {
  const found: number[] = [];
  const size = (at: number): number => Math.abs(itemAt(values, at));
  for (let at = 0; at < values.length; at += 1) {
    if (found.length === count && size(at) <= size(itemAt(found, count - 1))) continue;
    const worse = found.findIndex((other) => size(other) < size(at));
    found.splice(worse < 0 ? found.length : worse, 0, at);
    if (found.length > count) found.pop();
  }
  return found;
}

function weightAt({ scene }: PanePicture, query: number, key: number): number {
  return itemAt(scene.whole.spoken, query * scene.map.shape[3] + key);
}
