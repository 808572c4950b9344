import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chosenLayer } from '../../../src/core/attention/merge.ts';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import { firstSelection, fitSelection, type Selection } from '../../../src/core/attention/selection.ts';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { plainOptions, type ViewOptions } from '../../../src/core/attention/view.ts';
import { alignmentOf } from '../../../src/core/compare/alignment.ts';
import { withCommonWords } from '../../../src/core/compare/common-words.ts';
import { Comparisons, type Comparison } from '../../../src/core/compare/comparison.ts';
import { sideSelection } from '../../../src/core/compare/place.ts';
import { runOfSide, type Side } from '../../../src/core/compare/side.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import { frameFrom, sequenceOn, type Frame } from '../../../src/core/scene/frame.ts';
import { labelOf } from '../../../src/core/text/label.ts';
import type { Sequence, Token } from '../../../src/core/text/token.ts';
import { panesOf } from '../../../src/core/views/compare/content.ts';
import { analyses, type AnalysisName } from '../../ui/panel/page/analyses.ts';

function frameOf(analysis: Analysis, change: Partial<Selection> = {}): Frame {
  const selection = fitSelection({ ...firstSelection(analysis), ...change }, analysis);
  const map = itemAt(analysis.maps, selection.map);
  const { layer } = selection;
  return frameFrom({ info: analysis, map, selection, layer, headMerge: 'mean', weights: chosenLayer(map, layer) });
}

function compared(main: AnalysisName, others: readonly AnalysisName[], options: Partial<ViewOptions> = {}): Comparison {
  const frames = others.map((name) => frameOf(analyses[name]()));
  const all = { ...plainOptions, ...options };
  return new Comparisons().of(frameOf(analyses[main]()), frames, all) ?? assert.fail('everything is hidden');
}

/** A sequence of pieces of a text, `word` by word: a space parts words, a bar pieces of one. */
function sequenceOf(text: string, cut: string): Sequence {
  let start = 0;
  const tokens = cut.split(' ').flatMap((whole, word) =>
    whole.split('|').map((piece): Token => {
      const at = text.indexOf(piece, start);
      start = at + piece.length;
      return { id: 1, text: piece, start: at, end: start, special: false, word, segment: 0 };
    }),
  );
  return { text, tokens };
}

const numbers = ({ tokens }: Sequence): (number | null)[] => tokens.map(({ word }) => word);

describe('words in common', () => {
  it('are the shortest stretches that all tokenizers part', () => {
    const text = "I don't untie it.";
    const [one, two, three] = withCommonWords([
      sequenceOf(text, "I don ' t un|tie it ."),
      sequenceOf(text, "I do|n't unt|ie it ."),
      sequenceOf(text, "I don't untie it."),
    ]);
    assert.deepEqual(numbers(one ?? assert.fail()), [0, 1, 1, 1, 2, 2, 3, 3]);
    assert.deepEqual(numbers(two ?? assert.fail()), [0, 1, 1, 2, 2, 3, 3]);
    assert.deepEqual(numbers(three ?? assert.fail()), [0, 1, 2, 3]);
  });

  it('leave special tokens, blanks and white space around a token alone', () => {
    const text = 'a b';
    const token = { id: 1, special: false, segment: 0 } as const;
    const bert: Sequence = {
      text,
      tokens: [
        { ...token, text: '[CLS]', start: 0, end: 0, special: true, word: null },
        { ...token, text: 'a', start: 0, end: 1, word: 0 },
        { ...token, text: 'b', start: 2, end: 3, word: 1 },
      ],
    };
    const bytes: Sequence = {
      text,
      tokens: [
        { ...token, text: 'a', start: 0, end: 1, word: 0 },
        { ...token, text: 'Ġ', start: 1, end: 2, word: 1 },
        { ...token, text: 'Ġb', start: 1, end: 3, word: 2 },
      ],
    };
    const [one, two] = withCommonWords([bert, bytes]);
    assert.deepEqual(numbers(one ?? assert.fail()), [null, 0, 1]);
    const [first, blank, last] = numbers(two ?? assert.fail());
    assert.deepEqual([first, last], [0, 1]);
    assert.ok(blank !== 0 && blank !== 1);
  });
});

