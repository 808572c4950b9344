import type { TermWords } from './entry.ts';

/** What is predicted, what heads are seen to do, and how claims about them are tested. */
export const findingTerms = {
  logit: {
    name: 'logit',
    forms: ['logits'],
    short: 'The number that a model gives each token of the vocabulary; the softmax of all logits is the prediction.',
    more: 'Only differences between logits count. A logit is linear in the last vector, so it can be taken apart.',
  },
  probability: {
    name: 'probability',
    forms: ['probabilities'],
    short: 'The share that a token has of the softmax over all logits: how likely the model finds it at this place.',
    more: 'It is the model’s own number. Whether it is right as often as it says (calibration) is another question.',
  },
  prediction: {
    name: 'prediction',
    forms: ['predictions', 'predicts', 'predict'],
    short: 'A probability for every token of the vocabulary: in place of a mask, or after a token of the text.',
    more: 'A causal language model predicts the next token at each position, a masked one the tokens that are hidden.',
  },
  temperature: {
    name: 'temperature',
    forms: ['temperatures'],
    short:
      'A number that divides logits or scores before the softmax: below 1 sharpens the shares, above 1 evens them.',
    more: 'Near 0 everything goes to the largest number; at 1 nothing changes.',
  },
  sampling: {
    name: 'sampling',
    forms: ['sample', 'top-k', 'top-p'],
    short: 'Choosing the next token at random by its probability, instead of always taking the most probable one.',
    more:
      'Top-k keeps the k most probable tokens, top-p the fewest that together have probability p; the rest are left ' +
      'out before one is drawn.',
  },
  role: {
    name: 'role',
    forms: ['roles'],
    short: 'A short name for what a head is seen to do: look at the previous token, at a verb’s subject, at a sink.',
    more:
      'A role describes where the weights go, on this text or on sentences with known answers. It is given with a ' +
      'score ' +
      'and a baseline. What the head contributes to the prediction is measured by its effect.',
  },
  baseline: {
    name: 'baseline',
    forms: ['baselines'],
    short:
      'What a simple rule reaches on the same cases, such as always looking one word back; a score needs it beside it.',
    more:
      'If most subjects are right before their verb, a head that looks at the previous token finds them, too. A ' +
      'grammatical role is given only to heads that find clearly more than the best fixed offset.',
  },
  'previous-token-head': {
    name: 'previous-token head',
    forms: ['previous-token heads'],
    short: 'A head in which each token looks at the token before it.',
    more: 'Found in most transformers. An induction head needs one in an earlier layer.',
  },
  'induction-head': {
    name: 'induction head',
    forms: ['induction heads', 'induction'],
    short: 'A head that looks at the token after the earlier occurrence of the current token: A B … A → B.',
    more:
      'It lets a model continue a sequence that it has seen once in the text. It is found on random tokens that are ' +
      'repeated, where no other rule helps.',
  },
  sink: {
    name: 'sink',
    forms: ['sinks', 'attention sink', 'attention sinks'],
    short: 'A token that gets most of a head’s attention whatever the text says: the first token, [CLS] or [SEP].',
    more:
      'A row has to sum to 1 also when a head has nothing to read; the weight then goes where it does little. ' +
      'Hiding special ' +
      'tokens shows the rest of the row.',
  },
  'no-op': {
    name: 'no-op',
    forms: ['no-ops'],
    short: 'A head that puts its weight on tokens with short values: it looks somewhere and moves little.',
    more: 'The weight alone does not show it; the length of weight × value after the output projection does.',
  },
  entropy: {
    name: 'entropy',
    forms: [],
    short: 'How widely attention is spread: 0 if one key has all of it, ln n if n keys have equal weights. In nats.',
    more: 'e to the power of the entropy is a number of tokens: the number of equal weights with the same entropy.',
  },
  distance: {
    name: 'distance',
    forms: ['distances'],
    short: 'How far queries and keys are apart, in tokens, each link counted by its weight.',
    more:
      'About 1 for a previous-token head, large for heads that look far. Between two sequences there is no ' +
      'distance.',
  },
  ablation: {
    name: 'ablation',
    forms: ['ablations'],
    short: 'Switching a part of a model off, here by setting what it hands over to zero, and looking at what changes.',
    more:
      'It tests what the model needs, on this text. Zero may be unlike anything the model saw in training, and other ' +
      'heads can make up for a missing one, so a head without an effect may still do something.',
  },
  effect: {
    name: 'effect',
    forms: ['effects'],
    short: 'How far a prediction changes when a head is switched off: KL(before ‖ after) in nats.',
    more:
      'p is the prediction of the model as it is, p₋ₕ the one without head h. It belongs to one text and one ' +
      'position. The effects of several heads do not add up: two heads may do the same, ' +
      'and then only both together are missed.',
  },
  'kl-divergence': {
    name: 'KL divergence',
    forms: ['KL', 'KL divergences', 'Kullback–Leibler divergence'],
    short: 'How different two predictions are, in nats: 0 if they are equal; it has no upper bound.',
    more: 'p is the prediction before a change, q the one after it. Exchanging them gives another number.',
  },
  'js-divergence': {
    name: 'Jensen–Shannon divergence',
    forms: ['Jensen–Shannon', 'Jensen–Shannon distance', 'Jensen–Shannon divergences'],
    short: 'How different two rows of weights are, in nats: 0 if they are equal, ln 2 = 0.69 if they share no key.',
    more:
      'It is the mean KL of both rows from their average, so it is symmetric and bounded. Its square root ' +
      'is a distance.',
  },
  faithfulness: {
    name: 'faithfulness',
    forms: ['faithful'],
    short: 'Whether an explanation says what the model really computes from, not only what looks plausible.',
    more:
      'Attention weights are a part of the computation, so they are true as far as they go. Whether they explain a ' +
      'prediction has been disputed since 2019; the page “What attention can and cannot tell” has the arguments.',
  },
} as const satisfies Readonly<Record<string, TermWords>>;
