import { layerNumbers } from '../attention/layers.ts';
import { headOf, seenKeys, type AttentionMap, type MapName } from '../attention/map.ts';
import { isAmong, maskOf, type SeenKeys } from '../attention/mask.ts';
import { AttentionError } from '../errors/reason.ts';
import { itemAt } from '../item-at.ts';
import { neutral, type EditInputs } from '../onnx/editable.ts';
import { words } from '../words/words.ts';
import { editText, temperatures, type Edit, type EditOf } from './edits.ts';

/** What is changed in one layer of a map; an entry for each head where that is said. */
export interface LayerEdits {
  /** What scores are multiplied with, and what heads hand over. */
  readonly factor: number[];
  readonly gate: number[];
  /** What is added to scores. */
  readonly cells: Pick<EditOf<'bias'>, 'head' | 'query' | 'key' | 'value'>[];
  /** Keys that are hidden, whatever else is added to their scores. */
  readonly blocked: Pick<EditOf<'block'>, 'head' | 'query' | 'key'>[];
  /** Keys whose values nobody receives. */
  readonly zeros: number[];
  readonly rows: Pick<EditOf<'pattern'>, 'head' | 'query' | 'weights'>[];
  isFeedForwardOff: boolean;
}

/** What is changed in a model, by map and by the index of a layer in that map. */
export type EditPlan = ReadonlyMap<MapName, ReadonlyMap<number, LayerEdits>>;

/** What is added to a score so that its weight is 0; a larger number would overflow 16-bit floats beside a mask. */
const hidden = -30_000;
/** For rounding. */
const small = 1e-9;
/** A weight that is left where a key is hidden tells that nothing else was to be had. */
const unseen = 1e-6;

type Sized = Pick<AttentionMap, 'name' | 'shape' | 'layers'>;
type Placed = Exclude<Edit, EditOf<'replace'>>;

/**
 * Where the edits of a run are made, by the maps of the same run without them. Tokens are replaced before a model runs:
 * they have no place here. Throws `argument-invalid` for a map, a layer or a head that there is not.
 */
export function editPlan(edits: readonly Edit[], maps: readonly Sized[]): EditPlan {
  const plan = new Map<MapName, Map<number, LayerEdits>>();
  for (const edit of edits) {
    if (edit.kind === 'replace') continue;
    const map = mapOf(edit, maps);
    const layers = plan.get(map.name) ?? new Map<number, LayerEdits>();
    plan.set(map.name, layers);
    const [, heads] = map.shape;
    for (const index of layersOf(edit, map)) {
      const own = layers.get(index) ?? noEdits(heads);
      layers.set(index, own);
      addTo(own, edit);
    }
  }
  return plan;
}

/** A layer in which nothing is changed. */
export function noEdits(heads: number): LayerEdits {
  const ones = (): number[] => Array.from({ length: heads }, () => 1);
  return { factor: ones(), gate: ones(), cells: [], blocked: [], zeros: [], rows: [], isFeedForwardOff: false };
}

function addTo(own: LayerEdits, edit: Placed): void {
  const times = (values: number[], head: number | null, by: number): void => {
    for (const [at, value] of values.entries()) if (head === null || head === at) values[at] = value * by;
  };
  switch (edit.kind) {
    case 'off':
      return times(own.gate, edit.head, 0);
    case 'scale':
      return times(own.gate, edit.head, edit.factor);
    case 'temperature':
      times(own.factor, edit.head, 1 / edit.value);
      // Beyond it a mask of −10,000 would hide no key.
      if (
        own.factor.some((factor) => factor * temperatures.most < 1 - small || factor * temperatures.least > 1 + small)
      )
        throw refused(words().edits.temperatures(editText(edit), temperatures.least, temperatures.most));
      return;
    case 'bias':
      own.cells.push(edit);
      return;
    case 'block':
      own.blocked.push(edit);
      return;
    case 'zero':
      own.zeros.push(edit.key);
      return;
    case 'pattern':
      own.rows.push(edit);
      return;
    case 'ffn-off':
      own.isFeedForwardOff = true;
  }
}

/** Numbers of an input, `[heads, queries, keys]`, where an axis of 1 stands for all of it. */
export interface EditArray {
  readonly dims: readonly [heads: number, queries: number, keys: number];
  readonly data: Float32Array;
}

/** The part of a map that a step computes: rows from `past` on, and the keys so far. */
export interface StepSize {
  readonly past: number;
  readonly queries: number;
  readonly keys: number;
}

/**
 * The inputs that make the edits of a layer in one step, those alone that are not neutral. What lies outside the step
 * is left out: it belongs to another one.
 */
