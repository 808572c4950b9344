import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { readEdit } from '../../src/core/run/edits.ts';
import { bundle } from './support/engine-process.ts';
import { analyse, builtInModels } from './support/models.ts';

const text = 'The cat that was hungry ate the [MASK].';

function run(...args: readonly string[]) {
  const env = { ...process.env, TEXT_ATTENTION_MODELS: builtInModels };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle('cli.cjs'), ...args], {
    encoding: 'utf8',
    env,
  });
  return { status, stdout, stderr };
}

test('JSON has the edits as they are written, and what they did to the prediction', async () => {
  const written = ['off 1.2', 'block *.0 6 2', 'replace 2 "dog"'];
  const { status, stdout, stderr } = run('--format', 'json', ...written.flatMap((edit) => ['--edit', edit]), text);
  assert.equal(stderr, '');
  assert.equal(status, 0);
  const told = JSON.parse(stdout);
  assert.deepEqual(told.edits, written);
  const edits = written.flatMap((edit) => {
    const read = readEdit(edit);
    return 'edit' in read ? [read.edit] : [];
  });
  const analysis = await analyse({ model: join(builtInModels, 'masked-lm-small'), text, edits });
  assert.deepEqual(told.change, analysis.change);
  assert.ok(told.change.kl > 0 && told.change.kind === 'masked' && told.change.token === 8);
  assert.deepEqual([told.change.before.length, told.change.after.length], [5, 5]);
  assert.equal(told.sequences[0].tokens[2].replaced, true);
  assert.ok(!JSON.parse(run('--format', 'json', text).stdout).edits);
});

test('the table says that the run is edited, how, and what that did', () => {
  const { status, stdout } = run(
    '--model',
    'causal-lm-small',
    '--edit',
    'off 1.2',
    '--edit=zero 1',
    'Once upon a time',
  );
  assert.equal(status, 0);
  assert.match(stdout, /\nEdited run: off 1\.2; zero 1\n/);
  assert.match(
    stdout,
    /\n\neffect on the prediction after 4 time: KL\(before ‖ after\) 0\.\d+ nats\nbefore {2,}, 0\.\d.*\nafter {2,}\S/,
  );
});

test('every format of a file says that the run is edited', () => {
  for (const [format, pattern] of [
    ['csv', /^map,layer,head,query,query_token,key,key_token,weight,edited\r\n(.*,Edited run: off 1\.2\r\n)+$/],
    ['csv-matrix', /^Edited run: off 1\.2,/],
    ['html', /Edited run: off 1\.2/],
    ['svg', /Edited run: off 1\.2/],
    ['svg-matrix', /Edited run: off 1\.2/],
    ['svg-model', /Edited run: off 1\.2/],
    ['svg-layers', /Edited run: off 1\.2/],
    ['npz', /Edited run: off 1\.2/],
  ] as const) {
    const { status, stdout } = run('--format', format, '--edit', 'off 1.2', text);
    assert.equal(status, 0, format);
    assert.match(stdout, pattern, format);
  }
});

test('explain takes replaced tokens, and refuses what it cannot take apart; check takes no edits', () => {
  const cell = ['--layer', '1', '--head', '2', '--query', '6', '--key', '2'];
  const replaced = run('explain', ...cell, '--edit', 'replace 2 dog', text);
  assert.equal(replaced.status, 0);
  assert.match(replaced.stdout, /\nEdited run: replace 2 "dog"\n.*query 6 ate, key 2 dog\n/);
  const off = run('explain', ...cell, '--edit', 'off 1.1', text);
  assert.equal(off.status, 1);
  const says = /^edit: weights of an edited run cannot be taken apart; .* can\. Correct it and run again\.\n$/;
  assert.match(off.stderr, says);
  assert.match(run('parts', ...cell, '--edit', 'off 1.1', text).stderr, says);
  assert.equal(run('parts', ...cell, '--edit', 'replace 2 dog', text).status, 0);
  assert.match(run('check', '--edit', 'off 1.2', text).stderr, /^--edit: check compares a model as it is/);
});

test('an edit that cannot be read or made ends in one sentence', () => {
  for (const [edit, says] of [
    ['turn 1.2', /^--edit: “turn” is not an edit; these are: off, scale/],
    ['off 1', /^--edit: write off LAYER\.HEAD, as in off 1\.2/],
    ['off 9.2', /off 9\.2: the map “attention” has attention in layers 0, 1, 2, 3 and 4/],
    ['replace 2 qqqqzzz', /the vocabulary of the model has no such token/],
    ['off cross/1.2', /off cross\/1\.2: there is no such map in this model, only attention\./],
    ['pattern 1.2 1 0.5', /pattern 1\.2 1 0\.5: it has 1 weight for 11 keys/],
    ['bias 1.2 1 1 1e9', /^--edit: a number from −10000 to 10000 is expected/],
    ['\u001b[31mred', /^--edit: “␛\[31mred” is not an edit/],
  ] as const) {
    const { status, stdout, stderr } = run('--edit', edit, text);
    assert.equal(status, 1, edit);
    assert.equal(stdout, '');
    assert.match(stderr, says);
    assert.equal(stderr.trimEnd().split('\n').length, 1);
  }
});

test('edits that make numbers too large are what the sentence says, not the format of the model', () => {
  const args = Array.from({ length: 11 }, () => ['--edit', 'scale 1.* 10000']).flat();
  const { status, stdout, stderr } = run(...args, text);
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /contains NaN or infinity\. The edits make its numbers too large: choose smaller factors/);
  const last = Array.from({ length: 11 }, () => ['--edit', 'scale 4.* 10000']).flat();
  assert.match(run(...last, text).stderr, /its prediction contains NaN\. The edits make its numbers too large/);
  const many = Array.from({ length: 1025 }, () => ['--edit', 'zero 1']).flat();
  assert.match(run(...many, text).stderr, /^--edit: there are more than 1024 edits/);
});
