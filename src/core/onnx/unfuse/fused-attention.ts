import { elementTypes } from '../type.ts';
import { weigh } from './attend.ts';
import { attendedOf, splitIntoHeads, writeContext, type MultiHeadInputs } from './multi-head.ts';
import type { NodeWriter } from './node-writer.ts';

/**
 * com.microsoft.Attention and QAttention, which multiply their input with the weights of queries, keys and values
 * themselves: the steps, and keys and values behind those of the cache as the second output. Throws GraphError for
 * rotary embedding inside (no CPU has it) and buffers that past and present share.
 */
export function writeFusedAttention(writer: NodeWriter): void {
  const { key, value } = writeContext(writer, projected(writer)).heads;
  writer.give(1, () => writer.add('Concat', [writer.unsqueezed(key, 0), writer.unsqueezed(value, 0)], { axis: 0 }));
}

/** Only the weights of one of them, `[batch, heads, queries, keys]` in 32-bit floats. Throws GraphError. */
export function writeFusedWeights(writer: NodeWriter): string {
  const inputs = projected(writer);
  return weigh(writer, attendedOf(writer, splitIntoHeads(writer, inputs), inputs)).weights;
}

/** The product with the weights, its bias added, cut into queries, keys and values; the rest is read as it is. */
function projected(writer: NodeWriter): MultiHeadInputs {
  for (const name of ['do_rotary', 'past_present_share_buffer'])
    if (writer.int(name, 0) !== 0) throw writer.foreign(name);
  const { product, bias, past, ...given } = writer.node.op === 'QAttention' ? quantised(writer) : plain(writer);
  const sizes = writer.node.attributes.get('qkv_hidden_sizes')?.ints ?? [];
  const isValid = sizes.every((size) => Number.isSafeInteger(size) && size > 0);
  if (!isValid || (sizes.length !== 0 && sizes.length !== 3))
    throw writer.unwritable((says) => says.invalid(writer.node.op, 'qkv_hidden_sizes'));
  const [query, key, value] = writer.cut(bias === '' ? product : writer.add('Add', [product, bias]), 2, sizes);
  const [pastKey, pastValue] = past === '' ? ['', ''] : [cacheOf(writer, past, 0), cacheOf(writer, past, 1)];
  return { query, key, value, bias: '', pastKey, pastValue, ...given };
}

/** What the two operators read, and the product with their weights. */
interface Product {
  readonly product: string;
  readonly bias: string;
  readonly mask: string;
  readonly past: string;
  readonly attentionBias: string;
}

/**
 * com.microsoft.Attention (onnxruntime's ContribOperators.md): input, weights, bias, mask_index, past, attention_bias.
 */
function plain(writer: NodeWriter): Product {
  writer.refuseInputs(new Map([[6, 'past_sequence_length']]));
  return {
    product: writer.add('MatMul', [writer.input(0), writer.input(1)]),
    bias: writer.input(2),
    mask: writer.input(3),
    past: writer.input(4),
    attentionBias: writer.input(5),
  };
}

/**
 * com.microsoft.QAttention, with 8-bit weights: input, weight, bias, input_scale, weight_scale, mask_index,
 * input_zero_point, weight_zero_point, past.
 */
function quantised(writer: NodeWriter): Product {
  const [input, weights, inputZero, weightZero] = [writer.input(0), writer.input(1), writer.input(6), writer.input(7)];
  const whole = writer.add('MatMulInteger', [input, weights, inputZero, weightZero]);
  const cast = writer.add('Cast', [whole], { to: elementTypes.float });
  const scale = writer.add('Mul', [writer.input(3), writer.input(4)]);
  return {
    product: writer.add('Mul', [cast, scale]),
    bias: writer.input(2),
    mask: writer.input(5),
    past: writer.input(8),
    attentionBias: '',
  };
}

/** The keys (0) or values (1) of a cache `[2, batch, heads, tokens, features]`. */
function cacheOf(writer: NodeWriter, past: string, at: number): string {
  return writer.add('Gather', [past, writer.integers(at)], { axis: 0 });
}
