import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import { strongest } from '../../src/core/attention/rows.ts';
import { AttentionError } from '../../src/core/errors/reason.ts';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import { charactersOf } from '../../src/core/text/token.ts';
import { unknownNames, unknownSentences } from '../../src/core/text/unknown-words.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import {
  analyse,
  builtInModels,
  idsOf,
  mapNamed,
  places,
  reasonFor,
  worstDifference,
  worstRow,
} from './support/models.ts';
import { byFormulas } from './support/recurrent-formulas.ts';

const kinds = ['bahdanau', 'dot', 'general', 'concat', 'local-m', 'local-p'] as const;
const text = 'The black cat sees the small dog .';
const long = 'el gato negro ve el perro pequeño y el gato negro ve el perro pequeño .';
const folder = mkdtempSync(join(tmpdir(), 'recurrent-'));
after(() => rmSync(folder, { recursive: true }));

const modelOf = (kind: string): string => join(builtInModels, `recurrent-${kind}`);

function configOf(model: string): Record<string, number> {
  return JSON.parse(readFileSync(join(model, 'config.json'), 'utf8'));
}

/** What an analysis says, and what the formulas of the papers give for the same ids. */
function compare(kind: string, analysis: Analysis): void {
  const { decoder_start_token_id: start = NaN, window = NaN, sigma = NaN } = configOf(modelOf(kind));
  const steps = byFormulas(modelOf(kind), { kind, window, sigma }, idsOf(analysis, 0), start, idsOf(analysis, 1));
  const map = mapNamed(analysis, 'cross');
  assert.ok(
    worstDifference(
      map.weights,
      steps.flatMap(({ weights }) => weights),
    ) <= 1e-5,
    'weights',
  );
  // Scores are no shares of 1: the farther from 0, the coarser a 32-bit number.
  const scores = steps.flatMap((step) => step.scores);
  assert.ok(worstDifference(map.scores ?? [], scores) <= 1e-5 * Math.max(1, ...scores.map(Math.abs)), 'scores');
  assert.ok(
    worstDifference(
      map.local?.centres ?? [],
      steps.flatMap(({ centre }) => centre ?? []),
    ) <= 1e-5,
    'centres',
  );
}

for (const kind of kinds) {
  test(`${kind}: weights, scores and windows follow the formulas, for its own target and for longer ones`, async () => {
    const own = await analyse({ model: modelOf(kind), text });
    const given = await analyse({ model: modelOf(kind), text, target: long });
    for (const analysis of [own, given]) {
      const map = mapNamed(analysis, 'cross');
      const [source, target] = analysis.sequences;
      assert.deepEqual(analysis.maps.length, 1);
      assert.deepEqual([map.kind, map.queries, map.keys], ['cross', 1, 0]);
      assert.deepEqual(map.shape, [1, 1, target?.tokens.length, source?.tokens.length]);
      compare(kind, analysis);
    }
    assert.ok(idsOf(given, 1).length > idsOf(given, 0).length);
    assert.deepEqual(own.model, {
      id: `recurrent-${kind}`,
      family: 'recurrent',
      layers: 1,
      heads: 1,
      formats: [
        { graph: 'encoder_model', format: 'fp32' },
        { graph: 'decoder_model', format: 'fp32' },
      ],
      blank: '<unk>',
    });
  });
}

test('rows sum to 1; those of local-p to at most 1, and the map says so', async () => {
  for (const kind of kinds) {
    const map = mapNamed(await analyse({ model: modelOf(kind), text }), 'cross');
    if (kind !== 'local-p') {
      assert.ok(worstRow(map) <= 1e-5, kind);
      assert.equal(map.normalised, undefined);
      continue;
    }
    assert.equal(map.normalised, false);
    for (let row = 0; row < map.shape[2]; row++) {
      const sum = map.weights
        .slice(row * map.shape[3], (row + 1) * map.shape[3])
        .reduce((total, weight) => total + weight, 0);
      assert.ok(sum > 0 && sum <= 1 + 1e-6, `row ${row} sums to ${sum}`);
    }
    assert.ok(worstRow(map) > 1e-3, 'a Gaussian takes something away');
  }
});

