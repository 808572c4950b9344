import type { Analysis } from '../../core/attention/analysis.ts';
import { drawnRow, type Distribution, type DrawnToken } from '../../core/prediction/distribution.ts';
import type { Prediction } from '../../core/prediction/prediction.ts';
import { obeying } from '../../core/prediction/rules/obey.ts';
import type { WritingRules } from '../../core/prediction/rules/writing-rules.ts';
import type { Drawing } from '../../core/prediction/sample.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import { addedText } from '../../core/text/written.ts';
import { candidatesTold } from './next.ts';

/** What tokens are told and drawn with. */
export interface Writer {
  readonly tokenizer: Tokenizer;
  readonly rules: WritingRules;
  /** The token that a decoder is fed before the first of its sequence; null where the sequence has it. */
  readonly start: number | null;
}

/**
 * What an analysis predicts in place of a token (after the last one: at the index that follows), and how likely each
 * candidate is drawn there: the numbers that writing itself draws with. Null where there is no prediction, or its logits
 * are not kept any more.
 */
export function distributionOf(
  { tokenizer, rules, start }: Writer,
  { predictions = [], sequences, logits }: Pick<Analysis, 'predictions' | 'sequences' | 'logits'>,
  token: number,
  drawing: Drawing,
): Distribution | null {
  const prediction = predictions.find(isOfTokens);
  const row = logits?.row(token);
  if (!prediction || !row) return null;
  const { tokens = [], generatedFrom = tokens.length } = sequences[prediction.sequence] ?? {};
  const ids = tokens.map(({ id }) => id);
  const before = ids.slice(0, token);
  const first = start === null ? [] : [start];
  const given = first.length + Math.min(generatedFrom, token);
  const allowed =
    prediction.kind === 'masked' ? row : obeying(rules, row, { ids: [...first, ...before], given, total: Infinity });
  const followed = prediction.kind === 'masked' ? null : (ids[token] ?? null);
  const read = drawnRow(row, allowed, drawing, candidatesTold.last, followed);
  if (!read) return null;
  const told = <T extends DrawnToken>(drawn: T): T & { text: string } => ({
    ...drawn,
    text: addedText(tokenizer, before, drawn.id),
  });
  return { ...read, candidates: read.top.map(told), followed: read.followed && told(read.followed) };
}

function isOfTokens(prediction: Prediction): prediction is Extract<Prediction, { kind: 'masked' | 'next' }> {
  return prediction.kind === 'masked' || prediction.kind === 'next';
}
