import type * as Ort from 'onnxruntime-node';
import { words } from '../../core/words/words.ts';

/**
 * What an input of a graph is for. `past`: keys and values of earlier tokens; `state`: what else a layer keeps of them
 * (of a convolution, a state space, a linear attention). `embeddings`: what another graph makes of the ids. `media`:
 * features of images or sounds, of which a text has none. `other`: nothing that a text gives.
 */
export type InputRole =
  | 'ids'
  | 'embeddings'
  | 'media'
  | 'mask'
  | 'segments'
  | 'positions'
  | 'past'
  | 'state'
  | 'states'
  | 'source-mask'
  | 'use-cache'
  | 'kept-logits'
  | 'past-length'
  | 'total-length'
  | 'head-mask'
  | 'other';

/** An input as its graph declares it: a fixed axis is a number, a free one a name ('' where it has none). */
export interface GraphInput {
  readonly name: string;
  /** The element type as onnxruntime names it (`int64`, `bool`, …); '' for what is no tensor. */
  readonly type: string;
  readonly dims: readonly (number | string)[];
  readonly role: InputRole;
  /** For a mask of floats: whether the graph adds it to scores, so that 0 keeps a token. */
  readonly added: boolean;
}

/** Names by which exporters know what a text gives, PyTorch's, TensorFlow's and onnxruntime's. */
const names: readonly (readonly [InputRole, RegExp])[] = [
  ['ids', /^(decoder_)?(input_ids|input_word_ids|token_ids|input_tokens|tokens|ids)$/],
  ['source-mask', /^encoder_(attention|padding)_mask$/],
  ['mask', /^(decoder_)?((attention|input|padding)_mask|mask|attn_mask)$/],
  ['segments', /^(token_type_ids|segment_ids|input_type_ids|token_types|segments)$/],
  ['positions', /^(decoder_)?(position_ids|positions|cache_position)$/],
  ['states', /^(encoder_hidden_states|encoder_outputs?)$/],
  ['use-cache', /^use_cache(_branch)?$/],
  ['kept-logits', /^(num_logits_to_keep|logits_to_keep)$/],
  ['past-length', /^(past_sequence_length|past_seq_len|past_length)$/],
  ['total-length', /^(total_sequence_length|total_seq_len)$/],
  ['head-mask', /^(decoder_|cross_attn_)?head_mask$/],
  ['past', /^past(?=.*\d)([._]?(keys?|values?|kv|self|cross|encoder|decoder|attn|attention|layers?|blocks?|\d))+$/],
  ['state', /^past[._\d\w]*\d/],
  ['media', /^(image|video|audio|vision|visual)_(features|embeds|embeddings)$/],
];

const wholeNumbers = /^u?int(8|16|32|64)$/;

/**
 * The inputs of a session with what each is for. `added` names the masks that the graph adds to scores, `embedded` what
 * another graph makes of the ids.
 */
export function graphInputs(
  session: Ort.InferenceSession,
  added: ReadonlySet<string> = new Set(),
  embedded: ReadonlySet<string> = new Set(),
): readonly GraphInput[] {
  const declared = session.inputMetadata.map((input): Omit<GraphInput, 'role'> =>
    input.isTensor
      ? { name: input.name, type: input.type, dims: input.shape, added: added.has(input.name) }
      : { name: input.name, type: '', dims: [], added: false },
  );
  const roles = declared.map(({ name }) => (embedded.has(name) ? 'embeddings' : roleOf(name)));
  // A graph of one list of whole numbers reads the tokens by whatever name.
  const lists = roles.some((role) => role === 'ids' || role === 'embeddings')
    ? []
    : declared.filter(({ type, dims }, at) => roles[at] === 'other' && wholeNumbers.test(type) && dims.length <= 2);
  return declared.map((input, at) => ({
    ...input,
    role: lists.length === 1 && input === lists[0] ? 'ids' : (roles[at] ?? 'other'),
  }));
}

/** The role of a name; what TensorFlow puts behind it (`:0`) does not count. */
function roleOf(name: string): InputRole {
  const bare = name.replace(/:\d+$/, '');
  return names.find(([, pattern]) => pattern.test(bare))?.[0] ?? 'other';
}

/** An input for a sentence: its name, type and size. */
export function inputWords({ name, type, dims }: Pick<GraphInput, 'name' | 'type' | 'dims'>): string {
  return `${name} (${type === '' ? words().details.inputs.noTensor : type}, [${dims.map((dim) => (dim === '' ? '?' : dim)).join(', ')}])`;
}

/** The size of an axis, counted from the end when negative, where the graph fixes it; else null. */
export function fixedSize({ dims }: Pick<GraphInput, 'dims'>, axis: number): number | null {
  const size = dims.at(axis);
  return typeof size === 'number' && size > 0 ? size : null;
}

/** What is said of a text's length and of how many texts run at once by the inputs of a graph. */
export interface FixedSizes {
  /** The only number of tokens that the graph takes; null where any will do. */
  readonly tokens: number | null;
  /** The input that says so. */
  readonly by: GraphInput | null;
  /** The texts of a batch. */
  readonly batch: number;
  /** The only number of source tokens that a decoder takes. */
  readonly source: number | null;
  /** Whether one token at a time is fed, with a cache. */
  readonly stepwise: boolean;
  readonly cached: boolean;
}

/**
 * Reads the sizes that inputs fix. `outputs` are the graph's own: a cache counts where each of its parts comes back.
 */
export function fixedSizes(inputs: readonly GraphInput[], outputs: readonly string[]): FixedSizes {
  const of = (...roles: InputRole[]): readonly GraphInput[] => inputs.filter(({ role }) => roles.includes(role));
  const kept = of('past', 'state');
  const given = new Set(outputs.map(cacheKey));
  const returns = kept.length > 0 && kept.every(({ name }) => given.has(cacheKey(name)));
  const listed = [...of('ids', 'embeddings', 'segments', 'positions'), ...(kept.length > 0 ? [] : of('mask'))];
  const lengthOf = (input: GraphInput): number | null => fixedSize(input, input.role === 'embeddings' ? 1 : -1);
  const by = listed.find((input) => input.dims.length > 0 && lengthOf(input) !== null) ?? null;
  const tokens = by && lengthOf(by);
  const batches = of('ids', 'embeddings', 'mask', 'segments', 'states')
    .filter(({ dims }) => dims.length > 1)
    .map((input) => fixedSize(input, 0) ?? 1);
  const source =
    [
      ...of('states').map((input) => fixedSize(input, -2)),
      ...of('source-mask').map((input) => fixedSize(input, -1)),
    ].find((size) => size !== null) ?? null;
  const stepwise = tokens === 1 && returns;
  return {
    tokens: stepwise ? null : tokens,
    by,
    batch: Math.max(1, ...batches),
    source,
    stepwise,
    cached: returns && (tokens === null || stepwise),
  };
}

/**
 * What a part of a cache is called without the words for before and after: `past_key_values.0.key` and `present.0.key`
 * are one, and so are `past_conv.0` and `present_conv.0`.
 */
export function cacheKey(name: string): string {
  return name.replace(/^(past|present)(_key_values)?/, '').replaceAll(/[._]/g, '.');
}
