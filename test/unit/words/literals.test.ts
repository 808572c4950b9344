import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, it } from 'node:test';
import { papers } from '../../../src/core/glossary/papers.ts';
import { functionWordLists } from '../../../src/core/text/function-word-lists.ts';
import { literalsIn } from './literals.ts';

const root = join(import.meta.dirname, '../../..');

/** Names that are written in two words: members of unions, which the table of words or a schema is keyed by. */
const names: ReadonlySet<string> = new Set([
  'same token',
  'query projection',
  'key projection',
  'value projection',
  '… projection',
  'output projection',
  'norm before',
  'content and position',
]);

/** What is no English for a person, by file and by the property, variable or function that holds it. */
const exceptions: readonly { readonly why: string; readonly file: string; readonly within: readonly string[] }[] = [
  {
    why: 'abbreviations and words of several languages, by which sentences are found',
    file: 'src/core/document/abbreviations.ts',
    within: ['titles', 'leading', 'numbered', 'open', 'starters', 'beforePronoun', 'ordering', 'ordered'],
  },
  { why: 'languages of VS Code, by id', file: 'src/core/document/code-syntax.ts', within: ['languages'] },
  {
    why: 'the function words of English, with which texts are compared',
    file: 'src/core/text/function-words.ts',
    within: ['pronoun', 'preposition', 'function'],
  },
  {
    why: 'the function words of other languages, with which texts are compared',
    file: 'src/core/text/function-word-lists.ts',
    // Chinese is a list of characters, no words.
    within: Object.keys(functionWordLists).filter((language) => language !== 'zh'),
  },
  { why: 'what English tokenizers part', file: 'src/core/text/decoders/joining.ts', within: ['contractions'] },
  { why: 'packed numbers', file: 'src/core/text/characters/ranges.ts', within: ['punctuationRanges'] },
  { why: 'packed numbers', file: 'src/core/text/characters/scripts.ts', within: ['packedScripts'] },
  {
    why: 'sentences that the English models read',
    file: 'src/core/catalogue/built-in.ts',
    within: ['sentences', 'examples'],
  },
  { why: 'names of published models', file: 'src/core/catalogue/catalogue.ts', within: ['title'] },
  { why: 'formulas', file: 'src/core/glossary/terms.ts', within: ['formula'] },
  { why: 'titles of publications', file: 'src/core/glossary/papers.ts', within: Object.keys(papers) },
  { why: 'a Content Security Policy', file: 'src/core/export/html.ts', within: ['policy'] },
  { why: 'names of fonts', file: 'src/core/picture/svg.ts', within: ['tokens'] },
  { why: 'names of fonts', file: 'webview/export/matrix.ts', within: ['tokens'] },
  { why: 'a header of HTTP (RFC 6750)', file: 'src/engine/hub/hub.ts', within: ['authorization'] },
  { why: 'a header of HTTP (RFC 7617)', file: 'src/engine/hub/proxy.ts', within: ['given'] },
  { why: 'what Git hashes before the content of a file', file: 'src/engine/store/digest.ts', within: ['constructor'] },
  { why: 'a program', file: 'src/engine/process/parent-watch.ts', within: ['watch'] },
  { why: 'a Content Security Policy', file: 'src/core/lesson/page.ts', within: ['policy'] },
  { why: 'a style sheet', file: 'src/core/lesson/page.ts', within: ['style'] },
  { why: 'classes of an element', file: 'webview/sentence/build.ts', within: ['heading', 'classOf'] },
  { why: 'classes of an element', file: 'webview/views/layers/draw.ts', within: ['stripOf'] },
  { why: 'sentences of two languages', file: 'src/core/compare/known-alignments.ts', within: ['table'] },
  { why: 'a gradient of CSS', file: 'webview/views/compare/legend.ts', within: ["'background-image'"] },
  { why: 'a gradient of CSS', file: 'webview/views/matrix/legend.ts', within: ["'background-image'"] },
  { why: 'a gradient of CSS', file: 'webview/views/model/bar.ts', within: ["'background-image'"] },
];

