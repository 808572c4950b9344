import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainOptions, type ViewOptions } from '../../../src/core/attention/view.ts';
import { strongest } from '../../../src/core/attention/rows.ts';
import { freeLinks, freePartners } from '../../../src/core/scene/sight.ts';
import type { Frame } from '../../../webview/state/frame.ts';
import { Scenes } from '../../../src/core/scene/scene.ts';
import type { Picture } from '../../../webview/state/frame.ts';
import { announcement, cellSentence, focusSentence } from '../../../webview/words/focus.ts';
import { rowSentence } from '../../../webview/words/window.ts';
import { frameOfRows } from './fixture.ts';

function looks(frame: Frame | Picture, index: number, side: 'query' | 'key' = 'query'): string {
  return focusSentence(frame, { token: { side, index }, locked: true, cell: null });
}

function said(
  frame: Frame | Picture,
  index: number,
  side: 'query' | 'key' = 'query',
  cell: number | null = null,
): string {
  return announcement(frame, { token: { side, index }, locked: true, cell }).replace(/^[^:]+: /u, '');
}

function shown(frame: Frame, options: Partial<ViewOptions>): Picture {
  const picture = new Scenes<Frame>().of(frame, { ...plainOptions, ...options });
  assert.ok(picture);
  return picture;
}

const causal = frameOfRows(
  [
    [1, 0, 0],
    [0.4, 0.6, 0],
    [0.2, 0.2, 0.6],
  ],
  { kind: 'causal' },
);

describe('what a token looks at, in words', () => {
  it('says “mostly” of more than half alone', () => {
    assert.equal(
      looks(frameOfRows([[0.51, 0.29, 0.2]], { keys: ['a', 'b', 'c'], words: ['q'], kind: 'cross' }), 0),
      '‘q’ looks mostly at ‘a’ (0.51).',
    );
    for (const top of [0.5, 0.502, 0.41, 0.26]) {
      const rest = (1 - top) / 5;
      const frame = frameOfRows([[rest, top, rest, rest, rest, rest]], {
        keys: ['a', 'hungry', 'c', 'd', 'e', 'f'],
        words: ['ate'],
        kind: 'cross',
      });
      assert.equal(
        looks(frame, 0),
        `‘ate’ spreads its attention; the largest weight, ${top.toFixed(2)}, goes to ‘hungry’.`,
      );
    }
  });

  it('names all that are as strong, and says when all are alike', () => {
    assert.equal(
      looks(
        frameOfRows([
          [0.3, 0.1, 0.3, 0.3],
          [1, 0, 0, 0],
          [1, 0, 0, 0],
          [1, 0, 0, 0],
        ]),
        0,
      ),
      '‘a’ spreads its attention; the largest weights, 0.30 each, go to ‘a’, ‘c’ and ‘d’.',
    );
    assert.equal(
      looks(
        frameOfRows([
          [0.5, 0.5],
          [1, 0],
        ]),
        0,
      ),
      '‘a’ looks equally at ‘a’ and ‘b’ (0.50 each).',
    );
    const uniform = frameOfRows(Array.from({ length: 9 }, () => Array.from({ length: 9 }, () => 1 / 9)));
    assert.equal(looks(uniform, 4), '‘e’ looks equally at ‘a’, ‘b’, ‘c’ and 6 others (0.11 each).');
    assert.equal(looks(uniform, 4, 'key'), '‘e’ is looked at most by ‘a’, ‘b’, ‘c’ and 6 others (0.11 each).');
    assert.equal(said(uniform, 4), '‘e’ looks 11 % each at ‘a’, ‘b’, ‘c’ and 6 others');
  });

  it('says nothing of a first row that can only look at itself', () => {
    assert.equal(looks(causal, 0), '‘a’ can only look at itself, so this weight says nothing about the head.');
    assert.equal(said(causal, 0), '‘a’ can only look at itself');
    assert.equal(looks(causal, 0, 'key'), '‘a’ is looked at most by ‘b’ (0.40).');
    assert.equal(looks(causal, 1), '‘b’ looks mostly at ‘b’ (0.60).');
    const alone = frameOfRows(
      [
        [1, 0],
        [0, 1],
      ],
      { kind: 'causal' },
    );
    assert.equal(looks(alone, 0, 'key'), 'Nothing here looks at ‘a’, except a token that can look at nothing else.');
    assert.equal(
      looks(frameOfRows([[1]]), 0),
      '‘a’ can only look at itself, so this weight says nothing about the head.',
    );
    assert.equal(
      looks(frameOfRows([[1]], { keys: ['x'], words: ['q'], kind: 'cross' }), 0),
      '‘q’ can only look at ‘x’, so this weight says nothing about the head.',
    );
    // With a sink beside the tokens a single key is a choice.
    assert.equal(looks(frameOfRows([[0.7]], { normalised: false }), 0), '‘a’ looks mostly at ‘a’ (0.70).');
  });

  it('says of a masked cell that it is masked, of nothing that it is nothing', () => {
    assert.equal(said(causal, 1, 'query', 2), '‘b’ cannot see ‘c’');
    assert.equal(cellSentence(causal, { token: { side: 'query', index: 1 }, locked: true, cell: 2 })?.exact, 'masked');
    assert.equal(cellSentence(causal, { token: { side: 'query', index: 2 }, locked: true, cell: 1 })?.exact, '0.2000');
    const masked = frameOfRows([
      [0, 0],
      [0.004, 0.996],
    ]);
    assert.equal(looks(masked, 0), '‘a’ looks at nothing here.');
    assert.equal(
      looks(
        frameOfRows([
          [0, 1],
          [0, 1],
        ]),
        0,
        'key',
      ),
      'Nothing here looks at ‘a’.',
    );
    assert.equal(said(masked, 1), '‘b’ looks more than 99 % at ‘b’');
    assert.equal(said(masked, 1, 'query', 0), '‘b’ looks less than 1 % at ‘a’');
    assert.equal(looks(masked, 1), '‘b’ looks mostly at ‘b’ (>0.99).');
  });

  it('does not call a row spread that does not sum to 1', () => {
    const sinking = frameOfRows(
      [
        [0.2, 0.1],
        [0.3, 0.3],
      ],
      { normalised: false },
    );
    assert.equal(looks(sinking, 0), '‘a’ looks most at ‘a’ (0.20).');
    // A maximum over heads sums to more than 1: 0.6 is not most of 1.8.
    assert.equal(
      looks(
        frameOfRows([
          [0.6, 0.55, 0.59],
          [1, 0, 0],
          [1, 0, 0],
        ]),
        0,
      ),
      '‘a’ looks most at ‘a’ (0.60).',
    );
  });

  it('speaks of what is shown where the filters hide something', () => {
    const frame = frameOfRows(
      [
        [0.7, 0.2, 0.1],
        [0.7, 0.1, 0.2],
        [1, 0, 0],
      ],
      { words: ['[CLS]', 'cat', 'ate'] },
    );
    const hidden = shown(frame, { hideSpecial: true });
    assert.equal(looks(hidden, 0), 'Of what is shown, ‘cat’ looks most at ‘ate’ (0.20).');
    assert.equal(looks(hidden, 1), '‘ate’ looks at nothing of what is shown here.');
    assert.equal(said(hidden, 1), '‘ate’ looks at nothing that is shown');
    assert.equal(
      looks(shown(frame, { hideSpecial: true, renormalise: true }), 0),
      'Of what is shown, ‘cat’ looks mostly at ‘ate’ (0.67).',
    );
    // A threshold takes links out of the picture, not out of the row.
    const flat = frameOfRows([
      [0.4, 0.3, 0.3],
      [1, 0, 0],
      [1, 0, 0],
    ]);
    assert.equal(
      looks(shown(flat, { topK: 1 }), 0),
      '‘a’ spreads its attention; the largest weight, 0.40, goes to ‘a’.',
    );
  });

  it('sees a first row also where tokens are words, and none where what it saw is hidden', () => {
    const frame = frameOfRows(
      [
        [1, 0, 0],
        [0.4, 0.6, 0],
        [0.2, 0.2, 0.6],
      ],
      { kind: 'causal', words: ['[BOS]', 'cat', 'ate'] },
    );
    const hidden = shown(frame, { hideSpecial: true });
    assert.equal(looks(hidden, 0), 'Of what is shown, ‘cat’ looks mostly at ‘cat’ (0.60).');
    assert.deepEqual(
      strongest(freeLinks(shown(frame, { unit: 'words' })), 2).map(({ index }) => index),
      [4, 8],
    );
  });
});

