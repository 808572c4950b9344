import type { Tensor } from '@huggingface/transformers';
import { AttentionError } from '../../core/errors/reason.ts';
import type { AttentionSite } from '../../core/onnx/site.ts';
import type { Extent } from './step.ts';
import { words } from '../../core/words/words.ts';

/** Attention as a run gave it: rows are queries, the last axis is keys. */
export interface Recorded {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** The most that a row may give to padding: what a mask leaves of it is 0. */
const unseen = 1e-4;

/**
 * What the run gave for the text itself: the first text of a batch, without the rows and columns that fill it up to the
 * graph's fixed length. Throws `model-unsupported` where a token looks at what fills up.
 */
export function cutAttention(
  model: string,
  { kind }: Pick<AttentionSite, 'kind'>,
  recorded: Recorded,
  extent: Extent,
): Recorded {
  const { batch, tokens, filled, past, source } = extent;
  const [queries = 0, keys = 0] = recorded.dims.slice(-2);
  const all = recorded.dims.slice(0, -2).reduce((product, size) => product * size, 1);
  const wanted = kind === 'cross' ? (source ?? keys) : keys === past + filled ? past + tokens : keys;
  const rows = queries === filled ? tokens : queries;
  const heads = all % batch === 0 ? all / batch : all;
  if (heads === all && rows === queries && wanted >= keys) return recorded;
  const columns = Math.min(wanted, keys);
  const data = new Float32Array(heads * rows * columns);
  for (let head = 0; head < heads; head++) {
    for (let row = 0; row < rows; row++) {
      const from = (head * queries + row) * keys;
      const beyond = recorded.data
        .subarray(from + columns, from + keys)
        .reduce((sum, weight) => sum + Math.abs(weight), 0);
      if (!(beyond <= unseen)) throw looksAtPadding(model, kind === 'cross' ? keys : filled);
      data.set(recorded.data.subarray(from, from + columns), (head * rows + row) * columns);
    }
  }
  return { dims: [1, heads, rows, columns], data };
}

/** Outputs of which the second axis is the tokens although they have but two. */
const bySpan = /start|end/;
const handedOn = /^present/;
const firstText: [number, number] = [0, 1];

/** The model's own outputs for the text itself; the parts of a cache are handed on as they are. */
export function cutOutputs(
  outputs: Readonly<Record<string, Tensor>>,
  { batch, tokens, filled }: Extent,
): Record<string, Tensor> {
  if (batch === 1 && tokens === filled) return { ...outputs };
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => {
      const { dims } = tensor;
      if (handedOn.test(name) || dims.length === 0) return [name, tensor];
      const byText = batch > 1 && dims[0] === batch;
      const byToken = tokens < filled && dims[1] === filled && (dims.length > 2 || bySpan.test(name));
      if (!byText && !byToken) return [name, tensor];
      const text = byText ? firstText : null;
      return [name, dims.length === 1 ? tensor.slice(text) : tensor.slice(text, byToken ? [0, tokens] : null)];
    }),
  );
}

function looksAtPadding(model: string, length: number): AttentionError {
  return new AttentionError({ code: 'model-unsupported', model, detail: words().details.inputs.padding(length) });
}
