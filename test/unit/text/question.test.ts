import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isQuestion } from '../../../src/core/text/question.ts';

test('a question ends with the mark of its script; a semicolon is one in Greek alone', () => {
  for (const text of ['Who ate?', 'Who ate? \n', '“Who ate?”', '誰？', 'من؟', 'Ποιος έφαγε;', 'Ποιος έφαγε\u037e'])
    assert.ok(isQuestion(text), text);
  for (const text of ['', 'Who ate.', 'eat(fish);', 'Ask who? Nobody.', 'α + b;', `${' '.repeat(100_000)}x`])
    assert.ok(!isQuestion(text), text);
});
