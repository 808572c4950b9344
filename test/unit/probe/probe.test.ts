import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beatsBaseline, wilsonLower, type Evidence } from '../../../src/core/probe/evidence.ts';
import { HeadProbe } from '../../../src/core/probe/probe.ts';
import { randomTokens } from '../../../src/core/probe/repeated.ts';
import type { ProbeSentence } from '../../../src/core/probe/sentences.ts';
import { randomFrom } from '../../../src/core/prediction/random.ts';
import { evenly, mapOf, onto, sequenceOf, shipped, type Rows } from './support.ts';

type Kind = 'self' | 'causal';

/** The roles of heads that are made for every sentence. */
function rolesOf(kind: Kind, heads: readonly ((sentence: ProbeSentence) => Rows)[]): Evidence[][] {
  let probe: HeadProbe | null = null;
  for (const sentence of shipped) {
    const sequence = sequenceOf(sentence, kind === 'self');
    const map = mapOf(
      sequence,
      kind,
      heads.map((rows) => rows(sentence)),
    );
    probe ??= new HeadProbe(map);
    probe.addSentence(sentence, sequence, map);
  }
  return [...(probe?.result().heads[0] ?? assert.fail())].map((roles) => [...roles]);
}

/** A head that looks from words of one kind at their partner, and from all others at [CLS]. */
const knowing =
  (kind: string, share: () => number = () => 1) =>
  ({ links }: ProbeSentence): Rows =>
    onto((query) => {
      const link = links.find((one) => one.kind === kind && one.from + 1 === query);
      return link && share() > 0 ? link.to + 1 : 0;
    });

const names = (roles: readonly Evidence[] | undefined): string[] => (roles ?? []).map(({ name }) => name);

test('heads that know one kind of link are given its role, with a score of 1', () => {
  const kinds = ['subject', 'object', 'determiner', 'adjective', 'preposition', 'auxiliary', 'antecedent'];
  const found = rolesOf(
    'self',
    kinds.map((kind) => knowing(kind)),
  );
  const expected = [
    'verb-to-subject',
    'verb-to-object',
    'determiner-to-noun',
    'adjective-to-noun',
    'preposition-to-object',
    'auxiliary-to-verb',
    'pronoun-to-antecedent',
  ];
  found.forEach((roles, at) => {
    const [first] = roles;
    assert.equal(first?.name, expected[at]);
    assert.equal(first?.score, 1);
    assert.deepEqual(names(roles), [expected[at], 'first']);
  });
});

const nounLinks = ['verb-to-object', 'determiner-to-noun', 'adjective-to-noun', 'preposition-to-object', 'next-noun'];
const ofNouns = (roles: readonly Evidence[] | undefined): string[] =>
  names(roles).filter((name) => nounLinks.includes(name));

/** The token of the next noun behind a token; [CLS] where none follows. */
const nextNoun = ({ nouns }: ProbeSentence, query: number): number =>
  1 + (nouns.find((noun) => noun + 1 > query) ?? -1);

/** The tokens that the word at a token is linked to by a kind. */
const partners = ({ links }: ProbeSentence, kind: string, query: number): number[] =>
  links.filter((one) => one.kind === kind && one.from + 1 === query).map(({ to }) => to + 1);

test('a head that looks at the next noun from every word is said to do that, and to know no link', () => {
  let asked = 0;
  let prepositions = 0;
  const found = rolesOf('self', [
    (sentence) => onto((query) => nextNoun(sentence, query)),
    // From prepositions it is never wrong, from other words now and then.
    (sentence) =>
      onto((query) => {
        const [object] = partners(sentence, 'preposition', query);
        return object ?? (asked++ % 10 === 0 ? query : nextNoun(sentence, query));
      }),
    // It rests, whatever the word.
    (sentence) => (query) =>
      new Map([
        [0, 0.7],
        [nextNoun(sentence, query), 0.3],
      ]),
    // It rests, too, but from a few of the prepositions.
    (sentence) => (query) => {
      const isRest = partners(sentence, 'preposition', query).length === 0 || prepositions++ % 4 > 0;
      return new Map([
        [0, isRest ? 0.7 : 0.2],
        [nextNoun(sentence, query), 0.3],
      ]);
    },
  ]);
  assert.deepEqual(found.map(ofNouns), [['next-noun'], ['next-noun'], ['next-noun'], ['next-noun']]);
});

test('a head that rests where there is no link knows the link, wherever its little weight lies then', () => {
  const [objects] = rolesOf('self', [
    (sentence) => (query) => {
      const found = partners(sentence, 'object', query);
      const noun = nextNoun(sentence, query);
      return found.length > 0
        ? new Map(found.map((key) => [key, 0.9 / found.length]))
        : new Map([
            [0, 0.7],
            [noun, 0.3],
          ]);
    },
  ]);
  assert.deepEqual(ofNouns(objects), ['verb-to-object']);
});

