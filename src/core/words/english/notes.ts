import type { MapKind, MapName, Scoring } from '../../attention/map.ts';
import { countText } from './grammar.ts';
import type { AttentionForm } from '../../onnx/site.ts';
import { page } from './exports.ts';

const kinds: Readonly<Record<MapKind, string>> = {
  self: 'self-attention',
  causal: 'causal self-attention',
  cross: 'cross-attention',
};

/** What was done for each form of attention in a graph. */
const read: Readonly<Record<AttentionForm, string>> = {
  softmax: 'read from',
  'group-query': 'given by',
  'onnx-attention': 'given by',
  'multi-head': 'computed from the scores of',
  'decoder-masked': 'computed from the scores of',
  'fused-attention': 'computed a second time beside',
};

/** How the attention was read from the graph of a model: phrases of one sentence. */
export const reading = {
  attention: (kind: MapKind, layers: number, form: AttentionForm, op: string) =>
    `${kinds[kind]} of ${countText(layers, 'layer')} ${read[form]} ${op}`,
  sinks: 'part of every row goes to a sink that is not a token: rows sum to less than 1',
  blocks: 'the graph computes it block by block: shown token by token',
  sums:
    'part of every row goes to sums of several tokens (transient-global attention), which are not shown: ' +
    'rows sum to less than 1',
  gated: (where: string) =>
    `${where} multiplies what the heads hand over by a gate, after the weights: a large weight may hand over little`,
  half: 'attention is given in 32-bit floats, the model computes in 16 bits',
  stored: (bits: number) => `the model’s parameters are stored in ${bits} bits and computed with in 32`,
  unchanged: 'nothing else changed',
  node: (op: string, name: string) => `${op} “${name}”`,
  unread: (softmax: string, by: string, isUnknown: boolean) =>
    `the weights of ${softmax} go into ${by}, ${isUnknown ? 'an unknown operator' : 'where values may be'}, ` +
    'so they are not read as attention',
  where: (layers: number, op: string, nodes: readonly string[], more: boolean) =>
    `in ${countText(layers, 'layer')} ${op} (${nodes.map((node) => `“${node}”`).join(', ')}${more ? ', …' : ''})`,
  changed: (where: string) =>
    `${where} changes the weights after the softmax: the changed weights are shown, which multiply the values; ` +
    'a row need not sum to 1',
  scaled: (where: string, factor: number | null) =>
    `${where} multiplies all weights by ${factor ?? 'a constant'} after the softmax: shown without that factor`,
  rounded: (where: string) => `${where} rounds the weights to 8 bits or fewer after the softmax: shown before rounding`,
  aside: (where: string) =>
    `${where} computes other weights, which multiply values beside those shown: the model uses both`,
  /** Sizes that a graph fixes. */
  fixedTokens: (tokens: number) =>
    `the graph takes exactly ${countText(tokens, 'token')}: a shorter text is padded, and the padding is not shown`,
  stepwise: 'the graph takes one token at a time',
  batch: (texts: number) => `the graph takes ${texts} texts at a time: this one ${texts} times, shown once`,
};

/** What a sentence tells of `Sampling`, whose schema speaks from this table itself. */
interface Sampling {
  readonly seed: number;
  readonly temperature?: number | undefined;
  readonly topK?: number | undefined;
  readonly topP?: number | undefined;
}

/** How tokens were chosen. */
function manner(sampling: Sampling | undefined): string {
  if (!sampling) return 'always the most probable token';
  const { seed, temperature = 1, topK, topP } = sampling;
  const among = `${topK === undefined ? '' : `, top-k ${topK}`}${topP === undefined ? '' : `, top-p ${topP}`}`;
  return `sampled with seed ${seed}, temperature ${temperature}${among}`;
}

