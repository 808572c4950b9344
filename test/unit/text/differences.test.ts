import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtures } from './support/fixtures.ts';
import { contestFrom, type Contest } from './support/oracle.ts';

/**
 * The cases of `DIFFERENCES.md` in which the original library is wrong; a release that mends one of them fails here.
 */

function contest(name: string, change: Record<string, unknown> = {}): Contest {
  const fixture = fixtures.find((candidate) => candidate.name === name);
  assert.ok(fixture, name);
  return contestFrom(name, JSON.stringify({ ...fixture.json, ...change }));
}

async function ranges({ ours, library }: Contest, text: string): Promise<{ ours: string[]; library: string[] }> {
  const encoding = await library.encode(text);
  return {
    ours: ours.encode(text).tokens.map((token) => text.slice(token.start, token.end)),
    library: encoding.getOffsets().map(([start, end]) => text.slice(start, end)),
  };
}

test('a removed beginning: the library moves every range after it', async () => {
  const found = await ranges(contest('normalizer Precompiled'), 'xbcd');
  assert.equal(found.ours.join(''), 'bcd');
  assert.equal(found.library.join(''), 'xbc');
});

test('a space that was put in front: the library takes a real character out of the range', async () => {
  const added = [
    { id: 0, content: '<mask>', single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
  ];
  const found = await ranges(contest('post-processor ByteLevel prefixed', { added_tokens: added }), '<mask>the');
  assert.deepEqual(found.ours.join('|').replaceAll('|', ''), '<mask>the');
  assert.notEqual(found.library.join(''), '<mask>the');
});

test('a character that no token stands for: the library moves the ranges after it', async () => {
  const found = await ranges(
    contest('model characters', { model: { type: 'BPE', unk_token: null, vocab: { a: 0, b: 1 }, merges: [] } }),
    'axb',
  );
  assert.deepEqual(found.ours, ['a', 'b']);
  assert.deepEqual(found.library, ['a', 'x']);
});

test('special tokens that are sought in normalised text: the library does not leave them out when it decodes', async () => {
  const added = [
    { id: 1, content: '<s>', single_word: false, lstrip: false, rstrip: false, normalized: true, special: true },
  ];
  const { ours, library } = contest('normalizer Sequence like Llama', { added_tokens: added });
  assert.equal(ours.decode([1]), '');
  assert.notEqual(await library.decode([1], true), '');
});
