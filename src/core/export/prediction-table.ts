import { itemAt } from '../item-at.ts';
import type { Change } from '../prediction/change.ts';
import type { Answer, Candidate, Label, NextPrediction, Prediction, SpanPrediction } from '../prediction/prediction.ts';
import { probabilityText, valueText } from '../attention/number-words.ts';
import { visibleLine } from '../text/foreign.ts';
import { visibleText } from '../text/label.ts';
import { textOf, type Sequence } from '../text/token.ts';
import { words } from '../words/words.ts';
import { aligned, labels } from './columns.ts';

/** A prediction as text for eyes, a heading and rows; empty where there is nothing to tell (a text without masks). */
export function predictionTable(prediction: Prediction, sequences: readonly Sequence[]): string {
  const says = words().table;
  switch (prediction.kind) {
    case 'masked': {
      const names = labels(sequences[prediction.sequence]);
      const rows = prediction.places.map(({ token, candidates }) => [itemAt(names, token), ...told(candidates)]);
      return rows.length === 0 ? '' : `${says.masks}\n${aligned(rows)}`;
    }
    case 'next':
      return nextTable(prediction, labels(sequences[prediction.sequence]));
    case 'span':
      return spanTable(prediction, sequences[prediction.sequence]);
    case 'label': {
      const how = prediction.exclusive ? says.oneLabel : says.eachLabel;
      const rows = prediction.labels.map(({ name, probability }) => [name, probabilityText(probability)]);
      return `${how}\n${aligned(rows)}`;
    }
    case 'score':
      return says.score(visibleLine(prediction.name), valueText(prediction.value));
    case 'tags': {
      const names = labels(sequences[prediction.sequence]);
      const rows = prediction.tags.map(({ name, probability }, index) => [
        itemAt(names, index),
        name,
        probabilityText(probability),
      ]);
      return `${says.tags}\n${aligned(rows)}`;
    }
  }
}

/** What edits did to a prediction: the likeliest before and after, and how far apart the two are. */
export function changeTable(change: Change, sequences: readonly Sequence[]): string {
  const says = words().edits;
  const kl = valueText(change.kl);
  if (change.kind === 'label') {
    const named = (labels: readonly Label[]): string[] =>
      labels.map(({ name, probability }) => `${visibleLine(name)} ${probabilityText(probability)}`);
    return `${says.label(kl)}\n${aligned([
      [says.before, ...named(change.before)],
      [says.after, ...named(change.after)],
    ])}`;
  }
  const names = labels(sequences[change.sequence]);
  const heading =
    change.kind === 'masked'
      ? says.masked(itemAt(names, change.token), kl)
      : says.next(names[change.token - 1] ?? null, kl);
  const rows = [
    [says.before, ...told(change.before)],
    [says.after, ...told(change.after)],
  ];
  return `${heading}\n${aligned(rows)}`;
}

/** Every token with the probability that it had, its rank, and what was likeliest there; last what would come next. */
function nextTable({ steps, ahead, vocabulary, drawing }: NextPrediction, names: readonly string[]): string {
  const says = words().table;
  const rows = steps.map(({ candidates, followed }, index) => [
    names[index + ahead] ?? says.next,
    followed ? shareOf(followed) : '',
    followed ? says.rank(followed.rank) : '',
    ...told(candidates),
  ]);
  const heading = [says.nextTokens(vocabulary), ...(drawing ? [says.drawn(drawing)] : [])].join('\n');
  return `${heading}\n${aligned(rows)}`;
}

function spanTable({ answers, none, starts, ends }: SpanPrediction, sequence: Sequence | undefined): string {
  const says = words().table;
  const rows = [
    ...answers.map((answer) => ({
      cells: [
        says.answerText(sequence ? answerText(sequence, answer) : ''),
        says.answerAt(answer.start, answer.end, sequence?.tokens[answer.first]?.segment === 1),
      ],
      probability: answer.probability,
      ends: [answer.first, answer.last] as const,
    })),
    { cells: [says.noAnswer, ''], probability: none, ends: [0, 0] as const },
  ].sort((a, b) => b.probability - a.probability);
  const cells = rows.map(({ cells: named, probability, ends: [first, last] }) => [
    ...named,
    probabilityText(probability),
    says.answerEnds(probabilityText(starts[first] ?? 0), probabilityText(ends[last] ?? 0)),
  ]);
  return `${says.answer}\n${aligned(cells)}`;
}

/** The characters of an answer. */
export function answerText(sequence: Sequence, { first, start, end }: Answer): string {
  const token = sequence.tokens[first];
  return token ? textOf(sequence, token).slice(start, end) : '';
}

function told(candidates: readonly Candidate[]): string[] {
  return candidates.map((candidate) => `${visibleText(candidate.text)} ${shareOf(candidate)}`);
}

/** A probability, and after it the one with which the token is drawn where that was asked for: `0.25 (0.19)`. */
function shareOf({ probability, drawn }: Pick<Candidate, 'probability' | 'drawn'>): string {
  const own = probabilityText(probability);
  return drawn === undefined ? own : `${own} (${drawn === 0 ? '0' : probabilityText(drawn)})`;
}
