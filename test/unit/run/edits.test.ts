import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { words } from '../../../src/core/words/words.ts';
import * as v from 'valibot';
import { mapNames } from '../../../src/core/attention/map.ts';
import {
  editKinds,
  editSchema,
  editsSchema,
  editText,
  maxEdits,
  readEdit,
  type Edit,
} from '../../../src/core/run/edits.ts';
import type { AttentionMap } from '../../../src/core/attention/map.ts';
import { AttentionError } from '../../../src/core/errors/reason.ts';
import { checkEdited } from '../../../src/core/run/edit-check.ts';
import { editArrays, editPlan, type StepSize } from '../../../src/core/run/edit-plan.ts';
import { randomFrom } from '../../../src/core/prediction/random.ts';

/** Edits as they are written, and what they say. */
const written: readonly (readonly [string, Edit])[] = [
  ['off 1.2', { kind: 'off', layer: 1, head: 2 }],
  ['off cross/1.2', { kind: 'off', map: 'cross', layer: 1, head: 2 }],
  ['off *.3', { kind: 'off', layer: null, head: 3 }],
  ['scale 1.2 0.5', { kind: 'scale', layer: 1, head: 2, factor: 0.5 }],
  ['scale 1.2 -2', { kind: 'scale', layer: 1, head: 2, factor: -2 }],
  ['ffn-off 3', { kind: 'ffn-off', layer: 3 }],
  ['ffn-off decoder/*', { kind: 'ffn-off', map: 'decoder', layer: null }],
  ['block 1.2 6 2', { kind: 'block', layer: 1, head: 2, query: 6, key: 2 }],
  ['block *.* 6 2', { kind: 'block', layer: null, head: null, query: 6, key: 2 }],
  ['bias 1.2 6 2 +3', { kind: 'bias', layer: 1, head: 2, query: 6, key: 2, value: 3 }],
  ['bias 1.2 6 2 -0.25', { kind: 'bias', layer: 1, head: 2, query: 6, key: 2, value: -0.25 }],
  ['temperature 1.2 0.5', { kind: 'temperature', layer: 1, head: 2, value: 0.5 }],
  ['zero 2', { kind: 'zero', key: 2 }],
  ['zero cross/2', { kind: 'zero', map: 'cross', key: 2 }],
  ['mean 2', { kind: 'mean', key: 2 }],
  ['mean cross/2', { kind: 'mean', map: 'cross', key: 2 }],
  ['replace 2 "[MASK]"', { kind: 'replace', side: 'source', token: 2, by: '[MASK]' }],
  ['replace target/2 " a \\"word\\""', { kind: 'replace', side: 'target', token: 2, by: ' a "word"' }],
  ['pattern *.* 2 0.5 0.25', { kind: 'pattern', layer: null, head: null, query: 2, weights: [0.5, 0.25] }],
  ['pattern 1.2 2 0.5 0.25 0', { kind: 'pattern', layer: 1, head: 2, query: 2, weights: [0.5, 0.25, 0] }],
];

function edited(text: string): Edit {
  const read = readEdit(text);
  assert.ok('edit' in read, `${text}: ${'problem' in read ? read.problem : ''}`);
  return read.edit;
}

