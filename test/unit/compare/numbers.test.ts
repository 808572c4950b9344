import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { builtIns } from '../../../src/core/catalogue/built-in.ts';
import { alignmentError } from '../../../src/core/compare/alignment-error.ts';
import { differenceOf } from '../../../src/core/compare/difference.ts';
import { knownAlignmentOf, knownAlignments } from '../../../src/core/compare/known-alignments.ts';
import { pair, type Pairable } from '../../../src/core/compare/pairing.ts';

const root = join(import.meta.dirname, '../../..');
const listOf = (text: string): Pairable[] =>
  text.split(' ').map((key) => ({ key, special: key.startsWith('<') || key.startsWith('[') }));

/** What was measured of a model at its training. */
function figuresOf(model: string): {
  head?: number[];
  sample: { source: string; target: string; links: number[][] }[];
} {
  return JSON.parse(readFileSync(join(root, `training/figures/${model}.json`), 'utf8')) as never;
}

describe('the alignment error rate', () => {
  it('is that of Och and Ney on a sentence counted by hand', () => {
    // Five words: four sure links of which three are met, one of two possible ones, which is met.
    const links = [[0], [2], [1], [3], [4, 5]];
    assert.deepEqual(alignmentError([0, 2, 0, 3, 5], links), { rate: 1 - (3 + 4) / (5 + 4), right: 4, rows: 5 });
  });

  it('is 0 where all agree, 1 where nothing does; a word that renders none is left out, and without words there is no rate', () => {
    assert.deepEqual(alignmentError([1, 0], [[1], [0]]), { rate: 0, right: 2, rows: 2 });
    assert.deepEqual(alignmentError([0, 1, 5], [[1], [0], []]), { rate: 1, right: 0, rows: 2 });
    assert.equal(alignmentError([0], [[]]), null);
    // Only possible links: S is empty, and A ∩ P over A is left.
    assert.equal(
      alignmentError(
        [0, 9],
        [
          [0, 1],
          [2, 3],
        ],
      )?.rate,
      0.5,
    );
  });
});

describe('the known alignments', () => {
  it('are those of the training for the sentences that the models are measured on, and of every example', () => {
    const spaced = (text: string): string[] => text.replace("'s", " 's").replace('.', ' .').split(' ');
    for (const { source, target, links } of figuresOf('translation-small').sample)
      assert.deepEqual(knownAlignmentOf(spaced(source)), { source: spaced(source), target: spaced(target), links });
    for (const example of builtIns['translation-small']?.examples ?? [])
      assert.ok(knownAlignmentOf(example.split(' ')), example);
  });

  it('name places that there are, one list a target word, and no sentence twice', () => {
    for (const { source, target, links } of knownAlignments) {
      assert.equal(links.length, target.length);
      for (const place of links.flat()) assert.ok(place < source.length, `${source.join(' ')}: ${place}`);
    }
    assert.equal(new Set(knownAlignments.map(({ source }) => source.join(' '))).size, knownAlignments.length);
  });

  it('of the translator with several heads are compared with the head that aligned best at its training', () => {
    const { layer, head } = builtIns['translation-small']?.aligns ?? {};
    assert.deepEqual([layer, head], figuresOf('translation-small').head);
  });
});

describe('pairing', () => {
  it('finds the longest common subsequence; special tokens that one side lacks leave it complete', () => {
    const { toOther, toOwn, isComplete } = pair(listOf('[CLS] a b c [SEP]'), listOf('a b c'), false);
    assert.deepEqual([toOther, toOwn, isComplete], [[-1, 0, 1, 2, -1], [1, 2, 3], true]);
  });

  it('puts words in the place of as many others where it may, and leaves more or fewer without a partner', () => {
    const [own, other] = [listOf('the cat ate the fish .'), listOf('the dog ate the red fish .')];
    assert.deepEqual(pair(own, other, false).toOther, [0, -1, 2, 3, 5, 6]);
    const substituted = pair(own, other, true);
    assert.deepEqual(substituted.toOther, [0, 1, 2, 3, 5, 6]);
    assert.deepEqual(substituted.toOwn, [0, 1, 2, 3, -1, 4, 5]);
    assert.equal(substituted.isComplete, false);
    assert.equal(pair(listOf('a b c'), listOf('a x c'), true).isComplete, true);
  });

  it('takes repeated words in their order', () => {
    assert.deepEqual(
      pair(listOf('a a b a'), listOf('a b a'), false).toOther.filter((at) => at >= 0),
      [0, 1, 2],
    );
  });
});

describe('a difference', () => {
  const identity = (count: number) => {
    const list = listOf(Array.from({ length: count }, (_, at) => `w${at}`).join(' '));
    return pair(list, list, false);
  };

  it('is the second less the first, with its mean, its largest and the Jensen–Shannon divergence of every row', () => {
    const first = { weights: Float32Array.of(0.5, 0.5, 1, 0), columns: 2 };
    const second = { weights: Float32Array.of(0.25, 0.75, 0, 1), columns: 2 };
    const { values, mean, largest, divergences, divergence } = differenceOf(first, second, identity(2), identity(2));
    assert.deepEqual([...values], [-0.25, 0.25, -1, 1]);
    assert.equal(mean, 0.625);
    assert.equal(largest, 1);
    const entropy = (...shares: number[]): number => -shares.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);
    const byHand = entropy(0.375, 0.625) - (entropy(0.5, 0.5) + entropy(0.25, 0.75)) / 2;
    assert.ok(Math.abs((divergences[0] ?? NaN) - byHand) < 1e-9);
    // Nothing in common: ln 2.
    assert.ok(Math.abs((divergences[1] ?? NaN) - Math.LN2) < 1e-9);
    assert.ok(Math.abs((divergence ?? NaN) - (byHand + Math.LN2) / 2) < 1e-9);
  });

  it('counts what a row gives to tokens that the other side lacks as one more event', () => {
    const rows = pair(listOf('a'), listOf('a'), false);
    const columns = pair(listOf('[CLS] a b'), listOf('a b'), false);
    const {
      values,
      columns: compared,
      divergences,
    } = differenceOf(
      { weights: Float32Array.of(0.5, 0.25, 0.25), columns: 3 },
      { weights: Float32Array.of(0.5, 0.5), columns: 2 },
      rows,
      columns,
    );
    assert.deepEqual(compared, [1, 2]);
    assert.deepEqual([...values], [0.25, 0.25]);
    const terms = [
      [0.5, 0],
      [0.25, 0.5],
      [0.25, 0.5],
    ].map(([p = 0, q = 0]) => {
      const m = (p + q) / 2;
      return (p > 0 ? (p * Math.log(p / m)) / 2 : 0) + (q > 0 ? (q * Math.log(q / m)) / 2 : 0);
    });
    assert.ok(Math.abs((divergences[0] ?? NaN) - terms.reduce((sum, one) => sum + one, 0)) < 1e-9);
  });

  it('of a row without weights has no divergence, and that of equal rows is 0', () => {
    const first = { weights: Float32Array.of(0, 0, 0.1, 0.9), columns: 2 };
    const second = { weights: Float32Array.of(0.5, 0.5, 0.1, 0.9), columns: 2 };
    assert.deepEqual(differenceOf(first, second, identity(2), identity(2)).divergences, [null, 0]);
  });
});
