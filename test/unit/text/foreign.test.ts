import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { visibleLine, visibleLines, visibleName } from '../../../src/core/text/foreign.ts';
import { randomFrom } from '../../../src/core/prediction/random.ts';
import { hostile, randomHostile, unseen } from './support/hostile.ts';

const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function lengthOf(text: string): number {
  return [...clusters.segment(text)].length;
}

describe('foreign text in a line of ours', () => {
  it('shows what cannot be seen, and leaves what people write as it is', () => {
    assert.equal(visibleLine('a\u001b[31mRED\u0007'), 'a␛[31mRED␇');
    assert.equal(visibleLine('mit\r\nsize 1 kB\tx\u2028y'), 'mit⏎size 1 kB⇥x⏎y');
    assert.equal(visibleLine('\ufeff{"a"\u009b'), '⟨U+FEFF⟩{"a"⟨U+009B⟩');
    assert.equal(visibleLine('a\u202egnp.exe'), 'a⟨U+202E⟩gnp.exe');
    assert.equal(visibleLine('x\u200by \ud800'), 'x⟨U+200B⟩y ⟨U+D800⟩');
    assert.equal(visibleLine(`a${' '.repeat(40)}b  c`), 'a⟨40 spaces⟩b  c');
    assert.equal(visibleLine('\u0301'), '◌\u0301');
    for (const text of [
      '',
      'Xenova/bert-base-uncased',
      'C:\\Models\\my [best] model (2)',
      '日本語、한국어 — “naïve” Việt',
      'שלום',
      '👨‍👩‍👧 1️⃣ ❤️ 👍🏽',
      'e\u0301 क्षि',
      'می‌خواهم',
      'क्‍ष',
    ]) {
      assert.equal(visibleLine(text), text);
      assert.equal(visibleName(text), text);
    }
  });

  it('cuts by what a reader takes for a character, names in their middle', () => {
    assert.equal(visibleLine('👨‍👩‍👧'.repeat(20), 5), `${'👨‍👩‍👧'.repeat(4)}…`);
    assert.equal(visibleName(`/home/${'x'.repeat(400)}/model.onnx`, 21), '/home/xxxx…model.onnx');
    assert.equal(visibleName(`/a/${'x'.repeat(1_000_000)}/model.onnx`, 21), '/a/xxxxxxx…model.onnx');
    assert.equal(visibleLine('x'.repeat(300)), 'x'.repeat(300));
  });

  for (const [what, text] of Object.entries(hostile)) {
    it(`makes ${what} harmless`, () => {
      for (const shown of [visibleLine(text, 100), visibleName(text, 100)]) {
        assert.doesNotMatch(shown, unseen);
        assert.doesNotMatch(shown, /\p{M}{7}| {9}/u);
        assert.ok(lengthOf(shown) <= 100 && shown.length <= 1200, `${lengthOf(shown)} clusters, ${shown.length} units`);
      }
      assert.equal(visibleLine(visibleLine(text, 100), 100), visibleLine(text, 100));
    });
  }

  it('keeps the breaks and columns of lines of ours', () => {
    assert.equal(
      visibleLines(`a${' '.repeat(30)}b\n  c\u001b[2J\r\nd\u009b`),
      `a${' '.repeat(30)}b\n  c␛[2J⏎\nd⟨U+009B⟩`,
    );
    for (const text of Object.values(hostile)) assert.doesNotMatch(visibleLines(text).replaceAll('\n', ''), unseen);
  });

  it('holds for 3,000 random texts, and applied twice it changes nothing more', () => {
    const random = randomFrom(20);
    for (let round = 0; round < 3000; round++) {
      const text = randomHostile(random);
      const shown = visibleLine(text, 40);
      assert.doesNotMatch(shown, unseen, JSON.stringify(text));
      assert.ok(lengthOf(shown) <= 40, JSON.stringify(text));
      assert.equal(visibleLine(shown, 40), shown, JSON.stringify(text));
      const name = visibleName(text, 40);
      assert.doesNotMatch(name, unseen, JSON.stringify(text));
      assert.ok(lengthOf(name) <= 40, JSON.stringify(text));
    }
  });
});
