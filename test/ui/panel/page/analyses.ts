import type { Analysis, Family } from '../../../../src/core/attention/analysis.ts';
import type { LayerKind } from '../../../../src/core/attention/layers.ts';
import type { AttentionMap } from '../../../../src/core/attention/map.ts';
import type { LayerMask } from '../../../../src/core/attention/mask.ts';
import type { Sequence } from '../../../../src/core/text/token.ts';
import { mapOf } from './maps.ts';
import { candidates, nextOf, rolesOf, fillingMasks } from './predictions.ts';
import { textOfTokens, tokenize, tokenizePair } from './text.ts';
import { recurrentTranslator, t5Translator } from './translators.ts';

function modelOf(id: string, family: Family, maps: readonly AttentionMap[]): Analysis['model'] {
  const [layers, heads] = maps[0]?.shape ?? [0, 0];
  return { id, family, layers, heads };
}

const notes = ['Attention was read from 6 Softmax nodes of the graph; the model file was not changed.'];

function encoder(sequence: Sequence, layers: number, heads: number, seed: number): Analysis {
  const maps = [mapOf({ name: 'attention', kind: 'self', queries: 0, keys: 0 }, [sequence], layers, heads, seed)];
  return {
    model: modelOf('masked-lm-small', 'encoder', maps),
    sequences: [sequence],
    maps,
    timing: { load: 0, run: 14.2 },
    notes,
  };
}

function decoder(text: string, seed: number, masks?: readonly LayerMask[]): Analysis {
  const sequence = tokenize(text, 'byte-level');
  const maps = [
    mapOf(
      {
        name: 'attention',
        kind: 'causal',
        queries: 0,
        keys: 0,
        rows: { tokens: 'read', edge: null },
        ...(masks ? { masks } : {}),
      },
      [sequence],
      4,
      4,
      seed,
    ),
  ];
  return {
    model: modelOf('story-decoder', 'decoder', maps),
    sequences: [sequence],
    maps,
    timing: { load: 812, run: 21 },
    notes,
  };
}

function translator(seed: number): Analysis {
  const sequences = [
    tokenize('The committee postponed the decision until Friday.', 'wordpiece'),
    tokenize('Das Komitee vertagte alles.', 'byte-level'),
  ];
  const rows = { tokens: 'read', edge: '</s>' } as const;
  const maps = [
    mapOf({ name: 'encoder', kind: 'self', queries: 0, keys: 0 }, sequences, 3, 8, seed),
    mapOf({ name: 'decoder', kind: 'causal', queries: 1, keys: 1, rows }, sequences, 2, 4, seed + 1),
    mapOf({ name: 'cross', kind: 'cross', queries: 1, keys: 0, rows }, sequences, 2, 4, seed + 2),
  ];
  return {
    model: modelOf('translate-small', 'encoder-decoder', maps),
    sequences,
    maps,
    timing: { load: 0, run: 48 },
    notes,
  };
}

/** A text of words set apart by blanks, as a word-level tokenizer cuts it. */
function wordsOf(text: string, ended: boolean): Sequence {
  const tokens = [...text.matchAll(/\S+/gu)].map((match, word) => ({
    id: word + 4,
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    special: false,
    word,
    segment: 0 as const,
  }));
  const end = {
    id: 1,
    text: '</s>',
    start: text.length,
    end: text.length,
    special: true,
    word: null,
    segment: 0 as const,
  };
  return { text, tokens: ended ? [...tokens, end] : tokens };
}

/**
 * One layer, one head, a target longer than its source: what local-p makes of a translation, a Gaussian on a softmax in
 * a window.
 */
