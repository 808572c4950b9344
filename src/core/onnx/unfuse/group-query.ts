import { intOf } from '../graph.ts';
import { attend, type Attended } from './attend.ts';
import { laterKeys, lowest, penalty, rowsOf, type Places } from './masks.ts';
import type { NodeWriter } from './node-writer.ts';
import { rotated, type Angles } from './rotary.ts';

/** Inputs of which the steps are not known here: quantised caches, and norms that onnxruntime's CPU refuses itself. */
const foreignInputs = new Map([
  [12, 'k_scale'],
  [13, 'v_scale'],
  [14, 'q_norm_weight'],
  [15, 'k_norm_weight'],
]);

/**
 * com.microsoft.GroupQueryAttention (onnxruntime's ContribOperators.md): query (or all three packed), key, value,
 * past_key, past_value, seqlens_k, total_sequence_length, cos_cache, sin_cache, position_ids, attention_bias,
 * head_sink. All texts of a batch are as long as each other. Throws GraphError for what is not known.
 */
export function writeGroupQuery(writer: NodeWriter): void {
  writer.refuseInputs(foreignInputs);
  if (writer.int('sliding_window_cache', 0) !== 0) throw writer.foreign('sliding_window_cache');
  // Of its two forms the weights alone are known here.
  if ((writer.node.outputs[3] ?? '') !== '' && writer.int('qk_output', 0) !== 2) throw writer.foreign('qk_output');
  const [heads, groups] = [writer.count('num_heads'), writer.count('kv_num_heads')];
  const parts = partsOf(writer, heads, groups);
  const queries = writer.size(parts.query, 2);
  const total = writer.single(writer.add('Cast', [writer.input(6)], { to: 7 }));
  const past = writer.add('Sub', [total, queries]);
  const places = { queries, keys: total, past };
  const rows = rowsOf(writer, places);
  const angles = anglesOf(writer, rows);
  const turn = (part: string): string => (angles === null ? part : rotated(writer, part, angles));
  const before = writer.listed(past);
  const key = cached(writer, writer.input(3), turn(parts.key), before);
  const value = cached(writer, writer.input(4), parts.value, before);
  writer.give(1, () => grown(writer, writer.input(3), key, total));
  writer.give(2, () => grown(writer, writer.input(4), value, total));
  const bias = writer.input(10);
  const scale = writer.attribute('scale');
  const softCap = writer.attribute('softcap');
  const hidden = hiddenKeys(writer, rows, places);
  const attended: Attended = {
    query: writer.widened(turn(parts.query)),
    key: writer.widened(key),
    heads: { query: heads, key: groups },
    scale: scale === 0 ? null : scale,
    softCap: softCap === 0 ? null : softCap,
    added: [...(bias === '' ? [] : [writer.widened(bias)]), ...(hidden === null ? [] : [hidden])],
    sink: sinkOf(writer, heads),
  };
  const { context, weights } = attend(writer, attended, writer.widened(value));
  writer.give(0, () => writer.narrowed(writer.tokensFirst(context)));
  writer.give(3, () => writer.narrowed(weights));
}

/** Queries, keys and values, heads first: three inputs, or one that holds the heads of all. */
function partsOf(writer: NodeWriter, heads: number, groups: number) {
  const apart = writer.input(1) === '' ? joined(writer) : [0, 1, 2].map((at) => writer.input(at));
  if (apart !== null) {
    const [query = '', key = '', value = ''] = apart;
    return {
      query: writer.headsFirst(query, heads),
      key: writer.headsFirst(key, groups),
      value: writer.headsFirst(value, groups),
    };
  }
  const all = writer.headsFirst(writer.input(0), heads + 2 * groups);
  const [query, key, value] = writer.cut(all, 1, [heads, groups, groups]);
  return { query, key, value };
}

/** The three tensors that the packed input was put together from, so that each keeps a projection of its own. */
function joined({ scope, node }: NodeWriter): readonly string[] | null {
  const packing = scope.producerOf(node.inputs[0] ?? '')?.node;
  const isOfThree = packing?.op === 'Concat' && packing.inputs.length === 3;
  return isOfThree && [2, -1].includes(intOf(packing, 'axis', 0)) ? packing.inputs : null;
}

/** The angles of the rotary embedding inside; null where there is none. */
function anglesOf(writer: NodeWriter, rows: string): Angles | null {
  if (writer.int('do_rotary', 0) !== 1) return null;
  const given = writer.input(9);
  const positions = given === '' ? writer.reshaped(rows, [1, -1]) : given;
  const interleaved = writer.int('rotary_interleaved', 0) === 1;
  return { cosines: writer.input(7), sines: writer.input(8), positions, interleaved };
}

/** The part of a cache that is filled, which may have room for more, and the new tokens. */
function cached(writer: NodeWriter, past: string, part: string, before: string): string {
  if (past === '') return part;
  return writer.add('Concat', [writer.slice(past, 2, writer.integers([0]), before), part], { axis: 2 });
}

/** The new cache: as long as the old one where that had room. */
function grown(writer: NodeWriter, past: string, all: string, total: string): string {
  return past === '' ? all : writer.add('Concat', [all, writer.rest(past, 2, writer.listed(total))], { axis: 2 });
}

/** Later keys, and those that have left the window; null where every query sees every key. */
function hiddenKeys(writer: NodeWriter, rows: string, places: Places): string | null {
  const window = writer.int('local_window_size', -1);
  const isCausal = writer.int('causal', 1) === 1;
  if (!isCausal) {
    if (window > 0) throw writer.foreign('local_window_size');
    return null;
  }
  const later = laterKeys(writer, rows, places);
  if (window <= 0) return penalty(writer, later, lowest);
  const first = writer.add('Sub', [rows, writer.integers(window - 1)]);
  const left = writer.add('Less', [writer.counted(places.keys), first]);
  return penalty(writer, writer.add('Or', [later, left]), lowest);
}

/** The score of the key that is no token: stored for each head, or 0 (`smooth_softmax`). */
function sinkOf(writer: NodeWriter, heads: number): string | null {
  const stored = writer.input(11);
  if (stored !== '') return writer.reshaped(writer.widened(stored), [1, heads, 1, 1]);
  if (writer.int('smooth_softmax', 0) !== 1) return null;
  return writer.add('Expand', [writer.float(0), writer.integers([1, heads, 1, 1])]);
}
