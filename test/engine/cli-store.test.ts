import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { test } from 'node:test';
import { english } from '../../src/core/words/english.ts';
import { until } from '../harness/until.ts';
import { reasonOf } from '../../src/core/errors/reason.ts';

import { usualPatience } from '../../src/engine/process/patience.ts';
import { downloadCommand } from '../../src/engine/terminal/store-commands.ts';
import type { Terminal } from '../../src/engine/terminal/terminal.ts';
import { bundle } from './support/engine-process.ts';
import { graph, hubModel, hubScene, type HubScene } from './support/hub.ts';
import { analyse, fixture, fixtureModels, mapNamed } from './support/models.ts';

const text = 'the cat that was hungry ate the fish';

function start({ store }: HubScene, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [bundle('cli.cjs'), ...args], {
    env: { ...process.env, TEXT_ATTENTION_MODELS: fixtureModels, TEXT_ATTENTION_STORE: store, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function cli(
  s: HubScene,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ status: number; out: string; errors: string }> {
  const child = start(s, args, env);
  assert.ok(child.stdout && child.stderr);
  const [out, errors, [status]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'exit')]);
  return { status, out, errors };
}

test('a model is downloaded, run by its name, listed and deleted', async (context) => {
  const s = await hubScene(context);
  s.server.pages.set(hubModel, { licence: 'mit' });
  const absent = await cli(s, ['--model', hubModel, text]);
  assert.equal(absent.status, 1);
  assert.match(absent.errors, /has not been downloaded/);
  assert.equal(s.server.seen.length, 0, 'a run asks nobody');

  const refused = await cli(s, ['download', hubModel, '--host', s.server.address]);
  assert.equal(refused.status, 1);
  assert.match(refused.errors, /add --yes/);
  assert.equal(s.server.seen.length, 0, 'without a person and without --yes nothing is asked');

  const loaded = await cli(s, ['download', hubModel, '--host', s.server.address, '--yes']);
  assert.equal(loaded.errors.includes('not'), false, loaded.errors);
  assert.equal(loaded.status, 0);
  for (const said of [`127.0.0.1:${s.server.port}`, 'licence  mit', graph, 'encoder', s.store, `--model ${hubModel}`])
    assert.ok(loaded.out.includes(said), said);

  const run = await cli(s, ['--model', hubModel, '--dtype', 'fp32', '--format', 'json', text]);
  const { model, maps } = JSON.parse(run.out);
  assert.equal(model.id, hubModel);
  const expected = mapNamed(await analyse({ model: fixture('tiny-encoder'), text }), 'attention').weights;
  assert.deepEqual(
    Buffer.from(maps[0].weights, 'base64'),
    Buffer.from(expected.buffer, expected.byteOffset, expected.byteLength),
  );
  assert.match(
    (await cli(s, ['--model', hubModel, '--dtype', 'q8', text])).errors,
    /is not available as q8, only as fp32/,
  );

  const listed = await cli(s, ['models']);
  assert.match(
    listed.out,
    new RegExp(`Downloaded \\(.*kB in ${s.store}.*\\)\n  ${hubModel} +encoder +\\d+ kB +fp32 +mit\n`),
  );
  assert.match(listed.out, /Xenova\/bert-base-uncased +encoder/);
  assert.equal((await cli(s, ['delete', hubModel])).out.split(':')[0], `Deleted ${hubModel}`);
  assert.ok(!existsSync(s.folder));
  assert.match((await cli(s, ['delete', hubModel])).errors, /is not on this machine/);
});

test('Ctrl-C stops a download, long before the idle timeout, and keeps what has arrived', async (context) => {
  const s = await hubScene(context);
  s.server.faults = [{ path: /model\.onnx/, fault: { kind: 'stall', after: 4000 } }];
  const child = start(s, ['download', hubModel, '--host', s.server.address, '--yes']);
  assert.ok(child.stderr && child.stdout);
  const arrived = (): Promise<number> =>
    stat(join(`${s.folder}.part`, ...graph.split('/'))).then(
      ({ size }) => size,
      () => 0,
    );
  let stopped = NaN;
  child.stderr.on('data', (piece: Buffer) => {
    if (piece.includes(english.terminal.downloadStopped)) stopped = performance.now();
  });
  const closed = once(child, 'close');
  await until('a part of the graph is here', async () => (await arrived()) > 0, 30_000);
  const interrupted = performance.now();
  child.kill('SIGINT');
  const [status] = await closed;
  assert.equal(status, 130);
  assert.ok(stopped - interrupted < usualPatience.idleTimeout / 2);
  assert.ok((await arrived()) > 0);
  s.server.faults = [];
  assert.equal((await cli(s, ['download', hubModel, '--host', s.server.address, '--yes'])).status, 0);
  assert.match(s.server.requestsFor(graph).at(-1)?.range ?? '', /^bytes=[1-9]\d*-$/);
});

test('a gated model takes the token of the environment, which no output holds', async (context) => {
  const s = await hubScene(context);
  const token = 'hf_aTokenOfTheTest';
  s.server.pages.set(hubModel, { gated: true, token });
  const args = ['download', hubModel, '--host', s.server.address, '--yes'];
  const without = await cli(s, args, { HF_TOKEN: '' });
  assert.equal(without.status, 1);
  assert.match(without.errors, /restricts access to/);
  for (const HF_ENDPOINT of ['', 'https://huggingface.co', 'http://127.0.0.1:1']) {
    assert.match((await cli(s, args, { HF_TOKEN: token, HF_ENDPOINT })).errors, /HF_ENDPOINT/);
  }
  assert.deepEqual(
    [...new Set(s.server.seen.map(({ authorization }) => authorization))],
    [null],
    'the token of another host is sent to none',
  );
  const loaded = await cli(s, args, { HF_TOKEN: token, HF_ENDPOINT: s.server.address });
  assert.equal(loaded.status, 0);
  assert.match(loaded.out, /gated/);
  assert.ok(!`${loaded.out}${loaded.errors}${without.errors}`.includes(token));
});

test('in a terminal the download asks first, and only a yes is one', async (context) => {
  const s = await hubScene(context);
  for (const [answer, status] of [
    ['\n', 1],
    ['no\n', 1],
    ['y\n', 0],
  ] as const) {
    const { terminal, said } = person(s, answer);
    assert.equal(await downloadCommand([hubModel, '--host', s.server.address], terminal), status);
    assert.match(said(), /Download it\? \[y\/N\]/);
    assert.equal(existsSync(s.folder), status === 0, answer);
    assert.equal(s.server.requestsFor(graph).length, status === 0 ? 1 : 0);
  }
  const { terminal } = person(s, 'y\n');
  assert.equal(
    await downloadCommand([hubModel, '--host', s.server.address], terminal),
    0,
    'what is here needs no consent',
  );
  assert.equal(s.server.requestsFor(graph).length, 1);
});

test('what cannot be meant is refused before anything is asked', async (context) => {
  const s = await hubScene(context);
  const { terminal } = person(s, 'y\n');
  const wrong: [string[], RegExp][] = [
    [[], /ID/],
    [['bert'], /model “bert”/],
    [[hubModel, 'more'], /ID/],
    [[hubModel, '--dtype', 'fp8'], /--dtype/],
    [[hubModel, '--host', 'nowhere'], /host/],
    [[hubModel, '--nonsense'], /^--nonsense$/],
    [[hubModel, '--host', '--yes'], /^--host$/],
  ];
  for (const [args, argument] of wrong) {
    const reason = await downloadCommand(args, terminal).then(() => null, reasonOf);
    assert.equal(reason?.code, 'argument-invalid', args.join(' '));
    assert.match(reason?.code === 'argument-invalid' ? reason.argument : '', argument);
  }
  assert.equal(s.server.seen.length, 0);
});

/** Somebody at a terminal who types an answer. */
function person({ store }: HubScene, answer: string): { terminal: Terminal; said(): string } {
  const errors = new PassThrough();
  const pieces: Buffer[] = [];
  errors.on('data', (piece: Buffer) => {
    pieces.push(piece);
    if (piece.includes('[y/N]')) input.write(answer);
  });
  const input = new PassThrough();
  const terminal = {
    places: { models: fixtureModels, store },
    signal: new AbortController().signal,
    env: {},
    input: Object.assign(input, { isTTY: true }),
    output: new PassThrough().resume(),
    errors,
  } as unknown as Terminal;
  return { terminal, said: () => Buffer.concat(pieces).toString() };
}
