import type { Analysis } from '../../../../src/core/attention/analysis.ts';
import { headOf, seenKeys, type AttentionMap } from '../../../../src/core/attention/map.ts';
import { fullMask } from '../../../../src/core/attention/mask.ts';
import type { Cell, Explanation, RecurrentExplanation } from '../../../../src/core/block/explanation.ts';
import { dot, floats } from '../../../../src/core/block/numbers.ts';
import { itemAt } from '../../../../src/core/item-at.ts';
import { randomFrom } from './maps.ts';

/** Features of a head of a made-up model. */
const features = 32;

/** What a weight of a made-up analysis would be made of: vectors whose product gives its score. Throws RangeError. */
export function explanationOf(analysis: Analysis, cell: Cell): Explanation {
  const map = analysis.maps[cell.map];
  if (!map) throw new RangeError(`There is no map ${cell.map}.`);
  const [, , , keys] = map.shape;
  const row = headOf(map, cell.layer, cell.head).slice(cell.query * keys, (cell.query + 1) * keys);
  const { scores, score } = scoresOf(map, cell, row);
  const random = randomFrom(1 + cell.layer * 7919 + cell.head * 104729 + cell.query * 31 + cell.key);
  const vector = (size = features): Float64Array => Float64Array.from({ length: size }, () => 2 * random() - 1);
  const part = vector().map((value) => value * itemAt(row, cell.key));
  const total = part.map((value) => value + 0.1 * (2 * random() - 1));
  const common = {
    ...cell,
    map: map.name,
    scores: floats(scores),
    weights: floats(row),
    output: {
      norm: Math.sqrt(dot(total, total)),
      keyNorm: Math.sqrt(dot(part, part)),
      share: dot(part, total) / dot(total, total),
      difference: map.scoring ? null : 1.5e-7,
      beside: map.scoring ? null : { attention: 2.4 * Math.sqrt(dot(total, total)), residual: 6.1 },
    },
    recomputed: { score, weight: itemAt(row, cell.key) * (1 + 2e-7), difference: 3e-7 },
    missing: [],
  };
  if (map.scoring) return recurrentOf(common, map, cell, vector);
  const scale = 1 / Math.sqrt(features);
  const isSeen = Number.isFinite(score);
  const q = vector().map((value) => 2 * value);
  return {
    kind: 'dot-product',
    ...common,
    q: floats(q),
    k: floats(meeting(q, vector(), (isSeen ? score : 0.4) / scale)),
    scale,
    softcap: null,
    biases: [{ name: 'mask', value: isSeen ? 0 : -Infinity }],
    sinks: [],
    v: floats(vector()),
  };
}

/** `other`, moved along `vector` until their product is `product`. */
function meeting(vector: Float64Array, other: Float64Array, product: number): Float64Array {
  const by = (product - dot(vector, other)) / dot(vector, vector);
  return other.map((value, at) => value + by * itemAt(vector, at));
}

/** Scores whose softmax is a row of weights. */
function scoresOf(map: AttentionMap, { query, key }: Cell, row: Float32Array): { scores: Float64Array; score: number } {
  const { local } = map;
  const seen = local ? seenKeys({ kind: 'cross', mask: fullMask, local }, query, row.length) : null;
  const scores = Float64Array.from(row, (weight, at) => {
    if (seen && (at < seen.first || at >= seen.end)) return -0.5;
    const apart = local ? at - itemAt(local.centres, query) : 0;
    const sigma = local?.sigma ?? null;
    const gaussian = sigma === null ? 1 : Math.exp(-(apart ** 2) / (2 * sigma ** 2));
    return Math.log(weight / gaussian) + 1.5;
  });
  return { scores, score: itemAt(scores, key) };
}

function recurrentOf(
  common: Omit<RecurrentExplanation, 'kind' | 'scoring' | 'parts' | 'window'>,
  { scoring = 'dot', local }: AttentionMap,
  { query }: Cell,
  vector: () => Float64Array,
): RecurrentExplanation {
  const { score } = common.recomputed;
  const part = (name: string, values: Float64Array) => ({ name, vector: floats(values) });
  const [s, h] = [vector(), vector()];
  const meets = meeting(s, h, score);
  const [ws, uh] = [vector(), vector()];
  const tanh = ws.map((value, at) => Math.tanh(value + itemAt(uh, at)));
  const sum = [
    part('W s', ws),
    part('U h', uh),
    part('tanh(W s + U h)', tanh),
    part('v', meeting(tanh, vector(), score)),
  ];
  const parts = {
    additive: [part('s', s), part('h', h), ...sum],
    concat: [part('s', s), part('h', h), ...sum],
    general: [part('s', s), part('h', h), part('W h', meets)],
    dot: [part('s', s), part('h', meets)],
  };
  const window = local && {
    centre: itemAt(local.centres, query),
    halfWidth: local.halfWidth,
    sigma: local.sigma,
    parts: [],
  };
  return { kind: 'recurrent', ...common, scoring, parts: parts[scoring], window: window ?? null };
}
