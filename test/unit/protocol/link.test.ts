import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headOrders } from '../../../src/core/attention/order.ts';
import { headMetrics } from '../../../src/core/measures/head-measures.ts';
import { pairFilters } from '../../../src/core/attention/shown.ts';
import { directions, headCharts, firstView, plainOptions } from '../../../src/core/attention/view.ts';
import { views } from '../../../src/core/views/table.ts';
import { AttentionError, reasonOf } from '../../../src/core/errors/reason.ts';
import {
  indexedSelection,
  linkedSchemes,
  linkText,
  longestLink,
  numberedSelection,
  readLink,
  type Link,
} from '../../../src/protocol/link.ts';
import type { Edit } from '../../../src/core/run/edits.ts';
import { hybridAnalysis, smallAnalysis } from '../export/analysis.ts';
import { generatedText, randomSource } from '../text/support/texts.ts';

const root = 'vscode://text-attention.text-attention/show';
const heads = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
const plain: Link = {
  scheme: 'file',
  authority: '',
  path: '/home/ada/notes/first steps.md',
  cell: null,
  start: 8,
  end: 45,
  print: '1x9k2',
  model: 'masked-lm-small',
  chat: false,
  edits: [],
  selection: { map: 0, layer: 1, heads: heads(0, 11), head: null, token: null },
  view: firstView,
};

/** The query as VS Code hands it to an extension: taken from the address and decoded once. */
function queryOf(link: string): string {
  return decodeURIComponent(new URL(link).search.slice(1));
}

/** What a link says after it was sent. */
const sent = (link: Link): Link => readLink(queryOf(linkText(root, link)));

