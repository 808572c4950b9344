import type { PaperId } from './papers.ts';

/** The term of every entry of the glossary, in the order of the computation. Links and tooltips name these. */
export const termIds = [
  'token',
  'special-token',
  'vocabulary',
  'embedding',
  'position-embedding',
  'rotary-embedding',
  'residual-stream',
  'layer',
  'layer-norm',
  'feed-forward',
  'attention',
  'self-attention',
  'head',
  'query',
  'key',
  'value',
  'score',
  'softmax',
  'attention-weight',
  'mask',
  'causal-mask',
  'sliding-window',
  'output-projection',
  'encoder',
  'decoder',
  'cross-attention',
  'recurrent-network',
  'alignment',
  'alignment-error-rate',
  'additive-attention',
  'dot-attention',
  'general-attention',
  'concat-attention',
  'local-attention',
  'unembedding',
  'logit',
  'probability',
  'prediction',
  'temperature',
  'sampling',
  'role',
  'baseline',
  'previous-token-head',
  'induction-head',
  'sink',
  'no-op',
  'entropy',
  'distance',
  'renormalising',
  'ablation',
  'effect',
  'kl-divergence',
  'js-divergence',
  'faithfulness',
] as const;

/** The name of a term, the same in every language. */
export type TermId = (typeof termIds)[number];

/** What is known of a term in every language. */
export interface TermFacts {
  /** Its formula, in Unicode; none where there is nothing to compute. */
  readonly formula?: string;
  readonly papers: readonly PaperId[];
  /** Terms that a reader looks up next. */
  readonly related: readonly TermId[];
}

