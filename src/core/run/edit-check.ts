import { headOf, seenKeys, type AttentionMap } from '../attention/map.ts';
import { isAmong, maskOf, type SeenKeys } from '../attention/mask.ts';
import { words } from '../words/words.ts';
import { layersOf, mapOf, refused } from './edit-plan.ts';
import { editText, type Edit, type EditOf } from './edits.ts';

/** A weight that is left where a key is hidden tells that nothing else was to be had. */
const unseen = 1e-6;

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
    if (!('query' in edit)) continue;
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