describe('a link', () => {
  it('is short, and readable where nothing is out of the ordinary', () => {
    assert.equal(
      linkText(root, plain),
      `${root}?v=1&r=8-45&t=1x9k2&m=masked-lm-small&s=0.1.0-11.m.n&w=heads&u=file:///home/ada/notes/first%20steps.md`,
    );
  });

  it('says a layer by its number in the model, and leads to that layer', () => {
    const analysis = hybridAnalysis();
    const shown = { map: 0, layer: 1, heads: [0], head: 0, token: null };
    const selection = numberedSelection(shown, analysis);
    assert.match(linkText(root, { ...plain, selection }), /&s=0\.4\.0\.0\.n&/);
    assert.deepEqual(indexedSelection(sent({ ...plain, selection }).selection, analysis), shown);
    assert.equal(indexedSelection({ ...shown, layer: 3 }, analysis).layer, 1, 'the next layer that attends');
    assert.equal(indexedSelection({ ...shown, layer: 9 }, analysis).layer, 1, 'or the last');
    assert.deepEqual(indexedSelection(plain.selection, smallAnalysis()), plain.selection, 'in other models as it is');
    assert.equal(indexedSelection({ ...shown, map: 5 }, analysis).layer, 1, 'a map that is not there');
  });

  it('says the same after it was sent', () => {
    const random = randomSource(12);
    const upTo = (most: number): number => Math.floor(random() * (most + 1));
    const one = <T>(choices: readonly T[]): T => choices[upTo(choices.length - 1)] as T;
    const name = (): string => generatedText(random, 3).replace(/[\p{Cc}\p{Cs}/\\]/gu, '');
    for (let round = 0; round < 500; round++) {
      const start = upTo(1e6);
      const shown = heads(0, 23).filter(() => random() < 0.6);
      const link: Link = {
        scheme: one(linkedSchemes),
        authority: one(['', 'wsl+ubuntu', 'ssh-remote+host.test']),
        path: `/${name()}.md`,
        cell: one([null, upTo(90)]),
        start,
        end: start + 1 + upTo(4000),
        print: upTo(2 ** 31).toString(36),
        model: `/m/${name().replace(/[\p{Zl}\p{Zp}.]/gu, '')}`,
        chat: random() < 0.5,
        edits: Array.from({ length: upTo(3) }, () =>
          one<Edit>([
            { kind: 'off', layer: upTo(20), head: null },
            { kind: 'bias', map: 'cross', layer: 1, head: upTo(9), query: upTo(99), key: 0, value: -0.5 },
            { kind: 'replace', side: 'target', token: upTo(40), by: `${name()};"\n&%` },
            { kind: 'pattern', layer: null, head: 2, query: 1, weights: [0.25, 0.75] },
          ]),
        ),
        selection: {
          map: upTo(2),
          layer: upTo(40),
          heads: shown,
          head: one([null, upTo(23)]),
          token: one([null, { side: one(['query', 'key']), index: upTo(511) }]),
        },
        view: {
          view: one(views),
          order: one(headOrders),
          role: one([null, 'induction', 'verb-to-subject']),
          metric: one(headMetrics),
          chart: one(headCharts),
          predictions: one([true, false]),
          sampling: {
            temperature: one([1, 0.8]),
            topK: one([null, 1 + upTo(50)]),
            topP: one([null, 0.95]),
            seed: one([null, upTo(1e6)]),
            tokens: 1 + upTo(20),
          },
          compare: one([
            [],
            [
              { model: `/m/${name().replace(/[\p{Zl}\p{Zp}.]/gu, '')}` },
              { at: { layer: upTo(9), head: one([null, 3]) } },
            ],
          ]),
          options: {
            ...plainOptions,
            unit: one(['tokens', 'words']),
            headMerge: one(['mean', 'max']),
            layerMerge: one([null, 'mean', 'max']),
            mass: one([null, random(), 0.9]),
            topK: one([null, 1 + upTo(20)]),
            hideSpecial: one([true, false]),
            hidePunctuation: one([true, false]),
            renormalise: one([true, false]),
            direction: one(directions),
            pairs: one(pairFilters),
          },
        },
      };
      assert.deepEqual(sent(link), link);
    }
  });

  it('names a model that ships, one of the hub, or a full path without steps, and nothing else', () => {
    for (const model of [
      'masked-lm-small',
      'constructor',
      '__proto__',
      'Xenova/bert-base-uncased@v1',
      'models/x',
      '/models/my model',
      'C:\\Models\\x',
      'c:/x',
    ]) {
      assert.equal(sent({ ...plain, model }).model, model);
    }
    const read = (model: string): Link =>
      readLink(queryOf(linkText(root, plain)).replace('m=masked-lm-small', `m=${model}`));
    for (const model of [
      '',
      ' ',
      '.',
      '..',
      './x',
      '../x',
      'a/b/c',
      'models/x/',
      'models\\x',
      '~',
      '~/x',
      'C:x',
      'C:',
      'file:///x',
      'https://x.test/y',
      '/models/../x',
      '/models/./x',
      'C:\\a\\..\\b',
      '//host/../share',
      '/a\u0000b',
      '/a\nb',
      '/a\u2028b',
    ]) {
      assert.throws(
        () => read(model),
        (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'link-invalid',
        JSON.stringify(model),
      );
      assert.throws(
        () => linkText(root, { ...plain, model }),
        (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'link-impossible',
        JSON.stringify(model),
      );
    }
  });

  it('is decoded once and then taken apart, whatever stands in names', () => {
    for (const odd of [
      'a&b',
      'a%26b',
      'a%25b',
      '100 %',
      'a=b&u=http://x/',
      'a#b?c',
      'c+d',
      'ü “日本語” 😀',
      'w=model',
      ' a ',
    ]) {
      const link = { ...plain, path: `/${odd}/${odd}.md`, model: `/models/${odd}` };
      assert.deepEqual(sent(link), link);
    }
  });

  it('of every option changed still leaves room for a long path', () => {
    const options = {
      ...plainOptions,
      unit: 'words',
      headMerge: 'max',
      layerMerge: 'mean',
      mass: 0.123456789012345,
      topK: 12,
      hideSpecial: true,
      hidePunctuation: true,
      renormalise: true,
      direction: 'from',
      pairs: 'ab',
    } as const;
    const odd = {
      ...plain,
      selection: { ...plain.selection, heads: heads(0, 23).filter((head) => head % 2 === 0) },
      view: { ...firstView, options },
    };
    assert.ok(linkText(root, { ...odd, path: `/${'folder/'.repeat(170)}a.md` }).length <= longestLink);
    assert.throws(
      () => linkText(root, { ...odd, path: `/${'folder/'.repeat(300)}a.md` }),
      (thrown) => reasonOf(thrown).code === 'link-impossible',
    );
  });

  it('of a name that is no text is not made', () => {
    assert.throws(
      () => linkText(root, { ...plain, path: '/\ud800.md' }),
      (thrown) => reasonOf(thrown).code === 'link-impossible',
    );
  });

  it('passes over what it does not know', () => {
    assert.deepEqual(readLink(`windowId=_blank&${queryOf(linkText(root, plain))}&later=7`), plain);
  });

  const refused = (query: string): string => {
    try {
      readLink(query);
    } catch (thrown) {
      assert.ok(thrown instanceof AttentionError && thrown.reason.code === 'link-invalid', String(thrown));
      return thrown.reason.detail;
    }
    assert.fail(`“${query}” was read`);
  };

  it('says what is wrong with it', () => {
    const good = queryOf(linkText(root, plain));
    for (const [from, to, detail] of [
      ['v=1', 'v=2', 'its version is 2, and only 1 is supported'],
      ['v=1&', '', 'it has no version'],
      ['file://', 'https://', 'links do not open documents of the kind “https”'],
      ['file://', 'untitled:', 'it names no document'],
      ['file://', 'vscode-notebook-cell://', 'links do not open documents of the kind “vscode-notebook-cell”'],
      ['/ada/', '/ada/../', 'it names no document'],
      ['/ada/', '/ada/..\\', 'it names no document'],
      ['file:///', 'file:////', 'it names no document'],
      ['8-45', '45-8', 'its text is empty'],
      ['8-45', '8', 'it does not say where the text is'],
      ['t=1x9k2', 't=', 'it does not say where the text is'],
      ['masked-lm-small', ' ', 'it names no model'],
      ['masked-lm-small', 'a\nb', 'it names no model'],
      ['0-11.m', '0-999999.m', 'its selection is not valid'],
      ['0-11.m', '7-3.m', 'its selection is not valid'],
      ['0-11.m', '-.m', 'its selection is not valid'],
      ['s=0.', 's=x.', 'its selection is not valid'],
      ['w=heads', 'w=clouds', 'its view is not known'],
      ['w=heads', 'w=heads&topK=many', 'its view is not known'],
      ['w=heads', 'w=heads&mass=7', 'its view is not known'],
    ] as const) {
      assert.ok(good.includes(from), from);
      assert.equal(refused(good.replace(from, to)), detail);
    }
  });

  it('of garbage is refused with a typed reason', () => {
    const random = randomSource(3);
    const good = queryOf(linkText(root, plain));
    for (let round = 0; round < 300; round++) {
      refused(generatedText(random, 8));
      const at = Math.floor(random() * good.length);
      try {
        readLink(good.slice(0, at) + generatedText(random, 2) + good.slice(at + 3));
      } catch (thrown) {
        assert.equal(reasonOf(thrown).code, 'link-invalid');
      }
    }
  });
});
