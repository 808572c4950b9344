import { rankOf } from '../shape.ts';
import { afterPast, attend, type Attended } from './attend.ts';
import { laterButLast, lowest, maskTerm, penalty } from './masks.ts';
import type { NodeWriter } from './node-writer.ts';

/** The inputs of an attention of onnxruntime by name; '' where one is left out. */
export interface MultiHeadInputs {
  readonly query: string;
  readonly key: string;
  readonly value: string;
  /** Stored biases of queries, keys and values, one behind the other. */
  readonly bias: string;
  readonly mask: string;
  readonly attentionBias: string;
  readonly pastKey: string;
  readonly pastValue: string;
}

/**
 * com.microsoft.MultiHeadAttention (onnxruntime's ContribOperators.md): query, key, value, bias, key_padding_mask,
 * attention_bias, past_key, past_value. Throws GraphError for packed inputs, which onnxruntime's CPU refuses itself,
 * and buffers that past and present share.
 */
export function writeMultiHead(writer: NodeWriter): void {
  writer.refuseInputs(
    new Map([
      [8, 'past_sequence_length'],
      [9, 'cache_indirection'],
    ]),
  );
  writeHeads(writer, {
    query: writer.input(0),
    key: writer.input(1),
    value: writer.input(2),
    bias: writer.input(3),
    mask: writer.input(4),
    attentionBias: writer.input(5),
    pastKey: writer.input(6),
    pastValue: writer.input(7),
  });
}

/**
 * com.microsoft.DecoderMaskedMultiHeadAttention: the same for one new token, its inputs in another order. Over a source
 * it reads neither the length of a cache nor beams; elsewhere these throw a GraphError.
 */
export function writeDecoderMasked(writer: NodeWriter): void {
  if (!isHeadsFirst(writer, writer.input(1)))
    writer.refuseInputs(
      new Map([
        [7, 'past_sequence_length'],
        [8, 'beam_width'],
        [9, 'cache_indirection'],
      ]),
    );
  writeHeads(writer, {
    query: writer.input(0),
    key: writer.input(1),
    value: writer.input(2),
    bias: writer.input(10),
    mask: writer.input(3),
    attentionBias: writer.input(4),
    pastKey: writer.input(5),
    pastValue: writer.input(6),
  });
}

function writeHeads(writer: NodeWriter, inputs: MultiHeadInputs): void {
  const { heads, scores } = writeContext(writer, inputs);
  writer.give(1, () => heads.key);
  writer.give(2, () => heads.value);
  writer.give(3, () => writer.narrowed(scores));
}

/** Queries of all heads, and keys and values with those of the cache, `[batch, heads, tokens, features]`. */
export interface Heads {
  readonly query: string;
  readonly key: string;
  readonly value: string;
}

/** Adds the biases, splits into heads, and puts keys and values behind those of the cache. */
export function splitIntoHeads(writer: NodeWriter, inputs: MultiHeadInputs): Heads {
  if (inputs.key === '' || inputs.value === '') throw writer.unwritable((says) => says.packed(writer.node.op));
  const heads = writer.count('num_heads');
  const isSplit = isHeadsFirst(writer, inputs.key);
  const [query, key, value] = biased(writer, inputs, isSplit);
  const split = (part: string): string => (isSplit ? part : writer.headsFirst(part, heads));
  return {
    query: writer.headsFirst(query, heads),
    key: afterPast(writer, inputs.pastKey, split(key)),
    value: afterPast(writer, inputs.pastValue, split(value)),
  };
}

/** What the attention of these heads is computed from. */
export function attendedOf(
  writer: NodeWriter,
  { query, key }: Omit<Heads, 'value'>,
  inputs: MultiHeadInputs,
): Attended {
  const heads = writer.count('num_heads');
  const scale = writer.attribute('scale');
  return {
    query: writer.widened(query),
    key: writer.widened(key),
    heads: { query: heads, key: heads },
    scale: scale === 0 ? null : scale,
    softCap: null,
    added: addedTo(writer, inputs, query, key),
    sink: null,
  };
}

/** Writes the steps and gives what comes of them as the first output. */
export function writeContext(
  writer: NodeWriter,
  inputs: MultiHeadInputs,
): { readonly heads: Heads; readonly scores: string } {
  const heads = splitIntoHeads(writer, inputs);
  const { context, scores } = attend(writer, attendedOf(writer, heads, inputs), writer.widened(heads.value));
  writer.give(0, () => writer.narrowed(writer.tokensFirst(context)));
  return { heads, scores };
}

/** Keys over a source come with heads first where they were computed before. */
function isHeadsFirst({ scope }: NodeWriter, key: string): boolean {
  return rankOf(scope, key) === 4;
}

/** Queries, keys and values with their parts of the stored biases; those of a source have had theirs before. */
function biased(
  writer: NodeWriter,
  { query, key, value, bias }: MultiHeadInputs,
  isSplit: boolean,
): readonly [query: string, key: string, value: string] {
  if (bias === '') return [query, key, value];
  const width = writer.listed(writer.size(query, 2));
  const own = writer.add('Add', [query, writer.slice(bias, 0, writer.integers([0]), width)]);
  if (isSplit) return [own, key, value];
  const twice = writer.add('Add', [width, width]);
  return [
    own,
    writer.add('Add', [key, writer.slice(bias, 0, width, twice)]),
    writer.add('Add', [value, writer.rest(bias, 0, twice)]),
  ];
}

/** Mask, later keys and what is given: what onnxruntime adds to the scores, in one sum of its own or apart. */
function addedTo(writer: NodeWriter, inputs: MultiHeadInputs, query: string, keys: string): readonly string[] {
  const places = {
    batch: writer.size(query, 0),
    queries: writer.size(query, 2),
    keys: writer.size(keys, 2),
    past: inputs.pastKey === '' ? null : writer.size(inputs.pastKey, 2),
  };
  const filter = writer.attribute('mask_filter_value') ?? -10000;
  const rank = inputs.mask === '' ? null : maskRank(writer, inputs.mask);
  const terms = inputs.attentionBias === '' ? [] : [writer.widened(inputs.attentionBias)];
  if (rank !== null) terms.push(maskTerm(writer, inputs.mask, rank, places, filter));
  if (writer.int('unidirectional', 0) === 1) terms.push(penalty(writer, laterButLast(writer, places), lowest));
  return terms;
}

function maskRank(writer: NodeWriter, mask: string): number {
  const rank = rankOf(writer.scope, mask);
  if (rank === null) throw writer.unwritable((says) => says.maskAxes(writer.node.op, null));
  return rank;
}
