import type { Analysis } from '../attention/analysis.ts';
import { layerNumber } from '../attention/layers.ts';
import { itemAt } from '../item-at.ts';
import type { PartName } from '../block/part-name.ts';
import { labelOf } from '../text/label.ts';
import type { ToldParts } from '../views/parts/paper.ts';
import { fieldOf } from './csv.ts';

/** RFC 4180 ends every record so, the last one too. */
const end = '\r\n';

/**
 * The terms of a score as CSV (RFC 4180, UTF-8), one record for each part of the query and part of the key: `map,
 * layer, head, query, query_token, key, key_token, query_part, key_part, term, above_mean`. The terms sum to scale ·
 * q·k, `above_mean` (each term less its mean over the keys of the row) to how far that is above the mean of its row.
 */
export function scorePartsCsv({ maps, sequences }: Analysis, { cell, told }: ToldParts): string {
  const map = itemAt(maps, cell.map);
  const labelAt = (index: number, token: number): string => {
    const sequence = itemAt(sequences, index);
    return fieldOf(labelOf(sequence, itemAt(sequence.tokens, token)));
  };
  const [query, key] = [labelAt(map.queries, cell.query), labelAt(map.keys, cell.key)];
  const place = [map.name, layerNumber(map, cell.layer), cell.head, cell.query, query, cell.key, key];
  const names = told.parts.map(fieldNameOf);
  const [terms, centred] = [new Float32Array(told.terms), new Float32Array(told.centred)];
  const records = Array.from(terms, (term, at) =>
    [
      ...place,
      itemAt(names, Math.floor(at / names.length)),
      itemAt(names, at % names.length),
      term,
      itemAt(centred, at),
    ].join(','),
  );
  const head = 'map,layer,head,query,query_token,key,key_token,query_part,key_part,term,above_mean';
  return `${[head, ...records].join(end)}${end}`;
}

/** A part as programs name it, in every language: `word`, `head 0.1`, `encoder feed-forward 2`. */
function fieldNameOf(name: PartName): string {
  const layer = 'layer' in name ? name.layer : null;
  const place = name.kind === 'head' ? `${name.layer}.${name.head}` : layer;
  const map = 'map' in name && name.map === 'cross' ? 'cross ' : '';
  const kind = name.kind === 'mixer' ? name.of : name.kind;
  return `${name.encoder === true ? 'encoder ' : ''}${map}${kind}${place === null ? '' : ` ${place}`}`;
}