/** Formula, papers and related terms of every term. */
export const termFacts: Readonly<Record<TermId, TermFacts>> = {
  token: { papers: ['sennrich'], related: ['vocabulary', 'special-token', 'embedding'] },
  'special-token': { papers: ['devlin'], related: ['token', 'sink'] },
  vocabulary: { papers: ['sennrich'], related: ['token', 'unembedding'] },
  embedding: {
    formula: 'x₀ = E[id] + P[position]',
    papers: [],
    related: ['token', 'position-embedding', 'residual-stream'],
  },
  'position-embedding': { papers: ['vaswani'], related: ['embedding', 'rotary-embedding'] },
  'rotary-embedding': {
    formula: 'R(i) qᵢ · R(j) kⱼ = qᵢ · R(j − i) kⱼ',
    papers: ['su'],
    related: ['position-embedding', 'query', 'key'],
  },
  'residual-stream': {
    formula: 'x ↦ x + Σₕ headₕ(x),  x ↦ x + FFN(x)',
    papers: ['he', 'elhage'],
    related: ['layer', 'layer-norm', 'feed-forward'],
  },
  layer: { papers: ['vaswani'], related: ['head', 'feed-forward', 'residual-stream'] },
  'layer-norm': {
    formula: 'γ ⊙ (x − mean(x)) / √(var(x) + ε) + β',
    papers: ['ba'],
    related: ['residual-stream', 'layer'],
  },
  'feed-forward': {
    formula: 'W₂ f(W₁ x + b₁) + b₂',
    papers: ['vaswani', 'geva'],
    related: ['layer', 'residual-stream', 'ablation'],
  },
  attention: {
    formula: 'softmax(Q Kᵀ / √d) V',
    papers: ['bahdanau', 'vaswani'],
    related: ['query', 'key', 'value', 'attention-weight', 'faithfulness'],
  },
  'self-attention': { papers: ['vaswani'], related: ['attention', 'cross-attention', 'causal-mask'] },
  head: {
    formula: 'head(X) = softmax(Q Kᵀ / √d) V,  Q = X W_Q,  K = X W_K,  V = X W_V',
    papers: ['vaswani', 'ainslie', 'clark'],
    related: ['layer', 'output-projection', 'role'],
  },
  query: { formula: 'q = W_Q x + b_Q', papers: ['vaswani'], related: ['key', 'score'] },
  key: { formula: 'k = W_K x + b_K', papers: ['vaswani'], related: ['query', 'score', 'value'] },
  value: { formula: 'v = W_V x + b_V', papers: ['vaswani'], related: ['attention-weight', 'output-projection'] },
  score: { formula: 'sᵢⱼ = qᵢ · kⱼ / √d', papers: ['vaswani'], related: ['query', 'key', 'mask', 'softmax'] },
  softmax: {
    formula: 'softmax(s)ⱼ = exp(sⱼ) / Σₖ exp(sₖ)',
    papers: ['vaswani'],
    related: ['score', 'attention-weight', 'temperature'],
  },
  'attention-weight': {
    formula: 'aᵢⱼ = softmax(sᵢ)ⱼ,  Σⱼ aᵢⱼ = 1',
    papers: ['vaswani', 'kobayashi'],
    related: ['softmax', 'value', 'renormalising', 'faithfulness'],
  },
  mask: { formula: 'sᵢⱼ = −∞ ⇒ aᵢⱼ = 0', papers: ['vaswani'], related: ['causal-mask', 'sliding-window', 'score'] },
  'causal-mask': { formula: 'j > i ⇒ sᵢⱼ = −∞', papers: ['vaswani'], related: ['mask', 'decoder'] },
  'sliding-window': { formula: '|i − j| > w ⇒ sᵢⱼ = −∞', papers: ['beltagy'], related: ['mask', 'local-attention'] },
  'output-projection': {
    formula: 'o = W_O [head₀; …; headₕ₋₁]',
    papers: ['vaswani', 'elhage'],
    related: ['head', 'value', 'residual-stream'],
  },
  encoder: { papers: ['vaswani', 'devlin'], related: ['decoder', 'self-attention'] },
  decoder: { papers: ['vaswani'], related: ['causal-mask', 'cross-attention', 'encoder'] },
  'cross-attention': { papers: ['vaswani', 'raffel'], related: ['encoder', 'decoder', 'alignment'] },
  'recurrent-network': {
    formula: 'sᵢ = f(sᵢ₋₁, yᵢ₋₁, cᵢ)',
    papers: ['bahdanau', 'luong'],
    related: ['additive-attention', 'dot-attention', 'alignment'],
  },
  alignment: {
    papers: ['bahdanau', 'luong'],
    related: ['cross-attention', 'recurrent-network', 'alignment-error-rate'],
  },
  'alignment-error-rate': {
    formula: 'AER = 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|)',
    papers: ['och'],
    related: ['alignment', 'cross-attention'],
  },
  'additive-attention': {
    formula: 'sᵢⱼ = vᵀ tanh(W sᵢ₋₁ + U hⱼ)',
    papers: ['bahdanau'],
    related: ['concat-attention', 'dot-attention', 'score'],
  },
  'dot-attention': { formula: 'sᵢⱼ = sᵢ · hⱼ', papers: ['luong'], related: ['general-attention', 'score'] },
  'general-attention': { formula: 'sᵢⱼ = sᵢᵀ W hⱼ', papers: ['luong'], related: ['dot-attention', 'concat-attention'] },
  'concat-attention': {
    formula: 'sᵢⱼ = vᵀ tanh(W [sᵢ; hⱼ])',
    papers: ['luong'],
    related: ['additive-attention', 'general-attention'],
  },
  'local-attention': {
    formula: 'aᵢⱼ = softmax(sᵢ)ⱼ · exp(−(j − pᵢ)² / 2σ²),  |j − pᵢ| ≤ D',
    papers: ['luong'],
    related: ['sliding-window', 'alignment'],
  },
  unembedding: { formula: 'z = W_U x', papers: ['elhage'], related: ['logit', 'vocabulary', 'embedding'] },
  logit: { papers: [], related: ['unembedding', 'probability', 'softmax'] },
  probability: { formula: 'p = softmax(z)', papers: [], related: ['logit', 'prediction', 'temperature'] },
  prediction: { papers: [], related: ['probability', 'logit', 'sampling'] },
  temperature: {
    formula: 'softmax(z / T)',
    papers: ['hinton'],
    related: ['softmax', 'sampling', 'probability'],
  },
  sampling: { papers: ['holtzman'], related: ['temperature', 'probability'] },
  role: { papers: ['clark', 'voita'], related: ['head', 'baseline', 'ablation'] },
  baseline: { papers: ['clark'], related: ['role'] },
  'previous-token-head': { papers: ['elhage', 'voita'], related: ['induction-head', 'role'] },
  'induction-head': { papers: ['olsson'], related: ['previous-token-head', 'role'] },
  sink: { papers: ['clark', 'xiao', 'gu'], related: ['special-token', 'no-op', 'attention-weight'] },
  'no-op': { formula: 'aᵢⱼ ≈ 1,  ‖aᵢⱼ W_O vⱼ‖ ≈ 0', papers: ['clark', 'kobayashi'], related: ['sink', 'value'] },
  entropy: {
    formula: 'H = −Σⱼ aᵢⱼ ln aᵢⱼ,  0 ≤ H ≤ ln n',
    papers: ['shannon', 'clark'],
    related: ['attention-weight', 'distance'],
  },
  distance: { formula: 'Σ aᵢⱼ |i − j| / Σ aᵢⱼ', papers: ['vig'], related: ['entropy', 'previous-token-head'] },
  renormalising: { formula: 'aᵢⱼ ↦ aᵢⱼ / Σₖ aᵢₖ', papers: [], related: ['attention-weight', 'special-token'] },
  ablation: { papers: ['michel', 'voita', 'mcgrath'], related: ['effect', 'kl-divergence', 'faithfulness'] },
  effect: {
    formula: 'KL(p ‖ p₋ₕ)',
    papers: ['michel'],
    related: ['ablation', 'kl-divergence', 'probability'],
  },
  'kl-divergence': {
    formula: 'KL(p ‖ q) = Σ p (ln p − ln q)',
    papers: ['kullback'],
    related: ['js-divergence', 'entropy', 'effect', 'probability'],
  },
  'js-divergence': {
    formula: 'JS(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m),  m = ½ (p + q)',
    papers: ['lin', 'clark'],
    related: ['kl-divergence', 'attention-weight', 'head'],
  },
  faithfulness: {
    papers: ['jacovi', 'jain', 'wiegreffe', 'serrano'],
    related: ['attention-weight', 'ablation', 'effect'],
  },
};
