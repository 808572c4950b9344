import { headOf, type AttentionMap } from '../../../src/core/attention/map.ts';
import { readEdit, type Edit } from '../../../src/core/run/edits.ts';

/** Edits as the command line writes them. Throws for one that is none. */
export function edits(...texts: readonly string[]): Edit[] {
  return texts.map((each) => {
    const read = readEdit(each);
    if ('problem' in read) throw new Error(`${each}: ${read.problem}`);
    return read.edit;
  });
}

/** The weights of a query in one head. */
export function row(map: AttentionMap, layer: number, head: number, query: number): Float32Array {
  const keys = map.shape[3];
  return headOf(map, layer, head).subarray(query * keys, (query + 1) * keys);
}
