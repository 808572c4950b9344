import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { EditableSite } from '../../../src/core/block/editable-model.ts';
import { neutral, type EditInputs } from '../../../src/core/onnx/editable.ts';
import { openEditable, ownInputs, type OpenEditable } from '../support/edited-model.ts';
import { answerOf, familyNames, feedsOf, modelOf, unpack, type Packed } from '../support/graph-families.ts';
import { difference, dimsOf, floats, ints, numbers, open } from './session.ts';

/** One number of one input of an attention, as make/edited.py writes it. */
interface Change {
  readonly site: number;
  readonly input: keyof EditInputs;
  readonly head: number;
  readonly query?: number;
  readonly key?: number;
  readonly value: number;
}

interface Case {
  readonly edits?: readonly Change[];
  /** Keys of attentions that hand over the mean of the values that a query sees. */
  readonly means?: readonly { readonly site: number; readonly key: number }[];
  readonly token?: readonly [place: number, id: number];
  readonly parts?: readonly number[];
  readonly result: Packed;
}

const folder = new URL('../../fixtures/graphs/edited/', import.meta.url);
const answers = readdirSync(folder).map((file) => file.slice(0, -5));

/** The inputs of the edits of a case: `[heads, queries, keys]` where any is of a cell, else `[heads, 1, 1]`. */
function inputsOf(sites: readonly EditableSite[], sizes: readonly (readonly number[])[], { edits = [] }: Case) {
  const given: Record<string, Tensor> = {};
  for (const [at, site] of sites.entries()) {
    for (const input of Object.keys(neutral) as (keyof EditInputs)[]) {
      const own = edits.filter((edit) => edit.site === at && edit.input === input);
      if (own.length === 0) continue;
      const [queries = 0, keys = 0] = (sizes[at] ?? []).slice(-2);
      const [rows, columns] = own.some(({ query }) => query !== undefined) ? [queries, keys] : [1, 1];
      const values = new Float32Array(4 * rows * columns).fill(neutral[input]);
      for (const { head, query = 0, key = 0, value } of own) values[(head * rows + query) * columns + key] = value;
      given[site.inputs[input]] = floats(values, [4, rows, columns]);
    }
  }
  return given;
}

/** The inputs by which queries receive means: the weights of some keys, over all to which a query gives any weight. */
function meansOf(sites: readonly EditableSite[], plain: InferenceSession.OnnxValueMapType, { means = [] }: Case) {
  const given: Record<string, Tensor> = {};
  for (const [at, { inputs, output }] of sites.entries()) {
    const moved = means.filter(({ site }) => site === at).map(({ key }) => key);
    if (moved.length === 0) continue;
    const [weights, dims] = [numbers(plain, output), dimsOf(plain, output)];
    const [queries = 0, keys = 0] = dims.slice(-2);
    const seen = (query: number): number[] =>
      Array.from({ length: keys }, (_, key) =>
        weights.some((weight, place) => weight > 0 && place % (queries * keys) === query * keys + key) ? 1 : 0,
      );
    const shares = Array.from({ length: queries }, (_, query) => {
      const row = seen(query);
      const count = row.reduce((sum, each) => sum + each, 0);
      // Padding may see nothing.
      return row.map((each) => each / Math.max(1, count));
    });
    given[inputs.from] = floats(moved, [1, 1, moved.length]);
    given[inputs.share] = floats(shares.flat(), [1, queries, keys]);
    const kept = Array.from({ length: keys }, (_, key) => (moved.includes(key) ? 0 : 1));
    given[inputs.keep] = floats(kept, [1, 1, keys]);
  }
  return given;
}

async function resultOf(model: OpenEditable, name: string, one: Case): Promise<Float32Array> {
  const feeds: Record<string, Tensor> = { ...feedsOf(answerOf(name), ownInputs(model)) };
  const { sites } = model.editable;
  const plain = await model.run(feeds);
  const sizes = sites.map(({ output }) => dimsOf(plain, output));
  const edits: Record<string, Tensor> = { ...inputsOf(sites, sizes, one), ...meansOf(sites, plain, one) };
  const gates = sites.flatMap(({ feedForward }) => feedForward ?? []);
  for (const part of one.parts ?? []) edits[gates[part] ?? ''] = floats([0], [1]);
  if (one.token) {
    const ids = feeds['input_ids'];
    assert.ok(ids?.data instanceof BigInt64Array);
    const changed = Array.from(ids.data, Number);
    changed[one.token[0]] = one.token[1];
    feeds['input_ids'] = ints(changed, ids.dims);
  }
  return numbers(await model.run(feeds, edits), 'result');
}

describe('a model that is edited by inputs', () => {
  for (const name of familyNames()) {
    it(`${name}: gives the numbers of its file to the last bit where nothing is edited`, async () => {
      const bytes = modelOf(name);
      const plain = await open(bytes);
      const feeds = feedsOf(answerOf(name), plain.inputNames);
      const [own, edited] = [await plain.run(feeds), await (await openEditable(bytes)).run(feeds)];
      assert.deepEqual(Buffer.from(numbers(edited, 'result').buffer), Buffer.from(numbers(own, 'result').buffer));
    });
  }

  for (const name of answers) {
    const cases = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Record<string, Case>;
    it(`${name}: gives what torch computes with the same change (${Object.keys(cases).join(', ')})`, async () => {
      const model = await openEditable(modelOf(name));
      const plain = unpack(answerOf(name).result);
      for (const [kind, one] of Object.entries(cases)) {
        const expected = unpack(one.result);
        assert.ok(difference(await resultOf(model, name, one), expected) <= 1e-4, `${name} ${kind}`);
        assert.ok(difference(plain, expected) > 1e-4, `${name} ${kind} changes nothing`);
      }
    });
  }

  it('shows weights as they are edited, and those of a head that is switched off as they are', async () => {
    const model = await openEditable(modelOf('llama'));
    const feeds = feedsOf(answerOf('llama'), ownInputs(model));
    const [site] = model.editable.sites;
    assert.ok(site);
    const plain = numbers(await model.run(feeds), site.output);
    const off = floats([1, 1, 0, 1], [4, 1, 1]);
    const gated = await model.run(feeds, { [site.inputs.gate]: off });
    assert.deepEqual(numbers(gated, site.output), plain);
    const keep = floats([1, 1, 0, 1, 1, 1, 1], [1, 1, 7]);
    const zeroed = numbers(await model.run(feeds, { [site.inputs.keep]: keep }), site.output);
    assert.ok(plain.every((weight, at) => zeroed[at] === (at % 7 === 2 ? 0 : weight)));
    assert.ok(plain.some((weight, at) => at % 7 === 2 && weight > 0));
  });
});
