import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { bundle } from './support/engine-process.ts';
import { builtInModels } from './support/models.ts';

const text = 'The cat that was hungry ate the fish.';
const ateCat = ['--layer', '1', '--head', '2', '--query', '6', '--key', '2'];

function parts(args: readonly string[]) {
  const env = { ...process.env, TEXT_ATTENTION_MODELS: builtInModels };
  return spawnSync(process.execPath, [bundle('cli.cjs'), 'parts', ...args], { encoding: 'utf8', env });
}

function decoded(vector: string): Float32Array {
  const bytes = Buffer.from(vector, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));
}

test('JSON holds the names of the parts, and terms that sum to the score', () => {
  const { status, stdout } = parts([...ateCat, '--format', 'json', text]);
  assert.equal(status, 0);
  const told = JSON.parse(stdout);
  assert.deepEqual([told.map, told.layer, told.head, told.query, told.key], ['attention', 1, 2, 6, 2]);
  assert.deepEqual(told.parts[0], { kind: 'word' });
  const terms = decoded(told.terms);
  assert.equal(terms.length, told.parts.length ** 2);
  assert.ok(Math.abs(terms.reduce((sum, term) => sum + term, 0) - told.score) <= 1e-4);
  assert.ok(told.difference <= 1e-4);
});

test('the table lists parts by query and key, with the row mean removed, and the largest terms', () => {
  const { status, stdout } = parts([...ateCat, text]);
  assert.equal(status, 0);
  for (const line of [
    /\nHead 1\.2 of the map “attention”: query 6 ate, key 2 cat\n/,
    /\nrow mean removed {2,}1\.293\n/,
    /\npart {2,}by query part {2,}row mean removed {2,}by key part {2,}row mean removed\n/,
    /\nhead 0\.1 × head 0\.0 {2,}0\.9449 {2,}0\.8576\n/,
    /\nparts, summed, differ from the model by {2,}[\d.]+e-\d/,
  ])
    assert.match(stdout, line);
  assert.match(parts([...ateCat, '--by', 'token', text]).stdout, /\nhead 0\.1 from \d \S+ {2,}/);
});

test('logits have a table of their own, and what cannot be told is said in one line', () => {
  const told = parts(['--model', 'causal-lm-small', '--logit', '#5', '--position', '1', text]);
  assert.equal(told.status, 0);
  assert.match(told.stdout, /\nfeed-forward 3 {2,}-?\d/);
  for (const [args, says] of [
    [['--logit', '#5', text], /--position: a logit follows a token of the text/],
    [['--logit', '#5', '--position', '1', text], /The logits of the model “masked-lm-small” cannot be taken apart/],
    [[...ateCat, '--format', 'svg', text], /--format: “svg” is not one of table, json/],
    [[...ateCat, '--by', 'layer', text], /--by: “layer” is not one of head, token/],
    [[text], /--layer: a weight has a layer, a head, a query and a key/],
  ] as const) {
    const { status, stdout, stderr } = parts(args);
    assert.equal(status, 1, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, says);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
});
