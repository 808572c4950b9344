import type { Analysis } from '../attention/analysis.ts';
import { headOf, type AttentionMap } from '../attention/map.ts';
import { looksAt } from '../attention/rows.ts';
import { visibleKeys } from '../attention/statistics.ts';
import { labelOf } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { focusedWeights, headsIn, layersIn, mapsIn, type Focus } from './focus.ts';

/** RFC 4180 ends every record so, the last one too. */
const end = '\r\n';
/** Digits that tell any two float32 numbers apart. */
const digits = 9;

const columns = ['map', 'layer', 'head', 'query', 'query_token', 'key', 'key_token', 'weight'];

/**
 * The weights that `focus` picks as CSV (RFC 4180, UTF-8), one record a weight, in pieces: `map, layer, head, query, query_token,
 * key, key_token, weight`. Layers, heads and tokens count from 0. What a causal map does not let a query see is left out.
 *
 * A token that a spreadsheet would take for a formula gets an apostrophe in front; its position beside it tells it apart from
 * one that was written so. Throws RangeError when there is no such map, layer or head.
 */
export function* csvOf(analysis: Analysis, focus: Focus): Generator<string> {
  yield columns.join(',') + end;
  for (const map of mapsIn(analysis, focus)) {
    const queries = fieldsOf(analysis.sequences[map.queries]);
    const keys = fieldsOf(analysis.sequences[map.keys]);
    const heads = headsIn(map, focus);
    for (const layer of layersIn(map, focus)) {
      for (const head of heads) {
        for (let query = 0; query < queries.length; query++) yield rowOf(map, layer, head, query, queries, keys);
      }
    }
  }
}

/**
 * One matrix as CSV, keys across and queries down: the head that `focus` picks, or the mean where it picks several. An
 * analysis of several maps gives one matrix after the other, a blank line between them. Tokens are guarded as in {@link csvOf}.
 */
export function* csvMatrixOf(analysis: Analysis, focus: Focus): Generator<string> {
  for (const [index, map] of mapsIn(analysis, focus).entries()) {
    if (index > 0) yield end;
    const weights = focusedWeights(map, focus);
    const keys = fieldsOf(analysis.sequences[map.keys]);
    yield ['', ...keys].join(',') + end;
    for (const [query, label] of fieldsOf(analysis.sequences[map.queries]).entries()) {
      const seen = visibleKeys(map.kind, query, keys.length);
      const row = Array.from(looksAt(weights, query, keys.length), (weight, key) => (key < seen ? numberOf(weight) : ''));
      yield [label, ...row].join(',') + end;
    }
  }
}

function rowOf(map: AttentionMap, layer: number, head: number, query: number, queries: readonly string[], keys: readonly string[]): string {
  const weights = looksAt(headOf(map, layer, head), query, keys.length);
  const before = `${map.name},${layer},${head},${query},${queries[query] ?? ''}`;
  let records = '';
  for (let key = 0; key < visibleKeys(map.kind, query, keys.length); key++) {
    records += `${before},${key},${keys[key] ?? ''},${numberOf(weights[key] ?? 0)}${end}`;
  }
  return records;
}

function fieldsOf(sequence: Sequence | undefined): string[] {
  return sequence?.tokens.map((token) => fieldOf(labelOf(sequence, token))) ?? [];
}

/** A text as a field: guarded against being run as a formula, in quotes where it needs them. */
export function fieldOf(text: string): string {
  // One of these signs alone is a token that any spreadsheet shows as it is; with something behind it, it would be calculated.
  const guarded = /^[=+\-@\t\r].+/su.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function numberOf(weight: number): string {
  return String(Number(weight.toPrecision(digits)));
}
