import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { chapters, codeOf, lesson, says } from './support/lesson.ts';
import { worstDifference, analysed, mapNamed } from './support/models.ts';

const run = promisify(execFile);
const programs = join(lesson, 'programs');
/** What the chapters say that programs print. */
const quotes = chapters.flatMap((chapter) => codeOf(chapter, 'text'));
const sentence = 'The cat that was hungry ate the fish.';
const source = 'The old king sees the red horse.';
/** The programs compute in 64 bits what the models compute in 32. */
const tolerance = 1e-4;

/** What a program of the lesson prints. */
async function printed(program: string, ...options: readonly string[]): Promise<string> {
  return (await run(process.execPath, [join(programs, program), ...options], { maxBuffer: 1e8 })).stdout;
}

/** The same of a Python program; null, after saying so, where there is no Python (with the module that it needs). */
async function printedByPython(
  context: TestContext,
  needs: string,
  program: string,
  ...options: readonly string[]
): Promise<string | null> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8', OMP_NUM_THREADS: '1' };
  for (const python of ['/usr/bin/python3', 'python3']) {
    const there = python.startsWith('/') ? existsSync(python) : true;
    if (!there || !(await run(python, ['-c', `import ${needs}`]).catch(() => null))) continue;
    return (await run(python, [join(programs, program), ...options], { env, maxBuffer: 1e8 })).stdout;
  }
  context.skip(`no Python with ${needs} is on this machine`);
  return null;
}

interface Transformer {
  readonly attention: number[][][][];
  readonly logits: number[][];
}

/** The probabilities of a row of logits. */
function softmax(logits: readonly number[]): number[] {
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

test('the Transformer from scratch computes the attention and the predictions of masked-lm-small', async (context) => {
  const masked = sentence.replace('fish', '[MASK]');
  const [analysis] = await analysed('masked-lm-small', [masked]);
  const map = mapNamed(analysis, 'attention');
  const texts = [await printed('transformer.ts', masked, '--json')];
  const python = await printedByPython(context, 'json', 'transformer.py', masked, '--json');
  if (python !== null) texts.push(python);
  for (const text of texts) {
    const { attention, logits } = JSON.parse(text) as Transformer;
    assert.ok(worstDifference(attention.flat(3), map.weights) < tolerance);
    const places = analysis.predictions?.flatMap((each) => (each.kind === 'masked' ? each.places : [])) ?? [];
    assert.equal(places.length, 1);
    for (const { token, candidates } of places) {
      const probabilities = softmax(logits[token] ?? []);
      assert.ok(candidates.length > 0);
      for (const { id, probability } of candidates)
        assert.ok(Math.abs((probabilities[id] ?? NaN) - probability) < tolerance);
    }
  }
});

interface Written {
  readonly word: string;
  readonly scores: number[];
  readonly weights: number[];
  readonly logits: number[];
}

test('attention in a recurrent network computes what recurrent-bahdanau does', async (context) => {
  const [analysis] = await analysed('recurrent-bahdanau', [source]);
  const map = mapNamed(analysis, 'cross');
  const texts = [await printed('attention-rnn.ts', source, '--json')];
  const python = await printedByPython(context, 'json', 'attention_rnn.py', source, '--json');
  if (python !== null) texts.push(python);
  for (const text of texts) {
    const written = JSON.parse(text) as readonly Written[];
    assert.deepEqual(
      written.map(({ word }) => word),
      'el rey viejo ve el caballo rojo . </s>'.split(' '),
    );
    assert.ok(
      worstDifference(
        written.flatMap(({ weights }) => weights),
        map.weights,
      ) < tolerance,
    );
    assert.ok(
      worstDifference(
        written.flatMap(({ scores }) => scores),
        map.scores ?? [],
      ) < tolerance,
    );
  }
});

test('TypeScript and Python print the same of the models', async (context) => {
  for (const [first, second] of [
    ['transformer.ts', 'transformer.py'],
    ['attention-rnn.ts', 'attention_rnn.py'],
  ] as const) {
    const python = await printedByPython(context, 'json', second);
    const typescript = await printed(first);
    if (python !== null) assert.equal(python, typescript);
    assert.ok(quotes.includes(typescript), `no chapter quotes what ${first} prints:\n${typescript}`);
  }
});

test('a tiny Transformer learns from nothing, in TypeScript and in Python to the same numbers', async (context) => {
  const text = await printed('tiny-transformer.ts');
  assert.ok(quotes.includes(text), `no chapter quotes what it prints:\n${text}`);
  const python = await printedByPython(context, 'json', 'tiny_transformer.py');
  if (python !== null) assert.equal(python, text);
});

test('a tiny Transformer without attention guesses, and without positions does well', async () => {
  const source = readFileSync(join(programs, 'tiny-transformer.ts'), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'text-attention-lesson-'));
  const changed = async (pattern: RegExp, line: string): Promise<readonly string[]> => {
    assert.match(source, pattern);
    const file = join(folder, 'changed.ts');
    writeFileSync(file, source.replace(pattern, line));
    const text = (await run(process.execPath, [file])).stdout;
    const found = /step 300 {2}loss (\S+)[^]*sentences: (\d+) right sounds; .* in (\d+)$/mu.exec(text);
    return found?.slice(1) ?? assert.fail(text);
  };
  try {
    const [loss = '', right] = await changed(/const attended = .*;/u, 'const attended = stream;');
    says(6, `The loss stops at ${Number(loss).toFixed(2)}, and ${right} of 500 sounds are right.`);
    const [, sounds, subjects] = await changed(/const stream = [^;]*;/u, 'const stream = lookUp(embeddings, ids);');
    says(6, `${sounds} of 500 sounds are still right!`);
    says(6, `in ${500 - Number(subjects)} sentences another word gets more.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the network of the PyTorch file learns where to look', async (context) => {
  const text = await printedByPython(context, 'torch', 'attention_rnn_pytorch.py');
  if (text === null) return;
  const right = /: (\d+) written in order/u.exec(text)?.[1];
  const found = /due in (\d+) of 1600 steps/u.exec(text)?.[1];
  // Versions of PyTorch differ in their random numbers.
  assert.ok(Number(right) >= 190, text);
  assert.ok(Number(found) >= 1300, text);
});
