import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { firstSelection } from '../../src/core/attention/selection.ts';
import { firstView } from '../../src/core/attention/view.ts';
import type { NextPrediction } from '../../src/core/prediction/prediction.ts';
import { plainSampling } from '../../src/core/prediction/sampling-settings.ts';
import { focusOfSelection } from '../../src/core/scene/focus.ts';
import { bundle, startEngine } from './support/engine-process.ts';
import { fixtureModels } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-attention-drawn-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const text = 'the cat that';

function cli(...args: readonly string[]): ReturnType<typeof spawnSync> & { stdout: string; stderr: string } {
  const env = { ...process.env, TEXT_ATTENTION_MODELS: fixtureModels, TEXT_ATTENTION_STORE: folder };
  return spawnSync(process.execPath, [bundle('cli.cjs'), ...args], { encoding: 'utf8', env });
}

function nextOf(json: string): NextPrediction {
  const { predictions } = JSON.parse(json) as { predictions: NextPrediction[] };
  return predictions.find(({ kind }) => kind === 'next') ?? assert.fail('nothing is predicted');
}

/** The numbers under temperature 0.5 and top-k 3 from the plain ones: squares of the three largest, as shares. */
function checkDrawn({ steps, drawing }: NextPrediction, plain: NextPrediction): void {
  assert.deepEqual(drawing, { temperature: 0.5, topK: 3 });
  assert.equal(steps.length, plain.steps.length);
  for (const [at, { candidates, followed, kept }] of steps.entries()) {
    const own = plain.steps[at]?.candidates ?? [];
    const squares = own.slice(0, 3).map(({ probability }) => probability ** 2);
    const sum = squares.reduce((total, square) => total + square, 0);
    assert.equal(kept, 3);
    assert.deepEqual(
      candidates.map(({ drawn: _, ...rest }) => rest),
      own,
    );
    for (const [rank, { drawn = NaN }] of candidates.entries())
      assert.ok(Math.abs(drawn - (squares[rank] ?? 0) / sum) < 1e-6, `step ${at}, rank ${rank}: ${drawn}`);
    if (followed)
      assert.ok(Math.abs((followed.drawn ?? NaN) - (squares[followed.rank] ?? 0) / sum) < 1e-6, `step ${at}: the text`);
  }
}

test('in a terminal next tokens have the probability with which they are drawn, beside the model’s own', () => {
  const run = ['--model', 'tiny-decoder', text];
  const settings = ['--temperature', '0.5', '--top-k', '3'];
  const plain = nextOf(cli(...run, '--format', 'json').stdout);
  assert.doesNotMatch(JSON.stringify(plain), /drawn|drawing|kept/);
  checkDrawn(nextOf(cli(...run, ...settings, '--format', 'json').stdout), plain);
  const table = cli(...run, ...settings).stdout;
  assert.match(table, /the probability with which a token is drawn, with temperature 0\.5 and top-k 3\n/);
  const [best] = plain.steps.at(-1)?.candidates ?? [];
  assert.ok(best && table.includes(`${best.probability.toFixed(2)} (`));
  assert.match(table, /next .* \(0\)/);
});

test('what has nothing to draw from is refused: another model, a seed without tokens, a number that is none', () => {
  for (const [args, expected] of [
    [['--model', 'tiny-encoder', '--temperature', '2', text], /predict the next token/],
    [['--model', 'tiny-decoder', '--seed', '2', text], /--continue/],
    [['--model', 'tiny-decoder', '--top-p', '1.5', text], /--top-p/],
    [['--model', 'tiny-decoder', '--temperature', 'warm', text], /--temperature/],
  ] as const) {
    const { status, stderr } = cli(...args);
    assert.notEqual(status, 0);
    assert.match(stderr, expected);
  }
});

test('a JSON file of the panel has the settings of its predictions, and none where they are the model’s own', async () => {
  const engine = startEngine();
  after(() => engine.child.kill());
  const analysis = 'one';
  const info = await engine.peer.ask('analyse', { analysis, model: 'tiny-decoder', text });
  const selection = firstSelection(info);
  const saved = async (sampling: typeof plainSampling): Promise<NextPrediction> => {
    const view = { ...firstView, sampling };
    const focus = focusOfSelection(selection, true);
    const asked = { analysis, format: 'json', focus, view, selection, sides: [] } as const;
    return nextOf(new TextDecoder().decode((await engine.peer.ask('export', asked)).bytes));
  };
  const plain = await saved(plainSampling);
  assert.doesNotMatch(JSON.stringify(plain), /drawn|drawing|kept/);
  checkDrawn(await saved({ ...plainSampling, temperature: 0.5, topK: 3, seed: 7 }), plain);
});
