import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { getL10nPseudoLocalized, type l10nJsonFormat } from '@vscode/l10n-dev';
import { bundleFile, bundleText } from '../../../scripts/l10n.ts';
import type { HeadSummary } from '../../../src/core/attention/roles.ts';
import type { StoredModel } from '../../../src/protocol/hub.ts';
import { speak } from '../support/vscode.ts';

const { storedWords } = await import('../../../src/host/models/descriptions.ts');
const { leftOutWords } = await import('../../../src/host/analysis/texts.ts');
const { headTooltip } = await import('../../../src/host/sidebar/row-words.ts');
const { hoverText } = await import('../../../src/host/editor/hover-text.ts');

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8')) as unknown;
const bundle = read(bundleFile) as l10nJsonFormat;

/** Where package.json says something to a person. */
const shownFields = new Set([
  'displayName',
  'description',
  'markdownDescription',
  'enumDescriptions',
  'title',
  'category',
  'contents',
  'contextualTitle',
]);

/** The strings of package.json that are shown, and all keys of translations in it. */
function stringsOf(value: unknown, field = ''): { readonly field: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ field, text: value }];
  if (Array.isArray(value)) return value.flatMap((each) => stringsOf(each, field));
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => stringsOf(each, name))
    : [];
}

describe('Another language is a file', () => {
  it('package.json shows no words but those of package.nls.json, and all of these', () => {
    const strings = stringsOf(read(join(root, 'package.json')));
    const keys = new Set(strings.flatMap(({ text }) => /^%(.+)%$/u.exec(text)?.[1] ?? []));
    assert.deepEqual([...keys].sort(), Object.keys(read(join(root, 'package.nls.json')) as object).sort());
    const literal = strings.filter(({ field, text }) => shownFields.has(field) && !/^%.+%$/u.test(text));
    assert.deepEqual(literal, []);
    assert.ok(keys.has('view.heads'));
  });

  it('the bundle of messages is that of the sources (node scripts/l10n.ts writes it)', async () => {
    assert.equal(readFileSync(bundleFile, 'utf8'), await bundleText());
  });

  describe('as here in letters with accents', () => {
    before(() => speak(getL10nPseudoLocalized(bundle)));
    after(() => speak({}));

    it('with every value in its place', () => {
      const values = (text: string): string => [...text.matchAll(/\{\d+\}/gu)].sort().join(' ');
      for (const [key, translated] of Object.entries(getL10nPseudoLocalized(bundle))) {
        const message = bundle[key];
        assert.equal(typeof translated, 'string');
        assert.equal(
          values(translated as string),
          values(typeof message === 'string' ? message : (message?.message ?? '')),
        );
      }
    });

    it('for lists, hovers and messages', () => {
      const head = { layer: 3, head: 7, entropy: 0, maxEntropy: 0, distance: 2, role: null, relation: null };
      assert.deepEqual(headTooltip(head as unknown as HeadSummary, { shape: [4, 8, 2, 2] }), [
        'Ŀȧȧẏḗḗř 3, ħḗḗȧȧḓ 7 (3.7)',
        'Ƞǿǿ ƞȧȧḿḗḗḓ ƥȧȧŧŧḗḗřƞ.',
        'ḖḖṽḗḗřẏ ŧǿǿķḗḗƞ şḗḗḗḗş ǿǿƞŀẏ ǿǿƞḗḗ ŧǿǿķḗḗƞ.',
        'Ḿḗḗȧȧƞ ḓīşŧȧȧƞƈḗḗ: 2.0 ŧǿǿķḗḗƞş.',
      ]);
      assert.equal(leftOutWords({ part: 'target', why: 'no' }), 'Ŧħḗḗ ŧȧȧřɠḗḗŧ ẇȧȧş ŀḗḗƒŧ ǿǿŭŭŧ: no.');
      const damaged = { state: 'damaged', bytes: 111e6 } as StoredModel;
      assert.equal(storedWords(damaged), 'ḓȧȧḿȧȧɠḗḗḓ: ḓǿǿẇƞŀǿǿȧȧḓ īŧ ȧȧɠȧȧīƞ · 111 MB');
      const { text } = hoverText({ word: 'cat', where: 'head 1.2', sides: [{ title: 'x', links: [] }], color: null });
      assert.match(text, /ƞǿǿ ẇḗḗīɠħŧ/u);
    });
  });
});