function recurrent(): Analysis {
  const sequences = [wordsOf('The black cat sees the dog .', false), wordsOf('el gato negro ve el perro .', true)];
  const centres = [0.4, 2.2, 1.1, 3.2, 4.3, 5.4, 6.2, 6.5];
  const local = { centres, halfWidth: 2, sigma: 1 };
  const rows = centres.map((centre, query) => {
    const aligned = [0, 2, 1, 3, 4, 5, 6, 6][query];
    const powers = Array.from({ length: 7 }, (_, key) =>
      Math.abs(key - centre) <= local.halfWidth ? Math.exp(key === aligned ? 3 : 0) : 0,
    );
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power, key) => (power / sum) * Math.exp(-((key - centre) ** 2) / (2 * local.sigma ** 2)));
  });
  const maps: AttentionMap[] = [
    {
      name: 'cross',
      kind: 'cross',
      queries: 1,
      keys: 0,
      shape: [1, 1, 8, 7],
      normalised: false,
      scoring: 'general',
      local,
      rows: { tokens: 'written', edge: '<s>' },
      weights: Float32Array.from(rows.flat()),
    },
  ];
  return {
    model: modelOf('recurrent-local-p', 'recurrent', maps),
    sequences,
    maps,
    timing: { load: 40, run: 9 },
    notes: ['The centre is predicted.'],
  };
}

const longText =
  'Translations of untranslatable words keep  translators awake;\n' +
  'what is analysed stops somewhere. This sentence came too late.';

/** An encoder's analysis of so many tokens, layers and heads. */
export function synthetic(tokens: number, layers: number, heads: number): Analysis {
  return encoder(tokenize(textOfTokens(tokens), 'wordpiece'), layers, heads, tokens);
}

/** A text of which the model has written the end, and a conversation that it has answered. */
function written(): Analysis {
  const analysis = decoder('Once upon a time there was a tiny dragon who lived alone.', 8);
  const [sequence = { text: '', tokens: [] }] = analysis.sequences;
  return { ...analysis, sequences: [{ ...sequence, generatedFrom: 6 }], predictions: [nextOf(sequence)] };
}

/** The same where the model came to its end. */
function ended(): Analysis {
  const analysis = written();
  const rows = { tokens: 'read', edge: '<|endoftext|>' } as const;
  return { ...analysis, maps: analysis.maps.map((map) => ({ ...map, rows })) };
}

function chat(): Analysis {
  const analysis = decoder('<system> Be brief. <user> Who ate the fish? <assistant> The cat did.', 9);
  const [sequence = { text: '', tokens: [] }] = analysis.sequences;
  const roles = rolesOf(sequence);
  return {
    ...analysis,
    sequences: [{ ...sequence, roles, generatedFrom: roles.at(-1)?.first ?? 0 }],
    predictions: [nextOf(sequence)],
  };
}

function masked(): Analysis {
  const analysis = encoder(tokenize('The cat that was blank ate the blank .', 'wordpiece'), 4, 4, 10);
  return {
    ...analysis,
    predictions: [
      { kind: 'masked', sequence: 0, places: [5, 8].map((token) => ({ token, candidates: candidates(token) })) },
    ],
  };
}

function answered(): Analysis {
  const sequence = tokenize('The hungry cat ate the fish', 'wordpiece');
  const analysis = encoder(sequence, 4, 4, 11);
  return {
    ...analysis,
    predictions: [
      {
        kind: 'span',
        sequence: 0,
        answers: [{ first: 1, last: 3, start: 0, end: 14, probability: 0.62 }],
        none: 0.1,
        starts: sequence.tokens.map((_, index) => [0.2, 0.775][index] ?? 0),
        ends: sequence.tokens.map((_, index) => ({ 0: 0.2, 3: 0.8 })[index] ?? 0),
      },
      {
        kind: 'label',
        exclusive: true,
        labels: [
          { name: 'hungry', probability: 0.81 },
          { name: 'calm', probability: 0.15 },
          { name: 'glad', probability: 0.04 },
        ],
      },
      {
        kind: 'tags',
        sequence: 0,
        tags: sequence.tokens.map((token) => ({ name: token.text === 'cat' ? 'B-ANIMAL' : 'O', probability: 0.9 })),
      },
    ],
  };
}

/** A text of many lines whose last sentence the model did not take. */
function cut(): Analysis {
  const text = textOfTokens(300);
  return encoder(tokenize(`${text} This came too late.`, 'wordpiece', text.length), 2, 4, 12);
}

