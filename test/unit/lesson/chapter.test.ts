import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lessonLimits } from '../../../src/core/lesson/blocks.ts';
import { fenceFor, isLesson, readChapter, type FenceOf } from '../../../src/core/lesson/chapter.ts';

const fence = (kind: string, ...lines: readonly string[]): string => ['```' + kind, ...lines, '```'].join('\n');

const chapter = [
  '---',
  'title: Why attention',
  'chapter: 1',
  'language: en',
  'tags: [a, b]',
  '---',
  '# First',
  'The [cat](#token=cat) and [ate](#head=4.1&token=ate&key=cat).',
  '',
  fence(
    'attention',
    'name: cat',
    'text:   The cat ate: it did.  ',
    'view: matrix',
    'head: cross/4.1',
    'token: ate',
    'key: the#2',
    'edit: off 4.1',
    'edit: replace 2 "[MASK]"',
    'hide: special, punctuation',
    'words: yes',
  ),
  'It says **0.68**.',
  '<!-- holds: weight 4.1 ate cat = 0.68 --> and <!-- holds: strongest 4.1 ate = cat -->',
  '## Second',
  'A [query](#symbol=query) of [[SEP]](#token=[SEP]).',
  fence('by-hand', 'query q: 1 0', 'key a: 1 1', 'key b: 0 2'),
  fence('sentences', 'head: 4.1', 'sentence: ate > cat | The cat ate.'),
  fence('question', 'ask: How much?', 'kind: number', 'answer: softmax 2 1 of 2', 'reason: It is {softmax 2 1 of 2}.'),
  fence('ts', 'text: no fence of ours'),
].join('\n');

test('a chapter is read: front matter, fences, marks, statements, and where they stand', () => {
  const read = readChapter(chapter);
  assert.deepEqual(read.problems, []);
  assert.deepEqual([read.title, read.number, read.language], ['Why attention', 1, 'en']);
  assert.deepEqual(
    read.fences.map(({ kind, name }) => [kind, name]),
    [
      ['attention', 'cat'],
      ['by-hand', null],
      ['sentences', null],
      ['question', null],
    ],
  );
  const [first] = read.fences as readonly [FenceOf<'attention'>];
  const { picture } = first;
  assert.deepEqual([first.first, first.last], [9, 20]);
  assert.deepEqual(picture.run, {
    model: 'masked-lm-small',
    text: 'The cat ate: it did.',
    edits: [
      { kind: 'off', layer: 4, head: 1 },
      { kind: 'replace', side: 'source', token: 2, by: '[MASK]' },
    ],
  });
  const place = picture.places.text;
  assert.equal(chapter.split('\n')[place?.line ?? 0]?.slice(place?.start, place?.end), 'The cat ate: it did.');
  assert.deepEqual(
    [picture.view, picture.head, picture.token, picture.key, picture.options],
    [
      'matrix',
      { map: 'cross', layer: 4, head: 1 },
      { word: 'ate', turn: 1 },
      { word: 'the', turn: 2 },
      { unit: 'words', hideSpecial: true, hidePunctuation: true },
    ],
  );
  assert.deepEqual(
    read.marks.map(({ line, wordStart, wordEnd }) => chapter.split('\n')[line]?.slice(wordStart, wordEnd)),
    ['cat', 'ate', 'query', '[SEP]'],
  );
  assert.deepEqual(
    read.statements.map(({ line, text, says }) => [line, text, says?.text]),
    [
      [22, 'weight 4.1 ate cat = 0.68', 'It says **0.68**.'],
      [22, 'strongest 4.1 ate = cat', 'and'],
    ],
  );
  assert.equal(fenceFor(read, 7)?.name, 'cat', 'the next fence under the same heading');
  assert.equal(fenceFor(read, 24)?.name, 'cat', 'or else the nearest above');
});

