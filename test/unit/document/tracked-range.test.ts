import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TrackedRange, type Edit } from '../../../src/core/document/tracked-range.ts';

/** A document that is edited as an editor does it: every edit in offsets of the text before the event. */
class Page {
  text: string;
  readonly range: TrackedRange;

  constructor(text: string, analysed: string) {
    this.text = text;
    this.range = new TrackedRange(analysed, text.indexOf(analysed), this.read);
  }

  readonly read = (start: number, end: number): string => this.text.slice(start, end);

  edit(...edits: Edit[]): void {
    for (const { start, length, text } of [...edits].sort((a, b) => b.start - a.start)) {
      this.text = this.text.slice(0, start) + text + this.text.slice(start + length);
    }
    this.range.apply(edits, this.read);
  }

  get found(): string {
    return this.text.slice(this.range.start, this.range.end);
  }
}

const sentence = 'The cat ate.';
const page = (): Page => new Page(`Before. ${sentence} After.`, sentence);

describe('TrackedRange', () => {
  it('moves with edits before it and ignores edits after it', () => {
    const here = page();
    here.edit({ start: 0, length: 7, text: 'Once upon a time.' });
    here.edit({ start: here.text.length, length: 0, text: ' More.' });
    assert.equal(here.found, sentence);
    assert.equal(here.range.stale, false);
  });

  it('leaves out what is typed exactly at its ends', () => {
    const here = page();
    here.edit({ start: 8, length: 0, text: 'X' });
    here.edit({ start: here.range.end, length: 0, text: 'Y' });
    assert.equal(here.text, `Before. X${sentence}Y After.`);
    assert.equal(here.found, sentence);
    assert.equal(here.range.stale, false);
  });

  it('is stale after an edit inside and fresh again after undo', () => {
    const here = page();
    here.edit({ start: 12, length: 3, text: 'dog' });
    assert.equal(here.range.stale, true);
    here.edit({ start: 12, length: 3, text: 'cat' });
    assert.equal(here.range.stale, false);
    assert.equal(here.found, sentence);
  });

  it('follows several edits of one event, in either order', () => {
    const edits = [
      { start: 0, length: 0, text: '>> ' },
      { start: 7, length: 0, text: '!' },
      { start: 20, length: 0, text: ' So.' },
    ];
    for (const order of [edits, [...edits].reverse()]) {
      const here = page();
      here.edit(...order);
      assert.equal(here.found, sentence);
      assert.equal(here.range.stale, false);
    }
  });

  it('is stale when only one of several edits lies inside', () => {
    const here = page();
    here.edit({ start: 0, length: 0, text: '>> ' }, { start: 16, length: 3, text: 'saw' });
    assert.equal(here.range.stale, true);
    assert.equal(here.found, 'The cat saw.');
  });

  it('comes back when deletions over its ends, or over all of it, are undone', () => {
    for (const [start, length] of [
      [4, 8],
      [14, 10],
      [8, 12],
      [0, 27],
    ] as const) {
      const here = page();
      const gone = here.text.slice(start, start + length);
      here.edit({ start, length, text: '' });
      assert.equal(here.range.stale, true, `deleted ${gone}`);
      here.edit({ start, length: 0, text: gone });
      assert.equal(here.range.stale, false, `undone ${gone}`);
      assert.equal(here.found, sentence);
    }
  });

  it('survives a replacement of the whole document that keeps its text', () => {
    const here = page();
    const text = `# Title\r\n\r\n${here.text}`;
    here.edit({ start: 0, length: here.text.length, text });
    assert.equal(here.range.stale, false);
    assert.equal(here.found, sentence);
  });

  it('is found again nearest to its old place in a document that changed unseen', () => {
    const here = page();
    const changed = `${sentence} ${' '.repeat(40)} New. ${sentence} ${sentence}`;
    here.range.relocate(changed);
    assert.equal(here.range.stale, false);
    assert.equal(here.range.start, 0);
    here.range.relocate('nothing of it');
    assert.equal(here.range.stale, true);
    assert.ok(here.range.end <= 'nothing of it'.length);
  });

  it('agrees with an independent model on many random edits', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let round = 0; round < 300; round++) {
      const here = page();
      const undo: string[] = [];
      for (let step = 0; step < 5; step++) {
        undo.push(here.text);
        const start = random(here.text.length + 1);
        here.edit({ start, length: random(Math.min(4, here.text.length - start + 1)), text: 'xyz'.slice(random(4)) });
        assert.ok(0 <= here.range.start && here.range.start <= here.range.end && here.range.end <= here.text.length);
        assert.equal(here.range.stale, !here.found.includes(sentence));
      }
      const [first = ''] = undo;
      here.edit({ start: 0, length: here.text.length, text: first });
      assert.equal(here.range.stale, false);
      assert.equal(here.range.start, first.indexOf(sentence));
    }
  });
});
