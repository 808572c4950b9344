import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contrastLine } from '../../../src/host/editor/mark-looks.ts';

describe('The line under a word in high contrast', () => {
  it('has the colour of the text, so that it is seen on a selection too', () => {
    for (const weight of [0.05, 0.2, 0.5, 1]) {
      const line = contrastLine(weight, true);
      // A colour of its own would be that of the selection in one theme or another.
      assert.ok(
        'textDecoration' in line && /^underline (dotted|dashed|solid) [1-4]px$/.test(line.textDecoration),
        JSON.stringify(line),
      );
    }
  });

  it('tells small weights from large ones by its style, then by its width', () => {
    const lines = [0.05, 0.2, 0.4, 0.7, 1].map((weight) => JSON.stringify(contrastLine(weight, true)));
    assert.equal(new Set(lines).size, lines.length);
  });

  it('is a border with an outline where an underline would lay the text out anew', () => {
    assert.deepEqual(contrastLine(0.5, false), {
      borderWidth: '0 0 2px 0',
      borderStyle: 'solid',
      outline: '1px solid',
    });
  });
});
