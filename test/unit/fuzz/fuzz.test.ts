import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCases } from '../../fuzz/run.ts';
import type { KindName } from '../../fuzz/classes.ts';

/** The same cases in every run; `npm run nightly` takes a new seed. */
const seed = 17;
const count = 2000;

for (const kind of ['graphs', 'tokenizers', 'configs', 'manifests'] satisfies KindName[]) {
  test(`${count} mutated ${kind} come to an answer or a sentence, each in time`, () => {
    const { taken, refused, failures } = runCases(kind, seed, 0, count);
    assert.deepEqual(
      failures.slice(0, 3),
      [],
      `npm run nightly -- --kind ${kind} --seed ${seed} --from ${failures[0]?.number ?? 0} --count 1`,
    );
    // Chance that only makes rubbish, or nothing wrong, would test nothing.
    assert.ok(taken > count / 50 && refused > count / 20, `${taken} taken, ${refused} refused`);
  });
}

test('none of them takes a gigabyte', () => {
  const megabytes = process.resourceUsage().maxRSS / 1024;
  assert.ok(megabytes < 1000, `${megabytes.toFixed(0)} MB`);
});
