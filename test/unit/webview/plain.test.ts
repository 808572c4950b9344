import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breadthSentence, restSentence, textSentences } from '../../../webview/words/plain.ts';
import type { Frame } from '../../../webview/state/frame.ts';
import { frameOf, frameOfRows, type Given } from './fixture.ts';

function rest(rows: readonly (readonly number[])[], given: Given = {}, index = 0): string | null {
  return restSentence(frameOfRows(rows, given), { token: { side: 'query', index }, locked: true, cell: null });
}

/** A row of one query over as many keys as it has weights. */
function row(...weights: number[]): string | null {
  return rest([weights], {
    words: ['ate'],
    keys: ['cat', 'hungry', 'that', 'was', 'fish'].slice(0, weights.length),
    kind: 'cross',
  });
}

describe('what follows the strongest key, in words', () => {
  it('names the second, and counts the tokens that share the rest', () => {
    assert.equal(row(0.73, 0.08, 0.07, 0.06, 0.06), 'Next is ‘hungry’ (0.08); 3 other tokens share 0.19.');
    assert.equal(row(0.6, 0.3, 0.1), 'Next is ‘hungry’ (0.30); 1 other token has 0.10.');
    assert.equal(row(0.6, 0.4), 'Next is ‘hungry’ (0.40).');
    assert.equal(row(0.6, 0.4, 0), 'Next is ‘hungry’ (0.40).');
  });

  it('says nothing where there is no second, or where several are as strong', () => {
    assert.equal(row(1), null);
    assert.equal(row(1, 0, 0), null);
    assert.equal(row(0.5, 0.5), null);
    assert.equal(row(0.5, 0.25, 0.25), null);
    assert.equal(
      rest([[0.3, 0.2]], { keys: ['a', 'b'], words: ['q'], kind: 'cross', normalised: false }),
      null,
      'no distribution',
    );
  });

  it('names words from right to left as they are', () => {
    assert.equal(
      rest([[0.7, 0.2, 0.1]], { words: ['أكلت'], keys: ['القطة', 'الجائعة', 'שלום'], kind: 'cross' }),
      'Next is ‘الجائعة’ (0.20); 1 other token has 0.10.',
    );
  });
});

describe('a text and its model, in words', () => {
  const said = (frame: Frame): string => textSentences(frame).join(' ');

  it('tells the kind of model, the tokens with the special ones, what a token sees, and what rows are', () => {
    const rows = [0, 1, 2].map(() => [0.2, 0.3, 0.5]);
    assert.equal(
      said(frameOfRows(rows, { words: ['[CLS]', 'cats', '[SEP]'] })),
      'made-up is an encoder. It reads 3 tokens, 2 of them special. A token sees all tokens. ' +
        'Rows are the tokens that look (queries), columns the tokens that are looked at (keys).',
    );
    assert.match(
      said(frameOfRows([[1]], { kind: 'causal' })),
      /It reads 1 token\. A token sees itself and all earlier tokens\./,
    );
    assert.match(said(frameOf('windowed', { layer: 0 })), /is a decoder\..* A token sees only the last 3 tokens\./);
  });

  it('tells of a translator which map it is, and its sizes', () => {
    const frame = frameOf('cross', { map: 2, layer: 1 });
    const [, , queries, keys] = frame.map.shape;
    assert.match(said(frame), /is an encoder-decoder\./);
    assert.ok(
      said(frame).endsWith(
        `This map is from the target to the source. Rows are the ${queries} tokens of the target (queries), columns the ${keys} tokens of the source (keys).`,
      ),
    );
  });
});

it('the entropy of a head is a number of tokens with equal weights', () => {
  assert.equal(
    breadthSentence({ entropy: Math.log(2), maxEntropy: Math.log(8) }),
    'Its entropy is that of equal weights on 2.0 tokens; on this text the most is 8.0.',
  );
  assert.equal(
    breadthSentence({ entropy: 0, maxEntropy: Math.log(3) }),
    'Its entropy is that of equal weights on 1.0 token; on this text the most is 3.0.',
  );
  assert.equal(breadthSentence({ entropy: 0, maxEntropy: 0 }), null);
});
