import { headOf, type AttentionMap } from '../attention/map.ts';
import { itemAt } from '../item-at.ts';
import type { Sequence } from '../text/token.ts';
import type { TokenSpan } from '../text/words.ts';
import { casesOf, offsets, type ProbeCase } from './cases.ts';
import type { BesideNouns, Found, ProbeExample } from './evidence.ts';
import { keptExamples } from './examples.ts';
import { nounFamilies, type GrammarRole } from './roles.ts';
import type { ProbeSentence } from './sentences.ts';
import { uniformHead } from './uniform-head.ts';

/** What was counted of the cases of a role, or of those that are no neighbours. */
interface Counts {
  cases: number;
  /** Right answers of every head, layer by layer, and behind them of a head with equal weights. */
  readonly hits: Float64Array;
  /** Those of them in which no special token is as strong: the head does not rest. */
  readonly awake: Float64Array;
  /** Right answers of every fixed offset. */
  readonly offsets: Float64Array;
}

interface Tally {
  readonly all: Counts;
  readonly apart: Counts;
  /** By head; those at a distance before others, then by weight. */
  readonly examples: Map<number, (ProbeExample & { readonly apart: boolean })[]>;
}

/**
 * For every head of a model, how often its strongest word from a word is one that the word is linked to. Words that are
 * equally strong share the answer, so that a head with equal weights gets what chance gives. Heads are counted layer by
 * layer.
 */
export class GrammarScores {
  readonly #heads: number;
  readonly #tallies = new Map<GrammarRole, Tally>();
  /** How often heads found the next noun, by the family of links of the word before. */
  readonly #nouns = new Map<string, Counts>();

  constructor(heads: number) {
    this.#heads = heads;
  }

