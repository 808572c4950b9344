import { layerNumbers } from '../attention/layers.ts';
import { headOf, type AttentionMap, type MapName } from '../attention/map.ts';
import { AttentionError } from '../errors/reason.ts';
import { words } from '../words/words.ts';
import { editText } from './edit-text.ts';
import type { Edit, EditOf } from './edits.ts';

/** What is changed in one layer of a map; an entry for each head where that is said. */
export interface LayerEdits {
  /** What scores are multiplied with, and what heads hand over. */
  readonly factor: number[];
  readonly gate: number[];
  /** What is added to scores; `block` hides the key. */
  readonly cells: Pick<EditOf<'bias'>, 'head' | 'query' | 'key' | 'value'>[];
  /** Keys whose values nobody receives. */
  readonly zeros: number[];
  readonly rows: Pick<EditOf<'pattern'>, 'head' | 'query' | 'weights'>[];
  isFeedForwardOff: boolean;
}

/** What is changed in a model, by map and by the index of a layer in that map. */
export type EditPlan = ReadonlyMap<MapName, ReadonlyMap<number, LayerEdits>>;

/** What is added to a score so that its weight is 0: any more is too much for 16-bit floats beside a mask. */
export const hidden = -30_000;
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
  return { factor: ones(), gate: ones(), cells: [], zeros: [], rows: [], isFeedForwardOff: false };
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
      return times(own.factor, edit.head, 1 / edit.value);
    case 'bias':
      own.cells.push(edit);
      return;
    case 'block':
      own.cells.push({ ...edit, value: hidden });
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
 * `argument-invalid` for a token that there is not, a key that a query cannot see, a row of another length, and where a
 * query was left without any key.
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
    const visible = map.kind === 'causal' ? edit.query + 1 : keys;
    if ('key' in edit && edit.key >= visible) throw refused(says.unseen(text));
    if (edit.kind === 'pattern') {
      if (edit.weights.length !== keys && edit.weights.length !== visible)
        throw refused(says.weights(text, edit.weights.length, keys));
      if (edit.weights.slice(visible).some((weight) => weight > 0)) throw refused(says.unseen(text));
    }
    if (edit.kind === 'block' && isLeft(edit, map)) throw refused(says.nothingLeft(edit.query));
  }
}

/** Whether a hidden key has a weight all the same: all that its query sees is hidden. */
function isLeft(edit: EditOf<'block'>, map: AttentionMap): boolean {
  const [, heads, , keys] = map.shape;
  return layersOf(edit, map).some((layer) =>
    Array.from({ length: heads }, (_, head) => head).some(
      (head) =>
        (edit.head === null || edit.head === head) &&
        (headOf(map, layer, head)[edit.query * keys + edit.key] ?? 0) > unseen,
    ),
  );
}

function refused(detail: string): AttentionError {
  return new AttentionError({ code: 'argument-invalid', argument: 'edit', detail });
}