export function editArrays(
  { factor, gate, cells, blocked, zeros, rows }: LayerEdits,
  size: StepSize,
): Partial<Record<keyof EditInputs, EditArray>> {
  const heads = factor.length;
  const { queries, keys } = size;
  const byHead = (values: readonly number[]): EditArray => ({ dims: [heads, 1, 1], data: Float32Array.from(values) });
  const isInside = ({ query }: { readonly query: number }): boolean =>
    query >= size.past && query < size.past + queries;
  const isOfStep = (cell: { readonly query: number; readonly key: number }): boolean =>
    isInside(cell) && cell.key < keys;
  const [own, blocks] = [cells.filter(isOfStep), blocked.filter(isOfStep)];
  const each = (only: number | null): readonly number[] =>
    only === null ? Array.from({ length: heads }, (_, head) => head) : [only];
  const patterns = rows.filter(isInside);
  const noValues = zeros.filter((key) => key < keys);
  const rowOf = (head: number, query: number): number => (head * queries + query - size.past) * keys;
  const filled = (kind: keyof EditInputs): EditArray => ({
    dims: [heads, queries, keys],
    data: new Float32Array(heads * queries * keys).fill(neutral[kind]),
  });
  const arrays: Partial<Record<keyof EditInputs, EditArray>> = {};
  if (factor.some((value) => value !== 1)) arrays.factor = byHead(factor);
  if (gate.some((value) => value !== 1)) arrays.gate = byHead(gate);
  if (own.length + blocks.length > 0) {
    const { data } = (arrays.bias = filled('bias'));
    for (const { head: only, query, key, value } of own)
      for (const at of each(only).map((head) => rowOf(head, query) + key)) data[at] = itemAt(data, at) + value;
    for (const { head: only, query, key } of blocks)
      for (const head of each(only)) data[rowOf(head, query) + key] = hidden;
  }
  if (patterns.length > 0) {
    const [keep, pattern] = [(arrays.keep = filled('keep')), (arrays.pattern = filled('pattern'))];
    for (const { head: only, query, weights } of patterns)
      for (const start of each(only).map((head) => rowOf(head, query))) {
        keep.data.fill(0, start, start + keys);
        pattern.data.set(weights.slice(0, keys), start);
      }
  }
  if (noValues.length > 0) {
    const keep = (arrays.keep ??= { dims: [1, 1, keys], data: new Float32Array(keys).fill(1) });
    for (const { data } of [keep, ...(arrays.pattern ? [arrays.pattern] : [])])
      for (let start = 0; start < data.length; start += keys) for (const key of noValues) data[start + key] = 0;
  }
  return arrays;
}

/** The map that an edit names, or the first that has its layer and head. Throws `argument-invalid`. */
function mapOf(edit: Placed, maps: readonly Sized[]): Sized {
  const says = words().edits;
  const named = 'map' in edit ? maps.filter(({ name }) => name === edit.map) : maps;
  const [first] = named;
  if (!first)
    throw refused(
      says.map(
        editText(edit),
        maps.map(({ name }) => name),
      ),
    );
  const withLayer = named.filter((map) => layersOf(edit, map).length > 0);
  if (withLayer.length === 0) throw refused(says.layer(editText(edit), first.name, layerNumbers(first)));
  const found = withLayer.find(({ shape }) => !('head' in edit) || edit.head === null || edit.head < shape[1]);
  if (found) return found;
  throw refused(says.head(editText(edit), first.name, first.shape[1]));
}

/** The indices of the layers of a map that an edit is of. */
function layersOf(edit: Placed, map: Sized): readonly number[] {
  const number = 'layer' in edit ? edit.layer : null;
  return layerNumbers(map).flatMap((each, index) => (number === null || number === each ? [index] : []));
}

/**
 * Checks the tokens that edits name by the maps of the edited run, whose length is known only then. Throws
 * `argument-invalid` for a token that there is not, a key that a query cannot see (in no layer of the edit; with a
 * weight by hand, in any of them), a row of another length, and where a query was left without any key.
 */
export function checkEdited(edits: readonly Edit[], maps: readonly AttentionMap[]): void {
  const says = words().edits;
  for (const edit of edits) {
    if (edit.kind === 'replace' || (!('key' in edit) && !('query' in edit))) continue;
    const map = mapOf(edit, maps) as AttentionMap;
    const [, , queries, keys] = map.shape;
    const text = editText(edit);
    if ('query' in edit && edit.query >= queries) throw refused(says.token(text, queries));
    if ('key' in edit && edit.key >= keys) throw refused(says.token(text, keys));
    if (edit.kind === 'zero') continue;
    const seen = layersOf(edit, map).map((layer) => seenIn(map, layer, edit.query));
    if ('key' in edit && !seen.some((each) => isAmong(each, edit.key))) throw refused(says.unseen(text));
    if (edit.kind === 'pattern') {
      const given = edit.weights.length;
      if (given !== keys && !(map.kind === 'causal' && given === edit.query + 1))
        throw refused(says.weights(text, given, keys));
      if (edit.weights.some((weight, key) => weight > 0 && !seen.every((each) => isAmong(each, key))))
        throw refused(says.unseen(text));
    }
    if (edit.kind === 'block' && isNothingLeft(edit, { edits, maps, map })) throw refused(says.nothingLeft(edit.query));
  }
}

function seenIn(map: AttentionMap, layer: number, query: number): SeenKeys {
  return seenKeys({ kind: map.kind, mask: maskOf(map, layer), local: map.local }, query, map.shape[3]);
}

/**
 * Whether all that a query sees is hidden: then a key that is hidden, or one that it never sees, has a weight all the
 * same. A row that is set by hand leaves what it says.
 */
function isNothingLeft(
  edit: EditOf<'block'>,
  {
    edits,
    maps,
    map,
  }: { readonly edits: readonly Edit[]; readonly maps: readonly AttentionMap[]; readonly map: AttentionMap },
): boolean {
  const [, heads, , keys] = map.shape;
  return layersOf(edit, map).some((layer) => {
    const seen = seenIn(map, layer, edit.query);
    return Array.from({ length: heads }, (_, head) => head).some((head) => {
      const isHere = (other: EditOf<'block' | 'pattern'>): boolean =>
        other.query === edit.query &&
        (other.head === null || other.head === head) &&
        mapOf(other, maps).name === map.name &&
        layersOf(other, map).includes(layer);
      if (!isHere(edit) || edits.some((other) => other.kind === 'pattern' && isHere(other))) return false;
      const row = headOf(map, layer, head).subarray(edit.query * keys, (edit.query + 1) * keys);
      return row.some((weight, key) => weight > unseen && (key === edit.key || !isAmong(seen, key)));
    });
  });
}

/** The error that an edit does not fit its run. */
export function refused(detail: string): AttentionError {
  return new AttentionError({ code: 'argument-invalid', argument: 'edit', detail });
}
