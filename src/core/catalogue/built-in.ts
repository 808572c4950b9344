/** What a person wants to know of a model that ships before they choose it. */
export interface BuiltInWords {
  /** What it is, in a sentence. */
  readonly about: string;
  /** What it reads. */
  readonly reads: string;
  /** Sentences to try it on, the best first. */
  readonly examples: readonly [string, ...string[]];
}

const english = 'Reads English.';
const grammar = 'Reads English of 223 words, and writes Spanish.';

/**
 * Every word is known to the translators, and each sentence shows something of alignment: what moves, joins or falls
 * away.
 */
const sentences = [
  'the old king sees the red horse .',
  "the king 's horse runs slowly .",
  'the girl will not see it .',
  'she is a doctor .',
  'the dogs sleep behind the old house .',
] as const;

const translates = (about: string): BuiltInWords => ({ about, reads: grammar, examples: sentences });

/** The models that ship, by name. */
export const builtInWords: Readonly<Record<string, BuiltInWords>> = {
  'masked-lm-small': {
    about: 'A BERT: every token looks both ways, and masked words are predicted.',
    reads: english,
    examples: ['The cat that was hungry ate the fish.', 'The old man sat down beside the fire and told them a story.'],
  },
  'causal-lm-small': {
    about: 'A GPT-2: every token looks at itself and earlier ones, and the next is predicted; has an induction head.',
    reads: english,
    examples: [
      'The captain looked at the sea, and the captain looked at the sky.',
      'The cat that was hungry ate the fish.',
    ],
  },
  'translation-small': translates('A T5 that translates: encoder, decoder and cross-attention, two layers each.'),
  'recurrent-bahdanau': translates('A recurrent translator with Bahdanau’s additive attention.'),
  'recurrent-dot': translates(
    'A recurrent translator with Luong’s attention, score dot: the product of the two states.',
  ),
  'recurrent-general': translates(
    'A recurrent translator with Luong’s attention, score general: a matrix between the two states.',
  ),
  'recurrent-concat': translates(
    'A recurrent translator with Luong’s attention, score concat: a small network over both states.',
  ),
  'recurrent-local-m': translates(
    'A recurrent translator with Luong’s local attention, local-m: a window that moves word by word.',
  ),
  'recurrent-local-p': translates(
    'A recurrent translator with Luong’s local attention, local-p: a window where the model predicts it.',
  ),
};

/** Whether a model knows nothing but the words of a small grammar. */
export function readsGrammar(model: string): boolean {
  return builtInWords[model]?.reads === grammar;
}
