import type { AttentionMap } from '../attention/map.ts';
import {
  broadThreshold,
  offsetPattern,
  patternsOf,
  patternThreshold,
  sees,
  type Pattern,
} from '../attention/patterns.ts';
import type { Sight } from '../attention/sight.ts';
import { itemAt } from '../item-at.ts';
import type { Sequence } from '../text/token.ts';
import {
  beatsBaseline,
  beatsEqualWeights,
  isSpecific,
  minCases,
  type Asked,
  type Evidence,
  type GrammarEvidence,
  type ProbeResult,
} from './evidence.ts';
import { GrammarScores } from './grammar-scores.ts';
import type { HandedOver } from './handed-over.ts';
import { HeadDistances } from './head-distances.ts';
import { NoOpScores } from './no-op-scores.ts';
import { PatternScores, roleOfPattern, type SharedPattern } from './pattern-scores.ts';
import { occurrencePatterns, repeatedPatterns } from './repeated.ts';
import { grammarRoles, nounFamilies } from './roles.ts';
import type { ProbeSentence } from './sentences.ts';

/** Fixed distances beyond the neighbours that a head may look at. */
const distances: readonly (readonly [SharedPattern, number])[] = [2, 3, 4, 5, 6, 7, 8].flatMap((n) => [
  [`n-back ${n}`, -n] as const,
  [`n-ahead ${n}`, n] as const,
]);

/**
 * Measures what the heads of a model do, text by text; of each map only counts are kept.
 *
 * A grammatical role is given to a head whose share of right answers, with the lower end of its 95 % interval, is above
 * the best fixed offset and above chance by `grammarMargin`, over all cases and over those that are no neighbours.
 * Where the next noun is right as a rule, it must be as far above the head's own share from words of other kinds; or
 * above that and its baselines where looking most at a special token counts as finding nothing: a head that knows a
 * link rests where there is none. Other heads that find the next noun look at nouns nearby, and are given `next-noun`
 * where that is above its baselines. A pattern to one that follows it with `patternThreshold` of its attention, and with
 * `patternOdds` times the odds of a head with equal weights. `no-op` to one that rests on sinks and hands little over, see `NoOpScores`.
 */
export class HeadProbe {
  readonly #map: AttentionMap;
  readonly #grammar: GrammarScores;
  readonly #patterns: PatternScores;
  /** The same of pairs from one of their texts alone: a head that looks across does so from both. */
  readonly #fromEither: readonly PatternScores[];
  readonly #noOps: NoOpScores;
  readonly #distances: HeadDistances;
  #sentences = 0;

  /** `map` is any map of the model: it tells the layers and heads. */
  constructor(map: AttentionMap) {
    const heads = map.shape[0] * map.shape[1];
    this.#map = { ...map, weights: new Float32Array() };
    this.#grammar = new GrammarScores(heads);
    this.#patterns = new PatternScores(heads);
    this.#fromEither = [new PatternScores(heads), new PatternScores(heads)];
    this.#noOps = new NoOpScores(heads);
    this.#distances = new HeadDistances(heads);
  }

  /** Adds a labelled sentence. */
  addSentence(sentence: ProbeSentence, sequence: Sequence, map: AttentionMap): void {
    this.#sentences += 1;
    this.#grammar.add(sentence, sequence, map);
    this.#patterns.add(map, (sight) => plainPatterns(sight, sequence), sequence);
    this.#patterns.addEntropy(map, sequence);
  }

  /** Compares the heads with each other on a text. */
  addComparison(map: AttentionMap): void {
    this.#distances.add(map);
  }

  /** Adds how much the heads of every layer hand over on a text; null for layers of which it could not be read. */
  addHandedOver(sequence: Sequence, map: AttentionMap, layers: readonly (readonly HandedOver[] | null)[]): void {
    this.#noOps.add(sequence, map, layers);
  }

  /** Adds two texts that the model reads as a pair: whether heads look across. */
  addPair(sequence: Sequence, map: AttentionMap): void {
    const { tokens } = sequence;
    const across =
      (from: readonly number[]): Pattern =>
      (query, key) => {
        const [own, seen] = [itemAt(tokens, query), itemAt(tokens, key)];
        return !own.special && !seen.special && own.segment !== seen.segment && from.includes(own.segment);
      };
    const patterns = (from: readonly number[]) => new Map<SharedPattern, Pattern>([['other-text', across(from)]]);
    this.#patterns.add(map, () => patterns([0, 1]), sequence);
    this.#fromEither.forEach((scores, segment) => scores.add(map, () => patterns([segment])));
  }