  /** Asks every head of a map about a sentence. */
  add(sentence: ProbeSentence, sequence: Sequence, map: AttentionMap): void {
    const { choices, cases } = casesOf(sentence, sequence, map.kind);
    const [layers, heads, , keys] = map.shape;
    const uniform = uniformHead(map.kind, sequence.tokens.length);
    const specials = sequence.tokens.flatMap(({ special }, at) => (special ? [at] : []));
    for (const asked of cases) {
      const tally = this.#tallyOf(asked.role);
      const counted = [tally.all, ...(asked.apart ? [tally.apart] : []), ...this.#nounsOf(asked.family)];
      for (const counts of counted) count(counts, asked);
      for (let at = 0; at <= layers * heads; at++) {
        const isUniform = at === layers * heads;
        const weights = isUniform ? uniform : headOf(map, Math.floor(at / heads), at % heads);
        const { share, weight, strongest } = answer(weights, keys, choices, asked);
        const isAwake = share > 0 && weight > mostOn(specials, weights, keys, asked);
        for (const { hits, awake } of counted) {
          add(hits, at, share);
          if (isAwake) add(awake, at, share);
        }
        if (share === 1 && !isUniform)
          keep(tally, at, asked.apart, exampleOf(sentence, sequence, asked, itemAt(choices, strongest), weight));
      }
    }
  }

  /** The roles that were asked about. */
  get roles(): readonly GrammarRole[] {
    return [...this.#tallies.keys()];
  }

  /** What a head found; `notNeighbours` is null where there were no such cases. */
  found(role: GrammarRole, head: number): { readonly all: Found; readonly notNeighbours: Found | null } {
    const { all, apart } = this.#tallyOf(role);
    const found = (counts: Counts): Found => this.#foundIn(counts, head, role);
    return { all: found(all), notNeighbours: apart.cases > 0 ? found(apart) : null };
  }

  /**
   * How often a head finds the partners of a role, and the next noun from words that have other links: what it would
   * find of the role if it knew nothing but nouns nearby. Once as it stands, and once with the words from which it
   * rests on special tokens counted as not found. Null for roles that do not lead to the next noun.
   */
  besideNouns(role: GrammarRole, head: number): readonly BesideNouns[] | null {
    const own = nounFamilies[role];
    const others = [...this.#nouns].filter(([family]) => family !== own).map(([, counts]) => counts);
    const cases = others.reduce((sum, counts) => sum + counts.cases, 0);
    if (own === undefined || cases === 0) return null;
    const { all } = this.#tallyOf(role);
    return (['hits', 'awake'] as const).map((which) => ({
      cases: all.cases,
      score: itemAt(all[which], head) / all.cases,
      elsewhere: others.reduce((sum, counts) => sum + itemAt(counts[which], head), 0) / cases,
    }));
  }

  /** Sentences in which a head found the partner. */
  examples(role: GrammarRole, head: number): ProbeExample[] {
    return (this.#tallyOf(role).examples.get(head) ?? []).map(({ apart: _, ...example }) => example);
  }

  #foundIn(counts: Counts, head: number, role: GrammarRole): Found {
    const isNoun = role === 'next-noun' || role in nounFamilies;
    const tried = counts.offsets.map((hits, at) => (isNoun && itemAt(offsets, at).of === 'nouns' ? -1 : hits));
    const best = tried.indexOf(Math.max(...tried));
    return {
      cases: counts.cases,
      score: itemAt(counts.hits, head) / counts.cases,
      baseline: itemAt(tried, best) / counts.cases,
      offset: itemAt(offsets, best),
      chance: itemAt(counts.hits, this.#heads) / counts.cases,
    };
  }

  #tallyOf(role: GrammarRole): Tally {
    const tally = this.#tallies.get(role) ?? { all: this.#counts(), apart: this.#counts(), examples: new Map() };
    this.#tallies.set(role, tally);
    return tally;
  }

  #nounsOf(family: string | null): Counts[] {
    if (family === null) return [];
    const counts = this.#nouns.get(family) ?? this.#counts();
    this.#nouns.set(family, counts);
    return [counts];
  }

  #counts(): Counts {
    return {
      cases: 0,
      hits: new Float64Array(this.#heads + 1),
      awake: new Float64Array(this.#heads + 1),
      offsets: new Float64Array(offsets.length),
    };
  }
}

function count(counts: Counts, { offsetHits }: ProbeCase): void {
  counts.cases += 1;
  offsetHits.forEach((isHit, at) => add(counts.offsets, at, isHit ? 1 : 0));
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = itemAt(sums, at) + value;
}

/** How far a head is right about a word: 1, 0, or between where its strongest words are equally strong. */
function answer(
  weights: Float32Array,
  keys: number,
  choices: readonly TokenSpan[],
  { query, right }: ProbeCase,
): { readonly share: number; readonly weight: number; readonly strongest: number } {
  let [weight, tied, hits, strongest] = [0, 0, 0, 0];
  choices.forEach(({ first, end }, at) => {
    let sum = 0;
    for (let row = query.first; row < query.end; row++)
      for (let key = first; key < end; key++) sum += weights[row * keys + key] ?? 0;
    if (sum < weight || sum === 0) return;
    if (sum > weight) [weight, tied, hits, strongest] = [sum, 0, 0, at];
    tied += 1;
    hits += right.has(at) ? 1 : 0;
  });
  return { share: tied === 0 ? 0 : hits / tied, weight: weight / (query.end - query.first), strongest };
}

/** The most that a word gives to one of the tokens, a mean over its pieces. */
function mostOn(tokens: readonly number[], weights: Float32Array, keys: number, { query }: ProbeCase): number {
  const given = tokens.map((key) => {
    let sum = 0;
    for (let row = query.first; row < query.end; row++) sum += weights[row * keys + key] ?? 0;
    return sum / (query.end - query.first);
  });
  return Math.max(0, ...given);
}

function exampleOf(
  { text, words }: ProbeSentence,
  { tokens }: Sequence,
  { from, partners }: ProbeCase,
  found: TokenSpan,
  weight: number,
): ProbeExample {
  const own = tokens.slice(found.first, found.end).filter((token) => token.end > token.start);
  const isFound = (partner: number): boolean =>
    own.some((token) => token.start < itemAt(words, partner).end && itemAt(words, partner).start < token.end);
  return { text, query: itemAt(words, from), key: itemAt(words, partners.find(isFound) ?? -1), weight };
}

function keep({ examples }: Tally, head: number, apart: boolean, example: ProbeExample): void {
  const kept = [...(examples.get(head) ?? []), { ...example, apart }];
  kept.sort((a, b) => Number(b.apart) - Number(a.apart) || b.weight - a.weight);
  examples.set(head, kept.slice(0, keptExamples));
}
