import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFrom } from '../../../src/core/prediction/random.ts';
import { inert, inertLines, inertRow } from '../../../src/host/window/inert.ts';
import { hostile, randomHostile, unseen } from '../text/support/hostile.ts';

/**
 * How VS Code finds links in plain messages (vs/base/common/linkedText), and icons in labels
 * (vs/base/common/iconLabels).
 */
const links = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/giu;
const icons = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/gu;

describe('text in the windows of VS Code', () => {
  it('is no link and no icon, and reads as it was', () => {
    assert.equal(
      inert('the pattern [Click](command:workbench.action.quit) is not known'),
      'the pattern [Click] (command:workbench.action.quit) is not known',
    );
    assert.equal(inert('$(trash) a'), '$ (trash) a');
    for (const name of [
      'notes [old] (2).md',
      'C:\\Models\\bert',
      'Xenova/bert-base-uncased@v1',
      '“The cat ate” · 9 tokens',
      'f(x) = a[i] $5',
    ])
      assert.equal(inert(name), name);
  });

  it('stays so for all that strangers write, and for 5,000 random texts', () => {
    const random = randomFrom(7);
    const texts = [...Object.values(hostile), ...Array.from({ length: 5000 }, () => randomHostile(random))];
    for (const text of texts) {
      const shown = inert(`A message about “${text}”, and [${text}](${text}).`);
      assert.doesNotMatch(shown, unseen, JSON.stringify(text.slice(0, 200)));
      assert.deepEqual([shown.match(links), shown.match(icons)], [null, null], JSON.stringify(text.slice(0, 200)));
      assert.ok(shown.length < 10_000);
    }
  });

  it('is one line for each line of ours', () => {
    for (const text of Object.values(hostile))
      assert.equal(inertLines(['From: here', text, `Kept in: ${text}`]).split('\n').length, 3);
  });

  it('has our icons alone in the rows of pickers', () => {
    for (const text of Object.values(hostile)) {
      const row = inertRow({ icon: 'folder', label: text, description: text, detail: text, choice: text });
      assert.ok(row.label.startsWith('$(folder) '));
      for (const shown of [row.label.slice('$(folder) '.length), row.description, row.detail])
        assert.equal(shown.match(icons), null);
      assert.equal(row.choice, text, 'what is chosen stays as it is');
    }
    assert.deepEqual(inertRow({ label: 'a' }), { label: 'a' });
  });
});
