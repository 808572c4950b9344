import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence } from '../../../src/core/probe/evidence.ts';
import { HeadProbe } from '../../../src/core/probe/probe.ts';
import type { Sequence, Token } from '../../../src/core/text/token.ts';
import { evenly, mapOf, onto, sequenceOf, shipped, type Rows } from './support.ts';

type Kind = 'self' | 'causal';
type Follows = (query: number, key: number, sequence: Sequence) => boolean;

/** Every pattern by its definition: which cells belong to it, among those that a query may see. */
const definitions: Readonly<Record<string, Follows>> = {
  previous: (query, key) => key === query - 1,
  next: (query, key) => key === query + 1,
  'n-back 2': (query, key) => key === query - 2,
  'n-back 5': (query, key) => key === query - 5,
  'n-ahead 4': (query, key) => key === query + 4,
  self: (query, key) => key === query,
  'same token': (query, key, { tokens }) =>
    key !== query && tokens[key]?.special === false && tokens[key].id === tokens[query]?.id,
  first: (_, key) => key === 0,
  separator: (_, key, { tokens }) => key > 0 && tokens[key]?.special === true,
};

/** Sentences whose words are numbered by what they say, so that some tokens come twice. */
const texts = shipped.slice(0, 60).map((sentence): Sequence => {
  const sequence = sequenceOf(sentence);
  const ids = new Map<string, number>();
  const idOf = ({ text, special, id }: Token): number => {
    if (special) return id;
    ids.set(text, ids.get(text) ?? 2 + ids.size);
    return ids.get(text) ?? -1;
  };
  return { ...sequence, tokens: sequence.tokens.map((token) => ({ ...token, id: idOf(token) })) };
});

function given(kind: Kind, rows: (sequence: Sequence) => Rows): readonly Evidence[] {
  let probe: HeadProbe | null = null;
  for (const [at, sequence] of texts.entries()) {
    const map = mapOf(sequence, kind, [rows(sequence)]);
    probe ??= new HeadProbe(map);
    probe.addSentence(shipped[at] ?? assert.fail(), sequence, map);
  }
  return probe?.result().heads[0]?.[0] ?? assert.fail();
}

test('a head that follows a pattern has a score of 1, beside the exact share of a head with equal weights', () => {
  for (const kind of ['self', 'causal'] as const) {
    for (const [pattern, follows] of Object.entries(definitions)) {
      const isSeen = (query: number, key: number): boolean => kind === 'self' || key <= query;
      const [name, n] = pattern.split(/ (?=\d)/);
      if (kind === 'causal' && /next|ahead|separator/.test(pattern)) continue;
      const roles = given(kind, (sequence) => (query, count) => {
        const keys = Array.from({ length: count }, (_, key) => key);
        const own = keys.filter((key) => isSeen(query, key) && follows(query, key, sequence));
        // Where it cannot be followed the head does something that has no name.
        const there = own.length > 0 ? own : keys.filter((key) => isSeen(query, key));
        return new Map(there.map((key) => [key, 1 / there.length]));
      });
      const role = roles.find((one) => one.name === name && (n === undefined || ('n' in one && String(one.n) === n)));
      const [rows, shares] = texts.reduce(
        ([count, sum], sequence) => {
          const { length } = sequence.tokens;
          for (let query = kind === 'causal' ? 1 : 0; query < length; query++) {
            const seen = kind === 'self' ? length : query + 1;
            let own = 0;
            for (let key = 0; key < seen; key++) own += follows(query, key, sequence) ? 1 : 0;
            if (own > 0) [count, sum] = [count + 1, sum + own / seen];
          }
          return [count, sum];
        },
        [0, 0],
      );
      assert.equal(role?.score.toFixed(6), '1.000000', `${kind} ${pattern}`);
      assert.equal(role.cases, rows);
      assert.equal(role.kind === 'pattern' && role.baseline?.toFixed(6), (shares / rows).toFixed(6), pattern);
      assert.ok(role.examples.length > 0 && role.examples.every(({ weight }) => weight > 0), pattern);
    }
  }
});

test('examples of a pattern are of different texts and lead to the characters of their tokens', () => {
  const [previous] = given('self', () => onto((query) => query - 1));
  assert.equal(new Set(previous?.examples.map(({ text }) => text)).size, 3);
  for (const { text, query, key } of previous?.examples ?? []) {
    assert.match(text.slice(query.start, query.end), /^\S+$/);
    // The word before, or [CLS], which has no characters.
    assert.ok(key.token === '[CLS]' ? key.end === key.start : key.end <= query.start && key.end > key.start);
  }
});

test('induction and duplicate-token heads have examples in a sentence that comes twice', () => {
  const token = (id: number, at: number): Token => ({
    id,
    text: String(id),
    start: 2 * at,
    end: 2 * at + 1,
    special: false,
    word: at,
    segment: 0,
  });
  const sequence = { text: 'a b c d a b c d', tokens: [1, 2, 3, 4, 1, 2, 3, 4].map(token) };
  const map = mapOf(sequence, 'causal', [onto((query) => query - 3), onto((query) => query - 4)]);
  const probe = new HeadProbe(map);
  for (let times = 0; times < 8; times++) probe.addRepeated(0, 4, map);
  probe.addTwice(sequence, map);
  const [induction, duplicate] = probe.result().heads[0] ?? [];
  const example = { text: sequence.text, weight: 1, query: { start: 8, end: 9 } };
  assert.deepEqual(induction?.[0]?.examples, [{ ...example, key: { start: 2, end: 3 } }]);
  assert.deepEqual(duplicate?.[0]?.examples, [{ ...example, key: { start: 0, end: 1 } }]);
});

test('an example of a pair says in which text its tokens are', () => {
  const token = { id: 1, text: 'x', word: 0, special: false } as const;
  const tokens = Array.from({ length: 40 }, (_, at): Token => ({
    ...token,
    start: at % 20,
    end: (at % 20) + 1,
    segment: at < 20 ? 0 : 1,
  }));
  const sequence = { text: 'a'.repeat(20), pair: 'b'.repeat(20), tokens };
  const map = mapOf(sequence, 'self', [onto((query) => (query + 20) % 40), evenly('self')]);
  const probe = new HeadProbe(map);
  probe.addPair(sequence, map);
  const [example] = probe.result().heads[0]?.[0]?.[0]?.examples ?? [];
  assert.deepEqual(example, {
    text: sequence.text,
    pair: sequence.pair,
    query: { start: 0, end: 1 },
    key: { start: 0, end: 1, inPair: true },
    weight: 1,
  });
});