/** A decoder of 24 layers of which 6 attend, as LFM2 has them, or of several kinds, as Nemotron-H does. */
function hybrid(kinds: readonly LayerKind[], heads: number): Analysis {
  const sequence = tokenize('The cat that was hungry ate the fish, and slept.', 'byte-level');
  const rows = { tokens: 'read', edge: null } as const;
  const count = kinds.filter((kind) => kind === 'attention').length;
  const maps = [
    mapOf(
      { name: 'attention', kind: 'causal', queries: 0, keys: 0, layers: kinds, rows },
      [sequence],
      count,
      heads,
      14,
    ),
  ];
  return {
    model: modelOf('hybrid-decoder', 'decoder', maps),
    sequences: [sequence],
    maps,
    timing: { load: 0, run: 33 },
    notes,
  };
}

const shortConvolutions = Array.from({ length: 24 }, (_, at): LayerKind =>
  [2, 6, 10, 14, 18, 21].includes(at) ? 'attention' : 'convolution',
);
const mixed: readonly LayerKind[] = Array.from('MEMEM*EMEM*EOEL', (letter): LayerKind => {
  const kinds = { M: 'state-space', E: 'feed-forward', '*': 'attention', L: 'linear-attention' } as const;
  return letter in kinds ? kinds[letter as keyof typeof kinds] : 'other';
});

/** The analyses that the tests show, by name, each made when it is asked for. */
export const analyses = {
  cat: () => encoder(tokenize('The cat that was hungry ate the fish.', 'wordpiece'), 6, 8, 1),
  pieces: () => encoder(tokenize(longText, 'wordpiece', longText.indexOf(' This')), 6, 12, 2),
  pair: () => encoder(tokenizePair('The cat sat down.', 'It was unremarkably tired.'), 4, 8, 8),
  dots: () => encoder(tokenize('...', 'wordpiece'), 2, 4, 9),
  /** Windows of three tokens in two layers, chunks of four in a third. */
  windowed: () =>
    decoder('Once upon a time there was a tiny dragon.', 12, [
      { kind: 'window', reach: 2 },
      { kind: 'full' },
      { kind: 'chunk', size: 4 },
      { kind: 'window', reach: 2 },
    ]),
  causal: () => decoder('Once upon a time\nthere was a tiny  unremarkable dragon.', 3),
  cross: () => translator(4),
  recurrent,
  cut,
  /** A decoder of one token, which can look at nothing but itself. */
  single: () => decoder('I', 15),
  /** Letters from right to left, an emoji of several characters, a long word and marks without a letter to stand on. */
  hard: () =>
    encoder(tokenize('القطة الجائعة أكلت 👩‍👩‍👧 Donaudampfschifffahrtsgesellschaft שלום ́̂ ok .', 'wordpiece'), 4, 4, 16),
  same: () => encoder(tokenize('The cat saw the dog and the dog saw the cat.', 'wordpiece'), 4, 4, 13),
  many: () => encoder(tokenize('So many heads for so few words.', 'wordpiece'), 2, 32, 5),
  t64: () => encoder(tokenize(textOfTokens(64), 'wordpiece'), 2, 12, 6),
  filling: () => fillingMasks(encoder(tokenize('The cat ate the fish.', 'wordpiece'), 4, 4, 10)),
  written,
  ended,
  chat,
  masked,
  answered,
  deep: () => encoder(tokenize(textOfTokens(64), 'wordpiece'), 12, 12, 8),
  hybrid: () => hybrid(shortConvolutions, 16),
  mixed: () => hybrid(mixed, 8),
  /** The same text as `cat` by another tokenizer, and another text by the same one. */
  catBytes: () => decoder('The cat that was hungry ate the fish.', 17),
  dog: () => encoder(tokenize('The dog that was hungry ate the fish.', 'wordpiece'), 6, 8, 18),
  bahdanau: () => recurrentTranslator('additive'),
  luong: () => recurrentTranslator('general'),
  dot: () => recurrentTranslator('dot'),
  concat: () => recurrentTranslator('concat'),
  t5: t5Translator,
  t512: () => encoder(tokenize(textOfTokens(512), 'wordpiece'), 2, 12, 7),
} as const;

export type AnalysisName = keyof typeof analyses;
