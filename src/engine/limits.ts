import type { AttentionSite } from '../core/onnx/site.ts';
import { describedLimit, type Described } from './config.ts';
import type { ModelFolder } from './models.ts';

/** Bytes that the weights of one map may take. */
const budget = 512 << 20;
/** Assumed where neither the graph nor its description tells. */
const usualHeads = 16;

/** The most tokens of a text, and why: what the model was made for, or what its attention would take in memory. */
export interface TokenLimit {
  readonly tokens: number;
  readonly because: 'model' | 'memory';
}

/**
 * How many tokens a model takes here: by its own description, and so that the weights of all layers and heads, 4 bytes for
 * every pair of tokens, stay within the budget.
 */
export function tokenLimit(folder: ModelFolder, described: Described, sites: readonly AttentionSite[]): TokenLimit {
  const heads = sites.find((site) => site.heads !== null)?.heads ?? described.heads ?? usualHeads;
  const fitting = Math.floor(Math.sqrt(budget / (4 * heads * Math.max(1, sites.length))));
  const own = describedLimit(folder.config, folder.tokenizerConfig);
  return own !== null && own <= fitting ? { tokens: own, because: 'model' } : { tokens: fitting, because: 'memory' };
}

/** Why a text was shortened, as a sentence. */
export function shortened({ tokens, because }: TokenLimit): string {
  return because === 'model'
    ? `The text was shortened: the model takes ${tokens} tokens.`
    : `The text was shortened: the attention of more than ${tokens} tokens would not fit the memory set aside for it.`;
}
