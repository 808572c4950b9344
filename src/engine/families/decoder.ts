import { refuse, type Analyse } from './family.ts';
import { analyseOneGraph } from './one-graph.ts';

/** GPT and its kin on a given text, all tokens at once and nothing in the cache: every token looks at itself and what stands before it. */
export const analyseDecoder: Analyse = async (model, texts, work) => {
  refuse(texts, 'pair', 'a decoder reads one text');
  refuse(texts, 'target', 'a decoder continues its own text, it has no target');
  return analyseOneGraph(model, texts, work, { family: 'decoder', expected: 'causal', inputs: () => ({}) });
};