test('only the local kinds have a window: centres, width, sigma of local-p; nothing outside is looked at', async () => {
  for (const kind of kinds) {
    const map = mapNamed(await analyse({ model: modelOf(kind), text, target: long }), 'cross');
    assert.equal(
      map.scoring,
      {
        bahdanau: 'additive',
        dot: 'dot',
        general: 'general',
        concat: 'concat',
        'local-m': 'general',
        'local-p': 'general',
      }[kind],
    );
    if (!kind.startsWith('local')) {
      assert.equal(map.local, undefined);
      continue;
    }
    const { window = NaN } = configOf(modelOf(kind));
    const [, , queries, keys] = map.shape;
    assert.ok(map.local);
    assert.equal(map.local.centres.length, queries);
    assert.equal(map.local.halfWidth, window);
    assert.equal(map.local.sigma, kind === 'local-p' ? window / 2 : null);
    map.local.centres.forEach((centre, query) => {
      if (kind === 'local-m') assert.equal(centre, Math.min(query, keys - 1));
      else assert.ok(centre >= 0 && centre <= keys);
      for (let key = 0; key < keys; key++) {
        if (Math.abs(key - centre) > window)
          assert.equal(map.weights[query * keys + key], 0, `${kind} ${query} ${key}`);
      }
    });
  }
});

test('a written target: words have characters, a row is that of its word, the last that of the end token', async () => {
  for (const kind of ['bahdanau', 'general']) {
    const analysis = await analyse({ model: modelOf(kind), text });
    const [source, target] = analysis.sequences;
    assert.ok(source && target);
    assert.deepEqual(
      source.tokens.map((token) => charactersOf(source, token)),
      text.split(' '),
    );
    assert.equal(target.text, 'el gato negro ve el perro pequeño .');
    assert.deepEqual(
      target.tokens.map((token) => charactersOf(target, token)),
      [...target.text.split(' '), ''],
    );
    assert.deepEqual(target.tokens.at(-1), {
      id: 1,
      text: '</s>',
      start: target.text.length,
      end: target.text.length,
      special: true,
      word: null,
      segment: 0,
    });
    const {
      weights,
      shape: [, , , keys],
    } = mapNamed(analysis, 'cross');
    const looksAt = (word: string): string => {
      const row = target.tokens.findIndex((token) => charactersOf(target, token) === word);
      const key = source.tokens[strongest(weights.slice(row * keys, (row + 1) * keys), 1)[0]?.index ?? -1];
      return key ? charactersOf(source, key) : '';
    };
    assert.deepEqual(['gato', 'negro', 've', 'perro', 'pequeño'].map(looksAt), [
      'cat',
      'black',
      'sees',
      'dog',
      'small',
    ]);
    assert.ok(analysis.notes.includes('The target was generated by the model itself.'));
  }
});

test('a given target is the one that is analysed, with its characters as they were typed', async () => {
  const analysis = await analyse({ model: modelOf('dot'), text, target: 'El  PERRO  ve.' });
  const [, target] = analysis.sequences;
  assert.ok(target);
  assert.equal(target.text, 'El  PERRO  ve.');
  assert.deepEqual(
    target.tokens.map((token) => charactersOf(target, token)),
    ['El', 'PERRO', 've', '.', ''],
  );
  assert.ok(!analysis.notes.some((note) => note.includes('generated by the model')));
});

test('words that the vocabulary does not have are one unknown word, and named', async () => {
  const analysis = await analyse({
    model: modelOf('general'),
    text: 'the wyvern sees 🐉 the cat .',
    target: 'el wyvern',
  });
  const [source, target] = analysis.sequences;
  assert.ok(source && target);
  assert.deepEqual(
    source.tokens.map((token) => charactersOf(source, token)),
    ['the', 'wyvern', 'sees', '🐉', 'the', 'cat', '.'],
  );
  assert.equal(source.tokens[1]?.id, source.tokens[3]?.id);
  assert.deepEqual(unknownSentences(analysis.sequences), [
    '2 of 6 words of the source are unknown to this model: it reads <unk> in their place.',
    '1 of 2 words of the target is unknown to this model: it reads <unk> in its place.',
  ]);
  assert.equal(unknownNames(analysis.sequences), '“wyvern” and “🐉”');
  compare('general', analysis);
});

