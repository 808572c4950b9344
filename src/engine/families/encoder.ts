import { refuse, type Analyse } from './family.ts';
import { analyseOneGraph } from './one-graph.ts';

/** BERT and its kin: one text or a sentence pair, every token looks at every token. */
export const analyseEncoder: Analyse = async (model, texts, work) => {
  refuse(texts, 'target', 'this model only reads, it writes no target');
  return analyseOneGraph(model, texts, work, {
    family: 'encoder',
    expected: 'self',
    inputs: ({ network }, typeIds) => ({
      token_type_ids: network.row(typeIds),
      position_ids: network.row(typeIds.map((_, position) => position)),
    }),
  });
};
