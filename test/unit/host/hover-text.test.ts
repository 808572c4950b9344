import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import type { WordLink } from '../../../src/core/document/words.ts';
import { escaped } from '../../../src/host/window/markdown.ts';
import { hostile, unseen } from '../text/support/hostile.ts';
import '../support/vscode.ts';

const { bar, elsewhereText, hoverText } = await import('../../../src/host/editor/hover-text.ts');
const { hoverRole } = await import('../../../src/host/editor/hover-role.ts');

const link = (label: string, weight: number): WordLink => ({
  index: 0,
  weight,
  word: { label, tokens: { first: 0, end: 1 }, start: 0, end: 0, segment: 0 },
});

describe('hoverText', () => {
  it('puts both sides next to each other, with two digits', () => {
    const { text } = hoverText({
      word: 'ate',
      where: 'layer 3, head 7',
      color: '#aabbcc',
      sides: [
        { title: 'looks at', links: [link('cat', 0.666), link('that', 0.04)] },
        { title: 'is looked at by', links: [link('fish', 1)] },
      ],
    });
    assert.match(
      text,
      /^<b><code>ate<\/code><\/b> · layer 3, head 7\n\n<table><tr><th [^>]*>looks at<\/th>.*<th [^>]*>is looked at by<\/th><\/tr>/u,
    );
    assert.match(text, /<code>cat<\/code>.*0\.67<.*<code>fish<\/code>.*1\.00<.*<code>that<\/code>.*0\.04</u);
    assert.ok(!/because/iu.test(text));
  });

  it('says when a side has nothing to show', () => {
    assert.match(
      hoverText({ word: 'a', where: 'w', color: null, sides: [{ title: 'looks at', links: [] }] }).text,
      /no weight of 0\.01 or more/u,
    );
  });

  it('says why a side has nothing, and writes 0 and 1 only of weights that are', () => {
    const { text } = hoverText({
      word: 'a',
      where: 'w',
      color: null,
      sides: [
        { title: 'looks at', links: [], why: 'can look at nothing else' },
        { title: 'is looked at by', links: [link('fish', 0.9984)] },
      ],
    });
    assert.match(text, /can look at nothing else.*&#62;0\.99</u);
  });

  it('says of a word that the model does not know what is read in its place', () => {
    const strange = { ...link('zu', 0.5), word: { ...link('zu', 0.5).word, unknown: '[UNK]' } };
    const { text } = hoverText({
      word: 'qi',
      unknown: '[UNK]',
      where: 'w',
      color: null,
      sides: [{ title: 'looks at', links: [strange, link('cat', 0.4)] }],
    });
    assert.match(text, /unknown to this model&#58; read as &#91;UNK&#93;\n\n<table>/u);
    assert.match(text, /<code>zu<\/code> <i>&#91;UNK&#93;<\/i><.*<code>cat<\/code></u);
    assert.ok(!hoverText({ word: 'cat', where: 'w', color: null, sides: [] }).text.includes('unknown'));
  });

  it('draws bars of one width, in steps of half a character', () => {
    assert.equal(bar(1, null).text, '━'.repeat(10));
    assert.equal(bar(0.25, null).text, `━━╸${'&#8199;'.repeat(7)}`);
    assert.equal(bar(0.001, '#aabbcc').text, `<span style="color:#aabbcc;">╸</span>${'&#8199;'.repeat(9)}`);
  });

  it('shows hostile words as they read, in the table and in the links', () => {
    for (const text of Object.values(hostile)) {
      const side = { title: 'looks at', links: [link(text, 0.5)] };
      const { text: table } = hoverText({ word: text, where: text, color: null, sides: [side] });
      const { text: line } = elsewhereText([
        {
          head: '1.2',
          label: text,
          looks: true,
          weight: 0.4,
          command: 'textAttention.focusHead',
          values: [0, 1, 2, text],
        },
      ]);
      const tags = table.match(/<[^>]*>/gu) ?? [];
      assert.deepEqual([...new Set(tags)].sort(), [
        '</b>',
        '</code>',
        '</table>',
        '</td>',
        '</th>',
        '</tr>',
        '<b>',
        '<code>',
        '<table>',
        '<td align="right">',
        '<td>',
        '<th align="left" colspan="3">',
        '<tr>',
      ]);
      assert.match(line, /^Strongest elsewhere: \[[^[\]()]*\]\(command:textAttention\.focusHead\?[^[\]()\s]*\)$/u);
      const decode = (html: string): string =>
        html.replace(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)));
      for (const shown of [table.replace('\n\n', ''), line]) assert.doesNotMatch(decode(shown), unseen);
    }
    assert.doesNotMatch(escaped('see www.evil.test or WWW.evil.test'), /www\./iu);
  });

  it('leaves nothing that Markdown or HTML could read', () => {
    const escapes = escaped('<b>*a*</b> [x](y) | `z` # \\ _u_ & "q"');
    assert.doesNotMatch(escapes.replace(/&#\d+;/gu, ''), /[<>*[\]()|`#\\_&"]/u);
    assert.equal(escaped('日本語 مرحبا é 😀'), '日本語 مرحبا é 😀');
  });
});

describe('hoverRole', () => {
  const analysis = summariseHeads(
    {
      name: 'attention',
      kind: 'self',
      queries: 0,
      keys: 0,
      shape: [1, 1, 1, 1],
      weights: Float32Array.of(1),
    },
    [{ text: 'a', tokens: [{ id: 0, text: 'a', start: 0, end: 1, special: false, word: 0, segment: 0 }] }],
  );
  const [[summary] = []] = analysis;
  const example = { text: 'He ate [it](x).', query: { start: 3, end: 6 }, key: { start: 0, end: 2 }, weight: 1 };

  it('says what the head was measured to do beside its baselines, with an example that opens', () => {
    if (!summary) assert.fail();
    const offset = { by: -1, of: 'words' } as const;
    const found = { cases: 196, score: 0.93, baseline: 0.44, offset, chance: 0.11 };
    const evidence = { kind: 'grammar', name: 'verb-to-subject', ...found, notNeighbours: found } as const;
    const { text } = hoverRole({ ...summary, measured: [{ ...evidence, examples: [example] }] }, 0);
    assert.match(
      text,
      /^<b>verb &#8594; subject<\/b> 0\.93 · best fixed offset 0\.44 · equal weights 0\.11 · \[ate &#8594; He\]\(command:textAttention\.openExample\?/u,
    );
    assert.ok(!text.includes('[it](x)'), 'the sentence of the example is no link');
  });

  it('says nothing of a head that was not measured, or has no role', () => {
    if (!summary) assert.fail();
    assert.equal(hoverRole(undefined, 0).text, '');
    assert.equal(hoverRole(summary, 0).text, '');
    assert.equal(hoverRole({ ...summary, measured: [] }, 0).text, '');
  });
});
