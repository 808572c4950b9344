import type { Analysis } from '../attention/analysis.ts';
import { probabilityText, valueText } from '../attention/number-words.ts';
import type { Candidate, Label, Prediction } from '../prediction/prediction.ts';
import { bestAnswer } from '../prediction/span.ts';
import { visibleLine } from '../text/foreign.ts';
import { labelOf, visibleText } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { words } from '../words/words.ts';
import { answerText } from './prediction-table.ts';

/** How many of the likeliest are told of a place. */
const told = 5;

/** What the model predicts at a place, in the words of the page. */
export interface PagePrediction {
  readonly name: string;
  /** The token that it stands at, by sequence and index; null where it is of the whole text. */
  readonly at: { readonly sequence: number; readonly token: number } | null;
  /** Whether it is told beside the text, whatever is pointed at: masks, answers and labels are. */
  readonly isListed: boolean;
  /** Names and their probabilities, likeliest first. */
  readonly rows: readonly (readonly [name: string, probability: string])[];
}

/** What an exported page tells of the predictions of an analysis: at most five names a place. */
export function pagePredictions({ predictions = [], sequences }: Analysis): readonly PagePrediction[] {
  return predictions.flatMap((prediction) => placesOf(prediction, sequences));
}

function placesOf(prediction: Prediction, sequences: readonly Sequence[]): readonly PagePrediction[] {
  const says = words().predictions;
  switch (prediction.kind) {
    case 'masked':
      return prediction.places.map(({ token, candidates }) => ({
        name: says.atMask(token),
        at: { sequence: prediction.sequence, token },
        isListed: true,
        rows: candidateRows(candidates),
      }));
    case 'next': {
      const { sequence, ahead, steps } = prediction;
      return steps.map(({ candidates }, token) => ({
        name: ahead === 1 ? says.after(quotedAt(sequences[sequence], token)) : says.name,
        at: { sequence, token },
        isListed: false,
        rows: candidateRows(candidates),
      }));
    }
    case 'tags':
      return prediction.tags.map((tag, token) => ({
        name: says.name,
        at: { sequence: prediction.sequence, token },
        isListed: false,
        rows: labelRows([tag]),
      }));
    case 'label':
      return ofText(labelRows(prediction.labels.slice(0, told)));
    case 'score':
      return ofText([[visibleLine(prediction.name), valueText(prediction.value)]]);
    case 'span': {
      const best = bestAnswer(prediction);
      const sequence = sequences[prediction.sequence];
      if (!best || !sequence) return ofText([[words().table.noAnswer, probabilityText(prediction.none)]]);
      return ofText([[visibleLine(answerText(sequence, best)), probabilityText(best.probability)]]);
    }
  }
}

/** What is predicted of the whole text. */
function ofText(rows: PagePrediction['rows']): readonly PagePrediction[] {
  return [{ name: words().predictions.name, at: null, isListed: true, rows }];
}

function candidateRows(candidates: readonly Candidate[]): PagePrediction['rows'] {
  return candidates
    .slice(0, told)
    .map(({ text, probability }) => [visibleText(text), probabilityText(probability)] as const);
}

function labelRows(labels: readonly Label[]): PagePrediction['rows'] {
  return labels.map(({ name, probability }) => [visibleLine(name), probabilityText(probability)] as const);
}

function quotedAt(sequence: Sequence | undefined, index: number): string {
  const token = sequence?.tokens[index];
  return words().texts.quoted(sequence && token ? labelOf(sequence, token) : '');
}