/** A fence with lines that are wrong, and what is said of each, by line. */
const wrong: readonly (readonly [name: string, text: string, problems: readonly (readonly [number, RegExp])[]])[] = [
  ['no key', fence('attention', 'text: A cat.', 'nothing'), [[2, /key: value/]]],
  ['an unknown key', fence('attention', 'text: A cat.', 'modell: x'), [[2, /“modell” is not known/]]],
  ['no text', fence('attention', 'model: x'), [[0, /no text/]]],
  ['a model in a folder', fence('attention', 'text: A.', 'model: /tmp/model'), [[2, /A model is expected/]]],
  ['a view that is none', fence('attention', 'text: A cat.', 'view: heat'), [[2, /One of these is expected: heads/]]],
  ['a head that is none', fence('attention', 'text: A cat.', 'head: 4'), [[2, /A head is expected/]]],
  ['an edit that is none', fence('attention', 'text: A.', 'edit: of 4.1'), [[2, /“of” is not an edit/]]],
  ['a key twice', fence('attention', 'text: A.', 'text: B.'), [[2, /given twice/]]],
  ['vectors of two lengths', fence('by-hand', 'query q: 1 2', 'key a: 1'), [[2, /As many numbers .* 2/]]],
  ['words for numbers', fence('by-hand', 'query q: 1 x'), [[1, /numbers are expected/]]],
  ['a sentence without a pair', fence('sentences', 'head: 4.1', 'sentence: The cat.'), [[2, /QUERY > KEY/]]],
  ['all heads for a sentence', fence('sentences', 'head: 4.*', 'sentence: a > b | a b'), [[1, /One head/]]],
  ['a question without an answer', fence('question', 'ask: Why?'), [[0, /no “answer”/]]],
  [
    'an answer that is no option',
    fence('question', 'ask: A?', 'kind: choice', 'option: yes', 'answer: no'),
    [[4, /“no”/]],
  ],
  ['a fact that is left open', '<!-- holds: weight 4.1 ate cat -->', [[0, /One of these is expected/]]],
  ['a link to nothing', '[a](#token=%E0%A4%A)', [[0, /A link to/]]],
  [
    'one name twice',
    `${fence('attention', 'name: a', 'text: A.')}\n${fence('attention', 'name: a', 'text: A.')}`,
    [[4, /“a”/]],
  ],
];

for (const [name, text, problems] of wrong) {
  test(`${name} is named where it stands`, () => {
    const read = readChapter(text);
    assert.deepEqual(
      read.problems.map(({ line }) => line),
      problems.map(([line]) => line),
    );
    problems.forEach(([, says], at) => assert.match(read.problems[at]?.message ?? '', says));
    for (const { line, start, end } of read.problems) {
      const own = text.split('\n')[line] ?? '';
      assert.ok(start <= end && (end <= own.length || start === 0), `${start}–${end} of ${own}`);
    }
  });
}

test('what is inside of other fences, and what is no lesson, is left alone', () => {
  const page = readChapter(readFileSync(join(import.meta.dirname, '../../../media/lesson/FORMAT.md'), 'utf8'));
  assert.deepEqual([page.fences, page.statements, page.problems], [[], [], []]);
  assert.equal(isLesson(readChapter('# A heading\n\nText with a [link](#heading) and ```code```.')), false);
});

test('hostile files are bounded: sizes, counts, depth, and no shape of them takes long', () => {
  const started = performance.now();
  const huge = readChapter('x'.repeat(lessonLimits.file + 1));
  assert.match(huge.problems[0]?.message ?? '', /larger than 1 MB/);
  const many = readChapter(Array.from({ length: 300 }, () => fence('attention', 'text: A.')).join('\n'));
  assert.equal(many.fences.length, lessonLimits.fences);
  assert.equal(many.problems.length, 100);
  const long = readChapter(fence('attention', ...Array.from({ length: 201 }, () => 'text: A.')));
  assert.match(long.problems[0]?.message ?? '', /at most 200 lines/);
  const wide = readChapter(fence('attention', `text: ${'a'.repeat(5000)}`));
  assert.ok(wide.problems.some(({ message }) => message.includes('4000')));
  const deep = readChapter(`<!-- holds: ${'( '.repeat(100)}1 = 1 -->`);
  assert.match(deep.problems[0]?.message ?? '', /nested too deep/);
  for (const shape of [
    '[',
    '](#token=',
    '<!-- holds: ',
    '```attention\n',
    '`',
    '{',
    '"',
    'a > b | ',
    '(#',
    '---\n',
    '```\n',
    '```a\n```\n',
  ])
    readChapter(shape.repeat(Math.floor(500_000 / shape.length)));
  assert.ok(performance.now() - started < 5000, `${performance.now() - started} ms`);
});

test('any mutation of a chapter is read without an error', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 2000; round++) {
    const at = random(chapter.length);
    const cut = random(40);
    const put = ['', '```', '"', '\n', ':', '#', ' | ', '{', '\u0000', '999999999999', '<!--'][random(11)] ?? '';
    const read = readChapter(chapter.slice(0, at) + put + chapter.slice(at + cut));
    for (const { message } of read.problems) assert.ok(message.length > 0 && message.length < 400, message);
  }
});
