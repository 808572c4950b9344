import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programLinesIn } from '../../../src/core/lesson/program-lines.ts';

const text = (...lines: readonly string[]): string =>
  ['# A chapter', '```sh', ...lines, '```', 'node outside.ts'].join('\n');

test('lines of a sh fence that run a program are found, with what it is given', () => {
  assert.deepEqual(programLinesIn(text('node transformer.ts', '  python3 tiny_transformer.py "a b, c" --json')), [
    { line: 2, start: 0, end: 19, runtime: 'node', file: 'transformer.ts', args: [] },
    { line: 3, start: 2, end: 45, runtime: 'python3', file: 'tiny_transformer.py', args: ['a b, c', '--json'] },
  ]);
});

test('other commands, other files and other fences are text', () => {
  const others = [
    'rm -r .',
    'node ../outside.ts',
    'node /tmp/a.ts',
    'node a.ts; ls',
    'node a.ts && ls',
    'node a.ts $(ls)',
    'node a.ts "$HOME"',
    'node a.ts "`ls`"',
    'node a.ts "%PATH%"',
    'node a.ts > b',
    'node a.ts | b',
    'node a.js',
    'node -e 1',
    'python3 -c 1',
    'python3 a.ts',
    'node a.py',
  ];
  assert.deepEqual(programLinesIn(text(...others)), []);
  assert.deepEqual(programLinesIn('```\nnode a.ts\n```\n```ts\nnode a.ts\n```\nnode a.ts'), []);
});
