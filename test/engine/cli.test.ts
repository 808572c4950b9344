import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { builtIns } from '../../src/core/catalogue/built-in.ts';
import { bundle } from './support/engine-process.ts';
import { analyse, builtInModels, fixtureModels, mapNamed, worstRow } from './support/models.ts';

const text = 'The cat that was hungry ate the fish';
const folder = mkdtempSync(join(tmpdir(), 'cli-'));
after(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line with the tiny models as the built-in ones. */
function cli(args: readonly string[], options: { input?: string; models?: string } = {}): Ended {
  const env = { ...process.env, TEXT_ATTENTION_MODELS: options.models ?? fixtureModels };
  return spawnSync(process.execPath, [bundle('cli.cjs'), ...args], {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
    ...(options.input === undefined ? {} : { input: options.input }),
  });
}

/** A map of the JSON, its weights decoded. */
function decoded(map: { shape: [number, number, number, number]; weights: string }) {
  const bytes = Buffer.from(map.weights, 'base64');
  const weights = Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
  assert.equal(
    weights.length,
    map.shape.reduce((product, size) => product * size, 1),
  );
  return { shape: map.shape, weights, name: 'attention', kind: 'self', queries: 0, keys: 0 } as const;
}

test('JSON of the built-in model: rows sum to 1, tokens know their characters', () => {
  const { status, stdout, stderr } = cli(['--format', 'json', text], { models: builtInModels });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  const { model, sequences, maps } = JSON.parse(stdout);
  assert.equal(model.id, 'masked-lm-small');
  assert.equal(model.family, 'encoder');
  const [sequence] = sequences;
  assert.equal(sequence.text, text);
  const words = sequence.tokens.filter((token: { special: boolean }) => !token.special);
  for (const token of words) {
    const characters = sequence.text.slice(token.start, token.end);
    assert.equal(characters.toLowerCase(), token.text.replace(/^##/, '').toLowerCase());
  }
  assert.equal(
    words.map((token: { start: number; end: number }) => text.slice(token.start, token.end)).join(''),
    text.replaceAll(' ', ''),
  );
  const map = decoded(maps[0]);
  assert.deepEqual(map.shape, [model.layers, model.heads, sequence.tokens.length, sequence.tokens.length]);
  assert.ok(worstRow(map) <= 1e-5);
});

test('every model that ships is analysed from the command line, and its rows sum to 1, those of local-p to at most 1', () => {
  const models = readdirSync(builtInModels, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  assert.deepEqual(models.sort(), Object.keys(builtIns).sort());
  for (const model of models) {
    const { status, stdout, stderr } = cli(
      ['--model', model, '--format', 'json', 'the old king sees the red horse .'],
      { models: builtInModels },
    );
    assert.equal(status, 0, stderr);
    for (const map of JSON.parse(stdout).maps) {
      const {
        weights,
        shape: [, , , keys],
      } = decoded(map);
      for (let row = 0; row < weights.length; row += keys) {
        const sum = weights.subarray(row, row + keys).reduce((all, weight) => all + weight, 0);
        assert.ok(
          map.normalised === false ? sum > 0 && sum <= 1 + 1e-5 : Math.abs(sum - 1) <= 1e-5,
          `${model}, ${map.name}: ${sum}`,
        );
      }
    }
  }
});

test('JSON has the numbers of the engine, for one map and for three', async () => {
  for (const args of [
    ['--model', 'tiny-encoder', '--pair', 'a dog'],
    ['--model', 'tiny-encoder-decoder', '--target', 'a dog'],
  ]) {
    const { stdout, status } = cli([...args, '--format', 'json', text]);
    assert.equal(status, 0);
    const { maps } = JSON.parse(stdout);
    const [, model = '', option, other] = args;
    const analysis = await analyse({ model, text, ...(option === '--pair' ? { pair: other } : { target: other }) });
    assert.deepEqual(
      maps.map((map: { name: string }) => map.name),
      analysis.maps.map((map) => map.name),
    );
    for (const map of maps) assert.deepEqual(decoded(map).weights, mapNamed(analysis, map.name).weights);
  }
});

test('the text can come from standard input, without the line break that the shell adds', () => {
  const { stdout } = cli(['--model', 'tiny-encoder', '--format', 'json', '-'], { input: 'the cat\nate\n' });
  assert.equal(JSON.parse(stdout).sequences[0].text, 'the cat\nate');
});

test('the table is the default and shows one head when asked', () => {
  const all = cli(['--model', 'tiny-encoder', text]);
  assert.equal(all.status, 0);
  assert.match(all.stdout, /^tiny-encoder · encoder · fp32 · 2 layers × 2 heads · 10 tokens/);
  assert.match(all.stdout, /mean of 2 layers, mean of 2 heads/);
  const one = cli(['--model', 'tiny-encoder', '--layer', '1', '--head', '0', text]);
  assert.match(one.stdout, /layer 1, head 0/);
  assert.notEqual(one.stdout, all.stdout);
});

test('what the model predicts stands under the maps, and in the JSON', () => {
  const labels = cli(['--model', 'tiny-classifier', text]);
  assert.match(labels.stdout, /prediction: one of these labels\n(calm|glad|hungry) +[01]\.\d\d\n/);
  const given = [
    '--model',
    'tiny-decoder',
    '--continue',
    '4',
    '--seed',
    '7',
    '--temperature',
    '2',
    '--top-k',
    '5',
    'the cat that',
  ];
  const written = cli(given);
  assert.match(written.stdout, /generated 4 tokens after the text, sampled with seed 7, temperature 2, top-k 5\./);
  assert.match(written.stdout, /Tokens 4–7 were generated by the model\./);
  assert.match(written.stdout, /\nnext {2,}\S/);
  const { sequences, predictions } = JSON.parse(cli([...given, '--format', 'json']).stdout);
  assert.equal(sequences[0].generatedFrom, 4);
  assert.equal(predictions[0].kind, 'next');
  assert.equal(predictions[0].steps.length, sequences[0].tokens.length);
});

test('files arrive whole: npz, svg, and in place of an older file', () => {
  const npz = join(folder, 'a.npz');
  assert.equal(cli(['--model', 'tiny-encoder', '--format', 'npz', '--out', npz, text]).status, 0);
  assert.equal(readFileSync(npz).toString('latin1', 0, 2), 'PK');
  const svg = join(folder, 'a.svg');
  writeFileSync(svg, 'old');
  assert.equal(cli(['--model', 'tiny-encoder', '--format', 'svg', '--layer', '0', '--out', svg, text]).status, 0);
  assert.match(readFileSync(svg, 'utf8'), /^<svg [^]*<\/svg>\n$/);
  assert.deepEqual(readdirSync(folder).sort(), ['a.npz', 'a.svg']);
});

test('CSV has a record for every weight, a matrix a row for every token', async () => {
  const { stdout } = cli(['--model', 'tiny-encoder', '--format', 'csv', '--layer', '1', text]);
  const records = stdout
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((record) => record.split(','));
  const weights = mapNamed(await analyse({ model: 'tiny-encoder', text }), 'attention').weights;
  assert.equal(records.length, 2 * 10 * 10);
  for (const [, layer, head, query, , key, , weight] of records) {
    assert.equal(
      Math.fround(Number(weight)),
      weights[((Number(layer) * 2 + Number(head)) * 10 + Number(query)) * 10 + Number(key)],
    );
  }
  const matrix = cli(['--model', 'tiny-encoder', '--format', 'csv-matrix', '--layer', '1', '--head', '0', text])
    .stdout.trimEnd()
    .split('\r\n');
  assert.deepEqual(
    matrix.map((row) => row.split(',').length),
    Array.from({ length: 11 }, () => 11),
  );
});

test('a page stands alone and is whole', () => {
  const file = join(folder, 'a.html');
  assert.equal(
    cli(['--model', 'tiny-encoder', '--format', 'html', '--layer', '1', '--head', '1', '--out', file, text]).status,
    0,
  );
  const page = readFileSync(file, 'utf8');
  rmSync(file);
  assert.match(page, /^<!DOCTYPE html>[^]*"start":\{"map":0,"layer":1,"head":1\}[^]*<\/html>\n$/);
  for (const [, kind, hash] of page.matchAll(/(script|style)-src 'sha256-([^']+)'/g)) {
    const element = new RegExp(`<${kind ?? ''}>([^]*?)</${kind ?? ''}>`).exec(page)?.[1] ?? '';
    assert.equal(createHash('sha256').update(element).digest('base64'), hash, `the policy lets the ${kind ?? ''} run`);
  }
});

test('what goes wrong is said on standard error, with status 1 and nothing written', () => {
  const kept = join(folder, 'kept.json');
  writeFileSync(kept, 'kept');
  const wrong: [string[], RegExp][] = [
    [[], /no text was given/],
    [['one', 'two'], /there are 2 texts/],
    [['--nonsense', text], /--nonsense/],
    [
      ['--format', 'xml', text],
      /“xml” is not one of table, csv, csv-matrix, csv-heads, html, json, npz, svg, svg-model, svg-matrix, svg-layers/,
    ],
    [['--layer', 'first', text], /--layer: “first”/],
    [['--model', 'tiny-encoder', '--layer', '2', text], /no layer 2; the map “attention” has 2/],
    [['--model', 'tiny-encoder', '--head', '2', text], /no head 2/],
    [['--model', 'tiny-encoder', '--target', 'a', text], /target: /],
    [['--model', 'Xenova/bert-base-uncased', text], /has not been downloaded/],
    [['--model', 'no-such-model', text], /is not on this machine/],
    [['--seed', '3', text], /--continue: a seed, .* with a number of tokens/],
    [['--continue', '0', text], /--continue: a whole number from 1 to 4096 is expected/],
    [['--continue', '3', '--temperature', '0', text], /--temperature: a number above 0 is expected/],
    [['--continue', '3', '--top-p', '2', text], /--top-p: a probability above 0/],
    [['--continue', '3', text, '--model', 'tiny-encoder'], /continue: encoder-only models generate no text/],
    [['--system', 'Be brief.'], /needs a --user message/],
    [['--chat', kept], /--chat: .* is not a list of messages/],
    [['--user', 'Hello', '--model', 'tiny-decoder'], /chat: the model “tiny-decoder” has no chat template/],
    [['--memory', 'much', text], /--memory: “much” is not a number/],
    [['--memory', '1000', '--model', 'tiny-encoder', text], /needs \d+ kB of memory; 1 kB is available/],
    [['--model', 'tiny-encoder', ' '], /no text to analyse/],
    [['--model', 'tiny-encoder', '--out', join(folder, 'no', 'x.json'), text], /could not be written/],
    [['--model', 'tiny-encoder', '--out', folder, text], /could not be written/],
    [['--model', 'tiny-encoder', '--layer', '7', '--format', 'json', '--out', kept, text], /no layer 7/],
  ];
  for (const [args, says] of wrong) {
    const { status, stdout, stderr } = cli(args);
    assert.equal(status, 1, args.join(' '));
    assert.equal(stdout, '', args.join(' '));
    assert.match(stderr, says);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
  assert.equal(readFileSync(kept, 'utf8'), 'kept');
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.part')),
    [],
  );
});

test('a reader that stops early is no error', async () => {
  const long = Array.from({ length: 20 }, () => 'cat').join(' ');
  const child = spawn(process.execPath, [bundle('cli.cjs'), '--model', 'tiny-encoder', '--format', 'json', long], {
    env: { ...process.env, TEXT_ATTENTION_MODELS: fixtureModels },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: Buffer[] = [];
  child.stderr.on('data', (piece: Buffer) => errors.push(piece));
  child.stdout.destroy();
  const [status] = await once(child, 'exit');
  assert.equal(Buffer.concat(errors).toString(), '');
  assert.equal(status, 0);
});

test('--help names every option', () => {
  const { status, stdout } = cli(['--help']);
  assert.equal(status, 0);
  for (const option of [
    '--model',
    '--pair',
    '--target',
    '--layer',
    '--head',
    '--format',
    '--out',
    '--continue',
    '--seed',
    '--temperature',
    '--top-k',
    '--top-p',
    '--user',
    '--system',
    '--chat',
    '--memory',
    '--help',
  ])
    assert.ok(stdout.includes(option));
});

test('check runs a model with and without its attention exposed; behind -- it is a text', () => {
  const checked = cli(['check', '--model', 'tiny-encoder', '--format', 'json', text]);
  assert.equal(checked.stderr, '');
  assert.equal(checked.status, 0);
  assert.equal(JSON.parse(checked.stdout).agrees, true);
  assert.match(cli(['check', '--model', 'tiny-encoder', '--format', 'npz', text]).stderr, /--format/);
  assert.equal(
    JSON.parse(cli(['--model', 'tiny-encoder', '--format', 'json', '--', 'check']).stdout).sequences[0].text,
    'check',
  );
});