describe('the strongest links', () => {
  it('leave out a weight that cannot be another one', () => {
    assert.deepEqual(
      strongest(freeLinks(causal), 9).map(({ index }) => index),
      [4, 8, 3, 6, 7],
    );
    assert.deepEqual(
      [...freePartners(causal, { side: 'key', index: 0 })].map((weight) => weight.toFixed(1)),
      ['0.0', '0.4', '0.2'],
    );
    assert.equal(strongest(freeLinks(frameOfRows([[1], [1]], { keys: ['x'], kind: 'cross' })), 9).length, 0);
    const local = frameOfRows(
      [
        [1, 0, 0],
        [0.5, 0.5, 0],
      ],
      { keys: ['x', 'y', 'z'], kind: 'cross', local: { centres: [0, 0.5], halfWidth: 0.5, sigma: null } },
    );
    assert.deepEqual(
      strongest(freeLinks(local), 9).map(({ index }) => index),
      [3, 4],
    );
  });
});

describe('what a row sums to, in words', () => {
  it('speaks of a rest alone where there is one', () => {
    const sink = (sum: number): string | null =>
      rowSentence(
        frameOfRows(
          [
            [sum / 2, sum / 2],
            [0.5, 0.5],
          ],
          { normalised: false },
        ),
        { side: 'query', index: 0 },
      );
    assert.equal(sink(1), 'The row sums to 1.00.');
    assert.equal(sink(1.3), 'The row sums to 1.30: the model changes its weights after the softmax.');
    assert.equal(sink(0.4), 'The row sums to 0.40: the rest of 1 goes to no token.');
    assert.equal(sink(0.004), 'The row sums to <0.01: the rest of 1 goes to no token.');
  });

  it('says “near” of a place between two words alone', () => {
    const at = (centre: number): string | null =>
      rowSentence(
        frameOfRows([[1, 0, 0]], {
          keys: ['x', 'y', 'z'],
          words: ['q'],
          kind: 'cross',
          normalised: false,
          local: { centres: [centre], halfWidth: 2, sigma: 1 },
        }),
        { side: 'query', index: 0 },
      );
    assert.match(at(1.4) ?? '', /around position 1\.4, near ‘y’, with standard deviation 1/u);
    assert.match(at(2) ?? '', /around position 2, ‘z’, with standard deviation 1/u);
  });
});
