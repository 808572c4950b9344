import type { Analysis } from '../../../../src/core/attention/analysis.ts';
import type { AttentionMap, Scoring, MapInfo } from '../../../../src/core/attention/map.ts';
import type { Sequence } from '../../../../src/core/text/token.ts';
import { randomFrom } from './maps.ts';

/** A sentence of the grammar, what the translators write of it, and which source word each of these renders. */
const source = 'the old king sees the red horse .';
const target = 'el rey viejo ve el caballo rojo .';
const renders = [0, 2, 1, 3, 4, 6, 5, 7];

function wordsOf(text: string, before: readonly string[], after: readonly string[]): Sequence {
  const special = (name: string, at: number): Sequence['tokens'][number] => ({
    id: 1,
    text: name,
    start: at,
    end: at,
    special: true,
    word: null,
    segment: 0,
  });
  const words = [...text.matchAll(/\S+/gu)].map((match, word) => ({
    id: word + 4,
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    special: false,
    word,
    segment: 0 as const,
  }));
  return {
    text,
    tokens: [...before.map((one) => special(one, 0)), ...words, ...after.map((one) => special(one, text.length))],
  };
}

/** A map that looks from the word written at each step to the one that it renders, with `misses` looking elsewhere. */
function aligned(
  info: Omit<MapInfo, 'shape' | 'name' | 'kind' | 'queries' | 'keys'>,
  [layers, heads, keys]: readonly [number, number, number],
  sharpness: number,
  misses: Readonly<Record<number, number>>,
): AttentionMap {
  const random = randomFrom(heads * 7 + keys);
  const steps = renders.length + 1;
  const weights = Array.from({ length: layers * heads * steps }, (_, row) => {
    const step = row % steps;
    const looked = misses[step] ?? renders[step] ?? keys - 1;
    const isAligning = Math.floor(row / steps) === layers * heads - 1;
    const powers = Array.from({ length: keys }, (__, key) =>
      Math.exp((key === looked ? sharpness * (isAligning ? 1 : 0.2) : 0) + random()),
    );
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  });
  const shape = [layers, heads, steps, keys] as const;
  return {
    ...info,
    name: 'cross',
    kind: 'cross',
    queries: 1,
    keys: 0,
    shape: [...shape],
    weights: Float32Array.from(weights.flat()),
  };
}

/** A recurrent translator by its scoring: Bahdanau's, or Luong's. */
export function recurrentTranslator(scoring: Scoring): Analysis {
  const misses: Readonly<Record<number, number>> = scoring === 'additive' ? { 4: 3 } : {};
  return {
    model: {
      id: scoring === 'additive' ? 'recurrent-bahdanau' : `recurrent-${scoring}`,
      family: 'recurrent',
      layers: 1,
      heads: 1,
    },
    sequences: [wordsOf(source, [], []), wordsOf(target, [], ['</s>'])],
    maps: [
      aligned(
        { scoring, rows: { tokens: 'written', edge: '<s>' } },
        [1, 1, 8],
        scoring === 'additive' ? 3.4 : 4.6,
        misses,
      ),
    ],
    timing: { load: 0, run: 8 },
    notes: [],
  };
}

/** A Transformer of 2 layers and 4 heads whose last head aligns. */
export function t5Translator(): Analysis {
  return {
    model: { id: 'translation-small', family: 'encoder-decoder', layers: 2, heads: 4 },
    sequences: [wordsOf(source, [], ['</s>']), wordsOf(target, ['<pad>'], [])],
    maps: [aligned({ rows: { tokens: 'read', edge: '</s>' } }, [2, 4, 9], 3, { 3: 7, 6: 8 })],
    timing: { load: 0, run: 15 },
    notes: [],
  };
}
