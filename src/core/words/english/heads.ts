import type { LayerNumber, OtherKind } from '../../attention/layers.ts';
import type { MapKind } from '../../attention/map.ts';
import type { LayerMask } from '../../attention/mask.ts';
import type { Merge } from '../../attention/merge.ts';
import { amountText, rangesText, shareText, weightText } from '../../attention/number-words.ts';
import { countText } from './grammar.ts';
import type { LinkKind, RelationName, RelationScore } from '../../attention/relations.ts';
import type { Role, RoleName } from '../../attention/roles.ts';

/** How heads are merged, as an adjective of them. */
const mergeNames: Readonly<Record<Merge, string>> = { mean: 'mean', max: 'maximum' };

/** What a mask leaves to a query: `a token sees …`. */
function seen(mask: LayerMask, kind: MapKind): string {
  const isCausal = kind === 'causal';
  switch (mask.kind) {
    case 'full':
      return isCausal ? 'itself and all earlier tokens' : 'all tokens';
    case 'window':
      return isCausal
        ? `only the last ${countText(mask.reach + 1, 'token')}`
        : `only tokens at most ${mask.reach} away`;
    case 'chunk':
      return `only ${isCausal ? 'itself and earlier tokens' : 'tokens'} in its chunk of ${mask.size}`;
    case 'prefix':
      return `only itself, earlier tokens, and the first ${countText(mask.size, 'token')}`;
    case 'selection':
      return `only the tokens that the model selects for it, at most ${Math.max(...mask.keys.map(({ length }) => length))}`;
  }
}

/** Heads and layers by name. */
export const names = {
  seen,
  layer: (layer: LayerNumber) => `layer ${layer}`,
  mergedLayers: (merge: Merge, layers: number) => `${mergeNames[merge]} of ${layers} layers`,
  noHead: 'no head',
  head: (head: number) => `head ${head}`,
  mergedHeads: (merge: Merge, heads: number) => `${mergeNames[merge]} of ${heads} heads`,
  /** As `mergedHeads`, for some heads of a layer. */
  theseHeads: (merge: Merge, heads: readonly number[]) => `${mergeNames[merge]} of heads ${rangesText(heads)}`,
  /** A head by its number: `3.7`, or `7 (all layers)` where layers are merged. */
  place,
  headOf: (layer: LayerNumber | Merge, head: number) => `Head ${place(layer, head)}`,
};

function place(layer: LayerNumber | Merge, head: number): string {
  return typeof layer === 'number' ? `${layer}.${head}` : `${head} (all layers)`;
}

const layerKinds: Readonly<Record<OtherKind, string>> = {
  convolution: 'convolution',
  'state-space': 'state space',
  'linear-attention': 'linear attention',
  recurrent: 'recurrent',
  'feed-forward': 'feed-forward',
  other: 'other',
};

/** The layers of a hybrid that have no attention map. */
export const layers = {
  range: (first: LayerNumber, last: LayerNumber) => (first === last ? `${first}` : `${first}–${last}`),
  /** Layers that stand together, as a row of a view: `0–1 · convolution`. */
  row: (range: string, kinds: readonly OtherKind[]) => `${range} · ${layers.kinds(kinds)}`,
  kinds: (kinds: readonly OtherKind[]) => kinds.map((kind) => layerKinds[kind]).join(', '),
  rowMeaning: (runs: readonly { readonly range: string; readonly kind: OtherKind }[]) =>
    `Without attention weights: ${runs.map(({ range, kind }) => `${range} ${layerKinds[kind]}`).join(', ')}`,
  /** Those of each kind, by their numbers. */
  without: (kinds: readonly { readonly kind: OtherKind; readonly ranges: readonly string[] }[]) =>
    `Layers without attention weights: ${kinds.map(({ kind, ranges }) => `${ranges.join(', ')} (${layerKinds[kind]})`).join('; ')}.`,
};

/** Which token a head of a role looks at. */
const targets: Readonly<Record<Exclude<RoleName, 'broad'>, string>> = {
  previous: 'the previous token',
  next: 'the next token',
  self: 'the token itself',
  'same token': 'another occurrence of the same token',
  first: 'the first token',
  separator: 'special tokens other than the first',
};

const roleNames: Readonly<Record<RoleName, string>> = {
  previous: 'previous',
  next: 'next',
  self: 'self',
  'same token': 'same token',
  first: 'first',
  separator: 'separator',
  broad: 'broad',
};

