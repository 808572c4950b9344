import { elementTypes, typeOf } from '../type.ts';
import { afterPast, attend, type Attended } from './attend.ts';
import { laterKeys, lowest, penalty, rowsOf } from './masks.ts';
import type { NodeWriter } from './node-writer.ts';

/** TensorProto.DataType of truth values. */
const bool = 9;

/**
 * ONNX's own Attention (versions 23 and 24): Q, K, V, attn_mask, past_key, past_value, with tokens first (3 axes) or
 * heads first (4). Throws GraphError for nonpad_kv_seqlen, keys of a window, and scores given before the mask.
 */
export function writeOnnxAttention(writer: NodeWriter): void {
  writer.refuseInputs(new Map([[6, 'nonpad_kv_seqlen']]));
  for (const name of ['left_window_size', 'right_window_size'])
    if (writer.int(name, -1) >= 0) throw writer.foreign(name);
  const mode = writer.int('qk_matmul_output_mode', 0);
  if ((writer.node.outputs[3] ?? '') !== '' && mode < 2) throw writer.foreign('qk_matmul_output_mode');
  const isFlat = writer.int('q_num_heads', 0) > 0;
  const heads = isFlat ? { query: writer.count('q_num_heads'), key: writer.count('kv_num_heads') } : null;
  const split = (at: number, count: number | undefined): string =>
    count === undefined ? writer.input(at) : writer.headsFirst(writer.input(at), count);
  const query = split(0, heads?.query);
  const key = afterPast(writer, writer.input(4), split(1, heads?.key));
  const value = afterPast(writer, writer.input(5), split(2, heads?.key));
  writer.give(1, () => key);
  writer.give(2, () => value);
  const softCap = writer.attribute('softcap');
  const attended: Attended = {
    query: writer.widened(query),
    key: writer.widened(key),
    heads,
    scale: writer.attribute('scale'),
    softCap: softCap === 0 ? null : softCap,
    added: addedTo(writer, query, key),
    sink: null,
  };
  const { context, scores, weights } = attend(writer, attended, writer.widened(value));
  writer.give(0, () => writer.narrowed(isFlat ? writer.tokensFirst(context) : context));
  writer.give(3, () => writer.narrowed(mode === 2 ? scores : weights));
}

/** The mask, of truth values that keep a key or of numbers that are added, and later keys. */
function addedTo(writer: NodeWriter, query: string, keys: string): readonly string[] {
  const mask = writer.input(3);
  const terms: string[] = [];
  if (mask !== '') {
    const type = typeOf(writer.scope, mask);
    if (type === bool) terms.push(writer.add('Where', [mask, writer.float(0), writer.float(lowest)]));
    else terms.push(type === elementTypes.float ? mask : writer.add('Cast', [mask], { to: elementTypes.float }));
  }
  if (writer.int('is_causal', 0) === 1) {
    const past = writer.input(4) === '' ? null : writer.size(writer.input(4), 2);
    const places = { queries: writer.size(query, 2), keys: writer.size(keys, 2), past };
    terms.push(penalty(writer, laterKeys(writer, rowsOf(writer, places), places), lowest));
  }
  return terms;
}
