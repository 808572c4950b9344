import { html, nothing, type TemplateResult } from 'lit';
import { answerText } from '../../src/core/export/prediction-table.ts';
import type { Answer, LabelPrediction, Prediction, SpanPrediction } from '../../src/core/prediction/prediction.ts';
import { bestAnswer } from '../../src/core/prediction/span.ts';
import type { Sequence } from '../../src/core/text/token.ts';
import { probabilityText, valueText } from '../../src/core/attention/number-words.ts';
import { words } from '../../src/core/words/words.ts';

/** How many labels a line has; the others are in its tooltip. */
const maxLabels = 3;

/** What the model says of the text as a whole, a line for each: its label, a number, or the answer to a question. */
export function predictedLines(
  predictions: readonly Prediction[],
  sequences: readonly Sequence[],
): TemplateResult | typeof nothing {
  const lines = predictions.flatMap((prediction) => lineOf(prediction, sequences) ?? []);
  return lines.length === 0 ? nothing : html`${lines.map((line) => html`<p class="caption">${line}</p>`)}`;
}

function lineOf(prediction: Prediction, sequences: readonly Sequence[]): TemplateResult | null {
  switch (prediction.kind) {
    case 'label':
      return labelLine(prediction);
    case 'score':
      return html`<span
        title=${words().sentence.scoreMeaning}>${words().sentence.predicted}<b>${prediction.name}</b> ${valueText(prediction.value)}</span>`;
    case 'span':
      return spanLine(prediction, sequences[prediction.sequence]);
    case 'masked':
    case 'next':
    case 'tags':
      return null;
  }
}

function labelLine({ labels, exclusive }: LabelPrediction): TemplateResult {
  const all = labels.map(({ name, probability }) => `${name} ${probabilityText(probability)}`).join('\n');
  const how = exclusive ? words().sentence.oneLabel : words().sentence.eachLabel;
  return html`<span
    title=${`${how}:\n${all}`}>${words().sentence.predicted}${labels.slice(0, maxLabels).map(({ name, probability }, index) => html`${index > 0 ? ' · ' : nothing}<b>${name}</b> ${probabilityText(probability)}`)}${labels.length > maxLabels ? ' …' : nothing}</span>`;
}

function spanLine(prediction: SpanPrediction, sequence: Sequence | undefined): TemplateResult {
  const says = words().sentence;
  const { answers, none, starts, ends } = prediction;
  const best = bestAnswer(prediction);
  if (!best || !sequence) return html`${says.noAnswer(probabilityText(none))}`;
  const isSecond = sequence.tokens[best.first]?.segment === 1;
  const madeOf = ({ first, last }: Answer): string =>
    says.answerEnds(probabilityText(starts[first] ?? 0), probabilityText(ends[last] ?? 0));
  const probability = `${probabilityText(best.probability)}${madeOf(best)}`;
  const where = says.answerAt(probability, best.start, best.end, isSecond);
  const others = answers
    .map(
      (answer) =>
        `${says.answerText(answerText(sequence, answer))} ${probabilityText(answer.probability)}${madeOf(answer)}`,
    )
    .join('\n');
  return html`<span
    title=${`${others}\n${says.noneInText(probabilityText(none))}`}>${says.answer}<b>${says.answerText(answerText(sequence, best))}</b>${where}</span>`;
}
