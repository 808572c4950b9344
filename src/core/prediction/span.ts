import { itemAt } from '../item-at.ts';
import type { Sequence, Token } from '../text/token.ts';
import type { Answer, Prediction, SpanPrediction } from './prediction.ts';
import { softmax } from './row.ts';

/** Answers that are told. */
const answersTold = 3;
/** The longest answer, in tokens: what pipelines of the field take. */
const longest = 30;

/**
 * The likeliest answers in a text from the logits of their first and last tokens, `[tokens]` each (Devlin et al. 2019,
 * SQuAD).
 *
 * With a sentence pair the second text is the context and answers lie in it; special tokens are no answers.
 * Probabilities are shares among the tokens that could be one and the first token, which stands for "no answer"
 * (`none`).
 */
export function answersOf(
  sequence: Sequence,
  starts: ArrayLike<number>,
  ends: ArrayLike<number>,
): Omit<SpanPrediction, 'kind' | 'sequence'> {
  const { tokens, pair } = sequence;
  const segment = pair === undefined ? 0 : 1;
  const places = tokens.flatMap((token, index) => (isPlace(token, segment) ? [index] : []));
  const shared = places[0] === 0 ? places : [0, ...places];
  const [first, last] = [shares(starts, shared), shares(ends, shared)];
  const answers: Answer[] = [];
  for (const [at, from] of places.entries()) {
    for (const to of places.slice(at, at + longest)) {
      const [start, end] = [itemAt(tokens, from).start, itemAt(tokens, to).end];
      keep(answers, { first: from, last: to, start, end, probability: (first.get(from) ?? 0) * (last.get(to) ?? 0) });
    }
  }
  return {
    answers,
    none: places[0] === 0 ? 0 : (first.get(0) ?? 0) * (last.get(0) ?? 0),
    starts: tokens.map((_, index) => first.get(index) ?? 0),
    ends: tokens.map((_, index) => last.get(index) ?? 0),
  };
}

/** The likeliest answer; null where it is likelier that the text has none. */
export function bestAnswer({ answers: [best], none }: Pick<SpanPrediction, 'answers' | 'none'>): Answer | null {
  return best && best.probability >= none ? best : null;
}

/** The likeliest answer of an analysis to its question, with the prediction that it is of; null where there is none. */
export function answerIn(
  predictions: readonly Prediction[] | undefined,
): { readonly answer: Answer; readonly prediction: SpanPrediction } | null {
  const prediction = predictions?.find((one) => one.kind === 'span');
  const answer = prediction && bestAnswer(prediction);
  return answer ? { answer, prediction } : null;
}

function isPlace(token: Token, segment: 0 | 1): boolean {
  return !token.special && token.segment === segment && token.end > token.start;
}

function shares(logits: ArrayLike<number>, places: readonly number[]): ReadonlyMap<number, number> {
  const probabilities = softmax(places.map((place) => itemAt(logits, place)));
  return new Map(places.map((place, index) => [place, itemAt(probabilities, index)]));
}

function keep(answers: Answer[], answer: Answer): void {
  const worse = answers.findIndex((other) => other.probability < answer.probability);
  answers.splice(worse < 0 ? answers.length : worse, 0, answer);
  if (answers.length > answersTold) answers.pop();
}