/** What a head can be seen to do on a text. */
export const roles = {
  names: roleNames,
  /** The same under a small picture, with soft hyphens where a word may be broken. */
  captions: {
    ...roleNames,
    previous: 'pre\u00ADvious',
    separator: 'sepa\u00ADrator',
  } satisfies Readonly<Record<RoleName, string>>,
  /** A role with its score: `previous 0.84`. */
  scored: ({ name, score }: Role) => `${roleNames[name]} ${weightText(score)}`,
  none: 'none',
  noPattern: 'no named pattern',
  aSink: 'a sink',
  definition: 'A role names the simple pattern that a head’s attention follows on this text.',
  /** What the number beside a role is. */
  scoreMeaning: (name: RoleName) =>
    `The score of the role ‘${roleNames[name]}’, from 0 to 1: ` +
    (name === 'broad'
      ? 'its entropy as a share of the maximum.'
      : 'the share of its attention that follows the pattern.'),
  /** What a role means, as the title of its name. */
  meaning: (name: RoleName, threshold: number) =>
    name === 'broad'
      ? `Spreads its attention: its entropy is at least ${shareText(threshold)} of the maximum.`
      : `At least ${shareText(threshold)} of its attention on this text goes to ${targets[name]}.`,
  /** What a head does on this text; `mostly` is more than half of its attention. */
  sentence: ({ name, score }: Role, mostly: boolean) =>
    name === 'broad'
      ? `Spreads its attention: its entropy is ${shareText(score)} of the maximum ` +
        `(${roleNames[name]} ${weightText(score)}).`
      : `${mostly ? 'Looks mostly at' : `${shareText(score)} of its attention goes to`} ${targets[name]} ` +
        `(${roleNames[name]} ${weightText(score)}).`,
  noneFits: 'No simple pattern fits this head on this text.',
  spreads: (share: number) =>
    `On this text the head spreads its attention: its entropy is ${shareText(share)} of the maximum.`,
  /** In how many rows the strongest weight follows the pattern. */
  fits: (name: Exclude<RoleName, 'broad'>, fitting: number, rows: number) =>
    `In ${fitting} of ${countText(rows, 'row')} of this text the head looks most at ${targets[name]}.`,
};

const linked: Readonly<Record<LinkKind, { readonly word: string; readonly found: string }>> = {
  subject: { word: 'a verb', found: 'its subject' },
  object: { word: 'a verb', found: 'its object' },
  complement: { word: 'a verb', found: 'its complement' },
  determiner: { word: 'a determiner', found: 'its noun' },
  adjective: { word: 'an adjective', found: 'its noun' },
  preposition: { word: 'a preposition', found: 'its object' },
  antecedent: { word: 'a pronoun', found: 'its antecedent' },
};

const relationLabels: Readonly<Record<RelationName, string>> = {
  subject: 'verb → subject',
  object: 'verb → object',
  modifier: 'modifier → noun',
  preposition: 'preposition → object',
  antecedent: 'pronoun → antecedent',
};

/** What a model says of its heads. */
export const relations = {
  /** From which word to which, as short as a caption. */
  labels: relationLabels,
  /** The same under a small picture, with soft hyphens where a word may be broken. */
  captions: {
    subject: 'verb → sub\u00ADject',
    object: 'verb → ob\u00ADject',
    modifier: 'modi\u00ADfier → noun',
    preposition: 'prepo\u00ADsition → ob\u00ADject',
    antecedent: 'pro\u00ADnoun → ante\u00ADcedent',
  } satisfies Readonly<Record<RelationName, string>>,
  meaning: 'Measured on other texts by the authors of the model: which word the head links to which.',
  taught: 'This head was trained with an extra loss to know this relation; see the model card.',
  emerged: 'This head learned the relation without an extra loss: it emerged in training.',
  score: ({ kind, words, share, offsetShare, apart }: RelationScore) => {
    const { word, found } = linked[kind];
    const all =
      `On held-out text its strongest weight from ${word} was on ${found} for ${shareText(share)} of ` +
      `${countText(words, 'word')} (the best fixed offset finds ${shareText(offsetShare)})`;
    if (!apart || apart.words === words) return `${all}.`;
    return (
      `${all}, and for ${shareText(apart.share)} of the ${countText(apart.words, 'word')} whose partner is not next ` +
      `to it (${shareText(apart.offsetShare)}).`
    );
  },
};

