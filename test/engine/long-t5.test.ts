import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { LayerMask } from '../../src/core/attention/mask.ts';
import { runtime } from '../../src/engine/backend/runtime.ts';
import { faultsOf } from '../../src/engine/check/verdict.ts';
import { unpack, type Packed } from './support/graph-families.ts';
import { answeredText, witnessed } from './support/language-models.ts';
import { analyse, fixture, idsOf, mapNamed, reasonFor, root, worstDifference } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'long-t5-'));
after(() => rmSync(folder, { recursive: true }));

const window: LayerMask = { kind: 'window', reach: 2 };

/** The encoder with the decoder, the words and the rules of the tiny encoder-decoder; gives its folder. */
function place(name: string): string {
  const own = join(root, 'test', 'fixtures', 'graphs', 'long-t5', name);
  const tiny = fixture('tiny-encoder-decoder');
  const target = join(folder, name);
  mkdirSync(join(target, 'onnx'), { recursive: true });
  for (const file of ['tokenizer.json', 'tokenizer_config.json', 'generation_config.json'])
    copyFileSync(join(tiny, file), join(target, file));
  copyFileSync(join(tiny, 'onnx', 'decoder_model_merged.onnx'), join(target, 'onnx', 'decoder_model_merged.onnx'));
  copyFileSync(join(own, 'encoder_model.onnx'), join(target, 'onnx', 'encoder_model.onnx'));
  copyFileSync(join(own, 'config.json'), join(target, 'config.json'));
  return target;
}

function answerOf(name: string): { readonly ids: readonly number[]; readonly weights: Float32Array } {
  const path = join(root, 'test', 'fixtures', 'graphs', 'long-t5', name, 'answer.json');
  const { ids, attention } = JSON.parse(readFileSync(path, 'utf8')) as { ids: number[]; attention: Packed[] };
  return { ids, weights: Float32Array.from(attention.flatMap((layer) => [...unpack(layer)])) };
}

/** What transformers.js itself writes of a source, always the likeliest. */
async function writtenByLibrary(model: string, ids: readonly number[], tokens: number): Promise<readonly number[]> {
  const {
    transformers: { AutoModelForSeq2SeqLM, Tensor },
  } = await runtime();
  const loaded = await AutoModelForSeq2SeqLM.from_pretrained(model, {
    local_files_only: true,
    device: 'cpu',
    dtype: 'fp32',
  });
  const given = (value: (id: number) => bigint) => new Tensor('int64', BigInt64Array.from(ids, value), [1, ids.length]);
  try {
    const all = await loaded.generate({
      inputs: given(BigInt),
      attention_mask: given(() => 1n),
      max_new_tokens: tokens,
      do_sample: false,
    });
    return Array.from((all as InstanceType<typeof Tensor>).data, Number);
  } finally {
    await loaded.dispose();
  }
}

for (const name of ['local', 'transient-global']) {
  test(`LongT5, ${name}: attention that is computed block by block stands token by token, as torch has it without blocks`, async () => {
    const model = place(name);
    const answer = answerOf(name);
    const { analysis, graphs } = await witnessed({ model, text: answeredText });
    assert.deepEqual(idsOf(analysis, 0), answer.ids);
    const map = mapNamed(analysis, 'encoder');
    assert.deepEqual(map.shape, [2, 4, answer.ids.length, answer.ids.length]);
    assert.ok(worstDifference(map.weights, answer.weights) <= 1e-4, `${worstDifference(map.weights, answer.weights)}`);
    assert.deepEqual(map.masks, [window, window]);
    assert.equal(map.normalised, name === 'local' ? undefined : false);
    assert.match(analysis.notes.join(' '), /Encoder: .*block by block: shown token by token/);
    assert.equal(/sums of several tokens/.test(analysis.notes.join(' ')), name === 'transient-global');
    assert.ok(!analysis.notes.some((note) => note.startsWith('config.json')), analysis.notes.join(' '));
    for (const graph of graphs) assert.deepEqual(faultsOf(graph), []);
    const written = idsOf(analysis, 1).slice(0, 6);
    assert.deepEqual(written, await writtenByLibrary(model, answer.ids, 5));
  });
}

test('LongT5: a text shorter than a block, and one that fills its blocks', async () => {
  for (const [text, tokens] of [
    ['the', 2],
    ['the cat that was hungry', 6],
  ] as const) {
    const map = mapNamed(await analyse({ model: join(folder, 'local'), text }), 'encoder');
    assert.deepEqual(map.shape, [2, 4, tokens, tokens]);
    assert.equal(map.normalised, undefined, 'every row sums to 1');
    assert.deepEqual(map.masks, [window, window], text);
  }
});

for (const name of ['local', 'transient-global'])
  test(`${name}: weights that lie in blocks are edited by no edit, and the decoder beside them by any`, async () => {
    const run = { model: place(name), text: answeredText, target: 'the cat' };
    const reason = await reasonFor({ ...run, edits: [{ kind: 'off', map: 'encoder', layer: 0, head: 0 }] });
    assert.ok(reason.code === 'edit-impossible', JSON.stringify(reason));
    assert.match(reason.detail, /^the scores of attention 0 have an order of axes that cannot be edited$/);
    const { change } = await analyse({ ...run, edits: [{ kind: 'off', map: 'decoder', layer: 0, head: 0 }] });
    assert.ok(change && change.kl > 0);
  });
