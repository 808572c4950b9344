import assert from 'node:assert/strict';
import { builtIns } from '../../src/core/catalogue/built-in.ts';
import { choiceItems } from '../../src/host/models/choices.ts';

describe('Models to choose from', () => {
  it('are offered with the current one first, and those that ship with what they are', () => {
    const builtIn = Object.keys(builtIns).map((id) => ({
      id,
      family: null,
      modelType: null,
      licence: null,
      dtypes: [],
      bytes: 1000,
    }));
    const rows = choiceItems({ builtIn, stored: [], folder: '/store', bytes: 0, free: null }, 'recurrent-dot', '');
    assert.deepEqual(
      rows.slice(0, 3).map(({ label }) => label.replace(/^\$\(\S+\) /u, '')),
      ['current', 'recurrent-dot', 'built in'],
    );
    assert.match(rows[1]?.description ?? '', /^current/);
    assert.equal(rows.filter(({ label }) => label.includes('recurrent-dot')).length, 1);
    for (const { detail = '' } of rows.filter(({ label }) => label.includes('recurrent-')))
      assert.match(detail, /(Luong|Bahdanau).* Reads English of 223 words.* Try “the old king/u);
  });
});
