import type { Analysis } from '../../../../src/core/attention/analysis.ts';
import { labelOf } from '../../../../src/core/text/label.ts';

/** What of an analysis is data and no words: labels of tokens, texts, the model, what it predicts, and its notes. */
export function dataOf(analysis: Analysis): string[] {
  const { model, sequences, predictions = [], notes } = analysis;
  const names = [...JSON.stringify(predictions).matchAll(/"(?:text|name)":"([^"]*)"/g)].flatMap(([, one]) => one ?? []);
  return [
    model.id,
    ...(model.formats ?? []).flatMap(({ format }) => [format]),
    ...sequences.flatMap((sequence) => [
      ...[sequence.text, sequence.pair ?? ''].flatMap((text) => [text, ...text.split(/[^\p{L}]+/u)]),
      ...sequence.tokens.map((token) => labelOf(sequence, token)),
      ...(sequence.roles ?? []).map(({ role }) => role),
    ]),
    ...names.flatMap((name) => [name, name.trim()]),
    ...notes,
  ];
}
