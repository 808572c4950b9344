import type { Tensor } from '@huggingface/transformers';
import type { Label, Prediction } from '../../core/prediction/prediction.ts';
import { candidatesCompared } from '../../core/prediction/change.ts';
import { readRow, sigmoid, softmax } from '../../core/prediction/row.ts';
import { answersOf } from '../../core/prediction/span.ts';
import type { Sequence } from '../../core/text/token.ts';
import type { LoadedModel } from '../model/loaded.ts';
import type { Tensors } from '../backend/network.ts';
import { toldAfter, type Expectation } from './expectation.ts';
import { numbersOf, rowOf } from './logits.ts';
import { candidatesOf, candidatesTold } from './next.ts';
import { words } from '../../core/words/words.ts';

/** What the head of a model predicts, and a sentence when it has one that is not known here. */
export interface HeadReading {
  readonly predictions: readonly Prediction[];
  readonly notes: readonly string[];
  /** What it expects, where two runs can be compared in that. */
  readonly expected?: Expectation | null;
}

/** Outputs that are no head: what the layers hand on. */
const hidden = /hidden_state|pooler|pooled|embedding|^present\b/;

/**
 * What an encoder with a head predicts, from the outputs of the run whose attention is shown: by the names and shapes
 * of the outputs and by the class that `config.json` names. A model without a head predicts nothing; a head that is not
 * known is told.
 */
export function headPrediction(model: LoadedModel, outputs: Tensors, sequence: Sequence): HeadReading {
  const heads = Object.entries(outputs).filter(([name]) => !hidden.test(name));
  if (heads.length === 0) return { predictions: [], notes: [] };
  const logits = outputOf(outputs, heads);
  const prediction = spanOf(outputs, sequence) ?? logitsOf(model, logits, sequence);
  if (prediction)
    return {
      predictions: [prediction],
      notes: [],
      expected: logits ? expectedOf(model, prediction, logits, sequence) : null,
    };
  return {
    predictions: [],
    notes: [words().notes.unknownHead(heads.map(([name]) => name))],
  };
}

/** The output of a model's head; none where it has none, or several. */
export function headOutput(outputs: Tensors): Tensor | undefined {
  return outputOf(
    outputs,
    Object.entries(outputs).filter(([name]) => !hidden.test(name)),
  );
}

function outputOf(outputs: Tensors, heads: readonly (readonly [string, Tensor])[]): Tensor | undefined {
  return outputs['logits'] ?? (heads.length === 1 ? heads[0]?.[1] : undefined);
}

/** What is compared of two runs: the first mask, or labels of which one is true. */
function expectedOf(
  { tokenizer, folder }: LoadedModel,
  prediction: Prediction,
  logits: Tensor,
  sequence: Sequence,
): Expectation | null {
  if (prediction.kind === 'masked') {
    const token = prediction.places[0]?.token ?? null;
    const told = toldAfter(tokenizer, before(sequence, token ?? 0));
    return { kind: 'masked', sequence: 0, token, row: (at) => rowOf(logits, at), told };
  }
  if (prediction.kind !== 'label' || !prediction.exclusive) return null;
  const told = (row: Float32Array): Label[] =>
    (readRow(row, candidatesCompared)?.top ?? []).map(({ id, probability }) => ({
      name: labelName(folder.config.id2label, id),
      probability,
    }));
  return { kind: 'label', token: null, row: () => numbersOf(logits), told };
}

function spanOf(outputs: Tensors, sequence: Sequence): Prediction | null {
  const [starts, ends] = [outputs['start_logits'], outputs['end_logits']];
  const [first, last] = [starts && numbersOf(starts), ends && numbersOf(ends)];
  if (first?.length !== sequence.tokens.length || last?.length !== first.length) return null;
  const read = answersOf(sequence, first, last);
  return read.answers.every(({ probability }) => Number.isFinite(probability))
    ? { kind: 'span', sequence: 0, ...read }
    : null;
}

function logitsOf(model: LoadedModel, logits: Tensor | undefined, sequence: Sequence): Prediction | null {
  if (!logits) return null;
  const { config } = model.folder;
  const [architecture = ''] = config.architectures ?? [];
  const named = Object.keys(config.id2label ?? {}).length;
  const size = logits.dims.at(-1) ?? 0;
  if (logits.dims.length === 2 && (architecture.endsWith('ForSequenceClassification') || named === size))
    return labelOf(model, logits);
  if (logits.dims.length !== 3 || logits.dims[1] !== sequence.tokens.length) return null;
  if (architecture.endsWith('ForTokenClassification')) return tagsOf(model, logits, sequence);
  if (/For(MaskedLM|PreTraining)$/.test(architecture) || size === config.vocab_size)
    return maskedOf(model, logits, sequence);
  return named === size ? tagsOf(model, logits, sequence) : null;
}

function maskedOf({ tokenizer }: LoadedModel, logits: Tensor, sequence: Sequence): Prediction | null {
  const { mask } = tokenizer.specialTokens;
  const ids = sequence.tokens.map((token) => token.id);
  const places = ids.flatMap((id, token) => {
    const row = mask !== undefined && id === mask ? rowOf(logits, token) : null;
    const read = row && readRow(row, candidatesTold.last);
    return read ? [{ token, candidates: candidatesOf(tokenizer, before(sequence, token), read) }] : [];
  });
  return { kind: 'masked', sequence: 0, places };
}

/** The ids before a token, without those that have no characters: a word after [CLS] begins the text. */
function before({ tokens }: Sequence, end: number): number[] {
  return tokens.slice(0, end).flatMap(({ id, special }) => (special ? [] : [id]));
}

function labelOf({ folder: { config } }: LoadedModel, logits: Tensor): Prediction | null {
  const numbers = numbersOf(logits);
  const [first] = numbers ?? [];
  if (!numbers || first === undefined || !numbers.every(Number.isFinite)) return null;
  if (numbers.length === 1 && config.problem_type === 'regression')
    return { kind: 'score', name: labelName(config.id2label, 0), value: first };
  const exclusive = numbers.length > 1 && config.problem_type !== 'multi_label_classification';
  const probabilities = exclusive ? softmax(numbers) : Array.from(numbers, sigmoid);
  const labels = probabilities.map((probability, index): Label => ({
    name: labelName(config.id2label, index),
    probability,
  }));
  return { kind: 'label', exclusive, labels: labels.sort((a, b) => b.probability - a.probability) };
}

function tagsOf({ folder: { config } }: LoadedModel, logits: Tensor, { tokens }: Sequence): Prediction | null {
  const tags = tokens.flatMap((_, index): Label[] => {
    const row = rowOf(logits, index);
    const [top] = row ? (readRow(row, 1)?.top ?? []) : [];
    return top ? [{ name: labelName(config.id2label, top.id), probability: top.probability }] : [];
  });
  return tags.length === tokens.length ? { kind: 'tags', sequence: 0, tags } : null;
}

/** A label without a name has the one that the field's libraries give it. */
export function labelName(names: Readonly<Record<string, unknown>> | null | undefined, index: number): string {
  const name = names?.[index];
  return typeof name === 'string' && name !== '' ? name : `LABEL_${index}`;
}
