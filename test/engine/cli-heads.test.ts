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
  assert.deepEqual([induction.name, induction.cases, induction.examples.length], ['induction', 128, 3]);
  assert.ok(
    induction.examples.every(
      ({ text }: { text: string }) =>
        text.slice(0, 5) ===
        text
          .slice(-text.length / 2)
          .trimStart()
          .slice(0, 5),
    ),
  );
  assert.equal(told.heads[4].similar.length, 10);
  assert.deepEqual([told.heads[4].similar[0].layer, told.heads[4].similar[0].head], [1, 3]);
  assert.deepEqual([told.unread, told.compared.sentences, told.heads[4].place.length], [[], 32, 2]);
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
  const similar = heads('--model', 'causal-lm-small', '--similar', '1.0');
  assert.match(similar.stdout, /^causal-lm-small · compared on 32 English sentences\n1\.0: induction 0\.9\d/);
  assert.match(similar.stdout, /\nhead {2,}distance {2,}role\n1\.3 {2,}0\.2\d {2,}induction 0\.9\d/);
  assert.equal(similar.stdout.trim().split('\n').length, 14);
  const json = JSON.parse(heads('--model', 'causal-lm-small', '--similar', '1.0', '--format', 'json').stdout);
  assert.deepEqual([json.layer, json.head, json.similar.length, json.similar[0].roles[0]], [1, 0, 10, 'induction']);
});

test('heads refuses a text, a format that there is not, and a recurrent network', () => {
  for (const [args, said] of [
    [['A text'], /give no text/],
    [['--model', 'causal-lm-small', '--similar', '9.0'], /“9\.0” is not a head of the model/],
    [['--format', 'csv'], /“csv” is not one of table, json/],
    [['--model', 'recurrent-dot'], /is not supported: what heads do is measured within one text/],
  ] as const) {
    const { status, stdout, stderr } = heads(...args);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, said);
  }
});
