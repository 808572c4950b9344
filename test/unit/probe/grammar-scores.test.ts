import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GrammarScores } from '../../../src/core/probe/grammar-scores.ts';
import { parseProbeSentences, type ProbeSentence } from '../../../src/core/probe/sentences.ts';
import { evenly, mapOf, onto, sequenceOf, type Rows } from './support.ts';

const [cat, dog] = parseProbeSentences(
  'own\tThe cat sat.\tsubject:2>1 determiner:0>1\t1\nown\tThe dog that barks sleeps.\tsubject:4>1\t1 2',
) as [ProbeSentence, ProbeSentence];

/** The perfect head of a sentence whose tokens are its words behind `before` special ones. */
function perfect({ links }: ProbeSentence, before: number): Rows {
  return onto((query) => before + (links.find(({ from }) => from + before === query)?.to ?? 0));
}

test('a head that always finds the partner scores 1, and one that looks elsewhere 0', () => {
  const scores = new GrammarScores(2);
  for (const sentence of [cat, dog]) {
    const sequence = sequenceOf(sentence);
    scores.add(sentence, sequence, mapOf(sequence, 'self', [perfect(sentence, 1), onto((query) => query)]));
  }
  const { all, notNeighbours } = scores.found('verb-to-subject', 0);
  assert.deepEqual(all, {
    cases: 2,
    score: 1,
    baseline: 0.5,
    offset: { by: -3, of: 'words' },
    chance: (1 / 4 + 1 / 6) / 2,
  });
  assert.deepEqual(notNeighbours, {
    cases: 1,
    score: 1,
    baseline: 1,
    offset: { by: -3, of: 'words' },
    chance: 1 / 6,
  });
  assert.equal(scores.found('verb-to-subject', 1).all.score, 0);
  assert.equal(scores.found('determiner-to-noun', 0).all.score, 1);
});

test('a head with equal weights scores what chance gives: one of all words, by the pieces that they have', () => {
  const cuts = [[], [1], [2]];
  // Of The, cat, sat and the full stop each is as strong; then cat has two pieces; then sat, which is the verb itself.
  const hand = [1 / 4, 1, 0];
  const scores = new GrammarScores(1);
  for (const cut of cuts) {
    const sequence = sequenceOf(cat, true, cut);
    scores.add(cat, sequence, mapOf(sequence, 'self', [evenly('self')]));
  }
  const { all } = scores.found('verb-to-subject', 0);
  assert.equal(all.score, hand.reduce((sum, one) => sum + one, 0) / 3);
  assert.equal(all.score, all.chance);
});

test('pieces of a word are merged: it is the sum that counts', () => {
  const sequence = sequenceOf(cat, true, [1]);
  // [CLS] The c at sat . [SEP]: 0.3 and 0.3 on the cat are more than 0.4 on The.
  const rows: Rows = () =>
    new Map([
      [1, 0.4],
      [2, 0.3],
      [3, 0.3],
    ]);
  const scores = new GrammarScores(1);
  scores.add(cat, sequence, mapOf(sequence, 'self', [rows]));
  assert.equal(scores.found('verb-to-subject', 0).all.score, 1);
});

test('special tokens cannot be chosen: the strongest of the words counts', () => {
  const sequence = sequenceOf(cat);
  const rows: Rows = () =>
    new Map([
      [0, 0.9],
      [2, 0.06],
      [1, 0.04],
    ]);
  const scores = new GrammarScores(2);
  scores.add(cat, sequence, mapOf(sequence, 'self', [rows, onto(() => 0)]));
  assert.equal(scores.found('verb-to-subject', 0).all.score, 1);
  assert.equal(scores.found('verb-to-subject', 1).all.score, 0);
});

test('of a causal map only rows count whose partners stand before them', () => {
  const sequence = sequenceOf(cat, false);
  const scores = new GrammarScores(1);
  scores.add(cat, sequence, mapOf(sequence, 'causal', [evenly('causal')]));
  assert.deepEqual([...scores.roles].sort(), ['noun-to-determiner', 'verb-to-subject']);
  assert.equal(scores.found('verb-to-subject', 0).all.chance, 1 / 3);
  assert.equal(scores.found('noun-to-determiner', 0).all.chance, 1 / 2);
});

test('a head at a fixed offset gets what the best fixed offset gets', () => {
  const scores = new GrammarScores(1);
  for (const sentence of [cat, dog, dog]) {
    const sequence = sequenceOf(sentence);
    scores.add(sentence, sequence, mapOf(sequence, 'self', [onto((query) => query - 3)]));
  }
  const { score, baseline, offset } = scores.found('verb-to-subject', 0).all;
  assert.deepEqual([score, baseline, offset], [2 / 3, 2 / 3, { by: -3, of: 'words' }]);
});

test('nouns nearby are a baseline, too', () => {
  const [sentence] = parseProbeSentences('own\tThe old dog of the two kind men barks.\tsubject:8>2\t2 7');
  const scores = new GrammarScores(1);
  if (!sentence) assert.fail();
  for (const each of [sentence, cat, cat]) {
    const sequence = sequenceOf(each);
    scores.add(each, sequence, mapOf(sequence, 'self', [evenly('self')]));
  }
  // The noun before the verb is right in two sentences of three, as is the word before it: words are named first.
  assert.deepEqual(scores.found('verb-to-subject', 0).all.offset, { by: -1, of: 'words' });
  const { notNeighbours } = scores.found('verb-to-subject', 0);
  assert.deepEqual([notNeighbours?.baseline, notNeighbours?.offset], [1, { by: -6, of: 'words' }]);
  const other = new GrammarScores(1);
  for (const text of ['The dog there barks.\tsubject:3>1\t1', 'The dog of ours barks.\tsubject:4>1\t1']) {
    const [each] = parseProbeSentences(`own\t${text}`);
    if (!each) assert.fail();
    const sequence = sequenceOf(each);
    other.add(each, sequence, mapOf(sequence, 'self', [evenly('self')]));
  }
  const { baseline, offset } = other.found('verb-to-subject', 0).all;
  assert.deepEqual([baseline, offset], [1, { by: -1, of: 'nouns' }]);
});

test('examples are those that are no neighbours, with the place of both words', () => {
  const scores = new GrammarScores(1);
  for (const sentence of [cat, cat, cat, dog]) {
    const sequence = sequenceOf(sentence);
    scores.add(sentence, sequence, mapOf(sequence, 'self', [perfect(sentence, 1)]));
  }
  const [first, ...others] = scores.examples('verb-to-subject', 0);
  assert.deepEqual(first, { text: dog.text, query: { start: 19, end: 25 }, key: { start: 4, end: 7 }, weight: 1 });
  assert.deepEqual(
    others.map(({ text }) => text),
    [cat.text, cat.text],
  );
});

test('a word that the tokenizer joins with another is not asked about', () => {
  const whole = sequenceOf(cat);
  const tokens = whole.tokens.flatMap((token, at) => (at === 2 ? [] : at === 1 ? [{ ...token, end: 7 }] : [token]));
  const scores = new GrammarScores(1);
  const sequence = { ...whole, tokens };
  scores.add(cat, sequence, mapOf(sequence, 'self', [evenly('self')]));
  assert.deepEqual(scores.roles, []);
});
