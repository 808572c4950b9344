import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { AttentionError, reasonOf, type Reason } from '../../../src/core/errors/reason.ts';
import { lineOf, sentenceOf } from '../../../src/core/errors/sentence.ts';
import { hostile, unseen } from '../text/support/hostile.ts';
import { reasons } from './every-reason.ts';
import { reasonSchema } from '../../../src/protocol/reason-schema.ts';

describe('reasons in words', () => {
  for (const reason of Object.values(reasons)) {
    it(`${reason.code}: says what happened and what to do`, () => {
      const { what, next } = sentenceOf(reason);
      assert.match(what, /^[A-Z-].*[.]$/);
      assert.match(next, /^[A-Z].*[.)]$/);
      assert.equal(lineOf(reason), `${what} ${next}`);
      for (const [field, value] of Object.entries(reason))
        if (field !== 'code') assert.ok(what.includes(value), `${field} is told`);
    });

    it(`${reason.code}: in a terminal the next step is one that a terminal has`, () => {
      const { what, next } = sentenceOf(reason, 'terminal');
      assert.equal(what, sentenceOf(reason).what, 'what happened is the same');
      assert.match(next, /^[A-Z].*[.)]$/);
      assert.doesNotMatch(
        next,
        /Output:|\bsettings?\b|Select\b|cursor|window|Show Attention|extension|http\.proxy|panel/,
      );
      assert.equal(lineOf(reason, 'terminal'), `${what} ${next}`);
    });

    it(`${reason.code}: crosses a border unchanged`, () => {
      assert.deepEqual(v.parse(reasonSchema, structuredClone(reason)), reason);
    });
  }

  it('leads to another model where only that one does not take what it was given', () => {
    const nextOf = (argument: string) =>
      sentenceOf({ code: 'argument-invalid', argument, detail: 'no' }, 'terminal').next;
    assert.equal(nextOf('continue'), 'Choose another model with --model, or leave it out.');
    assert.equal(nextOf('--layer'), 'Correct it and run again.');
  });

  it('tells what strangers wrote on one visible line of bounded length, in every field of every reason', () => {
    for (const text of Object.values(hostile)) {
      for (const reason of Object.values(reasons)) {
        const filled = Object.fromEntries(
          Object.keys(reason).map((field) => [field, field === 'code' ? reason.code : text]),
        ) as unknown as Reason;
        const line = lineOf(filled);
        assert.doesNotMatch(line, unseen);
        assert.ok(line.length < 12_000, `${reason.code}: ${line.length} characters`);
      }
    }
  });

  it('refuses what is no reason', () => {
    assert.equal(v.safeParse(reasonSchema, { code: 'nonsense' }).success, false);
    assert.equal(v.safeParse(reasonSchema, { code: 'run-failed', model: 3, detail: '' }).success, false);
  });

  it('keeps a typed reason and wraps anything else', () => {
    assert.deepEqual(reasonOf(new AttentionError({ code: 'cancelled' })), { code: 'cancelled' });
    assert.deepEqual(reasonOf(new TypeError('bad')), { code: 'unexpected', detail: 'bad' });
    assert.deepEqual(reasonOf('thrown'), { code: 'unexpected', detail: 'thrown' });
    assert.deepEqual(reasonOf(null), { code: 'unexpected', detail: 'null' });
  });

  it('names the file that the file system refused, and says the limits of JavaScript in words', () => {
    const refused = Object.assign(new Error("EACCES: permission denied, scandir '/a/b, c'"), {
      code: 'EACCES',
      syscall: 'scandir',
      path: '/a/b, c',
    });
    assert.deepEqual(reasonOf(refused), { code: 'file-failed', file: '/a/b, c', detail: 'EACCES: permission denied' });
    const deep = (): unknown => [deep()];
    const thrown: unknown[] = [];
    for (const exceed of [deep, () => 'x'.repeat(2 ** 30), () => new Array(-1)]) {
      try {
        exceed();
      } catch (error) {
        thrown.push(error);
      }
    }
    assert.deepEqual(
      thrown.map((each) => reasonOf(each)),
      [
        'something in it is nested too deeply',
        'the text that it makes is too long',
        'something in it is too large',
      ].map((detail) => ({ code: 'unexpected', detail })),
    );
  });
});