/** Numbers of heads, and the orders that they give. */
export const metrics = {
  entropy: {
    name: 'Entropy',
    column: 'Entropy',
    axis: 'entropy, nats',
    meaning:
      'How widely a head spreads its attention: 0 when every token looks at one token only. Mean over the text, ' +
      'in nats.',
    order: 'by entropy',
    first: 'highest first',
    text: (nats: number) => `${amountText(nats, 2)} nats`,
  },
  distance: {
    name: 'Distance',
    column: 'Distance',
    axis: 'mean distance, tokens',
    meaning: 'The mean distance between query and key in tokens, each link counted by its weight.',
    order: 'by distance',
    first: 'longest first',
    text: (tokens: number) => `${amountText(tokens, 1)} tokens`,
    /** Between two sequences there is no distance. */
    none: 'no distance',
    phrase: (tokens: number) => `distance ${amountText(tokens, 1)} tokens`,
  },
  special: {
    name: 'Share on special tokens',
    column: 'On special tokens',
    axis: 'share on special tokens',
    meaning: 'The share of a head’s attention on special tokens such as [CLS] and [SEP].',
    order: 'by share on special tokens',
    first: 'highest first',
    phrase: (share: number) => `${shareText(share)} on special tokens`,
  },
  effect: {
    name: 'Effect',
    column: 'Effect',
    axis: 'effect, nats',
    meaning:
      'How far a prediction changes when the head is switched off: KL(before ‖ after) in nats. It is of one place in ' +
      'the text, and of this text.',
    order: 'by effect',
    first: 'largest first',
    text: (nats: string) => `${nats} nats`,
    phrase: (nats: string) => `effect ${nats} nats`,
  },
  notMeasured: 'not measured',
  entropyOf: (nats: number, max: number) => `entropy ${amountText(nats, 2)} of ${amountText(max, 2)} nats`,
  byLayer: 'by layer',
  byLayerMeaning: 'Order of the heads: by layer, one row for each, as the model computes them.',
  byRole: 'by role',
  byRoleMeaning: `Order of the heads: by role, highest score first. ${roles.definition}`,
  orderMeaning: (order: string, first: string, meaning: string) => `Order of the heads: ${order}, ${first}. ${meaning}`,
};

/** Where a head rests whatever the text says. */
export const sinks = {
  name: 'sink',
  label: 'Sink.',
  meaning:
    'A sink: a token that gets most of a head’s attention whatever the text says, often because the head has ' +
    'nothing to do there.',
  special: (token: string, share: number) =>
    `Rests on special tokens, most of all on ${token}: they get ${shareText(share)} of its attention on this text.`,
  first: (token: string, share: number, isPunctuation: boolean) =>
    `Rests on the first token, ‘${token}’, which is ${isPunctuation ? 'punctuation' : 'an ordinary word'}: ` +
    `it gets ${shareText(share)} of its attention on this text.`,
  noFilter: ' No filter hides a word of the text; pin another word to see its links.',
  show: 'Show without special tokens',
  showMeaning: 'Hide special tokens, and let the remaining weights of each row sum to 1.',
};

/** Why an analysis opens with the head that it opens with. */
export const opening = {
  rule: (threshold: number, shortLength: number) =>
    'Compared are links between two words that carry meaning: no special tokens, punctuation, function words or ' +
    `repeats of the same word. Function words are those of the language of the text; where no list of them is known, ` +
    `words of up to ${shortLength} letters. ` +
    'Heads with a known relation come first unless they look at a fixed offset; other ' +
    'heads that follow a position, rest on special tokens or spread over the text are left out. A link stands out ' +
    'with a ' +
    `weight of more than ${threshold}.`,
  nothing: 'No head stands out on this text, so all of them are shown.',
  head: (head: string, relation: string | undefined, query: string, key: string, weight: string) =>
    `Opened with head ${head}${relation === undefined ? '' : ` (${relation})`}: its link ` +
    `‘${query}’ → ‘${key}’ (${weight}) stands out on this text.`,
  showLink: 'Show the link',
  showLinkMeaning: 'Pin the word that this link comes from.',
  allHeads: 'All heads',
  allHeadsMeaning: 'Show every head of every layer as a small picture.',
};
