import type { Budget } from '../../budget.ts';
import type { JsonObject } from '../json.ts';
import { modelOf, remembering, type Model } from './model.ts';
import { UnitTrie } from './unit-trie.ts';
import { Vocabulary } from './vocabulary.ts';
import { words } from '../../words/words.ts';

/** What an unknown character costs more than the rarest token. */
const unknownPenalty = 10;

/**
 * Unigram (Kudo 2018): the segmentation of the highest total log-probability, found by Viterbi's algorithm. Unknown
 * characters next to each other become one unknown token, or the tokens of their bytes where the vocabulary has them
 * all.
 */
export function unigram(part: JsonObject): Model {
  const { vocabulary, scores } = scoredVocabulary(part);
  const unknown =
    part.value('unk_id') === null || part.value('unk_id') === undefined ? undefined : part.index('unk_id');
  if (unknown !== undefined && unknown >= scores.length) throw part.invalid(words().details.tokenizer.unknownId);
  const trie = new UnitTrie(scores.length * 3, () => part.invalid(words().details.tokenizer.manyCharacters));
  for (const [token, id] of vocabulary.ids) if (token !== '') trie.add(token, id);
  const lattice: Lattice = {
    trie,
    scores,
    unknown,
    unknownScore: scores.reduce((least, score) => Math.min(least, score), Infinity) - unknownPenalty,
    part,
  };
  const bytes = part.boolean('byte_fallback', false) ? vocabulary : undefined;
  const tokenize = (word: string, budget: Budget): readonly number[] =>
    named(word, bestPath(word, lattice, budget), vocabulary, unknown ?? 0, bytes);
  return { ...modelOf(remembering(tokenize), vocabulary, unknown), size: scores.length };
}

interface Lattice {
  readonly trie: UnitTrie;
  readonly scores: readonly number[];
  readonly unknown: number | undefined;
  readonly unknownScore: number;
  readonly part: JsonObject;
}

function scoredVocabulary(part: JsonObject): { vocabulary: Vocabulary; scores: number[] } {
  const vocabulary = new Vocabulary();
  const scores = part.list('vocab').map((item, id) => {
    const [token, score] = Array.isArray(item) ? (item as readonly unknown[]) : [];
    if (typeof token !== 'string' || typeof score !== 'number') throw part.invalid(words().details.tokenizer.score(id));
    vocabulary.add(token, id, part);
    return score;
  });
  return { vocabulary, scores };
}

/** The best segmentation as ids and ranges in turn; unknown tokens next to each other are one. */
function bestPath(word: string, lattice: Lattice, budget: Budget): readonly number[] {
  const length = word.length;
  const best = new Float64Array(length + 1);
  const from = new Int32Array(length + 1).fill(-1);
  const ids = new Int32Array(length + 1);
  const offer = (start: number, end: number, score: number, id: number): void => {
    const total = score + (best[start] ?? 0);
    if ((from[end] ?? -1) >= 0 && total <= (best[end] ?? 0)) return;
    best[end] = total;
    from[end] = start;
    ids[end] = id;
  };
  for (let start = 0; start < length;) {
    const next = start + ((word.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
    let single = false;
    for (let at = start, node = 0; at < length;) {
      node = lattice.trie.step(node, word.charCodeAt(at));
      budget.spend();
      if (node < 0) break;
      at++;
      const id = lattice.trie.valueAt(node);
      if (id < 0) continue;
      offer(start, at, lattice.scores[id] ?? 0, id);
      single ||= at === next;
    }
    if (!single) {
      if (lattice.unknown === undefined) throw lattice.part.invalid(words().details.tokenizer.noUnknownId);
      offer(start, next, lattice.unknownScore, lattice.unknown);
    }
    start = next;
  }
  return backwards(from, ids, lattice.unknown ?? -1);
}

function backwards(from: Int32Array, ids: Int32Array, unknown: number): readonly number[] {
  const pieces: [number, number, number][] = [];
  for (let end = from.length - 1; end > 0;) {
    const start = from[end] ?? 0;
    const id = ids[end] ?? 0;
    const after = pieces.at(-1);
    if (id === unknown && after?.[0] === unknown) after[1] = start;
    else pieces.push([id, start, end]);
    end = start;
  }
  return pieces.reverse().flat();
}

/**
 * Gives unknown stretches their tokens: by their text, by their bytes (all with the stretch's range), or the unknown
 * token.
 */
function named(
  word: string,
  path: readonly number[],
  vocabulary: Vocabulary,
  unknown: number,
  bytes: Vocabulary | undefined,
): readonly number[] {
  const tokens: number[] = [];
  for (let at = 0; at + 2 < path.length; at += 3) {
    const [id = 0, start = 0, end = 0] = [path[at], path[at + 1], path[at + 2]];
    if (id !== unknown) {
      tokens.push(id, start, end);
      continue;
    }
    const text = word.slice(start, end);
    const known = vocabulary.ids.get(text);
    const byteIds = known === undefined && bytes !== undefined ? bytes.bytesIn(text) : undefined;
    for (const token of byteIds ?? [known ?? unknown]) tokens.push(token, start, end);
  }
  return tokens;
}