/** What is told of how a text was run, a sentence each. */
export const notes = {
  textShortened: (limit: number) => `The text was shortened: the model takes ${countText(limit, 'token')}.`,
  pairShortened: (limit: number) => `The texts were shortened: the model takes ${countText(limit, 'token')} for both.`,
  segments: 'The model has one segment type (type_vocab_size): both texts have the same one.',
  unknownHead: (outputs: readonly string[]) =>
    `What the model predicts is not shown: its output ${outputs.join(', ')} is of an unknown kind.`,

  /** The phrases of {@link reading} as a sentence; a model of several graphs has one for each. */
  reading: (phrases: string, graph: 'encoder' | 'decoder' | undefined) =>
    graph === undefined
      ? `${phrases.charAt(0).toUpperCase()}${phrases.slice(1)}.`
      : `${graph === 'encoder' ? 'Encoder' : 'Decoder'}: ${phrases}.`,
  /** Where a graph differs from its description. */
  layers: (map: MapName, described: number, found: number) =>
    `config.json says ${countText(described, 'layer')}, the graph has attention in ${found} (${page.maps[map]}).`,
  heads: (map: MapName, described: number, found: number) =>
    `config.json says ${countText(described, 'head')}, the graph has ${found} (${page.maps[map]}).`,
  notCausal: (map: MapName) =>
    `Causal attention is expected of a decoder, but in this graph tokens look at later ones (${page.maps[map]}).`,
  causal: (map: MapName) =>
    `An encoder is expected to look both ways, but in this graph no token looks at later ones (${page.maps[map]}).`,

  /** What was generated. `limit` is that of the model where it ended the text. */
  notContinued: (limit: number) =>
    `The text was not continued: it already has the ${countText(limit, 'token')} that the model takes.`,
  continued: (tokens: number, sampling: Sampling | undefined, end: 'ended' | { readonly limit: number } | null) =>
    `The model generated ${countText(tokens, 'token')} after the text, ${manner(sampling)}` +
    `${end === 'ended' ? ', up to its end token' : end === null ? '' : `; it takes no more than ${end.limit} in all`}.`,
  targetContinued: (tokens: number, sampling: Sampling | undefined, ended: boolean) =>
    `The model generated ${countText(tokens, 'token')} after the target` +
    `${sampling ? `, ${manner(sampling)}` : ''}${ended ? ', up to its end token' : ''}.`,
  targetGenerated: (tokens: number, sampling: Sampling | undefined, ended: boolean) =>
    `The target was generated by the model itself${sampling ? `, ${manner(sampling)}` : ''}` +
    `${ended ? '' : ` and stopped after ${countText(tokens, 'token')}`}.`,
};

const papers = {
  bahdanau: 'Bahdanau, Cho and Bengio 2015',
  luong: 'Luong, Pham and Manning 2015',
};

/** How each kind computes its scores: `s` is the state of the decoder, `h` that of the encoder at a source word. */
const scores: Readonly<Record<Scoring, string>> = {
  additive: 'v·tanh(W s + U h), where s is the state of the decoder before the word',
  dot: 's·h, where s is the state of the decoder at the word',
  general: 's·W h, where s is the state of the decoder at the word',
  concat: 'v·tanh(W s + U h), where s is the state of the decoder at the word',
};

/** The attention of a recurrent network: its kind, formula and window, a sentence each. */
export const recurrentNotes = {
  /** `kind` is one of Luong's; null is Bahdanau's. */
  score: (kind: string | null, scoring: Scoring) =>
    `${kind === null ? `Additive attention (${papers.bahdanau})` : `Attention of the kind ${kind} (${papers.luong})`}: ` +
    `the score of a source word is ${scores[scoring]} and h is the state of the encoder at the source word.`,
  global: 'The softmax covers all source words.',
  local: (halfWidth: number) => `The softmax covers the source words at most ${halfWidth} from the centre.`,
  monotonic: 'The centre is the position of the target word, or the last source word where there is none.',
  predicted: 'The centre is predicted: S·sigmoid(v·tanh(W s)), where S is the number of source words.',
  gaussian: (sigma: number) =>
    `The weights are then multiplied by a Gaussian around the centre (sigma ${sigma}) and not normalised again: ` +
    'rows sum to at most 1.',
};

/** What an operation is doing, beside its progress. */
export const stages = {
  loading: 'Loading model',
  reading: 'Reading the graph',
  running: 'Running',
  generating: 'Generating',
  exporting: 'Exporting',
  measuring: 'Measuring the heads',
  parts: 'Taking the score apart',
  effects: 'Running without each head',
};

/** Lines of the log. */
export const log = {
  analysed: (model: string, tokens: string, load: number, run: number) =>
    `${model}: ${tokens}, loaded in ${Math.round(load)} ms, run in ${Math.round(run)} ms`,
  note: (model: string, note: string) => `${model}: ${note}`,
  uncaught: (stack: string) => `The model process ends by an error that nothing caught: ${stack}`,
  caused: 'caused by ',
};