describe('edits as text', () => {
  it('say what they say, and are written as they were', () => {
    for (const [text, edit] of written) {
      assert.deepEqual(edited(text), edit);
      assert.equal(editText(edit), text);
    }
    assert.deepEqual(new Set(written.map(([, { kind }]) => kind)), new Set(editKinds));
  });

  it('need no sign, quotes or single blanks', () => {
    assert.deepEqual(edited('  bias  1.2 6 2 3 '), edited('bias 1.2 6 2 +3'));
    assert.deepEqual(edited('replace 2 [MASK]'), edited('replace 2 "[MASK]"'));
    assert.ok(Object.is(edited('scale 1.2 -0').kind === 'scale' && editText(edited('scale 1.2 -0')), 'scale 1.2 0'));
  });

  it('are refused with the form that is expected', () => {
    const refused = (text: string): string => {
      const read = readEdit(text);
      assert.ok('problem' in read, text);
      return read.problem;
    };
    for (const text of [
      'off',
      'off 1',
      'off 1.2.3',
      'off 1.2 3',
      'off -1.2',
      'off 1.x',
      'off attention/',
      'off self/1.2',
    ])
      assert.match(refused(text), /^write off LAYER\.HEAD/, text);
    assert.match(refused('scale 1.2 a'), /^write scale/);
    for (const far of ['scale 1.2 1e999', 'scale 1.2 -10001', 'bias 1.2 0 0 1e5', 'bias 1.2 0 0 -1e300'])
      assert.match(refused(far), /^a number from −10000 to 10000 is expected$/, far);
    assert.match(refused(`replace 2 ${'x'.repeat(501)}`), /^a token of 1 to 500 characters is expected$/);
    assert.match(refused('replace 2 ""'), /^a token of 1 to 500 characters is expected$/);
    assert.match(refused('pattern 1.2 0 1.5'), /^a weight is a number from 0 to 1$/);
    assert.match(refused(`pattern 1.2 0 ${'0 '.repeat(4097)}`), /^a row of 1 to 4096 weights is expected$/);
    assert.ok(refused('x'.repeat(6000)).length < 200);
    assert.match(refused('zero 1.2'), /as in zero 2$/);
    assert.match(refused('mean 1.2'), /^write mean TOKEN, as in mean 2$/);
    assert.match(refused('block 1.2 6'), /^write block/);
    assert.match(refused('replace 2 a b'), /^write replace/);
    assert.match(refused('replace 2 "a'), /^write replace/);
    assert.match(refused('temperature 1.2 0'), /from 0\.01 to 100/);
    assert.match(refused('pattern 1.2 0 0.9 0.2'), /more than 1/);
    assert.match(refused('turn 1.2'), /“turn” is not an edit; these are: off, scale/);
    assert.match(refused(''), /is not an edit/);
  });

  it('come back from text whatever they say, and no text throws', () => {
    const random = randomFrom(7);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const whole = (): number => Math.floor(random() ** 3 * 1e4);
    const number = (): number => (random() - 0.5) * 10 ** Math.floor(random() * 24 - 20) + 0;
    const orAll = (): number | null => (random() < 0.2 ? null : whole());
    const place = () => ({ ...(random() < 0.5 ? {} : { map: pick(mapNames) }), layer: orAll(), head: orAll() });
    const characters = ['a', ' ', '"', '\\', '[MASK]', 'é', '字', '\n', '/', '\u2028', '🙂', '##', '1.2'];
    const name = (): string => Array.from({ length: 1 + (whole() % 6) }, () => pick(characters)).join('');
    for (let round = 0; round < 300; round += 1) {
      const all: readonly Edit[] = [
        { kind: 'off', ...place() },
        { kind: 'scale', ...place(), factor: number() },
        { kind: 'ffn-off', layer: orAll() },
        { kind: 'block', ...place(), query: whole(), key: whole() },
        { kind: 'bias', ...place(), query: whole(), key: whole(), value: number() },
        { kind: 'temperature', ...place(), value: 0.01 + random() * 99 },
        { kind: 'zero', ...(random() < 0.5 ? {} : { map: pick(mapNames) }), key: whole() },
        { kind: 'mean', ...(random() < 0.5 ? {} : { map: pick(mapNames) }), key: whole() },
        { kind: 'replace', side: pick(['source', 'target']), token: whole(), by: name() },
        { kind: 'pattern', layer: whole(), head: whole(), query: whole(), weights: [random() / 2, 0, random() / 2] },
      ];
      for (const edit of all) {
        const text = editText(edit);
        assert.deepEqual(readEdit(text), { edit }, text);
        // One character less, or another: an edit or a problem, and every edit is a valid one.
        const at = Math.floor(random() * text.length);
        const read = readEdit(text.slice(0, at) + pick(['', ...characters, '.', '*']) + text.slice(at + 1));
        if ('edit' in read) assert.ok(v.is(editSchema, read.edit));
        else assert.notEqual(read.problem, '');
      }
    }
  });
});

