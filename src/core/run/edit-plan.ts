import { layerNumbers } from '../attention/layers.ts';
import { seenKeys, type AttentionMap, type MapName, type Seeing } from '../attention/map.ts';
import { fullMask, maskOf, type SeenKeys } from '../attention/mask.ts';
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
  /** Keys in place of whose values a query receives the mean of those of all keys that it may see. */
  readonly means: number[];
  readonly seeing: Seeing;
  readonly rows: Pick<EditOf<'pattern'>, 'head' | 'query' | 'weights'>[];
  isFeedForwardOff: boolean;
}

/** What is changed in a model, by map and by the index of a layer in that map. */
export type EditPlan = ReadonlyMap<MapName, ReadonlyMap<number, LayerEdits>>;

/** What is added to a score so that its weight is 0; a larger number would overflow 16-bit floats beside a mask. */
const hidden = -30_000;
/** For rounding. */
const small = 1e-9;

type Sized = Pick<AttentionMap, 'name' | 'kind' | 'shape' | 'layers' | 'masks'>;
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
    for (const index of layersOf(edit, map)) {
      const own = layers.get(index) ?? noEdits(map, index);
      layers.set(index, own);
      addTo(own, edit);
    }
  }
  return plan;
}

/** A layer in which nothing is changed. */
function noEdits({ kind, shape: [, heads], ...map }: Sized, layer: number): LayerEdits {
  const ones = (): number[] => Array.from({ length: heads }, () => 1);
  const mask = maskOf(map, layer);
  return {
    factor: ones(),
    gate: ones(),
    cells: [],
    blocked: [],
    zeros: [],
    means: [],
    // An edited run may select other keys than the one that it is planned by.
    seeing: { kind, mask: mask.kind === 'selection' ? fullMask : mask },
    rows: [],
    isFeedForwardOff: false,
  };
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
    case 'mean':
      own.means.push(edit.key);
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

/** The part of a map that a step computes: rows from `past` on, and the keys so far, the first `tokens` no padding. */
export interface StepSize {
  readonly past: number;
  readonly queries: number;
  readonly keys: number;
  readonly tokens: number;
}

/** Numbers for some inputs of an edited attention; the others stay neutral. */
type EditArrays = Partial<Record<keyof EditInputs, EditArray>>;

/**
 * The inputs that make the edits of a layer in one step, those alone that are not neutral. What lies outside the step
 * is left out: it belongs to another one.
 */
export function editArrays(edits: LayerEdits, size: StepSize): EditArrays {
  const { factor, gate } = edits;
  const byHead = (values: readonly number[]): EditArray => ({
    dims: [factor.length, 1, 1],
    data: Float32Array.from(values),
  });
  const isOfStep = (cell: { readonly query: number; readonly key: number }): boolean =>
    isInside(cell, size) && cell.key < size.keys;
  const [cells, blocked] = [edits.cells.filter(isOfStep), edits.blocked.filter(isOfStep)];
  const arrays: EditArrays = {};
  if (factor.some((value) => value !== 1)) arrays.factor = byHead(factor);
  if (gate.some((value) => value !== 1)) arrays.gate = byHead(gate);
  if (cells.length + blocked.length > 0) {
    const bias = filled('bias', [factor.length, size.queries, size.keys]);
    for (const { key, value, ...place } of cells)
      for (const row of rowsOf(bias, place, size)) row[key] = itemAt(row, key) + value;
    for (const { key, ...place } of blocked) for (const row of rowsOf(bias, place, size)) row[key] = hidden;
    arrays.bias = bias;
  }
  return { ...arrays, ...weightArrays(edits, size) };
}

/**
 * What becomes of weights: rows by hand, and keys that keep no weight in any row. What a row has for those of `means`
 * is shared out over all that its query sees, but for what nobody receives.
 */
function weightArrays(edits: LayerEdits, size: StepSize): EditArrays {
  const { queries, keys, past } = size;
  const zeros = edits.zeros.filter((key) => key < keys);
  const means = [...new Set(edits.means)].filter((key) => key < keys && !zeros.includes(key));
  const patterns = edits.rows.filter((row) => isInside(row, size));
  const gone = [...zeros, ...means];
  if (gone.length + patterns.length === 0) return {};
  const blocked = means.length > 0 ? edits.blocked.filter((cell) => isInside(cell, size)) : [];
  const heads = patterns.length > 0 ? edits.factor.length : 1;
  const whole = [heads, queries, keys] as const;
  const keep = filled('keep', patterns.length > 0 ? whole : [1, 1, keys]);
  const pattern = patterns.length > 0 ? filled('pattern', whole) : null;
  const share =
    means.length > 0 ? filled('share', blocked.length > 0 ? [edits.factor.length, queries, keys] : whole) : null;
  const shareOf = (head: number, query: number): Float32Array => {
    const hiddenKeys = blocked.filter((cell) => cell.query === query && (cell.head === null || cell.head === head));
    return without(
      zeros,
      evenShares(
        seenKeys(edits.seeing, query, size.tokens),
        hiddenKeys.map(({ key }) => key),
        keys,
      ),
    );
  };
  for (let start = 0; start < keep.data.length; start += keys) without(gone, keep.data.subarray(start, start + keys));
  for (let query = past; share && query < past + queries; query += 1)
    for (const [head, row] of rowsOf(share, { head: null, query }, size).entries()) row.set(shareOf(head, query));
  for (const { weights, ...place } of patterns) {
    const own = Float32Array.from({ length: keys }, (_, key) => weights[key] ?? 0);
    const moved = means.reduce((sum, key) => sum + itemAt(own, key), 0);
    without(gone, own);
    for (const [at, each] of (pattern ? rowsOf(pattern, place, size) : []).entries()) {
      const shares = shareOf(place.head ?? at, place.query);
      each.set(own.map((weight, key) => weight + moved * itemAt(shares, key)));
    }
    for (const array of share ? [keep, share] : [keep]) for (const each of rowsOf(array, place, size)) each.fill(0);
  }
  const from: EditArray = { dims: [1, 1, means.length], data: Float32Array.from(means) };
  return { keep, ...(pattern ? { pattern } : {}), ...(share ? { from, share } : {}) };
}

/**
 * A row that gives each key which a query sees as much as the others; those that are hidden from it are none, unless
 * all are: what is left then is refused afterwards.
 */
function evenShares({ first, end }: SeenKeys, hiddenKeys: readonly number[], keys: number): Float32Array {
  const gone = new Set(hiddenKeys.filter((key) => key >= first && key < end));
  const left = end - first - gone.size;
  const row = new Float32Array(keys);
  return left > 0 ? without([...gone], row.fill(1 / left, first, end)) : row.fill(1 / (end - first), first, end);
}

/** An input that changes nothing yet. */
function filled(kind: keyof EditInputs, dims: EditArray['dims']): EditArray {
  return { dims, data: new Float32Array(dims[0] * dims[1] * dims[2]).fill(neutral[kind]) };
}

function isInside({ query }: { readonly query: number }, { past, queries }: StepSize): boolean {
  return query >= past && query < past + queries;
}

/** Views of a query's rows: of one head, or of all that an input tells apart. */
function rowsOf(
  { dims: [heads, queries, keys], data }: EditArray,
  { head, query }: { readonly head: number | null; readonly query: number },
  { past }: StepSize,
): readonly Float32Array[] {
  const each = head === null ? Array.from({ length: heads }, (_, at) => at) : [head];
  return each.map((at) => {
    const start = (at * queries + query - past) * keys;
    return data.subarray(start, start + keys);
  });
}

/** Sets some keys of a row to 0; gives the row. */
function without(keys: readonly number[], row: Float32Array): Float32Array {
  for (const key of keys) row[key] = 0;
  return row;
}

/** The map that an edit names, or the first that has its layer and head. Throws `argument-invalid`. */
export function mapOf(edit: Placed, maps: readonly Sized[]): Sized {
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
export function layersOf(edit: Placed, map: Sized): readonly number[] {
  const number = 'layer' in edit ? edit.layer : null;
  return layerNumbers(map).flatMap((each, index) => (number === null || number === each ? [index] : []));
}

/** The error that an edit does not fit its run. */
export function refused(detail: string): AttentionError {
  return new AttentionError({ code: 'argument-invalid', argument: 'edit', detail });
}
