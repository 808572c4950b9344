import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readCsv } from '../unit/export/read-csv.ts';
import { bundle } from './support/engine-process.ts';
import { builtInModels } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-attention-compare-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const sentence = 'The cat that was hungry ate the fish.';
const translated = 'the old king sees the red horse .';
const kinds = ['--model', 'recurrent-bahdanau', '--with', 'recurrent-general', '--with', 'translation-small'];

function cli(...args: readonly string[]) {
  return cliOn('', ...args);
}

/** The command line with this on its standard input. */
function cliOn(input: string, ...args: readonly string[]) {
  const env = { ...process.env, TEXT_ATTENTION_MODELS: builtInModels, TEXT_ATTENTION_STORE: folder };
  return spawnSync(process.execPath, [bundle('cli.cjs'), ...args], { encoding: 'utf8', env, input });
}

function out(...args: readonly string[]): string {
  const { stdout, stderr, status } = cli(...args);
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return stdout;
}

/** The weights of one head as the plain command writes them, `[query][key]`. */
function weightsOf(...args: readonly string[]): number[][] {
  return readCsv(out(...args, '--format', 'csv-matrix'))
    .slice(1)
    .map((row) => row.slice(1).map(Number));
}

/** The Jensen–Shannon divergence of two rows in nats, by its definition. */
function divergence(p: readonly number[], q: readonly number[]): number {
  const towards = (own: readonly number[]): number =>
    own.reduce((sum, share, at) => {
      const middle = (share + (own === p ? (q[at] ?? NaN) : (p[at] ?? NaN))) / 2;
      return sum + (share > 0 ? share * Math.log(share / middle) : 0);
    }, 0);
  return (towards(p) + towards(q)) / 2;
}

interface Told {
  readonly queries: readonly string[];
  readonly keys: readonly string[];
  readonly runs: readonly {
    readonly name: string;
    readonly edits?: readonly string[];
    readonly heads: string;
    readonly weights: readonly (readonly number[])[];
    readonly difference?: { readonly divergences: readonly number[]; readonly largest: number } | null;
    readonly alignment?: { readonly errorRate: number; readonly right: number; readonly words: number };
  }[];
}

test('an edited run beside the model as it is: both as the plain command gives them, divergences by their definition', () => {
  const place = ['--layer', '1', '--head', '2'];
  const edit = ['--edit', 'block 1.2 6 2'];
  const told = JSON.parse(out('compare', ...place, ...edit, '--format', 'json', sentence)) as Told;
  const [first, second] = told.runs;
  assert.deepEqual([first?.name, second?.name], ['With edits', 'Without edits']);
  assert.deepEqual([first?.edits, second?.edits], [['block 1.2 6 2'], undefined]);
  assert.ok(first && second?.difference);
  const before = weightsOf(...place, sentence);
  const after = weightsOf(...place, ...edit, sentence);
  assert.deepEqual([first.weights, second.weights], [after, before]);
  for (const [at, row] of before.entries()) {
    const own: number = second.difference.divergences[at] ?? NaN;
    assert.ok(Math.abs(own - divergence(after[at] ?? [], row)) < 1e-6, `row ${at}`);
    if (at !== 6) assert.equal(own, 0);
  }
  const link = before[6]?.[2] ?? NaN;
  assert.ok(Math.abs(second.difference.largest - link) < 1e-6);
  const table = out('compare', ...place, ...edit, sentence);
  assert.match(table, /^With edits +layer 1, head 2 +.*block.*\nWithout edits +layer 1, head 2\n/);
  assert.match(
    table,
    /\nWithout edits − With edits: mean \|difference\| 0\.\d+, largest 0\.\d+; Jensen–Shannon 0\.\d+ nats/,
  );
  assert.ok(table.includes(`ate      0.00`) && table.includes(`+${link.toFixed(4)}`));
  assert.match(table, /\nlink +first +other +difference\nate → cat +0\.0000 +0\.\d{4} +\+0\.\d{4}\n/);
});

test('Bahdanau, Luong and a Transformer on one sentence, each with its error against the known alignment', () => {
  const table = out('compare', ...kinds, translated);
  assert.match(
    table,
    /^recurrent-bahdanau .*alignment error 0\.\d\d, \d of 8 words right\nrecurrent-general .*error 0\.\d\d/,
  );
  assert.match(table, /\ntranslation-small +layer 1, head 3 +alignment error 0\.\d\d, \d of 8 words right\n/);
  const { runs, queries, keys } = JSON.parse(out('compare', ...kinds, '--format', 'json', translated)) as Told;
  assert.equal(runs.length, 3);
  for (const { weights, alignment } of runs) {
    assert.ok(alignment);
    // Of 8 words with one link each the rate is the share that is wrong.
    assert.ok(Math.abs(alignment.errorRate - (1 - alignment.right / alignment.words)) < 1e-12);
    assert.equal(weights.length, queries.length);
    assert.ok(weights.every((row) => row.length === keys.length));
  }
  const file = join(folder, 'three.svg');
  out('compare', ...kinds, '--format', 'svg', '--out', file, translated);
  const svg = readFileSync(file, 'utf8');
  for (const name of [
    'recurrent-bahdanau',
    'recurrent-general',
    'translation-small',
    'alignment error',
    'Dots: the known',
  ])
    assert.ok(svg.includes(name), name);
});

test('other models word by word, other texts by their words in common; records for each cell', () => {
  const [names = [], ...rows] = readCsv(out('compare', '--with', 'causal-lm-small', '--format', 'csv', sentence));
  assert.deepEqual(names.slice(4, 6), ['masked-lm-small', 'causal-lm-small']);
  for (const row of rows) assert.ok(Math.abs(Number(row[5]) - Number(row[4]) - Number(row[6])) < 1e-6);
  const other = 'The dog that was hungry ate the fish.';
  const table = out('compare', '--layer', '3', '--words', sentence, other);
  assert.match(table, /^“The cat that was hungry…” +layer 3, mean of 4 heads\n“The dog/);
});

test('the other text may come from standard input, too', () => {
  const { stdout } = cliOn('The dog .\n', 'compare', 'The cat .', '-');
  assert.match(stdout, /^“The cat \.” .*\n“The dog \.” /);
});

test('what cannot be compared is refused by name', () => {
  for (const [args, said] of [
    [[sentence], /^compare: there is nothing to compare with; add --with MODEL/],
    [['--with', 'a', '--with', 'b', '--with', 'c', sentence], /3 runs beside the first; at most 2/],
    [[], /no text was given/],
    [['--user', 'Hi', sentence], /^chat: give a conversation or a text, not both/],
    [['--pair', 'It slept.', sentence, 'Another text.'], /^--pair: it belongs to the first text alone/],
    [['--with', 'causal-lm-small', '--head', '99', sentence], /there is no head 99/],
    [['--with', 'causal-lm-small', '--map', 'cross', sentence], /“cross” is not one of attention/],
    [['--with', 'causal-lm-small', '--format', 'npz', sentence], /“npz” is not one of table, csv, json, svg/],
    [['--with', 'no-such-model', sentence], /no-such-model/],
  ] as const) {
    const { status, stdout, stderr } = cli('compare', ...args);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, said);
  }
});