  /** Adds a sentence that comes twice: examples for heads that are measured on random tokens, which nobody can read. */
  addTwice(sequence: Sequence, map: AttentionMap): void {
    this.#patterns.addExamples(map, occurrencePatterns(sequence.tokens), sequence);
  }

  /** Adds random tokens that come twice, the first of them at `first`. */
  addRepeated(first: number, period: number, map: AttentionMap): void {
    this.#patterns.add(map, () => repeatedPatterns(first, period));
  }

  /** The roles of every head. */
  result(): ProbeResult {
    const { name, layers, shape } = this.#map;
    const [count, heads] = shape;
    return {
      language: 'en',
      sentences: this.#sentences,
      map: name,
      ...(layers ? { layers } : {}),
      heads: Array.from({ length: count }, (_, layer) =>
        Array.from({ length: heads }, (_head, head) => this.#rolesOf(layer * heads + head)),
      ),
      asked: grammarRoles.flatMap((role) => (this.#grammar.roles.includes(role) ? [this.#asked(role)] : [])),
      unread: this.#noOps.unread,
      similarity: this.#distances.result(),
    };
  }

  #rolesOf(head: number): Evidence[] {
    const given = this.#grammar.roles.flatMap((name): GrammarEvidence[] => {
      const { all, notNeighbours } = this.#grammar.found(name, head);
      if (!notNeighbours || !beatsBaseline(all) || !beatsBaseline(notNeighbours)) return [];
      const besideNouns = this.#grammar.besideNouns(name, head);
      if (besideNouns?.some((one) => beatsBaseline({ ...all, ...one }) && isSpecific(one)) === false) return [];
      return [{ kind: 'grammar', name, ...all, notNeighbours, examples: this.#grammar.examples(name, head) }];
    });
    // A head that knows one of the links to the next noun looks at nouns nearby, too.
    const knowsLink = given.some(({ name }) => name in nounFamilies);
    const grammar = given.filter(({ name }) => !(name === 'next-noun' && knowsLink));
    const patterns = this.#patterns.names.flatMap((name): Evidence[] => {
      const share = this.#patterns.share(name, head);
      const sides = name === 'other-text' ? this.#fromEither.map((scores) => scores.share(name, head)) : [];
      const isGiven = [share, ...sides].every(
        ({ score, baseline }) => score >= patternThreshold && beatsEqualWeights(score, baseline),
      );
      const examples = this.#patterns.examples(name, head);
      return isGiven && share.cases >= minCases
        ? [{ kind: 'pattern', ...roleOfPattern(name), ...share, examples }]
        : [];
    });
    const noOp = this.#noOps.of(head, this.#map.shape[1]);
    const breadth = this.#patterns.breadth(head);
    const isBroad = grammar.length + patterns.length === 0 && breadth.score >= broadThreshold;
    return [
      ...grammar.sort(byScore),
      ...(noOp ? [noOp] : []),
      ...patterns.sort(byScore),
      ...(isBroad ? [{ kind: 'pattern' as const, name: 'broad' as const, ...breadth, baseline: null }] : []),
    ];
  }

  #asked(name: Asked['name']): Asked {
    const [count, heads] = this.#map.shape;
    const scores = Array.from({ length: count * heads }, (_, head) => this.#grammar.found(name, head));
    const best = scores.reduce((first, { all }, at) => (all.score > itemAt(scores, first).all.score ? at : first), 0);
    const { all, notNeighbours } = itemAt(scores, best);
    return { name, ...all, notNeighbours, layer: Math.floor(best / heads), head: best % heads };
  }
}

function byScore(a: Evidence, b: Evidence): number {
  return b.score - a.score;
}

function plainPatterns(sight: Sight, { tokens }: Sequence): ReadonlyMap<SharedPattern, Pattern> {
  const mayLook = sees(sight, tokens.length, tokens.length);
  const all = new Map<SharedPattern, Pattern>(patternsOf(sight, tokens, tokens));
  for (const [name, offset] of distances)
    if (sight.kind === 'self' || offset < 0) all.set(name, offsetPattern(mayLook, offset));
  return all;
}