test('a text that is too long is analysed to where it fits; a target too, and nothing is said of its end', async () => {
  const many = Array.from({ length: 70 }, () => 'cat').join(' ');
  const analysis = await analyse({
    model: modelOf('local-p'),
    text: many,
    target: Array.from({ length: 70 }, () => 'gato').join(' '),
  });
  assert.deepEqual(
    analysis.sequences.map(({ tokens }) => tokens.length),
    [64, 64],
  );
  assert.equal(analysis.sequences[0]?.analysedTo, 64 * 4 - 1);
  assert.ok(analysis.sequences[1]?.tokens.every(({ special }) => !special));
  assert.ok(analysis.notes.includes('The text was shortened: the model takes 64 tokens.'));
});

test('what there is no use for is refused: an empty text or target, a pair', async () => {
  const model = modelOf('bahdanau');
  assert.equal((await reasonFor({ model, text: ' \n' })).code, 'text-empty');
  assert.equal((await reasonFor({ model, text, target: ' ' })).code, 'text-empty');
  assert.equal((await reasonFor({ model, text, pair: 'a dog' })).code, 'argument-invalid');
});

/** The reason for a copy of a model with changes to its description, and the sentence for it. */
async function spoiled(kind: string, change: (model: string) => void): Promise<{ code: string; what: string }> {
  const model = mkdtempSync(join(folder, 'model-'));
  cpSync(modelOf(kind), model, { recursive: true, dereference: true });
  change(model);
  const reason = await reasonFor({ model, text });
  return { code: reason.code, what: sentenceOf(reason).what };
}

function edit(file: string, change: Record<string, unknown>): void {
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
}

test('a model that cannot be used is refused with a sentence: a kind that is not known by its name', async () => {
  const strange = await spoiled('dot', (model) => edit(join(model, 'config.json'), { attention: 'location' }));
  assert.equal(strange.code, 'model-unsupported');
  assert.match(strange.what, /its attention “location” is not one of bahdanau, dot, general, concat, local-m, local-p/);
  const noWindow = await spoiled('local-p', (model) => edit(join(model, 'config.json'), { window: undefined }));
  assert.equal(noWindow.code, 'model-file-invalid');
  assert.match(noWindow.what, /config\.json .* window/);
  const noCentre = await spoiled('general', (model) =>
    edit(join(model, 'config.json'), { attention: 'local-m', window: 4 }),
  );
  assert.equal(noCentre.code, 'model-unsupported');
  assert.match(noCentre.what, /its decoder does not output centre/);
  const noDecoder = await spoiled('dot', (model) => rmSync(join(model, 'onnx', 'decoder_model.onnx')));
  assert.match(noDecoder.what, /has no file onnx\/decoder_model\.onnx/);
  const cut = await spoiled('dot', (model) => writeFileSync(join(model, 'onnx', 'encoder_model.onnx'), '<html>'));
  assert.equal(cut.code, 'model-file-invalid');
  assert.match(cut.what, /onnx\/encoder_model\.onnx/);
  const otherSize = await spoiled('dot', (model) => edit(join(model, 'config.json'), { hidden_size: 12 }));
  assert.equal(otherSize.code, 'run-failed');
});

test('a cancel ends the writing at the next word, and the open model analyses the next text', async () => {
  const analyser = new Analyser({ ...places, models: builtInModels }, () => undefined);
  const cancel = new AbortController();
  const steps: number[] = [];
  const request = { model: 'recurrent-bahdanau', text };
  const cancelled = analyser.analyse(
    { ...request, target: long },
    {
      signal: cancel.signal,
      report: ({ stage, done }) => {
        if (stage !== 'Running' || done === undefined) return;
        steps.push(done);
        if (done === 3) cancel.abort();
      },
    },
  );
  await assert.rejects(cancelled, (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'cancelled');
  assert.deepEqual(steps, [0, 1, 2, 3]);
  const next = await analyser.analyse(request, { signal: new AbortController().signal, report: () => undefined });
  assert.equal(next.timing.load, 0);
  await analyser.dispose();
});
