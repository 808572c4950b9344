import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bundle } from './support/engine-process.ts';
import { builtInModels } from './support/models.ts';

const store = mkdtempSync(join(tmpdir(), 'text-attention-heads-'));
after(() => rmSync(store, { recursive: true, force: true }));

function heads(...args: readonly string[]) {
  const env = { ...process.env, TEXT_ATTENTION_MODELS: builtInModels, TEXT_ATTENTION_STORE: store };
  return spawnSync(process.execPath, [bundle('cli.cjs'), 'heads', ...args], { encoding: 'utf8', env });
}

test('heads prints the roles of every head with their evidence, and keeps them for the next time', () => {
  const first = heads('--model', 'causal-lm-small', '--format', 'json');
  assert.equal(first.stderr, '');
  assert.equal(first.status, 0);
  const told = JSON.parse(first.stdout);
  assert.deepEqual([told.model, told.language, told.sentences, told.heads.length], ['causal-lm-small', 'en', 419, 16]);
  const places = told.heads.map(({ layer, head }: { layer: number; head: number }) => 4 * layer + head);
  assert.deepEqual(
    places,
    Array.from({ length: 16 }, (_, at) => at),
  );
  const [subject] = told.heads[13].roles;
  assert.equal(subject.name, 'verb-to-subject');
  assert.ok(subject.score > 0.85 && subject.baseline < 0.5 && subject.cases > 150);
  assert.ok(subject.notNeighbours.score > 0.8 && subject.notNeighbours.cases >= 100);
  assert.equal(subject.examples.length, 3);
  for (const { text, query, key, weight } of subject.examples) {
    assert.ok(text.includes(query) && text.includes(key) && text.indexOf(key) < text.lastIndexOf(query));
    assert.ok(weight > 0 && weight <= 1.001);
  }
  const [induction] = told.heads[4].roles;
  assert.deepEqual([induction.name, induction.cases, induction.examples], ['induction', 128, []]);
  assert.equal(readdirSync(join(store, '.probes')).length, 1);
  const table = heads('--model', 'causal-lm-small');
  assert.equal(table.status, 0);
  assert.match(table.stdout, /^causal-lm-small · measured on 419 English sentences\n\nhead {2,}role {2,}score/);
  assert.match(table.stdout, /\n1\.0 {2,}induction {2,}0\.9\d {2,}0\.0\d {2,}128\n {2,}first/);
  assert.match(
    table.stdout,
    /\n3\.1 {2,}verb → subject {2,}0\.9\d {2,}0\.\d\d {2,}\d+ {2,}0\.\d\d {2,}0\.\d\d {2,}\d+\n/,
  );
  assert.match(table.stdout, /\n3\.2 {2,}none\n/);
});

test('heads refuses a text, a format that there is not, and a recurrent network', () => {
  for (const [args, said] of [
    [['A text'], /give no text/],
    [['--format', 'csv'], /“csv” is not one of table, json/],
    [['--model', 'recurrent-dot'], /is not supported: what heads do is measured within one text/],
  ] as const) {
    const { status, stdout, stderr } = heads(...args);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, said);
  }
});
