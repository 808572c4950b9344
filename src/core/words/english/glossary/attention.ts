import type { TermWords } from './entry.ts';

/** Attention itself, from query and key to what a head hands over, and its older forms. */
export const attentionTerms = {
  attention: {
    name: 'attention',
    forms: ['attends', 'attention map', 'attention maps'],
    short: 'Lets a token read from other tokens: a weighted sum of their values, with weights computed from the text.',
    more:
      'Each token has a query, a key and a value. Scores compare its query with the keys of all tokens, the softmax ' +
      'makes them weights that sum to 1, and the token receives the values in these proportions.',
  },
  'self-attention': {
    name: 'self-attention',
    forms: [],
    short: 'Attention in which queries and keys are tokens of the same text.',
    more: 'In an encoder every token sees every other one; in a decoder a causal mask hides the later ones.',
  },
  head: {
    name: 'head',
    forms: ['heads', 'attention head', 'attention heads'],
    short: 'One of several attentions of a layer, each with its own queries, keys and values.',
    more:
      'The heads of a layer run side by side, each on a smaller vector; the output projection adds up what they hand ' +
      'over. In grouped-query attention several heads share their keys and values. Some heads can be ' +
      'given a role; for many there is no simple description.',
  },
  query: {
    name: 'query',
    forms: ['queries', 'query token', 'query tokens'],
    short: 'The vector of a token that asks: it is compared with the key of every token. Rows of a map are queries.',
    more:
      'Each head makes it from the vector of the token by a linear map. The token whose query it is looks; the ' +
      'tokens ' +
      'with the keys are looked at.',
  },
  key: {
    name: 'key',
    forms: ['keys', 'key token', 'key tokens'],
    short: 'The vector of a token that queries are compared with. Columns of a map are keys.',
    more:
      'Each head makes it from the vector of the token by a linear map; what is read there is the value, ' +
      'another one.',
  },
  value: {
    name: 'value',
    forms: ['values'],
    short: 'The vector of a token that is read when another token looks at it, in proportion to the attention weight.',
    more:
      'A large weight on a token whose value is short hands over little: weight and value together say how much is ' +
      'moved.',
  },
  score: {
    name: 'score',
    forms: ['scores', 'attention score', 'attention scores'],
    short: 'How well a query and a key match: their dot product, scaled by √d, before the softmax.',
    more:
      'd is the number of components of a head; without the scale the products of long vectors would drive the ' +
      'softmax ' +
      'to 0 and 1. Masks and position biases are added to the score.',
  },
  softmax: {
    name: 'softmax',
    forms: [],
    short: 'Turns numbers into positive shares that sum to 1; the largest number gets the largest share.',
    more:
      'Only differences count: adding the same number to all changes nothing, and 1 more is e ≈ 2.72 times the ' +
      'share. ' +
      'It makes attention weights of scores, and probabilities of logits.',
  },
  'attention-weight': {
    name: 'attention weight',
    forms: ['attention weights', 'weight', 'weights'],
    short: 'The share of a query that a key gets, from 0 to 1; the weights of a row sum to 1.',
    more:
      'It says how much of the value of a token is read there, in this head. How far that changes the prediction is ' +
      'another question: see faithfulness.',
  },
  mask: {
    name: 'mask',
    forms: ['masks', 'masked', 'attention mask'],
    short: 'Hides keys from queries: their score becomes −∞ (or very low), so their weight is 0.',
    more: 'Masked cells are hatched in the pictures. Masks hide later tokens, padding, or what is outside of a window.',
  },
  'causal-mask': {
    name: 'causal mask',
    forms: ['causal masks', 'causal'],
    short: 'The mask of a decoder: a token sees only itself and earlier tokens.',
    more: 'The first token can look only at itself, so its row says nothing about the head.',
  },
  'sliding-window': {
    name: 'sliding window',
    forms: ['sliding windows'],
    short: 'A mask that leaves each token only keys at most w tokens away.',
    more:
      'It bounds the cost of long texts. Models often have it in some layers and attention to the whole text ' +
      'in others.',
  },
  'output-projection': {
    name: 'output projection',
    forms: ['output projections'],
    short: 'The linear map that takes what the heads of a layer have read and adds it to the residual stream.',
    more:
      'It is linear, so the output of a layer is a sum over its heads, and what each head adds can be computed by ' +
      'itself.',
  },
  'cross-attention': {
    name: 'cross-attention',
    forms: [],
    short: 'Attention from one sequence to another: the decoder’s tokens are queries, the encoder’s tokens are keys.',
    more: 'In translation it often shows which source words a target word corresponds to: see alignment.',
  },
  alignment: {
    name: 'alignment',
    forms: ['alignments'],
    short: 'Which words of the source correspond to which words of the target.',
    more:
      'The first attention was introduced as a soft alignment that is learned together with the translation. Its ' +
      'weights can differ from the alignment that a person would give.',
  },
  'alignment-error-rate': {
    name: 'alignment error rate',
    forms: ['alignment error', 'alignment error rates', 'AER'],
    short:
      'How far links are from a known alignment, from 0 (the same) to 1: each query’s key of largest weight counts.',
    more:
      'A are the links that are found, S the ones that are surely right, P those that are possible (S among them). ' +
      'A word that should have no link is wrong wherever its weight goes.',
  },
  'additive-attention': {
    name: 'additive attention',
    forms: ['Bahdanau attention'],
    short: 'A score by a small network: state and annotation are projected, added, put through tanh, and weighed by v.',
    more: 'The oldest attention of translation. It uses the state of the decoder before the step, sᵢ₋₁.',
  },
  'dot-attention': {
    name: 'dot attention',
    forms: ['dot-product attention'],
    short: 'A score that is the dot product of the decoder’s state and an annotation, without weights of its own.',
    more: 'With projections to queries and keys and a scale it is the score of transformers.',
  },
  'general-attention': {
    name: 'general attention',
    forms: [],
    short: 'A score with a learned matrix between the decoder’s state and an annotation.',
    more: 'The matrix W lets components of different meaning be compared; with W = 1 it is dot attention.',
  },
  'concat-attention': {
    name: 'concat attention',
    forms: [],
    short: 'A score by a small network that reads state and annotation side by side.',
    more: 'It is additive attention with the current state sᵢ: W [s; h] is the sum of two projections.',
  },
  'local-attention': {
    name: 'local attention',
    forms: ['local-m', 'local-p'],
    short: 'Attention to a window around a position pᵢ: the step itself (local-m) or a predicted one (local-p).',
    more:
      'Outside of the window, at more than D positions, weights are 0. In local-p a Gaussian around pᵢ multiplies ' +
      'the ' +
      'weights after the softmax, so rows sum to less than 1.',
  },
  renormalising: {
    name: 'renormalising',
    forms: ['renormalised', 'renormalise'],
    short: 'Dividing the weights of a row by their sum after some are hidden, so that they sum to 1 again.',
    more: 'It shows the shares among the remaining tokens. The numbers are then no longer those that the model used.',
  },
} as const satisfies Readonly<Record<string, TermWords>>;