describe('a comparison', () => {
  it('of two tokenizers is of words: each row and column leads to the same characters, and back', () => {
    const { main, others, isOfWords } = compared('cat', ['catBytes']);
    const relation = others[0]?.relation ?? assert.fail();
    const { scene } = others[0] ?? assert.fail();
    const difference = relation.difference ?? assert.fail();
    assert.ok(isOfWords);
    const words = (of: typeof main.scene, side: 'query' | 'key'): string[] =>
      sequenceOn(of, side).tokens.map((token) => labelOf(sequenceOn(of, side), token));
    for (const side of ['query', 'key'] as const) {
      const { toOther, toOwn } = side === 'query' ? relation.rows : relation.columns;
      const [own, its] = [words(main.scene, side), words(scene, side)];
      assert.deepEqual(
        toOther.map((at) => its[at] ?? ''),
        own.map((word) => (word.startsWith('[') ? '' : word)),
      );
      assert.deepEqual(
        toOwn.map((at) => own[at]),
        its,
      );
    }
    // Independently: the words of both have one token each here, but for the special ones.
    const { rows, columns, values } = difference;
    const [bert, bytes] = [frameOf(analyses.cat()), frameOf(analyses.catBytes())];
    for (const [row, query] of rows.entries())
      for (const [column, key] of columns.entries()) {
        const expected = itemAt(bytes.spoken, (query - 1) * 9 + key - 1) - itemAt(bert.spoken, query * 11 + key);
        assert.ok(Math.abs(itemAt(values, row * columns.length + column) - expected) < 1e-6);
      }
  });

  it('of two texts pairs a word with the one in its place', () => {
    const { main, others, isOfWords } = compared('cat', ['dog']);
    assert.equal(isOfWords, false);
    assert.deepEqual(others[0]?.relation?.rows.toOther, [...main.scene.sides.query.keys()]);
    assert.ok(others[0]?.relation?.difference);
  });

  it('of other texts has no difference, and says which words have no partner', () => {
    const comparison = compared('cat', ['pieces']);
    assert.equal(comparison.others[0]?.relation?.difference, null);
    const contents = panesOf(comparison, [{ text: 'x' }]);
    assert.equal(contents.length, 2);
    assert.match(
      contents[1]?.notes.join() ?? '',
      /^No difference map, the words differ: .*only in the first run and .*only in this one/,
    );
  });

  it('of translators pairs rows by what they write, whatever they are called by', () => {
    const { main, others } = compared('bahdanau', ['luong', 't5']);
    assert.deepEqual(main.scene.rows?.names.at(0), '<s> ▸ el');
    assert.deepEqual(others[1]?.scene.rows?.names.at(0), '<pad> ▸ el');
    for (const other of others) assert.deepEqual(other?.relation?.rows.toOther, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(others[1]?.relation?.columns.toOwn.at(-1), -1, '</s> of the source is read by one of them alone');
  });

  it('is made anew for weights and options alone', () => {
    const comparisons = new Comparisons();
    const [main, other] = [frameOf(analyses.cat()), frameOf(analyses.catBytes())];
    const before = comparisons.of(main, [other], plainOptions);
    assert.equal(comparisons.of(main, [other], plainOptions), before);
    const token = { side: 'query', index: 3 } as const;
    const moved = comparisons.of({ ...main, selection: { ...main.selection, token } }, [other], plainOptions);
    assert.equal(moved?.others[0]?.relation, before?.others[0]?.relation);
  });
});

describe('the alignment of a translation', () => {
  it('is measured on all its weights, with and without the end of the text among the keys', () => {
    const errorOf = (name: AnalysisName, change: Partial<Selection> = {}): unknown => {
      const error = alignmentOf(frameOf(analyses[name](), change))?.error;
      return error && { ...error, rate: Number(error.rate.toFixed(6)) };
    };
    // All eight words have sure links: a miss costs 2 of 16.
    assert.deepEqual(errorOf('luong'), { rate: 0, right: 8, rows: 8 });
    assert.deepEqual(errorOf('bahdanau'), { rate: 0.125, right: 7, rows: 8 });
    assert.deepEqual(errorOf('t5', { layer: 1, heads: [3], head: 3 }), { rate: 0.25, right: 6, rows: 8 });
  });

  it('is not known of another sentence, of another translation, or of a map that is no cross-attention', () => {
    assert.equal(alignmentOf(frameOf(analyses.recurrent())), null);
    assert.equal(alignmentOf(frameOf(analyses.cat())), null);
    const analysis = analyses.luong();
    const [source, target] = analysis.sequences;
    const tokens = (target?.tokens ?? []).map((token, at) => (at === 1 ? { ...token, start: 0, end: 2 } : token));
    const other = { ...analysis, sequences: [source ?? assert.fail(), { text: '', ...target, tokens }] };
    assert.deepEqual(alignmentOf(frameOf(other))?.error, null);
  });
});

describe('a side', () => {
  const run = { model: 'a', text: 't', pair: 'p', target: 'g', dtype: 'q8', edits: [{ kind: 'head' }] } as never;

  it('is the run with what of it differs; another model takes no edits, another text no second one', () => {
    const { edits: _, ...unedited } = run as { edits: unknown };
    assert.deepEqual(runOfSide(run, {}), run);
    assert.deepEqual(runOfSide(run, { at: { layer: 1, head: 2 } }), run);
    assert.deepEqual(runOfSide(run, { unedited: true }), unedited);
    assert.deepEqual(runOfSide(run, { model: 'b' }), { model: 'b', text: 't', pair: 'p', target: 'g' });
    assert.deepEqual(runOfSide(run, { model: 'b', text: 'u' }), { model: 'b', text: 'u' });
  });

  it('is looked at where it was chosen, at the same head, at the one that aligns, or at the one of the same role', () => {
    const known = (name: AnalysisName, at = 0): Parameters<typeof sideSelection>[1] => {
      const info = analyses[name]();
      return { info, summaries: summariseHeads(itemAt(info.maps, at), info.sequences) };
    };
    const place = (main: AnalysisName, change: Partial<Selection>, side: Side, other: AnalysisName): unknown => {
      const selection = { ...firstSelection(analyses[main]()), ...change };
      const { layer, heads, head } = sideSelection(selection, known(main), side, known(other));
      return { layer, heads, head };
    };
    const solo = { layer: 3, heads: [7], head: 7 };
    assert.deepEqual(place('cat', solo, {}, 'dog'), solo);
    assert.deepEqual(place('cat', solo, { at: { layer: 1, head: 2 } }, 'dog'), { layer: 1, heads: [2], head: 2 });
    assert.deepEqual(place('cat', solo, { at: { layer: 9, head: null } }, 'dog'), {
      layer: 5,
      heads: [0, 1, 2, 3, 4, 5, 6, 7],
      head: null,
    });
    assert.deepEqual(place('bahdanau', {}, {}, 't5'), { layer: 1, heads: [3], head: 3 });
    // Head 0.3 of `cat` looks at the token before; so does one of the decoder.
    const { summaries } = known('catBytes');
    const previous = summaries?.flat().filter(({ role }) => role?.name === 'previous') ?? [];
    const best = previous.reduce((a, b) => ((b.role?.score ?? 0) > (a.role?.score ?? 0) ? b : a));
    assert.deepEqual(place('cat', { layer: 0, heads: [3], head: 3 }, {}, 'catBytes'), {
      layer: best.layer,
      heads: [best.head],
      head: best.head,
    });
  });
});
