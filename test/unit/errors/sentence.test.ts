import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { AttentionError, reasonOf, type Reason } from '../../../src/core/errors/reason.ts';
import { lineOf, sentenceOf } from '../../../src/core/errors/sentence.ts';
import { hostile, unseen } from '../text/support/hostile.ts';
import { reasonSchema } from '../../../src/protocol/reason-schema.ts';

const reasons: { [C in Reason['code']]: Extract<Reason, { code: C }> } = {
  'text-empty': { code: 'text-empty' },
  'pair-missing': { code: 'pair-missing' },
  'text-too-short': { code: 'text-too-short', detail: 'one token' },
  'argument-invalid': { code: 'argument-invalid', argument: '--layer', detail: 'there is no layer 9' },
  'model-not-found': { code: 'model-not-found', model: 'm' },
  'model-file-missing': { code: 'model-file-missing', model: 'm', file: 'config.json' },
  'model-file-invalid': { code: 'model-file-invalid', model: 'm', file: 'config.json', detail: 'no JSON' },
  'model-unsupported': { code: 'model-unsupported', model: 'm', detail: 'it hears' },
  'tokenizer-unsupported': { code: 'tokenizer-unsupported', model: 'm', component: 'Odd' },
  'attention-not-found': { code: 'attention-not-found', model: 'm', detail: 'no Softmax' },
  'memory-too-small': {
    code: 'memory-too-small',
    model: 'm',
    needed: '2.0 GB',
    budget: '1.0 GB',
    fits: 'a text of at most 90 tokens would fit',
  },
  'run-failed': { code: 'run-failed', model: 'm', detail: 'shape mismatch' },
  'length-fixed': { code: 'length-fixed', model: 'm', input: 'input_ids (int64, [1, 16])', length: '16', tokens: '5' },
  'operator-missing': { code: 'operator-missing', model: 'm', file: 'onnx/model.onnx', detail: 'no Odd(1)' },
  'analysis-gone': { code: 'analysis-gone' },
  'engine-missing': { code: 'engine-missing', detail: 'no file' },
  'engine-died': { code: 'engine-died', detail: 'out of memory' },
  cancelled: { code: 'cancelled' },
  'message-invalid': { code: 'message-invalid', detail: 'no number' },
  'file-failed': { code: 'file-failed', file: 'a.json', detail: 'no space' },
  'panel-needed': { code: 'panel-needed' },
  'picture-failed': { code: 'picture-failed', detail: 'too large' },
  'export-too-large': { code: 'export-too-large', max: '256 MB' },
  'model-not-downloaded': { code: 'model-not-downloaded', model: 'o/m' },
  'model-damaged': { code: 'model-damaged', model: 'o/m' },
  offline: { code: 'offline', model: 'o/m' },
  'hub-unreachable': { code: 'hub-unreachable', host: 'hub.test', detail: 'no such name' },
  'hub-not-found': { code: 'hub-not-found', host: 'hub.test', wanted: 'model “o/m”' },
  'hub-gated': { code: 'hub-gated', host: 'hub.test', model: 'o/m' },
  'hub-busy': { code: 'hub-busy', host: 'hub.test', wait: '90 seconds' },
  'hub-refused': { code: 'hub-refused', host: 'hub.test', status: '500' },
  'hub-invalid': { code: 'hub-invalid', host: 'hub.test', detail: 'a web page' },
  'hub-unsuitable': { code: 'hub-unsuitable', model: 'o/m', detail: 'no graph' },
  'download-corrupt': { code: 'download-corrupt', model: 'o/m', file: 'onnx/model.onnx', detail: 'wrong sum' },
  'download-interrupted': { code: 'download-interrupted', model: 'o/m', file: 'onnx/model.onnx', detail: 'cut off' },
  'disk-full': { code: 'disk-full', folder: '/models', needed: '2.0 GB', free: '1.0 GB' },
  'model-locked': { code: 'model-locked', model: 'o/m', by: 'process 7' },
  'link-invalid': { code: 'link-invalid', detail: 'no model' },
  'link-impossible': { code: 'link-impossible', detail: 'not saved' },
  'link-lost': { code: 'link-lost', file: 'a.txt', detail: 'no such file' },
  'link-changed': { code: 'link-changed', file: 'a.txt' },
  'budget-exceeded': {
    code: 'budget-exceeded',
    model: 'm',
    component: 'normalizer Replace',
    detail: 'it makes too much',
  },
  unexpected: { code: 'unexpected', detail: 'odd' },
};

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
