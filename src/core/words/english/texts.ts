import type { MapKind } from '../../attention/map.ts';
import { countText, groupedText, listText } from '../../attention/number-words.ts';
import type { AttentionForm } from '../../onnx/site.ts';

/** Counts with their nouns. */
export const counts = {
  tokens: (count: number) => countText(count, 'token'),
  /** The size of a model or a map: `6 layers × 8 heads`. */
  layersAndHeads: (layers: number, heads: number) => `${countText(layers, 'layer')} × ${countText(heads, 'head')}`,
  /** The lengths of one or more sequences: `11 tokens`, `7 and 1 tokens`. */
  tokensOfAll: (lengths: readonly number[]) => {
    const [only] = lengths;
    return lengths.length === 1 && only !== undefined
      ? countText(only, 'token')
      : `${listText(lengths.map(groupedText))} tokens`;
  },
  /** Why a token has no links in a list. */
  noLinks: {
    hidden: 'hidden by the filters of the panel',
    otherStep: 'another step is shown',
    forced: 'can look at nothing else',
  },
};

/** What is told of the texts of an analysis. */
export const texts = {
  first: 'the first text',
  second: 'the second text',
  source: 'the source',
  target: 'the target',
  /** How much of a text was analysed, in characters; `name` is empty where there is one text alone. */
  cut: (to: number, length: number, name: string) => {
    const characters = `${groupedText(length)} characters${name === '' ? '' : ` of ${name}`}`;
    if (to === 0) return `None of the ${characters} was analysed.`;
    return to === 1
      ? `Only the first of ${characters} was analysed.`
      : `Only the first ${groupedText(to)} of ${characters} were analysed.`;
  },
  /** Words that the tokenizer does not know, some of them in part; `read` is the token in their place. */
  unknown: (words: number, unknown: number, partly: number, name: string, read: string) => {
    const of = `${countText(words, 'word')}${name === '' ? '' : ` of ${name}`}`;
    const known =
      unknown === 0
        ? `${groupedText(partly)} of ${of} ${partly === 1 ? 'is' : 'are'} partly unknown to this model`
        : `${groupedText(unknown)} of ${of} ${unknown === 1 ? 'is' : 'are'} unknown to this ` +
          `model${partly > 0 ? `, ${groupedText(partly)} more in part` : ''}`;
    return `${known}: it reads ${read} in ${unknown + partly === 1 ? 'its' : 'their'} place.`;
  },
  quotedList: (labels: readonly string[], others: number) => {
    const told = labels.map((label) => `“${label}”`);
    return listText(others > 0 ? [...told, `${others} others`] : told);
  },
  unknownNames: (names: string) => `Unknown: ${names}.`,
  unknownToken: (read: string) => `unknown to this model: read as ${read}`,
  unknownWord: (name: string) => `${name} (unknown word)`,
  /** A token as prose names it. */
  quoted: (label: string) => `‘${label}’`,
};

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

/** How the attention was read from the graph of a model. */
export const reading = {
  attention: (kind: MapKind, layers: number, form: AttentionForm, op: string) =>
    `${kinds[kind]} of ${countText(layers, 'layer')} ${read[form]} ${op}`,
  sinks: 'part of every row goes to a sink that is not a token: rows sum to less than 1',
  gated: (where: string) =>
    `${where} multiplies what the heads hand over by a gate, after the weights: a large weight may hand over little`,
  half: 'attention is given in 32-bit floats, the model computes in 16 bits',
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
};

/** What is told of how a text was run, a sentence each. */
export const notes = {
  textShortened: (limit: number) => `The text was shortened: the model takes ${countText(limit, 'token')}.`,
  pairShortened: (limit: number) => `The texts were shortened: the model takes ${countText(limit, 'token')} for both.`,
};
