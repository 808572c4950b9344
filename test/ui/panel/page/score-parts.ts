import type { Analysis } from '../../../../src/core/attention/analysis.ts';
import { layerNumber } from '../../../../src/core/attention/layers.ts';
import { headOf } from '../../../../src/core/attention/map.ts';
import type { Cell } from '../../../../src/core/block/explanation.ts';
import { floats } from '../../../../src/core/block/numbers.ts';
import type { PartName } from '../../../../src/core/block/part-name.ts';
import type { LogitParts, ScoreParts } from '../../../../src/core/block/score-parts.ts';
import { AttentionError } from '../../../../src/core/errors/reason.ts';
import { itemAt } from '../../../../src/core/item-at.ts';
import { words } from '../../../../src/core/words/words.ts';
import { explanationOf } from './explanations.ts';
import { randomFrom } from './maps.ts';

/** What the score of a weight of a made-up analysis would be made of. Throws `model-unsupported` for recurrent ones. */
export function scorePartsOf(analysis: Analysis, cell: Cell): ScoreParts {
  const told = explanationOf(analysis, cell);
  if (told.kind === 'recurrent')
    throw new AttentionError({
      code: 'model-unsupported',
      model: analysis.model.id,
      detail: words().details.model.noStream,
    });
  const map = itemAt(analysis.maps, cell.map);
  const keys = map.shape[3];
  const row = headOf(map, cell.layer, cell.head).subarray(cell.query * keys, (cell.query + 1) * keys);
  const scores = new Float32Array(told.scores);
  const attended = [...scores.keys()].filter((key) => itemAt(row, key) > 0);
  const mean = attended.reduce((sum, key) => sum + itemAt(scores, key) / attended.length, 0);
  const isSeen = itemAt(row, cell.key) > 0;
  const score = isSeen ? itemAt(scores, cell.key) : mean - 0.4;
  const parts = partNames(map.name, layerNumber(map, cell.layer), map.shape[1]);
  const random = randomFrom(1 + cell.layer * 31 + cell.head * 7919 + cell.query * 101 + cell.key);
  const [terms, centred] = [score, score - mean].map((sum, at) => tableOf(parts.length, sum, at === 0 ? 2 : 1, random));
  const [own, apart] = [terms ?? new Float64Array(), centred ?? new Float64Array()];
  return {
    ...cell,
    map: map.name,
    parts,
    ...sumsOf(own, parts.length),
    terms: floats(own),
    centred: floats(apart),
    score,
    mean,
    keys: attended.length,
    scale: told.scale,
    softcap: null,
    biases: told.biases,
    total: isSeen ? score : -Infinity,
    read: { score: isSeen ? score : -Infinity, mean },
    difference: 3e-7,
    whole: [],
  };
}

/** What a logit after a token of a made-up analysis would be made of. */
export function logitPartsOf(analysis: Analysis, token: string, position: number): LogitParts {
  const [map] = analysis.maps;
  const parts: PartName[] = [
    ...partNames('attention', 2, map?.shape[1] ?? 1).filter(({ kind }) => !/^(query|key)-bias$/.test(kind)),
    { kind: 'logit-bias' },
  ];
  const random = randomFrom(position + 1);
  const values = parts.map(() => 3 * random() ** 3 - 0.5);
  const logit = values.reduce((sum, value) => sum + value, 0);
  const id = Number(token.slice(1));
  return { token: id, position, parts, values: floats(values), logit, softcap: null, difference: 2e-7 };
}

function partNames(map: ScoreParts['map'], layer: number, heads: number): PartName[] {
  const layers = Array.from({ length: layer }, (_, at) => at);
  return [
    { kind: 'word' },
    { kind: 'position' },
    { kind: 'norm-bias', layer: null },
    ...layers.flatMap((at): PartName[] => [
      ...Array.from({ length: heads }, (_, head): PartName => ({ kind: 'head', map, layer: at, head })),
      { kind: 'output-bias', map, layer: at },
      { kind: 'feed-forward', layer: at },
    ]),
    { kind: 'query-bias' },
    { kind: 'key-bias' },
  ];
}

/** Terms, few of them large, that sum to a number; a query has no bias of keys, a key none of queries. */
function tableOf(count: number, sum: number, size: number, random: () => number): Float64Array {
  const table = Float64Array.from({ length: count * count }, (_, at) => {
    const [query, key] = [Math.floor(at / count), at % count];
    return query === count - 1 || key === count - 2 ? 0 : size * (2 * random() - 1) ** 7;
  });
  const rest = sum - table.reduce((all, term) => all + term, 0);
  table[Math.min(count - 3, 4) * count] = (table[Math.min(count - 3, 4) * count] ?? 0) + rest;
  return table;
}

function sumsOf(terms: Float64Array, count: number): Pick<ScoreParts, 'queryBy' | 'keyBy'> {
  const [queryBy, keyBy] = [new Float64Array(count), new Float64Array(count)];
  for (const [at, term] of terms.entries()) {
    const [query, key] = [Math.floor(at / count), at % count];
    queryBy[query] = (queryBy[query] ?? NaN) + term;
    keyBy[key] = (keyBy[key] ?? NaN) + term;
  }
  return { queryBy: floats(queryBy), keyBy: floats(keyBy) };
}
