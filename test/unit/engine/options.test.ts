import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttentionError, reasonOf } from '../../../src/core/errors/reason.ts';
import { lineOf } from '../../../src/core/errors/sentence.ts';
import { oneArgument, readOptions } from '../../../src/engine/terminal/terminal.ts';

const options = { model: { type: 'string' }, layer: { type: 'string' }, yes: { type: 'boolean', short: 'y' } } as const;

test('the command line is refused in our words, naming the option', () => {
  const cases: [string[], RegExp][] = [
    [
      ['--nonsense', 'a'],
      /^--nonsense: there is no such option \(try --help; put -- before a text that begins with -\)\. /,
    ],
    [['-x'], /^-x: there is no such option/],
    [['--model'], /^--model: its value is missing \(try --help\)\. /],
    [
      ['--layer', '-1', 'a'],
      /^--layer: its value is missing: “-1” after it begins with - like an option; if that is the value, write --layer=-1\. /,
    ],
    [['--model', '--layer', '1'], /^--model: its value is missing: “--layer” after it/],
    [['--yes=no'], /^--yes: it takes no value\. /],
    [['--__proto__', 'a'], /^--__proto__: there is no such option/],
    [['--constructor', 'a'], /^--constructor: there is no such option/],
  ];
  for (const [args, says] of cases) {
    assert.throws(
      () => readOptions(args, options),
      (thrown) => {
        assert.ok(thrown instanceof AttentionError, args.join(' '));
        const line = lineOf(reasonOf(thrown), 'terminal');
        assert.match(line, says);
        assert.doesNotMatch(line, /ambiguous|positional|argument missing/);
        return true;
      },
    );
  }
});

test('what can be meant is read as it is meant', () => {
  const { values, positionals } = readOptions(['--layer=-1', '--model', '-', '-y', '--', '--model'], options);
  assert.deepEqual({ ...values }, { layer: '-1', model: '-', yes: true });
  assert.deepEqual(positionals, ['--model']);
  assert.equal(oneArgument(['--model=a=b', 'ID'], 'ID', options).values.model, 'a=b');
});
