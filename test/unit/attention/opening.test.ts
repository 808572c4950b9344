import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AttentionMap, MapKind } from '../../../src/core/attention/map.ts';
import { openingOf, openingSelection, openingThreshold, type Opening } from '../../../src/core/attention/opening.ts';
import { openingSentence } from '../../../src/core/attention/opening-words.ts';
import type { HeadRelation } from '../../../src/core/attention/relations.ts';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import type { Sequence } from '../../../src/core/text/token.ts';

/**
 * A text whose words, set apart by blanks, are a token each; one in brackets is special, `un+kind` is one word of two.
 */
function sequence(written: string): Sequence {
  let text = '';
  const tokens = written.split(' ').flatMap((one, word) => {
    const special = one.startsWith('[');
    if (!special && text !== '') text += ' ';
    return one.split('+').map((piece) => {
      const start = text.length;
      if (!special) text += piece;
      return {
        id: idOf(piece),
        text: piece,
        start,
        end: text.length,
        special,
        word: special ? null : word,
        segment: 0 as const,
      };
    });
  });
  return { text, tokens };
}

/** The same for the same text, another for another. */
function idOf(text: string): number {
  return [...text].reduce((id, character) => (id * 31 + (character.codePointAt(0) ?? 0)) % 30_000, 7);
}

type Link = readonly [query: number, key: number, weight: number];

/** A map of one layer; each head puts what its links say there, and the rest of each row on the token `rest` says. */
function mapOf(
  heads: readonly (readonly Link[])[],
  [queries, keys]: readonly [number, number],
  kind: MapKind = 'self',
  rest: (query: number) => readonly number[] = () => [...Array(keys).keys()],
): AttentionMap {
  const weights = new Float32Array(heads.length * queries * keys);
  heads.forEach((links, head) => {
    for (let query = 0; query < queries; query++) {
      const own = links.filter(([from]) => from === query);
      const left = 1 - own.reduce((sum, [, , weight]) => sum + weight, 0);
      const row = (head * queries + query) * keys;
      const seen = rest(query).filter((key) => kind !== 'causal' || key <= query);
      for (const key of seen) weights[row + key] = (weights[row + key] ?? 0) + left / seen.length;
      for (const [, key, weight] of own) weights[row + key] = (weights[row + key] ?? 0) + weight;
    }
  });
  const cross = kind === 'cross';
  return {
    name: cross ? 'cross' : 'attention',
    kind,
    queries: cross ? 1 : 0,
    keys: 0,
    shape: [1, heads.length, queries, keys],
    weights,
  };
}

function opening(map: AttentionMap, sequences: readonly Sequence[], relations: HeadRelation[] = []): Opening | null {
  return openingOf(map, 0, summariseHeads(map, sequences, relations));
}

function known(head: number, relation: HeadRelation['relation']): HeadRelation {
  return { layer: 0, head, relation, origin: 'taught', scores: [] };
}

// 0 [CLS] 1 the 2 cat 3 that 4 slept 5 ate 6 a 7 fish 8 . 9 [SEP]
const cat = sequence('[CLS] the cat that slept ate a fish . [SEP]');
const size = [10, 10] as const;
/** Rests on a token two to the left, so that no role names a head. */
const around = (query: number): number[] => [(query + 3) % 10, (query + 6) % 10, (query + 8) % 10];

