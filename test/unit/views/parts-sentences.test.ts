import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ScoreParts } from '../../../src/core/block/score-parts.ts';
import { partsContent } from '../../../src/core/views/parts/content.ts';
import { names, scoreOf } from './score-of.ts';

function said(told: ScoreParts): string {
  return partsContent(told, names).sentences.join(' ');
}

const first = 'what head 0.0 wrote to ‘ate’ meeting what head 0.0 wrote to ‘cat’';
const second = 'what head 0.0 wrote to ‘ate’ meeting what head 0.1 wrote to ‘cat’';

describe('why a score, in words', () => {
  const cases: readonly (readonly [name: string, told: ScoreParts, says: readonly string[]])[] = [
    [
      'above the mean, the largest term within it',
      scoreOf([
        [0.86, 0.3],
        [0.2, -0.07],
      ]),
      [
        `Of the score of ‘ate’ → ‘cat’ (1.29 above the row’s mean), 0.86 comes from ${first}; the other 3 terms sum to 0.43.`,
        'By side, the highest sums are 1.16 for the query (what head 0.0 wrote to ‘ate’) and 1.06 for the key (what head 0.0 wrote to ‘cat’).',
      ],
    ],
    [
      'a term larger than the whole, of either sign',
      scoreOf([
        [2, -0.5],
        [-0.2, 0],
      ]),
      ['is 1.30 above the row’s mean. What head 0.0 wrote', 'adds 2.00; the other 3 terms sum to −0.70.'],
    ],
    [
      'below the mean',
      scoreOf([
        [-0.5, -0.1],
        [-0.2, 0],
      ]),
      [
        `(0.80 below the row’s mean), −0.50 comes from ${first}; the other 3 terms sum to −0.30.`,
        'the lowest sums are −0.60 for the query (what head 0.0 wrote to ‘ate’) and −0.70 for the key',
      ],
    ],
    [
      'below the mean by more than all of it',
      scoreOf([
        [-2, 1],
        [0.5, 0],
      ]),
      ['is 0.50 below the row’s mean. What head 0.0', 'takes 2.00 away; the other 3 terms sum to 1.50.'],
    ],
    [
      'two equal terms, and sides that share the highest sum',
      scoreOf([
        [0.4, 0.4],
        [0, 0],
      ]),
      [`(0.80 above the row’s mean), 0.40 each comes from ${first} and ${second}; the other 2 terms sum to 0.`],
    ],
    [
      'many equal terms',
      scoreOf([
        [0.4, 0.4],
        [0.4, 0.4],
      ]),
      ['is 1.60 above the row’s mean. No term stands out: the 4 largest are 0.40 each.'],
    ],
    [
      'terms that cancel out',
      scoreOf([
        [0.5, -0.5],
        [0, 0],
      ]),
      [`is the row’s mean: its 4 terms cancel out. The largest is 0.50, ${first}.`],
    ],
    [
      'nothing at all',
      scoreOf([
        [0, 0],
        [0, 0],
      ]),
      ['The score of ‘ate’ → ‘cat’ is the row’s mean, and so is every term of it.'],
    ],
    [
      'one key',
      scoreOf(
        [
          [0, 0],
          [0, 0],
        ],
        { keys: 1 },
      ),
      ['‘ate’ attends to ‘cat’ alone'],
    ],
    [
      'no key',
      scoreOf(
        [
          [0.1, 0],
          [0, 0],
        ],
        { keys: 0 },
      ),
      ['‘ate’ attends to no key'],
    ],
    [
      'a single part on each side, and why',
      scoreOf([[0.7]], { whole: [{ side: 'key', why: 'a convolution comes between' }] }, [
        { kind: 'stream', layer: 1 },
      ]),
      [
        '(0.70 above the row’s mean), 0.70 comes from all that was written to ‘ate’ before meeting all that was written to ‘cat’ before.',
        'The key of ‘cat’ is one part, since it could not be taken apart: a convolution comes between.',
      ],
    ],
    [
      'a masked key',
      scoreOf(
        [
          [0.5, 0],
          [0, 0.1],
        ],
        { biases: [{ name: 'mask', value: -Infinity }], read: { score: -Infinity, mean: 2 } },
      ),
      ['The mask takes ‘cat’ away from ‘ate’, whatever this score is.'],
    ],
    [
      'what is added to q·k',
      scoreOf(
        [
          [0.5, 0],
          [0, 0.1],
        ],
        {
          softcap: 30,
          biases: [{ name: 'position', value: -1 }],
          read: { score: 1.6, mean: 2 },
        },
      ),
      ['After the soft cap and relative position, the score that the softmax reads is 0.40 below the row’s mean.'],
    ],
  ];
  for (const [name, told, says] of cases)
    it(name, () => {
      for (const part of says) assert.ok(said(told).includes(part), `${said(told)}\nhas no\n${part}`);
    });

  it('says nothing of sides that share the highest sum, and no sum of the other sign', () => {
    assert.doesNotMatch(
      said(
        scoreOf([
          [0.4, 0.4],
          [0.4, 0.4],
        ]),
      ),
      /By side/,
    );
    const oneSide = said(
      scoreOf([
        [0.4, 0.4],
        [0, 0],
      ]),
    );
    assert.match(oneSide, /By side, the highest sum is 0\.80 for the query \(what head 0\.0 wrote to ‘ate’\)\.$/);
  });
});
