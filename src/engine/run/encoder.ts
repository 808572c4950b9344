import { tokenLimit } from '../model/limits.ts';
import { headPrediction } from '../predict/head.ts';
import { refuse, sequenceOf, type Analyse } from './family.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { analyseOneGraph } from './one-graph.ts';
import { refuseTarget, withReplaced } from './replaced.ts';
import { words } from '../../core/words/words.ts';

/** BERT and its kin: one text or a sentence pair, every token looks at every token. */
export const analyseEncoder: Analyse = async (model, texts, work, watch) => {
  refuseTarget(texts.edits);
  refuse(texts, 'target', words().details.run.encoderTarget);
  refuse(texts, 'chat', words().details.run.encoderChat);
  refuse(texts, 'continue', words().details.run.encoderContinue);
  const { tokenizer, network } = model;
  const { text, pair } = texts;
  const encoding = tokenizer.encode(text, {
    ...(pair === undefined ? {} : { pair }),
    maxTokens: tokenLimit(model.folder, network.main),
  });
  const sequence = withReplaced(tokenizer, sequenceOf(encoding, text, pair), texts.edits, 'source');
  return analyseOneGraph(model, sequence, work, {
    family: 'encoder',
    expected: 'self',
    segments: encoding.typeIds,
    predict: (outputs) => {
      const { predictions, notes, expected } = headPrediction(model, outputs, sequence);
      if (expected) watch?.(expected);
      return { predictions, notes: [...segmentNotes(model, encoding.typeIds), ...notes] };
    },
  });
};

/** Says so where a model knows fewer kinds of segment than its tokenizer tells apart. */
function segmentNotes({ folder: { config }, network }: LoadedModel, segments: readonly number[]): string[] {
  const kinds = config.type_vocab_size;
  const isAsked = network.main.inputs.some(({ role }) => role === 'segments');
  if (!isAsked || kinds !== 1 || !segments.some((segment) => segment > 0)) return [];
  return [words().notes.segments];
}
