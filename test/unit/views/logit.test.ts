import assert from 'node:assert/strict';
import { it } from 'node:test';
import { floats } from '../../../src/core/block/numbers.ts';
import { logitContent } from '../../../src/core/views/parts/logit.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';
import { logitPartsOf } from '../../ui/panel/page/score-parts.ts';

it('a logit is told by its largest parts, with all others as one line, and they sum to it', () => {
  const told = logitPartsOf(analyses.cat(), '#7', 3);
  const { lines, check, peak } = logitContent(told, '‘that’');
  assert.equal(lines.length, 9);
  const sum = lines.reduce((all, { value }) => all + value, 0);
  assert.ok(Math.abs(sum - told.logit) < 1e-4);
  const sizes = lines.slice(0, 8).map(({ value }) => Math.abs(value));
  assert.deepEqual(
    sizes,
    [...sizes].sort((a, b) => b - a),
  );
  assert.equal(peak, Math.max(...lines.map(({ value }) => Math.abs(value))));
  assert.match(lines.at(-1)?.says ?? '', /^\d+ other parts of ‘that’$/);
  assert.deepEqual(
    check.map(({ name }) => name),
    [`sum of ${told.parts.length} parts`, 'logit in the model', 'difference'],
  );
});

it('few parts are all listed; a soft cap is said; values that do not fit are refused', () => {
  const parts = [{ kind: 'word' } as const, { kind: 'logit-bias' } as const];
  const told = { token: 1, position: 0, parts, values: floats([1, -3]), logit: -2, difference: 0 };
  const { lines, check } = logitContent({ ...told, softcap: { cap: 30, logit: -1.9 } }, '‘a’');
  assert.deepEqual(
    lines.map(({ says, value }) => [says, value]),
    [
      ['the logit bias', -3],
      ['the word embedding of ‘a’', 1],
    ],
  );
  assert.deepEqual(check.at(2), { name: 'after the soft cap', value: '−1.90' });
  assert.throws(() => logitContent({ ...told, softcap: null, values: floats([1]) }, '‘a’'), RangeError);
});
