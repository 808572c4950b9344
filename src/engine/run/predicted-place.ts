import type { Analysis } from '../../core/attention/analysis.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import type { PredictedPlace } from '../../core/prediction/effects.ts';
import type { NextPrediction } from '../../core/prediction/prediction.ts';
import type { Sequence } from '../../core/text/token.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import { words } from '../../core/words/words.ts';

/** A place at which a model predicts, and what the text has there. */
export interface Place extends PredictedPlace {
  /** The id that the text has there; null where it has none, or only a mask. */
  readonly given: number | null;
}

/**
 * The place at a position of an analysis; without one the first mask, the last word of a text without masks, or where a
 * model continues what it was given. Throws `argument-invalid` for a position that there is not, `model-unsupported`
 * for a model that predicts nothing that can be compared.
 */
export function placeOf(analysis: Analysis, tokenizer: Tokenizer, position: number | null): Place {
  const [prediction] = analysis.predictions ?? [];
  switch (prediction?.kind) {
    case 'next':
      return nextPlace(analysis, prediction, position);
    case 'masked':
      return maskedPlace(analysis, tokenizer, position ?? prediction.places[0]?.token ?? null);
    case 'tags': {
      const sequence = itemAt(analysis.sequences, 0);
      const token = checked(sequence, position ?? lastWord(sequence));
      return { kind: 'tag', sequence: 0, token, isHidden: false, given: null };
    }
    case 'label':
      if (prediction.exclusive) return { kind: 'label', sequence: 0, token: 0, isHidden: false, given: null };
  }
  throw new AttentionError({
    code: 'model-unsupported',
    model: analysis.model.id,
    detail: words().details.run.effectsNothing,
  });
}

function nextPlace({ sequences }: Analysis, { sequence: at, ahead }: NextPrediction, position: number | null): Place {
  const sequence = itemAt(sequences, at);
  const { tokens, generatedFrom = tokens.length } = sequence;
  const token = checked(sequence, position ?? Math.max(0, Math.min(generatedFrom, tokens.length) - 1));
  const given = tokens[token + ahead]?.id ?? null;
  return { kind: ahead === 0 ? 'written' : 'next', sequence: at, token, isHidden: false, given };
}

function maskedPlace({ sequences, model }: Analysis, { specialTokens }: Tokenizer, position: number | null): Place {
  const sequence = itemAt(sequences, 0);
  const token = checked(sequence, position ?? lastWord(sequence));
  const { id, special } = itemAt(sequence.tokens, token);
  if (specialTokens.mask === undefined)
    throw new AttentionError({
      code: 'model-unsupported',
      model: model.id,
      detail: words().details.run.effectsNothing,
    });
  const isMask = id === specialTokens.mask;
  if (special && !isMask) {
    const detail = words().details.analysis.specialPosition(token);
    throw new AttentionError({ code: 'argument-invalid', argument: 'position', detail });
  }
  return { kind: 'masked', sequence: 0, token, isHidden: !isMask, given: isMask ? null : id };
}

/** The last token that is a word of the text and more than punctuation; 0 where there is none. */
function lastWord({ text, tokens }: Sequence): number {
  return Math.max(
    0,
    tokens.findLastIndex(({ special, start, end }) => !special && /[\p{L}\p{N}]/u.test(text.slice(start, end))),
  );
}

function checked({ tokens }: Sequence, position: number): number {
  if (position < tokens.length) return position;
  const detail = words().details.analysis.position(position, tokens.length);
  throw new AttentionError({ code: 'argument-invalid', argument: 'position', detail });
}
