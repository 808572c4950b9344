import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sentenceAt, type Lines } from '../../../src/core/document/sentence-at.ts';

/** The sentence at the mark `|` of a document. */
function at(marked: string): string | null {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const lines = linesOf(text);
  let line = 0;
  while (line + 1 < lines.count && lines.offset(line + 1) <= cursor) line++;
  const span = sentenceAt(lines, line, cursor - lines.offset(line));
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
    ['over a line break inside a paragraph', 'One. The cat that\nwas hun|gry ate\nthe fish. Two.', 'The cat that\nwas hungry ate\nthe fish.'],
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

  it('reads no more than a few hundred lines of a file without paragraphs', () => {
    let read = 0;
    const lines: Lines = {
      count: 100_000,
      text: () => { read++; return 'word word'; },
      offset: (line) => line * 10,
    };
    assert.ok(sentenceAt(lines, 50_000, 3));
    assert.ok(read < 2000, `${read} lines read`);
  });
});