describe('the opening of an analysis', () => {
  it('is the head with the strongest link between two content words', () => {
    const map = mapOf([[[5, 2, 0.7]], [[5, 2, 0.9]], [[7, 5, 0.8]]], size, 'self', around);
    assert.deepEqual(shortOf(opening(map, [cat])), [1, 5, 2]);
    assert.equal(opening(map, [cat])?.weight.toFixed(2), '0.90');
  });

  it('passes over special tokens, punctuation, function words and the word itself', () => {
    const links: Link[][] = [[[5, 9, 1]], [[5, 0, 1]], [[5, 8, 1]], [[5, 1, 1]], [[1, 5, 1]], [[5, 5, 1]], [[8, 2, 1]]];
    assert.equal(opening(mapOf(links, size, 'self', around), [cat]), null);
  });

  it('passes over links within a word and between places of the same word, and measures words', () => {
    const text = sequence('un+kind people ate the kind people');
    const onThe = (): number[] => [4];
    const within: Link[] = [
      [1, 0, 0.9],
      [0, 1, 0.9],
    ];
    const pieces: Link[] = [
      [3, 0, 0.3],
      [3, 1, 0.3],
    ];
    assert.equal(opening(mapOf([within, [[6, 2, 0.9]]], [7, 7], 'self', onThe), [text]), null);
    const words = opening(mapOf([pieces], [7, 7], 'self', onThe), [text]);
    assert.equal(words?.weight.toFixed(2), '0.60', 'both pieces of the key count');
    assert.deepEqual(shortOf(words), [0, 3, 0]);
  });

  it('passes over heads that follow a position, rest on special tokens or spread over the text', () => {
    const all = [...Array(10).keys()];
    const previous = all.slice(1).map((query): Link => [query, query - 1, 1]);
    const next = all.slice(0, 9).map((query): Link => [query, query + 1, 1]);
    const separator = [...all.filter((query) => query !== 5).map((query): Link => [query, 9, 1]), [5, 2, 0.9] as const];
    const first = [...all.filter((query) => query !== 5).map((query): Link => [query, 0, 1]), [5, 2, 0.9] as const];
    assert.equal(opening(mapOf([previous, next, separator, first], size), [cat]), null);
    const broad: Link[] = [[5, 2, 0.9]];
    assert.equal(opening(mapOf([broad], size), [cat]), null);
  });

  it('prefers a head that knows a relation, also where its other words rest on a special token', () => {
    const resting = [...Array(10).keys()].filter((query) => query !== 5).map((query): Link => [query, 9, 1]);
    const map = mapOf([[[7, 2, 0.95]], [...resting, [5, 2, 0.6]]], size, 'self', around);
    assert.deepEqual(shortOf(opening(map, [cat])), [0, 7, 2]);
    assert.deepEqual(shortOf(opening(map, [cat], [known(1, 'subject')])), [1, 5, 2]);
    assert.equal(opening(map, [cat], [known(1, 'subject')])?.relation, 'subject');
    const weak = mapOf([[[7, 2, 0.95]], [...resting, [5, 2, openingThreshold]]], size, 'self', around);
    assert.deepEqual(shortOf(opening(weak, [cat], [known(1, 'subject')])), [0, 7, 2], 'where it does not apply');
  });

  it('asks a head for antecedents from pronouns, and one for objects of prepositions from those', () => {
    const text = sequence('pigs sat on mats since they slept');
    const map = mapOf([[[5, 0, 0.9]], [[2, 3, 0.8]]], [7, 7], 'self', (query) => [(query + 3) % 7, (query + 5) % 7]);
    assert.equal(opening(map, [text]), null);
    assert.deepEqual(shortOf(opening(map, [text], [known(0, 'antecedent')])), [0, 5, 0]);
    assert.deepEqual(shortOf(opening(map, [text], [known(1, 'preposition')])), [1, 2, 3]);
  });

  it('takes the words farther apart, then the first head, where two links are as strong', () => {
    const relations = [known(0, 'object'), known(1, 'subject'), known(2, 'subject')];
    const map = mapOf([[[5, 7, 0.9999]], [[5, 2, 0.9961]], [[5, 2, 0.997]]], size, 'self', around);
    assert.deepEqual(shortOf(opening(map, [cat], relations)), [1, 5, 2]);
  });

  it('leaves out the first token of causal maps, on which heads rest, and rows without a choice', () => {
    const text = sequence('cats slept while dogs barked loudly');
    const rest = (query: number): number[] => [Math.max(0, query - 2), Math.max(0, query - 3), query];
    assert.equal(
      opening(
        mapOf(
          [
            [
              [3, 0, 1],
              [1, 0, 1],
            ],
          ],
          [6, 6],
          'causal',
          rest,
        ),
        [text],
      ),
      null,
    );
    assert.deepEqual(shortOf(opening(mapOf([[[4, 1, 0.9]]], [6, 6], 'causal', rest), [text])), [0, 4, 1]);
  });

  it('reads a cross map from its target to its source', () => {
    const source = sequence('the black cat sleeps');
    const target = sequence('el gato negro duerme </s>');
    const rest = (query: number): number[] => [query % 4, (query + 1) % 4];
    const map = mapOf([[[1, 2, 0.7]], [[2, 1, 0.9]]], [5, 4], 'cross', rest);
    assert.deepEqual(shortOf(opening(map, [source, target])), [1, 2, 1]);
  });

  it('finds nothing in a text without words', () => {
    assert.equal(opening(mapOf([[]], [3, 3]), [sequence('1 2 3')]), null);
  });

  it('is told in a sentence, and chooses the selection', () => {
    const map = mapOf([[], [[5, 2, 0.9]]], size, 'self', around);
    const info = {
      model: { id: 'm', family: 'encoder' as const, layers: 1, heads: 2 },
      sequences: [cat],
      maps: [map],
      timing: { load: 0, run: 1 },
      notes: [],
    };
    const found = opening(map, [cat]);
    assert.match(openingSentence(info, found), /head 0\.1: .*‘ate’ → ‘cat’ \(0\.90\)/u);
    assert.match(openingSentence(info, found && { ...found, relation: 'subject' }), /0\.1 \(verb → subject\)/u);
    assert.match(openingSentence(info, null), /No head stands out/u);
    assert.deepEqual(openingSelection(info, found), { map: 0, layer: 0, heads: [1], head: 1, token: null });
    assert.deepEqual(openingSelection(info, null), { map: 0, layer: 0, heads: [0, 1], head: null, token: null });
  });
});

function shortOf(found: Opening | null): readonly number[] | null {
  return found && [found.head, found.query, found.key];
}