it('a run has so many edits at most', () => {
  const edits = (count: number): Edit[] => Array.from({ length: count }, (_, key) => ({ kind: 'zero', key }));
  assert.ok(v.is(editsSchema, edits(maxEdits)));
  assert.ok(!v.is(editsSchema, edits(maxEdits + 1)));
});

describe('the numbers of edits', () => {
  const map = (masks?: AttentionMap['masks'], weights?: Float32Array): AttentionMap => ({
    name: 'attention',
    kind: 'causal',
    queries: 0,
    keys: 0,
    shape: [2, 2, 3, 3],
    ...(masks ? { masks } : {}),
    weights: weights ?? new Float32Array(36),
  });
  const whole: StepSize = { past: 0, queries: 3, keys: 3, tokens: 3 };
  const arraysOf = (texts: readonly string[], of = map(), size = whole) => {
    const layer = editPlan(texts.map(edited), [of]).get('attention')?.get(1);
    assert.ok(layer);
    return editArrays(layer, size);
  };
  const arrays = (...texts: readonly string[]) => arraysOf(texts);
  const whyNot = (texts: readonly string[], of: AttentionMap): string => {
    try {
      editPlan(texts.map(edited), [of]);
      checkEdited(texts.map(edited), [of]);
      return '';
    } catch (thrown) {
      if (thrown instanceof AttentionError && thrown.reason.code === 'argument-invalid') return thrown.reason.detail;
      throw thrown;
    }
  };

  it('add up in any order, and a key that is hidden stays so whatever is added', () => {
    const biased = arrays('bias 1.0 2 1 +3', 'bias *.* 2 1 -1');
    assert.deepEqual(
      [...(biased.bias?.data ?? [])].filter((value) => value !== 0),
      [2, -1],
    );
    const [one, other] = [
      arrays('block 1.0 2 1', 'bias 1.0 2 1 +9000', 'block 1.0 2 1'),
      arrays('bias 1.0 2 1 +9000', 'block 1.0 2 1'),
    ];
    assert.deepEqual(one, other);
    assert.deepEqual(one, arrays('block 1.0 2 1'));
    assert.deepEqual([...(arrays('scale 1.0 2', 'scale *.0 3', 'off 1.1').gate?.data ?? [])], [6, 0]);
    assert.deepEqual(
      [...(arrays('pattern *.* 1 0.25 0.5').pattern?.data ?? [])],
      [...[0, 0, 0, 0.25, 0.5, 0, 0, 0, 0], ...[0, 0, 0, 0.25, 0.5, 0, 0, 0, 0]],
    );
  });

  it('share the weight of a token in place of whose values the mean is received evenly over what each query sees', () => {
    const [h, t] = [1 / 2, Math.fround(1 / 3)];
    const shares = (...given: Parameters<typeof arraysOf>) => [...(arraysOf(...given).share?.data ?? [])];
    const causal = arrays('mean 1');
    assert.deepEqual([[...(causal.from?.data ?? [])], causal.from?.dims], [[1], [1, 1, 1]]);
    assert.deepEqual(
      [[...(causal.keep?.data ?? [])], causal.keep?.dims],
      [
        [1, 0, 1],
        [1, 1, 3],
      ],
    );
    assert.deepEqual(
      [shares(['mean 1']), causal.share?.dims],
      [
        [1, 0, 0, h, h, 0, t, t, t],
        [1, 3, 3],
      ],
    );
    assert.deepEqual(shares(['mean 1'], { ...map(), kind: 'self' }), Array<number>(9).fill(t));
    const windowed = map([{ kind: 'full' }, { kind: 'window', reach: 1 }]);
    assert.deepEqual(shares(['mean 1'], windowed), [1, 0, 0, h, h, 0, 0, h, h]);
    const selected = map([{ kind: 'full' }, { kind: 'selection', keys: [[0], [1], [2]] }]);
    assert.deepEqual(shares(['mean 1'], selected), shares(['mean 1']), 'the run may select others');
    const step = { past: 2, queries: 1, keys: 3, tokens: 3 };
    assert.deepEqual(shares(['mean 1'], map(), step), [t, t, t], 'a step of a cache has the row of the whole');
    assert.deepEqual(arraysOf(['mean 2'], map(), { past: 0, queries: 2, keys: 2, tokens: 2 }), {});
    const padded = { past: 0, queries: 3, keys: 3, tokens: 2 };
    assert.deepEqual(shares(['mean 1'], { ...map(), kind: 'self' }, padded), [h, h, 0, h, h, 0, h, h, 0]);
    assert.deepEqual(shares(['mean 1', 'zero 2']), [1, 0, 0, h, h, 0, t, t, 0], 'values withheld count as zeros');
    assert.deepEqual(arrays('mean 1', 'zero 1'), arrays('zero 1'));
    assert.deepEqual(
      shares(['mean 1', 'block 1.1 2 0']),
      [...shares(['mean 1']), ...shares(['mean 1']).slice(0, 6), 0, h, h],
      'a key that is hidden is not seen',
    );
    assert.deepEqual(arrays('mean 1', 'mean 1'), causal);
  });

  it('share the weight that a row by hand gives to such a token as well, in its heads alone', () => {
    const { keep, pattern, share } = arrays('pattern 1.1 2 0.25 0.5 0.25', 'mean 1', 'mean 0', 'zero 2');
    const t = Math.fround(1 / 3);
    assert.ok(keep?.data.every((value) => value === 0));
    assert.deepEqual(
      [...(pattern?.data ?? [])].map((value) => Math.round(value * 1e6) / 1e6),
      [...Array<number>(15).fill(0), 0.25, 0.25, 0],
    );
    assert.deepEqual([...(share?.data.subarray(6, 9) ?? []), ...(share?.data.subarray(15) ?? [])], [t, t, 0, 0, 0, 0]);
  });

  it('of temperatures that multiply to more than masks bear are refused', () => {
    assert.match(whyNot(['temperature 1.0 100', 'temperature *.0 2'], map()), /temperatures of a head multiply/);
    assert.equal(whyNot(['temperature 1.0 100', 'temperature 1.1 100', 'temperature 0.0 0.01'], map()), '');
  });

  it('are refused for a key that the window of a layer hides, and taken where another layer sees it', () => {
    const windowed = map([{ kind: 'window', reach: 1 }, { kind: 'full' }]);
    for (const unseen of ['bias 0.1 2 0 +3', 'block 0.* 2 0', 'pattern 0.1 2 0.5 0.5 0', 'pattern *.1 2 0.5 0.5 0'])
      assert.match(whyNot([unseen], windowed), /cannot see/, unseen);
    for (const seen of ['bias *.1 2 0 +3', 'block 1.1 2 0', 'pattern 0.1 2 0 0.5 0.5', 'pattern 1.1 2 0.5 0.5 0'])
      assert.equal(whyNot([seen], windowed), '', seen);
  });

  it('are refused for a token that there is not, counted in plain words', () => {
    assert.equal(words().edits.token('mean 1', 1), 'mean 1: there is 1 token, counted from 0');
    assert.equal(words().edits.token('mean 9', 3), 'mean 9: there are 3 tokens, counted from 0');
  });

  it('leave a query a key: weight on one that it never sees tells that none was left; a row by hand leaves its own', () => {
    const leaked = new Float32Array(36);
    leaked.set([0, 1, 0], 18);
    assert.match(whyNot(['block 1.0 0 0'], map(undefined, leaked)), /token 0 would be left without a key/);
    assert.equal(whyNot(['block 1.1 0 0'], map(undefined, leaked)), '');
    const own = new Float32Array(36);
    own.set([1, 0, 0], 18);
    assert.match(whyNot(['block 1.0 0 0'], map(undefined, own)), /left without a key/);
    assert.equal(whyNot(['block 1.0 0 0', 'pattern 1.0 0 1 0 0'], map(undefined, own)), '');
  });
});
