import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Lines } from '../../../src/core/document/lines.ts';
import { sentenceAt } from '../../../src/core/document/sentence-at.ts';

/** The sentence at the mark `|` of a document, `¦` where it has bars of its own. */
function at(marked: string, language?: string): string | null {
  const mark = marked.includes('¦') ? '¦' : '|';
  const cursor = marked.indexOf(mark);
  const text = marked.replace(mark, '');
  const lines = linesOf(text);
  let line = 0;
  while (line + 1 < lines.count && lines.offset(line + 1) <= cursor) line++;
  const span = sentenceAt(lines, line, cursor - lines.offset(line), language);
  return span && text.slice(span.start, span.end);
}

function linesOf(text: string): Lines {
  const offsets = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  const lines = text.split(/\r?\n/u);
  return {
    count: lines.length,
    text: (line) => lines[line] ?? '',
    offset: (line) => offsets[line] ?? text.length,
  };
}

describe('sentenceAt', () => {
  const cases: readonly [name: string, marked: string, sentence: string | null][] = [
    ['one of several on a line', 'A dog barked. The c|at ate. It slept.', 'The cat ate.'],
    ['the first, from the start of the line', '|A dog barked. The cat ate.', 'A dog barked.'],
    ['the one before, from the space behind it', 'A dog barked.| The cat ate.', 'A dog barked.'],
    ['the last, from the end of the line', 'A dog barked. The cat ate.|', 'The cat ate.'],
    [
      'over a line break inside a paragraph',
      'One. The cat that\nwas hun|gry ate\nthe fish. Two.',
      'The cat that\nwas hungry ate\nthe fish.',
    ],
    ['over a CRLF line break', 'One. The c|at\r\nate. Two.', 'The cat\r\nate.'],
    ['not over an empty line', 'Title without a stop\n\nThe cat a|te', 'The cat ate'],
    ['nothing on an empty line', 'One.\n|\nTwo.', null],
    ['nothing in an empty document', '|', null],
    ['a Markdown heading alone', '# A short| story\nThe cat ate.', 'A short story'],
    ['a paragraph below a heading', '# A short story\nThe c|at ate.', 'The cat ate.'],
    ['a list item without its bullet', '- The c|at ate\n- The dog slept', 'The cat ate'],
    ['a numbered item that goes on', '1. The cat\n   a|te.\n2. Two.', 'The cat\n   ate.'],
    ['a starred item', '* The c|at ate\n* The dog slept', 'The cat ate'],
    ['a quotation', '> The cat\n> a|te. Two.', 'The cat\n> ate.'],
    ['a line comment', 'let a = 1;\n  // The c|at ate. It slept.\nlet b = 2;', 'The cat ate.'],
    ['a sentence over two comment lines', '// The cat\n// a|te. It slept.', 'The cat\n// ate.'],
    ['a Python comment', 'x = 1\n# The c|at ate\ny = 2', 'The cat ate'],
    ['a comment behind code', 'let a = 1; // The c|at ate.', 'The cat ate.'],
    ['a block comment', '/**\n * The c|at ate. It slept.\n */\nfunction f() {}', 'The cat ate.'],
    ['a block comment on one line', '/* The c|at ate. */', 'The cat ate.'],
    ['the whole of a line without a stop', 'the cat ate |the fish', 'the cat ate the fish'],
    ['a Japanese sentence', '猫が魚を食べた。犬は寝|た。', '犬は寝た。'],
  ];
  for (const [name, marked, sentence] of cases) {
    it(`finds ${name}`, () => assert.equal(at(marked), sentence));
  }

  const prose: typeof cases = [
    ['titles over a line break', 'It rained. Dr.\nFinch m|et Mr.\nJones. It stopped.', 'Dr.\nFinch met Mr.\nJones.'],
    ['a heading that is underlined', 'A short s|tory\n=======\nThe cat ate.', 'A short story'],
    ['a paragraph below a rule', '---\nThe c|at ate.\n***\nIt slept.', 'The cat ate.'],
    ['a cell of a table', '| The dog | The c¦at ate. |\n|---|---|\n| a | b |', 'The cat ate.'],
    ['nothing in the line of a table', '| a | b |\n|--¦|--|\n| c | d |', null],
    ['a row alone', '| a | b |\n|---|---|\n| The c¦at | d |', 'The cat'],
    ['a task', '- [ ] Feed the c|at\n- [x] Sleep', 'Feed the cat'],
    ['one line of a fenced program', 'See:\n```\nlet a = 1;\nlet b| = 2;\n```\nEnd.', 'let b = 2;'],
    ['the paragraph behind a fence', '```\nlet a = 1;\n```\nThe c|at ate.', 'The cat ate.'],
    ['emphasis over a line break', '**The cat\na|te.** It slept.', 'The cat\nate.'],
    [
      'a link in an item',
      '* See [Mr. Finch](http://a.example/B.C) n|ow. Go.\n* Two',
      'See [Mr. Finch](http://a.example/B.C) now.',
    ],
  ];
  for (const [name, marked, sentence] of prose)
    it(`finds in Markdown ${name}`, () => assert.equal(at(marked, 'markdown'), sentence));

  const programs: readonly [name: string, language: string, marked: string, sentence: string | null][] = [
    ['the line, not five assignments', 'python', 'a = 1\nb = 2\nc| = 3\nd = 4\ne = 5', 'c = 3'],
    ['the line without its comment', 'javascript', '  le|t a = 1; // The cat ate.', 'let a = 1;'],
    ['a comment behind code', 'javascript', 'let a = 1; // The c|at ate. It slept.\nlet b = 2;', 'The cat ate.'],
    ['one of two comments behind code', 'typescript', 'a(); // The c|at\nb(); // the dog', 'The cat'],
    [
      'a sentence over comment lines',
      'rust',
      "fn f<'a>() {}\n/// The cat\n/// a|te. It slept.\nfn g() {}",
      'The cat\n/// ate.',
    ],
    ['comment lines from the indentation', 'go', 'x := 1\n| // The cat\n // ate.\ny := 2', 'The cat\n // ate.'],
    ['not over an empty comment line', 'c', '// The dog\n//\n// The c|at ate', 'The cat ate'],
    [
      'a docstring',
      'python',
      'def f():\n    """Return the c|at. It\n    ate Mr. Finch.\n\n    More.\n    """\n    return 1',
      'Return the cat.',
    ],
    [
      'a docstring’s next sentence',
      'python',
      'def f():\n    """Return the cat. It\n    a|te Mr. Finch.\n\n    More.\n    """',
      'It\n    ate Mr. Finch.',
    ],
    ['a docstring’s end', 'python', 'def f():\n    """The cat ate."""|\n    a = 1', 'The cat ate.'],
    ['a docstring of single marks', 'python', "x = 1\n'''The c|at ate.'''\ny = 2", 'The cat ate.'],
    ['a string', 'java', 'say("He left. The c|at ate.", 1);', 'The cat ate.'],
    ['the line, outside of its string', 'java', 's|ay("The cat ate.");', 'say("The cat ate.");'],
    ['a string with a comment’s mark', 'javascript', 'f("see // the c|at"); // dog', 'see // the cat'],
    ['a string with an escaped mark', 'c', 'f("the \\"c|at\\" ate", 2);', 'the \\"cat\\" ate'],
    ['an apostrophe that opens nothing', 'c', "int n = 1'000; // It's the c|at", "It's the cat"],
    ['a template over lines', 'typescript', 'const a = `The cat\n  a|te. It slept.`;\nb();', 'The cat\n  ate.'],
    [
      'a block comment',
      'typescript',
      '/**\n * The cat\n * a|te. It slept.\n * @param a The dog.\n */\nf();',
      'The cat\n * ate.',
    ],
    [
      'a tag of a block comment',
      'typescript',
      '/**\n * The cat.\n * @param a The d|og\n *   slept.\n * @param b Two.\n */',
      '@param a The dog\n *   slept.',
    ],
    ['a block comment without stars', 'css', '/* The cat\n   a|te. */\na { b: c }', 'The cat\n   ate.'],
    ['a block comment inside a line', 'cpp', 'f(1 /* The c|at. */, 2);', 'The cat.'],
    ['a shell comment, not a variable', 'shellscript', 'echo ${#a}| b # The cat', 'echo ${#a} b'],
    ['SQL', 'sql', 'select 1 -- The c|at ate. It slept.', 'The cat ate.'],
    ['Lua’s long comment', 'lua', '--[[ The c|at\nate. ]]\nx = 1', 'The cat\nate.'],
    ['Lisp', 'clojure', ';; The cat\n;; a|te.\n(f 1)', 'The cat\n;; ate.'],
    ['MATLAB', 'matlab', 'a = 1; % The c|at', 'The cat'],
    ['Haskell', 'haskell', "f' x = 1 {- The c|at ate. -}", 'The cat ate.'],
    ['Visual Basic', 'vb', "Dim a ' The c|at", 'The cat'],
    ['YAML', 'yaml', 'a: 1\nb: the c|at # dog\nc: 3', 'b: the cat'],
    ['JSON', 'json', '{ "a": "The c|at ate." }', 'The cat ate.'],
    ['an address is no comment', 'jsonc', '"a": https://exa|mple // The cat', '"a": https://example'],
    ['nothing on an empty line', 'python', 'a = 1\n|\nb = 2', null],
    ['CRLF', 'csharp', '// The c|at\r\n// ate.\r\nint a;', 'The cat\r\n// ate.'],
    ['a string without letters: the line', 'python', 'a = f("1|2")', 'a = f("12")'],
  ];
  for (const [name, language, marked, sentence] of programs)
    it(`finds in ${language}: ${name}`, () => assert.equal(at(marked, language), sentence));

  it('takes what is around the place of a line without an end', () => {
    const long = 'word '.repeat(400_000);
    for (const language of [undefined, 'markdown', 'javascript']) {
      for (const text of [
        long,
        ' '.repeat(2_000_000) + 'a',
        '*'.repeat(1_000_000),
        '|'.repeat(1_000_000),
        '`_'.repeat(500_000),
      ]) {
        const span = sentenceAt({ count: 1, text: () => text, offset: () => 0 }, 0, 1_000_000, language);
        assert.ok(span === null || span.end - span.start <= 20_000, `${language} ${span?.start}-${span?.end}`);
      }
    }
  });

  it('reads no more than a few hundred lines of a program', () => {
    let read = 0;
    const lines: Lines = {
      count: 100_000,
      text: () => {
        read++;
        return '"""word word';
      },
      offset: (line) => line * 12,
    };
    assert.ok(sentenceAt(lines, 50_000, 6, 'python'));
    assert.ok(read < 4000, `${read} lines read`);
  });

  it('reads no more than a few hundred lines of a file without paragraphs', () => {
    let read = 0;
    const lines: Lines = {
      count: 100_000,
      text: () => {
        read++;
        return 'word word';
      },
      offset: (line) => line * 10,
    };
    assert.ok(sentenceAt(lines, 50_000, 3));
    assert.ok(read < 2000, `${read} lines read`);
  });
});
