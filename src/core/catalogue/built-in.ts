import { words, type Words } from '../words/words.ts';

/** A model that ships: what it reads, and sentences to try it on, the best first. */
export interface BuiltIn {
  readonly reads: keyof Words['models']['reads'];
  readonly examples: readonly [string, ...string[]];
  /** Of a translator with several heads the one whose cross-attention is closest to the alignment of its grammar. */
  readonly aligns?: { readonly layer: number; readonly head: number };
}

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

const translator: BuiltIn = { reads: 'grammar', examples: sentences };

const models: Readonly<Record<keyof Words['models']['builtIn'], BuiltIn>> = {
  'masked-lm-small': {
    reads: 'english',
    examples: ['The cat that was hungry ate the fish.', 'The old man sat down beside the fire and told them a story.'],
  },
  'masked-lm-medium': {
    reads: 'english',
    examples: ['The captain of the old ship saw a light beyond the island.', 'The cat that was hungry ate the [MASK].'],
  },
  'causal-lm-small': {
    reads: 'english',
    examples: [
      'The captain looked at the sea, and the captain looked at the sky.',
      'The cat that was hungry ate the fish.',
    ],
  },
  'translation-small': { ...translator, aligns: { layer: 1, head: 3 } },
  'recurrent-bahdanau': translator,
  'recurrent-dot': translator,
  'recurrent-general': translator,
  'recurrent-concat': translator,
  'recurrent-local-m': translator,
  'recurrent-local-p': translator,
};

/** The models that ship, by name. */
export const builtIns: Readonly<Record<string, BuiltIn>> = models;

/** What a model that ships is and reads, in two sentences; null for another model. */
export function aboutBuiltIn(name: string): string | null {
  if (!isBuiltIn(name)) return null;
  const { builtIn, reads } = words().models;
  return `${builtIn[name]} ${reads[models[name].reads]}`;
}

/** Whether a model knows nothing but the words of a small grammar. */
export function readsGrammar(model: string): boolean {
  return builtIns[model]?.reads === 'grammar';
}

function isBuiltIn(name: string): name is keyof typeof models {
  return Object.hasOwn(models, name);
}
