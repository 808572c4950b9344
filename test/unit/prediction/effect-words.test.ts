import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import { gridOf, orderHeads, type HeadOrder } from '../../../src/core/attention/order.ts';
import { firstView } from '../../../src/core/attention/view.ts';
import { effectSentence, klText, placeText } from '../../../src/core/prediction/effect-words.ts';
import type { HeadEffect } from '../../../src/core/prediction/effects.ts';
import { positionInFocus, predictsTokens } from '../../../src/core/prediction/predicted-place.ts';
import { everything } from '../../../src/core/scene/focus.ts';
import { modelSvgOf } from '../../../src/core/views/model/paper.ts';
import { layoutLayers } from '../../../src/core/views/layers/layout.ts';
import { effectsOfHeads } from '../../ui/panel/page/effects.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';

const fish = { id: 1, text: ' fish', probability: 0.21 };
const food = { id: 2, text: ' food', probability: 0.16 };

function sentence(after: number, top = fish, kl = 0.314): string {
  const told: Omit<HeadEffect, 'place'> = { watched: fish, likeliest: fish, effect: { kl, after, top } };
  return effectSentence('head 1.2', told);
}

describe('what a head changes, in words', () => {
  it('says falls, rises or stays by the numbers as they are written, and a new most probable token', () => {
    assert.equal(
      sentence(0.06, food),
      'Without head 1.2 the probability of ‘fish’ falls from 0.21 to 0.06 (KL 0.31 nats); ' +
        '‘food’ is then the most probable.',
    );
    assert.equal(sentence(0.3), 'Without head 1.2 the probability of ‘fish’ rises from 0.21 to 0.30 (KL 0.31 nats).');
    assert.equal(sentence(0.2099, fish, 0), 'Without head 1.2 the probability of ‘fish’ stays at 0.21 (KL 0.00 nats).');
    assert.equal(klText(0.0001), '<0.01');
  });

  it('names the place by what is predicted there', () => {
    const { sequences } = analyses.masked();
    const place = { sequence: 0, token: 2, isHidden: false } as const;
    assert.equal(placeText({ ...place, kind: 'masked' }, sequences), 'in place of ‘cat’');
    assert.equal(placeText({ ...place, kind: 'masked', isHidden: true }, sequences), 'with ‘cat’ masked for this');
    assert.equal(placeText({ ...place, kind: 'next' }, sequences), 'after ‘cat’');
    assert.equal(placeText({ ...place, kind: 'label' }, sequences), 'the label of the text');
  });

  it('finds the position in focus on the side that is predicted', () => {
    const info = analyses.masked();
    const selection = { map: 0, layer: 0, heads: [0], head: 0 };
    const at = (index: number) => positionInFocus(info, { ...selection, token: { side: 'query', index } });
    assert.deepEqual([at(0), at(2), at(5)], [null, 2, 5], 'a special token is no place, a word and a mask are');
    assert.equal(positionInFocus(info, { ...selection, token: null }), null);
    assert.ok(predictsTokens(info));
    assert.ok(!predictsTokens({}));
  });
});

describe('the effect of a head', () => {
  const analysis = analyses.masked();
  const [map] = analysis.maps;
  assert.ok(map);
  const effects = effectsOfHeads(analysis, 2);
  const summaries = summariseHeads(map, analysis.sequences, [], null, effects);

  it('is in its summary, orders heads, and places them in the chart of layers', () => {
    assert.equal(summaries[1]?.[1]?.effect, 0.31);
    const [order] = orderHeads(4, 4, 'effect', summaries);
    assert.deepEqual(order?.[0], { layer: 1, head: 1 });
    const { strips } = layoutLayers(800, 400, summaries, 'effect', []);
    assert.deepEqual(
      strips.map(({ dots }) => dots.length),
      [4, 4, 4, 4],
    );
  });

  it('of a feed-forward part is after the heads of its layer, among all by effect, else after all', () => {
    const all = (order: HeadOrder, role: 'broad' | null = null): string[] =>
      gridOf(map, order, summaries, role)
        .groups.flat()
        .map(({ layer, head }) => `${layer}.${head ?? 'ff'}`);
    assert.deepEqual(all('layer').slice(0, 6), ['0.0', '0.1', '0.2', '0.3', '0.ff', '1.0']);
    assert.deepEqual(all('effect').slice(0, 6), ['1.1', '0.ff', '1.ff', '2.ff', '3.ff', '3.0']);
    assert.deepEqual(all('entropy').slice(16), ['0.ff', '1.ff', '2.ff', '3.ff']);
    assert.ok(all('layer', 'broad').every((name) => !name.endsWith('ff')));
    assert.equal(gridOf(map, 'layer', summariseHeads(map, analysis.sequences)).groups.flat().length, 16);
    const svg = modelSvgOf({ ...analysis, effects }, everything, { ...firstView, order: 'effect' });
    assert.equal(svg.match(/<title>Feed-forward part of layer \d, effect 0\.20 nats</g)?.length, 4);
  });

  it('is not there before it was measured: heads stay in their order, and the chart has no dots', () => {
    const plain = summariseHeads(map, analysis.sequences);
    assert.equal(plain[0]?.[0]?.effect, undefined);
    const [order = []] = orderHeads(4, 4, 'effect', plain);
    assert.deepEqual(
      order.slice(0, 5).map(({ layer, head }) => 4 * layer + head),
      [0, 1, 2, 3, 4],
    );
    const { strips } = layoutLayers(800, 400, plain, 'effect', []);
    assert.deepEqual(
      strips.map(({ dots, mean }) => [dots.length, mean]),
      [
        [0, null],
        [0, null],
        [0, null],
        [0, null],
      ],
    );
  });
});
