import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headColor, headOklab, headsColor, headTurn, hueCount } from '../../../src/core/color/head-color.ts';
import { oklabOf, oklch, rgbOf } from '../../../src/core/color/oklab.ts';
import { blend, contrast, cssOf, hexOf, luminance, textOn } from '../../../src/core/color/srgb.ts';

const heads = Array.from({ length: hueCount }, (_, head) => head);

function distance(first: number, second: number): number {
  const [a, b] = [headOklab(first, 'dark'), headOklab(second, 'dark')];
  return Math.hypot(a.a - b.a, a.b - b.b);
}

test('known colours cross from OKLCH to sRGB', () => {
  assert.equal(hexOf(rgbOf(oklch(0.62796, 0.25768, 29.234))), '#ff0000');
  assert.equal(hexOf(rgbOf(oklch(1, 0, 0))), '#ffffff');
  assert.equal(hexOf(rgbOf(oklch(0, 0, 0))), '#000000');
  assert.equal(hexOf(rgbOf(oklch(0.59987, 0, 0))), '#808080');
});

test('sRGB to OKLab and back is the same colour', () => {
  for (const hex of [
    [18, 52, 86],
    [255, 0, 0],
    [0, 255, 0],
    [240, 240, 10],
    [128, 128, 128],
  ] as const) {
    const colour = { red: hex[0], green: hex[1], blue: hex[2] };
    assert.deepEqual(rgbOf(oklabOf(colour)), colour);
  }
});

test('a colour outside sRGB keeps its lightness and hue', () => {
  const back = oklabOf(rgbOf(oklch(0.7, 0.4, 150)));
  assert.ok(Math.abs(back.lightness - 0.7) < 0.01);
  assert.ok(Math.abs((Math.atan2(back.b, back.a) * 180) / Math.PI - 150) < 2);
});

test('the twelve head colours are twelve, and neighbours differ most', () => {
  for (const shade of ['dark', 'light'] as const) {
    assert.equal(new Set(heads.map((head) => hexOf(headColor(head, shade)))).size, hueCount);
  }
  const nearest = Math.min(
    ...heads.flatMap((head) => heads.filter((other) => other > head).map((other) => distance(head, other))),
  );
  for (const head of heads)
    assert.ok(distance(head, (head + 1) % hueCount) > 2.5 * nearest, `head ${head} is too like the next`);
});

test('all heads are equally light in a theme', () => {
  for (const [shade, lightness] of [
    ['dark', 0.78],
    ['light', 0.56],
  ] as const) {
    for (const head of heads) assert.ok(Math.abs(oklabOf(headColor(head, shade)).lightness - lightness) < 0.01);
  }
});

test('after twelve heads the hues come back with a turn', () => {
  assert.deepEqual(headColor(hueCount + 3, 'dark'), headColor(3, 'dark'));
  assert.deepEqual([headTurn(0), headTurn(11), headTurn(12), headTurn(25)], [0, 0, 1, 2]);
});

test('lines in the colour of a head stand out from the surface (3 : 1)', () => {
  for (const head of heads) {
    assert.ok(contrast(headColor(head, 'dark'), { red: 0x1f, green: 0x1f, blue: 0x1f }) >= 3);
    assert.ok(contrast(headColor(head, 'light'), { red: 255, green: 255, blue: 255 }) >= 3);
  }
});

test('text on any head colour over any surface can be read (4.5 : 1)', () => {
  for (const head of heads) {
    for (const alpha of [0.1, 0.4, 0.7, 1]) {
      const background = blend(headColor(head, 'light'), { red: 255, green: 255, blue: 255 }, alpha);
      assert.ok(contrast(textOn(background), background) >= 4.5);
    }
  }
  assert.ok(luminance({ red: 255, green: 255, blue: 255 }) > 0.999);
});

test('heads that are merged are a grey, as light as a head, that stands out from the surface (3 : 1)', () => {
  const surfaces = { dark: { red: 0x1f, green: 0x1f, blue: 0x1f }, light: { red: 255, green: 255, blue: 255 } };
  for (const shade of ['dark', 'light'] as const) {
    const { red, green, blue } = headsColor([0, 1], shade);
    assert.equal(Math.max(red, green, blue) - Math.min(red, green, blue), 0, 'no hue');
    assert.ok(Math.abs(oklabOf(headsColor([0, 1], shade)).lightness - headOklab(0, shade).lightness) < 0.01);
    assert.ok(contrast(headsColor([0, 1], shade), surfaces[shade]) >= 3);
    assert.deepEqual(headsColor([3, 4, 5], shade), headsColor([0, 1], shade), 'whichever heads they are');
    assert.deepEqual(headsColor([3], shade), headColor(3, shade), 'a single one keeps its own');
  }
});

test('colours are written as CSS', () => {
  assert.equal(cssOf({ red: 1, green: 2, blue: 3 }, 0.66666), 'rgb(1 2 3 / 0.667)');
});
