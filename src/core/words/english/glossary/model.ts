import type { TermWords } from './entry.ts';

/** Tokens, and the parts of a transformer around its attention. */
export const modelTerms = {
  token: {
    name: 'token',
    forms: ['tokens'],
    short: 'A piece of text that the model reads as one unit: a word, a part of a word, or a punctuation mark.',
    more:
      'The tokenizer of the model splits the text and replaces each piece by its number in the vocabulary. ' +
      'Frequent words are one token, rare words are several. Rows and columns of an attention map are tokens.',
  },
  'special-token': {
    name: 'special token',
    forms: ['special tokens'],
    short: 'A token that the tokenizer or the model adds to the text, such as [CLS], [SEP] or the beginning of a text.',
    more:
      'Special tokens mark where a text begins or ends, or where a word is hidden ([MASK]). They carry no word of ' +
      'the ' +
      'text, and many heads put much of their attention on them: then they are a sink.',
  },
  vocabulary: {
    name: 'vocabulary',
    forms: ['vocabularies'],
    short: 'The numbered list of all tokens that a model knows; a prediction is a probability for each of them.',
    more:
      'It is fixed before training, often by merging frequent pairs of characters (byte-pair encoding). A word ' +
      'that it ' +
      'does not have is split into pieces, or replaced by an unknown token.',
  },
  embedding: {
    name: 'embedding',
    forms: ['embeddings', 'token embedding'],
    short: 'The vector that a token is replaced by when it enters the model.',
    more:
      'The model has a learned vector for each token of its vocabulary, E[id]; most models add a position ' +
      'embedding, P. ' +
      'The sum is what the residual stream begins with.',
  },
  'position-embedding': {
    name: 'position embedding',
    forms: ['position embeddings', 'positional encoding', 'positional encodings'],
    short: 'A vector that tells the model where in the text a token is; attention alone does not know the order.',
    more:
      'It is learned for each position or computed from sines and cosines, and added to the embedding of the token. ' +
      'Other models put the position into each head: by a bias on the score that depends on the distance, or by a ' +
      'rotary embedding.',
  },
  'rotary-embedding': {
    name: 'rotary embedding',
    forms: ['rotary embeddings', 'RoPE'],
    short: 'Turns queries and keys by an angle that grows with the position, so that scores depend on the distance.',
    more:
      'R(i) turns pairs of components by angles that are multiples of the position i. The product of a turned ' +
      'query and ' +
      'a turned key depends on their contents and on i − j only.',
  },
  'residual-stream': {
    name: 'residual stream',
    forms: ['residual streams', 'residual connection'],
    short: 'The vector of a token that every layer reads from and adds to.',
    more:
      'It begins as the embedding. Attention and feed-forward parts read it, usually after a layer norm, and add ' +
      'their ' +
      'result, so what an early layer has written is still a term of the sum in a later one. This is why a score ' +
      'can be taken ' +
      'apart by what wrote the stream.',
  },
  layer: {
    name: 'layer',
    forms: ['layers', 'block', 'blocks'],
    short: 'One step of a transformer: attention with several heads, then a feed-forward part.',
    more:
      'Layers follow each other; each reads the residual stream that the earlier ones have written. They are counted ' +
      'from 0, and head 2 of layer 1 is called 1.2.',
  },
  'layer-norm': {
    name: 'layer norm',
    forms: ['layer norms', 'layer normalisation', 'RMS norm', 'norm', 'norms'],
    short: 'Brings the components of a vector to mean 0 and variance 1, then applies a learned gain and offset.',
    more:
      'The gain is γ, the offset β. RMS norm leaves out the mean and the offset. The norm is placed before ' +
      'attention and ' +
      'feed-forward parts (pre-norm) or after their sum with the residual stream (post-norm, as in BERT).',
  },
  'feed-forward': {
    name: 'feed-forward part',
    forms: ['feed-forward parts', 'feed-forward', 'MLP'],
    short: 'The part of a layer that changes each token by itself; it moves nothing between tokens.',
    more:
      'Two linear maps with a nonlinear function f between them, often with a gate. It has about two thirds of the ' +
      'weights of a layer; attention maps do not show it.',
  },
  encoder: {
    name: 'encoder',
    forms: ['encoders'],
    short: 'Reads a whole text at once: every token can look at every other one.',
    more:
      'BERT is an encoder by itself. In a translation model the encoder reads the source, and the decoder looks ' +
      'at its ' +
      'result by cross-attention.',
  },
  decoder: {
    name: 'decoder',
    forms: ['decoders'],
    short: 'Writes a text token by token: each token can look only at itself and earlier ones.',
    more:
      'GPT is a decoder by itself, a causal language model. The causal mask lets it train on all positions at once: ' +
      'no position can see the token that it has to predict.',
  },
  unembedding: {
    name: 'unembedding',
    forms: ['language model head'],
    short: 'The linear map from the last vector of a token to a logit for each token of the vocabulary.',
    more: 'Some models use the matrix of the embedding for it once more, transposed (tied weights).',
  },
  'recurrent-network': {
    name: 'recurrent network',
    forms: ['recurrent networks', 'RNN'],
    short: 'Reads and writes token by token with a state that it carries along; attention was invented for it.',
    more:
      'The encoder leaves a vector hⱼ, an annotation, for each source token. At step i the decoder, in state sᵢ, ' +
      'weighs ' +
      'the annotations and reads their weighted sum, the context cᵢ.',
  },
} as const satisfies Readonly<Record<string, TermWords>>;
