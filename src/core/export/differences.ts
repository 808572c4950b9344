import type { Comparison, Pane } from '../compare/comparison.ts';
import { comparisonOf, type Compared } from '../compare/of-analyses.ts';
import { itemAt } from '../item-at.ts';
import { editText } from '../run/edits.ts';
import { spokenName } from '../scene/names.ts';
import { panesOf, type PanePicture } from '../views/compare/content.ts';
import { fieldOf } from './csv.ts';
import { jsonText } from './json-text.ts';

const end = '\r\n';
/** Digits that tell any two float32 numbers apart. */
const digits = 9;

/** A run of a comparison with its name. */
interface NamedRun {
  readonly title: string;
  readonly pane: Pane;
}

/**
 * A comparison as CSV (RFC 4180), one record for each row and column of the first run that all others have too, in
 * pieces: `query, query_token, key, key_token`, the weight in every run under its name, and its difference from the
 * first. Rows and columns are counted from 0, as the first run has them; `word` stands for `token` where words are
 * compared. Throws RangeError as {@link comparisonOf} does.
 */
export function* differencesCsvOf(compared: Compared): Generator<string> {
  const { comparison, runs, picture } = readOf(compared);
  const unit = comparison.main.scene.options.unit === 'words' ? 'word' : 'token';
  const [first, ...others] = runs;
  const names = runs.map(({ title }) => title);
  const differences = others.map(({ title }) => `${title} - ${first?.title ?? ''}`);
  yield ['query', `query_${unit}`, 'key', `key_${unit}`, ...names, ...differences].map(fieldOf).join(',') + end;
  for (const [query, row] of picture.queries.entries()) {
    for (const [key, column] of picture.keys.entries()) {
      const weights = runs.map(({ pane }) => weightIn(pane, query, key));
      const [own] = weights;
      if (own === null || own === undefined || weights.some((weight) => weight === null)) continue;
      const less = weights.slice(1).map((weight) => (weight ?? 0) - own);
      const numbers = [...weights, ...less].map((number) => String(Number((number ?? 0).toPrecision(digits))));
      yield [String(query), fieldOf(row.text), String(key), fieldOf(column.text), ...numbers].join(',') + end;
    }
  }
}

/**
 * A comparison as JSON text: `{unit, queries, keys, runs: [{name, model, edits, heads, weights, difference,
 * alignment}]}`.
 * `weights` are `[query][key]` of the rows and columns of the first run, null where a run has no such word, and none
 * of its rows is left out; `difference` is `{mean, largest, divergences, divergence}` in nats, null where the words of
 * a run differ from those of the first one, and absent of this; `edits` are those of an edited run, as the command line
 * writes them; `alignment` is `{errorRate, right, words}`, absent where the alignment is not known. Throws RangeError
 * as {@link comparisonOf} does.
 */
export function differencesJsonOf(compared: Compared): string {
  const { comparison, runs, picture } = readOf(compared);
  const text = jsonText({
    unit: comparison.main.scene.options.unit,
    queries: picture.queries.map((label) => label.text),
    keys: picture.keys.map((label) => label.text),
    runs: runs.map(({ title, pane }) => {
      const { relation, alignment, scene } = pane;
      const { error } = alignment ?? {};
      return {
        name: title,
        model: scene.info.model.id,
        ...(scene.info.edits ? { edits: scene.info.edits.map(editText) } : {}),
        heads: spokenName(scene.source),
        weights: picture.queries.map((_, query) => picture.keys.map((__, key) => writtenWeight(pane, query, key))),
        ...(relation ? { difference: relation.difference && summaryOf(relation.difference) } : {}),
        ...(error ? { alignment: { errorRate: error.rate, right: error.right, words: error.rows } } : {}),
      };
    }),
  });
  return `${text}\n`;
}

function writtenWeight(pane: Pane, query: number, key: number): number | null {
  const weight = weightIn(pane, query, key);
  return weight === null ? null : Number(weight.toPrecision(digits));
}

function summaryOf({
  mean,
  largest,
  divergences,
  divergence,
}: NonNullable<NonNullable<Pane['relation']>['difference']>): object {
  return { mean, largest, divergences, divergence };
}

function readOf(compared: Compared): {
  readonly comparison: Comparison;
  readonly runs: readonly NamedRun[];
  readonly picture: PanePicture;
} {
  const comparison = comparisonOf(compared);
  const contents = panesOf(comparison, compared.view.compare);
  const { picture } = itemAt(contents, 0);
  if (!picture) throw new RangeError('The first run of a comparison has a picture.');
  const runs = [comparison.main, ...comparison.others].flatMap((pane, run) =>
    pane ? [{ title: itemAt(contents, run).title, pane }] : [],
  );
  return { comparison, runs, picture };
}

/** The weight of a cell of the first run in another one; null where that has no such word. */
function weightIn({ scene, relation }: Pane, query: number, key: number): number | null {
  const row = relation ? itemAt(relation.rows.toOther, query) : query;
  const column = relation ? itemAt(relation.columns.toOther, key) : key;
  return row < 0 || column < 0 ? null : itemAt(scene.whole.spoken, row * scene.map.shape[3] + column);
}
