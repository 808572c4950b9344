import type { MapName, Scoring } from '../../attention/map.ts';
import type { BlockPart } from '../../block/block.ts';
import type { BiasName } from '../../block/score.ts';

const biases: Readonly<Record<BiasName, string>> = {
  mask: 'mask',
  position: 'relative position',
  'content and position': 'content and position',
  bound: 'bound',
  edit: 'edit',
};

const parts: Readonly<Record<BlockPart, string>> = {
  scores: 'scores',
  'query projection': 'query projection',
  'key projection': 'key projection',
  'value projection': 'value projection',
  'output projection': 'output projection',
  'norm before': 'norm before the attention',
  residual: 'residual stream',
  'feed-forward': 'feed-forward part',
};

const formulas: Readonly<Record<Scoring, string>> = {
  additive: 'v·tanh(W s + U h)',
  concat: 'v·tanh(W s + U h)',
  dot: 's·h',
  general: 's·W h',
};

/** One weight taken apart. */
export const explanation = {
  cell: (head: string, map: MapName, query: string, key: string) =>
    `${head} of the map “${map}”: query ${query}, key ${key}`,
  product: 'q·k',
  scale: '× scale',
  softcap: 'soft cap',
  bias: (name: string) => `+ ${name}`,
  biases,
  formula: 'score by',
  formulas,
  /** A vector by its size and length. */
  vector: (size: number, norm: string) => `${size} numbers, norm ${norm}`,
  window: 'window',
  windowOf: (centre: string, halfWidth: number, sigma: number | null) =>
    `${centre} ± ${halfWidth}${sigma === null ? '' : `, Gaussian with σ = ${sigma}`}`,
  score: 'score',
  mean: 'mean score of the row',
  weight: 'weight',
  key: 'top keys',
  output: 'norm of the head’s output',
  ofKey: 'from this key',
  share: (norm: string, share: string | null) => (share === null ? norm : `${norm} (${share} of the output)`),
  ofAttention: 'norm of what all heads add',
  ofResidual: 'norm of the residual stream before',
  outputDifference: 'heads, summed, differ from the model by',
  difference: 'recomputed row differs from the model by',
  missing: (part: string) => `${part} not found`,
  parts,
};
