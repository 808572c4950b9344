import { html, nothing, type TemplateResult } from 'lit';
import { answerText } from '../../src/core/export/prediction-table.ts';
import type { LabelPrediction, Prediction, SpanPrediction } from '../../src/core/prediction/prediction.ts';
import type { Sequence } from '../../src/core/text/token.ts';
import { weightText } from '../words/numbers.ts';

/** How many labels a line has; the others are in its tooltip. */
const most = 3;

/** What the model says of the text as a whole, a line for each: its label, a number, or the answer to a question. */
export function predictedLines(predictions: readonly Prediction[], sequences: readonly Sequence[]): TemplateResult | typeof nothing {
  const lines = predictions.flatMap((prediction) => lineOf(prediction, sequences) ?? []);
  return lines.length === 0 ? nothing : html`${lines.map((line) => html`<p class="caption">${line}</p>`)}`;
}

function lineOf(prediction: Prediction, sequences: readonly Sequence[]): TemplateResult | null {
  switch (prediction.kind) {
    case 'label': return labelLine(prediction);
    case 'score': return html`Predicted: <b>${prediction.name}</b> ${prediction.value.toFixed(2)}`;
    case 'span': return spanLine(prediction, sequences[prediction.sequence]);
    case 'masked': case 'next': case 'tags': return null;
  }
}

function labelLine({ labels, exclusive }: LabelPrediction): TemplateResult {
  const all = labels.map(({ name, probability }) => `${name} ${weightText(probability)}`).join('\n');
  const how = exclusive ? 'One of these labels is true' : 'Each of these labels is true or false by itself';
  return html`<span title=${`${how}:\n${all}`}>Predicted: ${labels.slice(0, most).map(({ name, probability }, index) => html`${index > 0 ? ' · ' : nothing}<b>${name}</b> ${weightText(probability)}`)}${labels.length > most ? ' …' : nothing}</span>`;
}

function spanLine({ answers, none }: SpanPrediction, sequence: Sequence | undefined): TemplateResult {
  const [best] = answers;
  if (!best || !sequence || none > best.probability) return html`Answer: none in the text ${weightText(none)}`;
  const others = answers.map((answer) => `“${answerText(sequence, answer)}” ${weightText(answer.probability)}`).join('\n');
  return html`<span title=${`${others}\nnone in the text ${weightText(none)}`}>Answer: <b>“${answerText(sequence, best)}”</b> ${weightText(best.probability)}, characters ${best.start}–${best.end}</span>`;
}
