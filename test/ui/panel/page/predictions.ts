import type { Analysis } from '../../../../src/core/attention/analysis.ts';
import { drawnRow, type Distribution } from '../../../../src/core/prediction/distribution.ts';
import type { Drawing } from '../../../../src/core/prediction/sample.ts';
import type { Candidate, NextPrediction } from '../../../../src/core/prediction/prediction.ts';
import type { RoleRange, Sequence } from '../../../../src/core/text/token.ts';

const words = [' was', ' and', '.', ' fish', 's', '\n', ' in', ' dragon', ' a', '[SEP]'];

/** Ten candidates whose probabilities halve from the first to the last. */
export function candidates(turn: number): Candidate[] {
  return words.map((_, index) => ({
    id: index,
    text: words[(index + turn) % words.length] ?? '',
    probability: 0.5 ** (index + 1),
  }));
}

/**
 * A step for every token; the token that follows is the third likeliest, every fourth one is not among the candidates.
 */
export function nextOf({ tokens }: Sequence): NextPrediction {
  return {
    kind: 'next',
    sequence: 0,
    ahead: 1,
    steps: tokens.map((_, index) => ({
      candidates: candidates(index).slice(0, index === tokens.length - 1 ? 10 : 3),
      followed:
        index === tokens.length - 1
          ? null
          : index % 4 === 3
            ? { probability: 0.0123, rank: 7 }
            : { probability: 0.125, rank: 2 },
    })),
  };
}

/** Messages that begin with their role in angle brackets. */
export function rolesOf({ text, tokens }: Sequence): RoleRange[] {
  const starts = [...text.matchAll(/<(\w+)>/g)];
  return starts.map((match, index): RoleRange => {
    const to = starts[index + 1]?.index ?? text.length;
    const at = (offset: number): number => {
      const found = tokens.findIndex((token) => token.start >= offset);
      return found < 0 ? tokens.length : found;
    };
    const content = match.index + match[0].length;
    return {
      role: match[1] ?? '',
      first: index === 0 ? 0 : at(match.index - 1),
      end: index === starts.length - 1 ? tokens.length : at(to - 1),
      content: { start: content, end: to },
    };
  });
}

/** What is predicted in place of a token, over a vocabulary of the ten candidates and ten rare tokens. */
export function distributionIn({ predictions = [] }: Analysis, token: number, drawing: Drawing): Distribution | null {
  const prediction = predictions.find(({ kind }) => kind === 'masked' || kind === 'next');
  const found =
    prediction?.kind === 'masked'
      ? prediction.places.some((place) => place.token === token)
      : prediction?.kind === 'next' && prediction.steps[token - prediction.ahead] !== undefined;
  if (!found) return null;
  const texts = candidates(token).map(({ text }) => text);
  const logits = Float32Array.from({ length: 2 * texts.length }, (_, id) => -(id + 1) * Math.LN2);
  const steps = prediction?.kind === 'next' ? prediction.steps : [];
  const followed = steps[token - 1]?.followed ? (token % 4 === 0 ? 7 : 2) : null;
  const read = drawnRow(logits, logits, drawing, texts.length, followed);
  const told = <T extends { id: number }>(one: T): T & { text: string } => ({ ...one, text: texts[one.id] ?? '' });
  return read && { ...read, candidates: read.top.map(told), followed: read.followed && told(read.followed) };
}

/** The same analysis by a model that fills masks. */
export function fillingMasks(analysis: Analysis): Analysis {
  return { ...analysis, model: { ...analysis.model, blank: '[MASK]' } };
}
