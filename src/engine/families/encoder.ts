import { tokenLimit } from '../limits.ts';
import { headPrediction } from '../predict/head.ts';
import { refuse, sequenceOf, type Analyse } from './family.ts';
import { analyseOneGraph } from './one-graph.ts';

/** BERT and its kin: one text or a sentence pair, every token looks at every token. */
export const analyseEncoder: Analyse = async (model, texts, work) => {
  refuse(texts, 'target', 'encoder-only models take no target');
  refuse(texts, 'continue', 'encoder-only models generate no text');
  refuse(texts, 'chat', 'encoder-only models take no conversation');
  const { tokenizer, network } = model;
  const { text, pair } = texts;
  const encoding = tokenizer.encode(text, { ...(pair === undefined ? {} : { pair }), maxTokens: tokenLimit(model.folder) });
  const sequence = sequenceOf(encoding, text, pair);
  return analyseOneGraph(model, sequence, work, {
    family: 'encoder',
    expected: 'self',
    inputs: {
      token_type_ids: network.row(encoding.typeIds),
      position_ids: network.row(encoding.typeIds.map((_, position) => position)),
    },
    predict: (outputs) => headPrediction(model, outputs, sequence),
  });
};
