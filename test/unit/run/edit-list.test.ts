import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editLike, editsOfModel, sameEdits, withEdits, withoutEdit } from '../../../src/core/run/edit-list.ts';
import { editText, readEdit, type Edit } from '../../../src/core/run/edits.ts';

const edits = (...texts: readonly string[]): Edit[] =>
  texts.map((text) => {
    const read = readEdit(text);
    if ('problem' in read) throw new Error(read.problem);
    return read.edit;
  });
const texts = (list: readonly Edit[]): string[] => list.map(editText);

test('an edit takes the place of the one that changes the same, and one that changes nothing takes it away', () => {
  const start = edits('off 1.2', 'block 1.2 6 2', 'temperature 1.2 0.5');
  assert.deepEqual(texts(withEdits(start, edits('scale 1.2 0.5'))), [
    'scale 1.2 0.5',
    'block 1.2 6 2',
    'temperature 1.2 0.5',
  ]);
  assert.deepEqual(texts(withEdits(start, edits('bias 1.2 6 2 +3'))), [
    'off 1.2',
    'bias 1.2 6 2 +3',
    'temperature 1.2 0.5',
  ]);
  assert.deepEqual(texts(withEdits(start, edits('bias 1.2 6 2 0', 'temperature 1.2 1', 'scale 1.2 1'))), []);
  assert.deepEqual(texts(withEdits(edits('zero 2', 'zero 3'), edits('mean 2'))), ['mean 2', 'zero 3']);
  assert.deepEqual(texts(withEdits(start, edits('off 1.3'))), [
    'off 1.2',
    'block 1.2 6 2',
    'temperature 1.2 0.5',
    'off 1.3',
  ]);
});

test('other places, maps, sides and kinds are other edits', () => {
  const all = edits(
    'off 1.2',
    'off 1.*',
    'off cross/1.2',
    'ffn-off 1',
    'block 1.2 6 2',
    'block 1.2 6 3',
    'pattern 1.2 6 1',
    'zero 2',
    'replace 2 dog',
    'replace target/2 dog',
  );
  assert.deepEqual(withEdits([], all), all);
  for (const edit of all) {
    assert.equal(editLike(all, edit), edit);
    assert.equal(withoutEdit(all, edit).length, all.length - 1);
  }
});

test('of a text that has changed those edits are left that name no token', () => {
  const all = edits(
    'off 1.2',
    'block 1.2 6 2',
    'ffn-off *',
    'zero 2',
    'replace 2 dog',
    'pattern 1.2 0 1',
    'scale *.1 2',
  );
  assert.deepEqual(texts(editsOfModel(all)), ['off 1.2', 'ffn-off *', 'scale *.1 2']);
  assert.ok(sameEdits(all, edits(...texts(all))) && !sameEdits(all, all.toReversed()));
});