/**
 * The sources that speak from the table of words: all but the table itself, and the host, whose words are `l10n.t`'s.
 */
const sources = globSync(['src/{core,engine,protocol}/**/*.ts', 'webview/**/*.ts', 'src/cli.ts'], { cwd: root })
  .map((file) => file.replaceAll(sep, '/'))
  .filter((file) => !file.startsWith('src/core/words/'));

const found = sources.flatMap((file) =>
  literalsIn(readFileSync(join(root, file), 'utf8'))
    .filter(({ text }) => !names.has(text))
    .map((literal) => ({ file, ...literal })),
);

function isExcepted({ file, within }: (typeof found)[number]): boolean {
  return exceptions.some((exception) => exception.file === file && exception.within.includes(within));
}

describe('English', () => {
  it('is in the table of words, and in no other source', () => {
    assert.ok(sources.length > 300, `${sources.length} sources`);
    assert.deepEqual(
      found.filter((literal) => !isExcepted(literal)).map(({ file, line, text }) => `${file}:${line} ${text}`),
      [],
    );
  });

  it('is excepted only where it still is', () => {
    const used = new Set(found.map(({ file, within }) => `${file} ${within}`));
    assert.deepEqual(
      exceptions.flatMap(({ file, within }) => within.map((one) => `${file} ${one}`)).filter((one) => !used.has(one)),
      [],
    );
  });
});

describe('A literal is found', () => {
  for (const [name, source] of [
    ['the detail of an error', "throw new AttentionError({ code: 'unexpected', detail: 'some english here' });"],
    ['one word of a detail', "const reason = { code: 'unexpected', detail: 'broken' };"],
    ['words around a number', 'const text = `layer ${layer} of all`;'],
    ['a word before a number', 'const text = `Head ${head}`;'],
    ['a word after a number', 'const text = `${count} heads`;'],
    ['the message of an Error', "throw new Error('there is no model');"],
    ['an argument', "refuse(texts, 'pair', 'decoders take one text');"],
    ['one of two choices', "const text = ok ? '' : 'it never ran';"],
    ['text between tags', 'const view = html`<p class="note">Nothing here</p>`;'],
    ['a title', 'const view = html`<button title="Show all heads" @click=${show}></button>`;'],
    ['a label', 'const mark = `<g aria-label="Every head">${content}</g>`;'],
  ] as const) {
    it(`as ${name}`, () => assert.equal(literalsIn(source).length, 1));
  }

  it('with its line and the name around it', () => {
    assert.deepEqual(literalsIn('\nfunction say(): string {\n  return `no ${file} there`;\n}'), [
      { line: 3, text: 'no … there', within: 'say' },
    ]);
  });
});

describe('A literal is none of these', () => {
  for (const [name, source] of [
    ['an import', "import { one } from './some file.ts';"],
    ['a type', "type Name = 'same token' | 'other token';"],
    ['an assertion', 'throw new RangeError(`A list of ${length} has no index ${index}.`);'],
    ['a comparison', "const is = message === 'out of memory' || message.includes('not enough memory');"],
    ['a key', "const limits = { 'Invalid array length': 'array' };"],
    [
      'a class and other attributes',
      'const view = html`<div class="row wide" id=${id} role="group" ?hidden=${is}></div>`;',
    ],
    ['styles', 'const styles = css`.note { margin: 0 auto; font: inherit; }`;'],
    ['numbers with a unit', 'const place = `translate(${x}px, ${y}px) ${a} ${b}`;'],
    ['a name', "const names = ['input_ids', 'past_key_values.0.key', 'num-heads'];"],
  ] as const) {
    it(`as ${name}`, () => assert.deepEqual(literalsIn(source), []));
  }
});
