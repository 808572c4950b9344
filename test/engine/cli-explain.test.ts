import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundle } from './support/engine-process.ts';
import { analyse, builtInModels, fixtureModels, mapNamed } from './support/models.ts';

const text = 'The cat that was hungry ate the fish.';
const ateCat = ['--layer', '1', '--head', '2', '--query', '6', '--key', '2'];

function explain(args: readonly string[], models = builtInModels) {
  const env = { ...process.env, TEXT_ATTENTION_MODELS: models };
  return spawnSync(process.execPath, [bundle('cli.cjs'), 'explain', ...args], { encoding: 'utf8', env });
}

function decoded(vector: string): Float32Array {
  const bytes = Buffer.from(vector, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));
}

test('JSON holds the vectors, the whole row, and what they make', async () => {
  const { status, stdout, stderr } = explain([...ateCat, '--format', 'json', text]);
  assert.equal(stderr, '');
  assert.equal(status, 0);
  const told = JSON.parse(stdout);
  assert.deepEqual([told.map, told.layer, told.head, told.query, told.key], ['attention', 1, 2, 6, 2]);
  const [q, k, v, scores, weights] = [told.q, told.k, told.v, told.scores, told.weights].map(decoded);
  assert.ok(q && k && v && scores && weights);
  assert.equal(v.length, q.length);
  const product = q.reduce((sum, value, at) => sum + value * (k[at] ?? NaN), 0);
  const score = told.biases.reduce((sum: number, { value }: { value: number }) => sum + value, product * told.scale);
  assert.ok(Math.abs(score - (scores[2] ?? NaN)) < 1e-4);
  assert.equal(told.softcap, null);
  assert.ok(told.recomputed.difference < 1e-5 && Math.abs(told.recomputed.score - score) < 1e-4);
  const map = mapNamed(await analyse({ model: join(builtInModels, 'masked-lm-small'), text }), 'attention');
  const [, heads, queries, keys] = map.shape;
  const start = ((1 * heads + 2) * queries + 6) * keys;
  assert.deepEqual(weights, map.weights.slice(start, start + keys));
  assert.ok(told.output.norm > 0 && Math.abs(told.output.share) < 1);
});

test('the table is the default: what the score is made of, the row, and the output', () => {
  const { status, stdout } = explain([...ateCat, text]);
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^masked-lm-small · encoder · fp16 · 11 tokens\nHead 1\.2 of the map “attention”: query 6 ate, key 2 cat\n/,
  );
  for (const line of [
    /\nq·k {2,}\S/,
    /\n× scale {2,}0\.1768\n/,
    /\n\+ mask {2,}0\n/,
    /\nscore {2,}3\.541\n/,
    /\nmean score of the row {2,}2\.248\n/,
    /\n2 cat {2,}3\.541 {2,}0\.02\n/,
    /\nnorm of the head’s output {2,}\d/,
    /\nrecomputed row differs from the model by {2,}[\d.]+e-\d/,
  ])
    assert.match(stdout, line);
});

test('maps are chosen by name, and recurrent networks tell the vectors of their own formula', () => {
  const cell = ['--layer', '0', '--head', '0', '--query', '2', '--key', '1'];
  const sentence = 'the old king sees the red horse .';
  const cross = JSON.parse(
    explain(['--model', 'translation-small', '--map', 'cross', ...cell, '--format', 'json', sentence]).stdout,
  );
  assert.equal(cross.map, 'cross');
  const masked = explain(['--model', 'translation-small', '--map', 'decoder', ...cell, '--format', 'json', sentence]);
  assert.match(masked.stdout, /"biases":\[\{"name":"position"/);
  const told = JSON.parse(explain(['--model', 'recurrent-bahdanau', ...cell, '--format', 'json', sentence]).stdout);
  assert.deepEqual(
    told.parts.map(({ name }: { name: string }) => name),
    ['s', 'h', 'W s', 'U h', 'tanh(W s + U h)', 'v'],
  );
  const table = explain(['--model', 'recurrent-local-p', ...cell, sentence]).stdout;
  assert.match(table, /\nscore by {2,}s·W h\n/);
  assert.match(table, /\nwindow {2,}[\d.]+ ± \d+, Gaussian with σ = \d/);
});

test('what is missing or not there is said by name', () => {
  for (const [args, says] of [
    [[text], /--layer: a weight has a layer, a head, a query and a key; give all four/],
    [
      ['--layer', '0', '--head', 'x', '--query', '0', '--key', '0', text],
      /--head: “x” is not a whole number from 0 on/,
    ],
    [
      ['--layer', '7', '--head', '0', '--query', '0', '--key', '0', text],
      /--layer: there is no layer 7; the map “attention” has 2/,
    ],
    [
      ['--layer', '0', '--head', '9', '--query', '0', '--key', '0', text],
      /--head: there is no head 9; the map “attention” has 2, counted from 0/,
    ],
    [['--layer', '0', '--head', '0', '--query', '0', '--key', '99', text], /key: there is no key 99/],
    [[...ateCat, '--map', 'cross', text], /--map: “cross” is not one of attention/],
    [[...ateCat, '--format', 'csv', text], /--format: “csv” is not one of table, json/],
  ] as const) {
    const { status, stdout, stderr } = explain(['--model', 'tiny-encoder', ...args], fixtureModels);
    assert.equal(status, 1, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, says);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
});
