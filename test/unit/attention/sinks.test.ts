import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sinkOf, sinkSentence, sinkThreshold, type Sink } from '../../../src/core/attention/sinks.ts';
import { headLine } from '../../../src/core/attention/metric-words.ts';
import type { HeadSummary } from '../../../src/core/attention/roles.ts';
import type { Sequence } from '../../../src/core/text/token.ts';
import '../support/vscode.ts';

const { headTooltip, roleLabel } = await import('../../../src/host/sidebar/row-words.ts');

const ends = [true, false, false, true];

describe('sinks', () => {
  it('are special tokens that get half of the attention together; the one that gets most is named', () => {
    const rows = Float32Array.of(0.2, 0.2, 0.2, 0.4, 0.1, 0.5, 0, 0.4, 0.3, 0.1, 0.2, 0.4, 0.2, 0.3, 0.2, 0.3);
    const found = sinkOf(rows, ends, 0);
    assert.deepEqual([found?.on, found?.token, found?.share.toFixed(3)], ['special', 3, '0.575']);
  });

  it('are none below the threshold', () => {
    const share = sinkThreshold - 0.01;
    assert.equal(sinkOf(Float32Array.of(share / 2, 1 - share, 0, share / 2), ends, 0), null);
    assert.equal(sinkOf(Float32Array.of(0, 0, 0, 0), ends, 0), null, 'a head that looks at nothing');
  });

  it('are the first token of a text without special tokens, the first row of a causal map left out', () => {
    const none = [false, false, false];
    const causal = Float32Array.of(1, 0, 0, 0.6, 0.4, 0, 0.7, 0.1, 0.2);
    assert.deepEqual(sinkOf(causal, none, 1)?.on, 'first');
    assert.equal(sinkOf(causal, none, 1)?.share.toFixed(2), '0.65');
    assert.equal(sinkOf(Float32Array.of(1, 0, 0, 0.4, 0.6, 0, 0.5, 0.1, 0.4), none, 1), null);
    assert.equal(sinkOf(Float32Array.of(1), [false], 1), null, 'a text of one token');
  });

  it('are said in the words of a head, in the side panel and in its line', () => {
    const summary = (sink: Sink): HeadSummary => ({
      layer: 1,
      head: 2,
      entropy: 1,
      maxEntropy: 2,
      distance: 1,
      special: 0.6,
      role: { name: 'separator', score: 0.6 },
      sink,
    });
    const token = (text: string, special: boolean) => ({
      id: 1,
      text,
      start: 0,
      end: special ? 0 : text.length,
      special,
      word: special ? null : 0,
      segment: 0 as const,
    });
    const keys: Sequence = { text: 'Once', tokens: [token('Once', false), token('[SEP]', true)] };
    const map = { kind: 'self', shape: [6, 8, 2, 2] } as const;
    const special = summary({ on: 'special', token: 1, share: 0.61 });
    assert.match(sinkSentence(special.sink, keys) ?? '', /special tokens.*\[SEP\].*61 %/u);
    assert.match(
      sinkSentence({ on: 'first', token: 0, share: 0.7 }, keys) ?? '',
      /first token, ‘Once’, which is an ordinary word.*70 %/u,
    );
    assert.equal(roleLabel(special), 'separator 0.60 · sink');
    assert.ok(headTooltip(special, map, keys).some((line) => line.includes('[SEP]')));
    assert.match(headLine(map, special, special), /on special tokens, a sink$/u);
    assert.equal(sinkSentence(undefined, keys), null);
  });
});
