import { itemAt } from '../item-at.ts';
import type { Answer, Candidate, NextPrediction, Prediction, SpanPrediction } from '../prediction/prediction.ts';
import { groupedText, probabilityText, valueText } from '../attention/number-words.ts';
import { visibleLine } from '../text/foreign.ts';
import { visibleText } from '../text/label.ts';
import { textOf, type Sequence } from '../text/token.ts';
import { aligned, labels } from './columns.ts';

/** A prediction as text for eyes, a heading and rows; empty where there is nothing to tell (a text without masks). */
export function predictionTable(prediction: Prediction, sequences: readonly Sequence[]): string {
  switch (prediction.kind) {
    case 'masked': {
      const names = labels(sequences[prediction.sequence]);
      const rows = prediction.places.map(({ token, candidates }) => [itemAt(names, token), ...told(candidates)]);
      return rows.length === 0 ? '' : `prediction: what the model would put in place of each mask\n${aligned(rows)}`;
    }
    case 'next':
      return nextTable(prediction, labels(sequences[prediction.sequence]));
    case 'span':
      return spanTable(prediction, sequences[prediction.sequence]);
    case 'label': {
      const how = prediction.exclusive ? 'one of these labels' : 'each of these labels by itself';
      const rows = prediction.labels.map(({ name, probability }) => [name, probabilityText(probability)]);
      return `prediction: ${how}\n${aligned(rows)}`;
    }
    case 'score':
      return `prediction: ${visibleLine(prediction.name)} ${valueText(prediction.value)}`;
    case 'tags': {
      const names = labels(sequences[prediction.sequence]);
      const rows = prediction.tags.map(({ name, probability }, index) => [
        itemAt(names, index),
        name,
        probabilityText(probability),
      ]);
      return `prediction: a label for each token\n${aligned(rows)}`;
    }
  }
}

/** Every token with the probability that it had, its rank, and what was likeliest there; last what would come next. */
function nextTable({ steps, ahead, vocabulary }: NextPrediction, names: readonly string[]): string {
  const rows = steps.map(({ candidates, followed }, index) => [
    names[index + ahead] ?? 'next',
    followed ? probabilityText(followed.probability) : '',
    followed ? `rank ${followed.rank}` : '',
    ...told(candidates),
  ]);
  const of = vocabulary === undefined ? '' : ` of ${groupedText(vocabulary)} tokens`;
  const what = `the probability of each token after those before it, and what was likeliest there (rank 0${of})`;
  return `prediction: ${what}\n${aligned(rows)}`;
}

function spanTable({ answers, none }: SpanPrediction, sequence: Sequence | undefined): string {
  const whose = (first: number): string => (sequence?.tokens[first]?.segment === 1 ? ' of the second text' : '');
  const rows = [
    ...answers.map((answer) => ({
      cells: [
        `“${sequence ? answerText(sequence, answer) : ''}”`,
        `characters ${answer.start}–${answer.end}${whose(answer.first)}`,
      ],
      probability: answer.probability,
    })),
    { cells: ['no answer in the text', ''], probability: none },
  ].sort((a, b) => b.probability - a.probability);
  const cells = rows.map((row) => [...row.cells, probabilityText(row.probability)]);
  return `prediction: the answer\n${aligned(cells)}`;
}

/** The characters of an answer. */
export function answerText(sequence: Sequence, { first, start, end }: Answer): string {
  const token = sequence.tokens[first];
  return token ? textOf(sequence, token).slice(start, end) : '';
}

function told(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ text, probability }) => `${visibleText(text)} ${probabilityText(probability)}`);
}