test('heads at every fixed distance are given no role of grammar, but that of their distance', () => {
  const distances = [-3, -2, -1, 1, 2, 3, 4, -4, 0];
  const found = rolesOf(
    'self',
    distances.map((distance) => () => onto((query) => query + distance)),
  );
  const distant = (roles: readonly Evidence[]): unknown[] =>
    roles.map((role) => (role.kind === 'pattern' && role.n !== undefined ? [role.name, role.n] : role.name));
  assert.deepEqual(found.map(distant), [
    [['n-back', 3]],
    [['n-back', 2]],
    ['previous'],
    ['next'],
    [['n-ahead', 2]],
    [['n-ahead', 3]],
    [['n-ahead', 4]],
    [['n-back', 4]],
    ['self'],
  ]);
});

test('a head with equal weights is broad, and one with random weights has no role', () => {
  const random = randomFrom(7);
  const noise: Rows = (_, tokens) => {
    const weights = Array.from({ length: tokens }, () => random() ** 8);
    const sum = weights.reduce((all, one) => all + one, 0);
    return new Map(weights.map((weight, key) => [key, weight / sum]));
  };
  for (const kind of ['self', 'causal'] as const) {
    const [even] = rolesOf(kind, [() => evenly(kind)]);
    assert.deepEqual(
      even?.map(({ name, score, baseline }) => [name, score.toFixed(4), baseline]),
      [['broad', '1.0000', null]],
    );
  }
  assert.deepEqual(rolesOf('self', [() => noise, () => noise]).map(names), [[], []]);
});

test('a role needs to beat its baseline by the margin with its lower bound, not with its share', () => {
  // 90 of 100: Wilson, 1927: 0.8256 to 0.9448.
  assert.equal(wilsonLower(0.9, 100).toFixed(4), '0.8256');
  assert.equal(wilsonLower(0, 0), 0);
  const found = { cases: 100, score: 0.9, offset: { by: 1, of: 'words' }, chance: 0.1 } as const;
  assert.equal(beatsBaseline({ ...found, baseline: 0.72 }), true);
  assert.equal(beatsBaseline({ ...found, baseline: 0.73 }), false);
  assert.equal(beatsBaseline({ ...found, baseline: 0.1, chance: 0.73 }), false);
  assert.equal(beatsBaseline({ ...found, cases: 29, score: 1, baseline: 0 }), false);
  assert.equal(beatsBaseline({ ...found, cases: 30, score: 1, baseline: 0 }), true);
});

test('induction and duplicate-token heads are told apart on repeated random tokens', () => {
  const [first, period] = [1, 16];
  const random = (seed: number): readonly number[] => randomTokens(100, (id) => id % 2 === 0, period, seed);
  const ids = random(1);
  assert.equal(new Set(ids).size, period);
  assert.ok(ids.every((id) => id % 2 === 0));
  assert.deepEqual(ids, random(1));
  assert.notDeepEqual(ids, random(2));
  assert.equal(randomTokens(6, (id) => id > 2, period, 1).length, 3);
  const token = { text: '', start: 0, end: 0, word: null, segment: 0 } as const;
  const tokens = [0, ...ids, ...ids].map((id, at) => ({ ...token, id, special: at === 0 }));
  const at = (from: number): Rows => onto((query) => (query >= first + period ? query - period + from : 0));
  const map = mapOf({ text: '', tokens }, 'causal', [at(1), at(0), evenly('causal')]);
  const probe = new HeadProbe(map);
  for (let times = 0; times < 2; times++) probe.addRepeated(first, period, map);
  const [heads] = probe.result().heads;
  assert.deepEqual(heads?.map(names), [['induction'], ['duplicate-token'], []]);
  // Equal weights: 1 of the keys up to the query, which are 18 to 33.
  const chance = Array.from({ length: period }, (_, row) => 1 / (first + period + 1 + row));
  const [induction] = heads?.[0] ?? [];
  assert.equal(induction?.score, 1);
  assert.equal(induction?.cases, 32);
  assert.equal(induction?.baseline?.toFixed(6), (chance.reduce((sum, one) => sum + one, 0) / period).toFixed(6));
});

test('a head that looks across a pair is named, with the share of equal weights as its baseline', () => {
  const token = { text: 'x', start: 0, end: 1, word: 0, special: false } as const;
  const tokens = Array.from({ length: 40 }, (_, id) => ({
    ...token,
    id,
    segment: id < 20 ? (0 as const) : (1 as const),
  }));
  const map = mapOf({ text: 'x', tokens }, 'self', [onto((query) => (query + 20) % 40), evenly('self')]);
  const probe = new HeadProbe(map);
  probe.addPair({ text: 'x', tokens }, map);
  const [heads] = probe.result().heads;
  assert.deepEqual(heads?.map(names), [['other-text'], []]);
  assert.equal(heads?.[0]?.[0]?.baseline?.toFixed(6), '0.500000');
});
