import type { Analysis } from '../attention/analysis.ts';
import { editedText } from '../attention/edited-words.ts';
import { numberedChoice } from '../attention/layers.ts';
import { isAmong, type SeenKeys } from '../attention/mask.ts';
import { looksAt } from '../attention/rows.ts';
import type { RowName } from '../attention/row-names.ts';
import { plainOptions, type ViewOptions } from '../attention/view.ts';
import { mapsIn, type Focus } from '../scene/focus.ts';
import { ShownMap, type Labelled } from '../scene/shown-map.ts';

/** RFC 4180 ends every record so, the last one too. */
const end = '\r\n';
/** Digits that tell any two float32 numbers apart. */
const digits = 9;

/**
 * The weights that `focus` picks and the options leave as CSV (RFC 4180, UTF-8), one record a weight, in pieces: `map,
 * layer, head, query, query_token, key, key_token, weight`. Layers, heads and tokens count from 0, hidden tokens too;
 * layers as the model does, those without attention too; the layer of all merged is `mean` or `max`. Words in place of
 * tokens are counted alike, as `query_word` and `key_word`. What a causal map or the mask of a layer does not let a
 * query see is left out, and so is what a threshold took away. Where there is a decoder, `token_read` and
 * `token_written` stand behind `query_token`: what the decoder is fed at that step, and what it writes then.
 *
 * A token that a spreadsheet would take for a formula gets an apostrophe in front; its position beside it tells it
 * apart from one that was written so. The records of an edited run end in one more field, `edited`, which says how.
 * Throws RangeError when there is no such map, layer or head.
 */
export function* csvOf(analysis: Analysis, focus: Focus, options: ViewOptions = plainOptions): Generator<string> {
  const unit = options.unit === 'words' ? 'word' : 'token';
  const maps = mapsIn(analysis, focus);
  const hasSteps = maps.some(({ rows }) => rows);
  const edited = analysis.edits ? `,${fieldOf(editedText(analysis))}` : '';
  const steps = hasSteps ? `${unit}_read,${unit}_written,` : '';
  yield `map,layer,head,query,query_${unit},${steps}key,key_${unit},weight${edited && ',edited'}${end}`;
  for (const map of maps) {
    const shown = new ShownMap(map, analysis.sequences, options);
    const fields = {
      queries: shown.queries.map((row) => queryFields(row, map.rows?.tokens, hasSteps)),
      keys: shown.keys.map(fieldsOf),
    };
    for (const layer of shown.layers(focus)) {
      const seen = shown.seen(layer);
      const numbered = numberedChoice(map, layer);
      for (const [head, weights] of shown.heads(layer, focus)) {
        for (const [row, query] of fields.queries.entries()) {
          const cells = cellsOf(shown, seen?.(row), rowOf(shown, weights, row));
          yield recordsOf(`${map.name},${numbered},${head}`, query, fields.keys, cells, edited);
        }
      }
    }
  }
}

/**
 * One matrix as CSV, keys across and queries down: the head that `focus` picks, or what the options make of several. An
 * analysis of several maps gives one matrix after the other, a blank line between them. What {@link csvOf} leaves out
 * is an empty cell here. Tokens are guarded as there.
 */
export function* csvMatrixOf(analysis: Analysis, focus: Focus, options: ViewOptions = plainOptions): Generator<string> {
  for (const [index, map] of mapsIn(analysis, focus).entries()) {
    if (index > 0) yield end;
    const shown = new ShownMap(map, analysis.sequences, options);
    const weights = shown.merged(focus);
    const seen = shown.seen(shown.oneLayer(focus));
    yield (
      [analysis.edits ? fieldOf(editedText(analysis)) : '', ...shown.keys.map(({ label }) => fieldOf(label))].join(
        ',',
      ) + end
    );
    for (const [row, query] of shown.queries.entries()) {
      const cells = cellsOf(shown, seen?.(row), rowOf(shown, weights, row));
      if (cells) yield [fieldOf(query.label), ...cells].join(',') + end;
    }
  }
}

/** A row, null where it is not of the step that is shown. */
function rowOf({ step, keys }: ShownMap, weights: Float32Array, row: number): Float32Array | null {
  return step === null || step === row ? looksAt(weights, row, keys.length) : null;
}

function recordsOf(
  head: string,
  fields: string,
  keys: readonly Labelled[],
  cells: readonly string[] | null,
  edited: string,
): string {
  if (!cells) return '';
  const before = `${head},${fields}`;
  let records = '';
  for (const [column, { at, label }] of keys.entries()) {
    const weight = cells[column];
    if (weight) records += `${before},${at},${label},${weight}${edited}${end}`;
  }
  return records;
}

/** The weights of a row as they are written; nothing where none is shown, or none can be. */
function cellsOf(shown: ShownMap, seen: SeenKeys | undefined, row: Float32Array | null): readonly string[] | null {
  return (
    row &&
    Array.from(row, (weight, column) => {
      const isHidden = seen && !isAmong(seen, column);
      return isHidden || (shown.isThinned && weight === 0) ? '' : numberOf(weight);
    })
  );
}

/**
 * A row's place and its token (of a decoder: what is its own in the sequence), then what is read and what is written at
 * that step.
 */
function queryFields(row: Labelled, own: keyof RowName | undefined, hasSteps: boolean): string {
  const { at, label, step } = row;
  const steps = hasSteps ? [step?.read ?? '', step?.written ?? ''] : [];
  return [`${at}`, ...[step && own ? step[own] : label, ...steps].map(fieldOf)].join(',');
}

function fieldsOf(place: Labelled): Labelled {
  return { ...place, label: fieldOf(place.label) };
}

/** A text as a field: guarded against being run as a formula, in quotes where it needs them. */
export function fieldOf(text: string): string {
  // One of these signs alone is a token that any spreadsheet shows as it is; with something behind it, it would be
  // calculated.
  const guarded = /^[=+\-@\t\r].+/su.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function numberOf(weight: number): string {
  return String(Number(weight.toPrecision(digits)));
}
