import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { keyOfRun, runSpecSchema, sameRun, type RunSpec } from '../../../src/core/run/run-spec.ts';

const run: RunSpec = { model: 'masked-lm-small', text: 'The cat ate the fish.' };

/** A value for every field of a run that is another than `run` has. */
const others: { readonly [F in keyof RunSpec]-?: NonNullable<RunSpec[F]> } = {
  model: 'causal-lm-small',
  dtype: 'q8',
  text: 'The cat ate the fish!',
  pair: 'A dog saw it.',
  target: 'El gato comió el pescado.',
  continue: { tokens: 4, sampling: { seed: 1, topK: 5 } },
  chat: [{ role: 'user', content: 'Who ate the fish?' }],
  edits: [{ kind: 'off', layer: 1, head: 2 }],
};

describe('a run', () => {
  it('is the same whatever the order of its fields, and whether one is undefined or left out', () => {
    const written = { text: run.text, pair: undefined, model: run.model, continue: undefined };
    assert.ok(sameRun(run, written));
    assert.ok(
      sameRun(
        { ...run, continue: { tokens: 4, sampling: { seed: 1, topK: 5 } } },
        { continue: { sampling: { topK: 5, seed: 1 }, tokens: 4 }, ...run },
      ),
    );
  });

  it('is another one when any of its fields is', () => {
    const keys = Object.entries(others).map(([field, other]) => keyOfRun({ ...run, [field]: other }));
    assert.equal(new Set([keyOfRun(run), ...keys]).size, keys.length + 1);
    assert.deepEqual(Object.keys(others).sort(), Object.keys(runSpecSchema.entries).sort());
  });

  it('is another one when what lies deeper is', () => {
    const drawn = (seed: number): RunSpec => ({ ...run, continue: { tokens: 4, sampling: { seed } } });
    assert.ok(!sameRun(drawn(1), drawn(2)));
    const said = (...contents: string[]): RunSpec => ({
      ...run,
      chat: contents.map((content) => ({ role: 'user', content })),
    });
    assert.ok(!sameRun(said('a', 'b'), said('b', 'a')));
    const scaled = (factor: number): RunSpec => ({ ...run, edits: [{ kind: 'scale', layer: 1, head: 2, factor }] });
    assert.ok(!sameRun(scaled(0.5), scaled(0.25)));
  });

  it('stays itself on its way through a message', () => {
    const whole = { ...run, ...others };
    assert.ok(sameRun(v.parse(runSpecSchema, JSON.parse(JSON.stringify(whole))), whole));
  });
});
