import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { layerOf } from '../../src/core/attention/map.ts';
import { AttentionError } from '../../src/core/errors/reason.ts';
import { bundle, injected, startEngine } from './support/engine-process.ts';
import { analyse, fixture, mapNamed } from './support/models.ts';

const text = 'the cat that was hungry ate the fish';
const request = { analysis: 'a', model: 'tiny-encoder', text };

test('the process answers everything of its contract, and ends when the other side goes', async () => {
  const { child, peer, exited } = startEngine();
  const logged: string[] = [];
  peer.on('log', ({ message }) => logged.push(message));
  const stages: string[] = [];
  const info = await peer.ask('analyse', request, { onProgress: ({ stage }) => stages.push(stage) });
  const expected = mapNamed(await analyse({ model: fixture('tiny-encoder'), text }), 'attention');
  assert.deepEqual(info.maps[0]?.shape, expected.shape);
  assert.deepEqual(
    stages.filter((stage, index) => stage !== stages[index - 1]),
    ['Loading model', 'Reading the graph', 'Running'],
  );
  for (const layer of [0, 1]) {
    const { weights } = await peer.ask('weights', { analysis: 'a', map: 0, layer });
    assert.deepEqual(new Float32Array(weights), layerOf(expected, layer).slice());
  }
  const told = await peer.ask('explain', { analysis: 'a', map: 0, layer: 1, head: 0, query: 2, key: 1 });
  const start = expected.shape[1] * expected.shape[2] * expected.shape[3] + 2 * expected.shape[3];
  assert.deepEqual(new Float32Array(told.weights), expected.weights.slice(start, start + expected.shape[3]));
  assert.ok(told.recomputed.difference < 1e-5);
  assert.deepEqual(await peer.ask('scores', { analysis: 'a', map: 0, layer: 0 }), { scores: null });
  const heads = await peer.ask('heads', { analysis: 'a', map: 0 });
  assert.deepEqual(
    heads.map((layer) => layer.map((head) => [head.layer, head.head])),
    [
      [
        [0, 0],
        [0, 1],
      ],
      [
        [1, 0],
        [1, 1],
      ],
    ],
  );
  assert.ok(logged.some((line) => line.includes('tiny-encoder')));

  const codeOf = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'answered',
      (thrown: unknown) => (thrown instanceof AttentionError ? thrown.reason.code : 'other'),
    );
  assert.equal(await codeOf(peer.ask('weights', { analysis: 'a', map: 0, layer: 2 })), 'argument-invalid');
  assert.equal(await codeOf(peer.ask('weights', { analysis: 'a', map: 1, layer: 0 })), 'argument-invalid');
  const cell = { map: 0, layer: 0, head: 0, query: 0, key: 0 };
  assert.equal(await codeOf(peer.ask('explain', { analysis: 'a', ...cell, head: 2 })), 'argument-invalid');
  assert.equal(await codeOf(peer.ask('explain', { analysis: 'b', ...cell })), 'analysis-gone');
  const cancel = new AbortController();
  const cancelled = peer.ask('explain', { analysis: 'a', ...cell }, { signal: cancel.signal });
  cancel.abort();
  assert.equal(await codeOf(cancelled), 'cancelled');
  assert.equal(await codeOf(peer.ask('heads', { analysis: 'b', map: 0 })), 'analysis-gone');
  assert.equal(await peer.ask('release', { analysis: 'a' }), null);
  assert.equal(await codeOf(peer.ask('weights', { analysis: 'a', map: 0, layer: 0 })), 'analysis-gone');
  child.disconnect();
  assert.equal(await exited, 0);
});

test('the process ends by itself when nothing was asked for a while', async () => {
  const { exited } = startEngine({ idle: '0.002' });
  assert.equal(await exited, 0);
});

for (const how of ["Promise.reject(new Error('injected'))", "setImmediate(() => { throw new Error('injected'); })"]) {
  test(`a process that meets an error nothing catches says so, keeps the stack for the log, and ends: ${how.slice(0, 12)}`, async () => {
    const code = `process.on('message', (message) => { if (message.params?.analysis === 'fail') ${how}; })`;
    const { child, peer, exited } = startEngine({ env: { ...process.env, ...injected(code) } });
    const said: string[] = [];
    const errors: Buffer[] = [];
    child.stderr?.on('data', (piece: Buffer) => errors.push(piece));
    peer.on('log', ({ level, message }) => said.push(`${level}: ${message}`));
    peer.on('dying', ({ detail }) => said.push(`dying: ${detail}`));
    await peer.ask('release', { analysis: 'none' });
    peer.ask('analyse', { ...request, analysis: 'fail' }).catch(() => undefined);
    assert.equal(await exited, 1);
    assert.match(said.join('\n'), /^error: .*Error: injected\n +at [^]*\ndying: injected$/);
    assert.equal(Buffer.concat(errors).toString(), '');
  });
}

test('started by hand it says what it is and ends', () => {
  const run = spawnSync(process.execPath, [bundle('engine.cjs')], { encoding: 'utf8' });
  assert.equal(run.status, 1);
  assert.match(run.stderr, /which the extension starts/);
});

test('model libraries are loaded with the first text, not before; nothing leaves the machine, nothing is left on it', async (context) => {
  if (process.platform !== 'linux') return context.skip('sockets are watched through /proc, which only Linux has');
  const place = mkdtempSync(join(tmpdir(), 'engine-'));
  context.after(() => rmSync(place, { recursive: true }));
  const folders = ['tmp', 'home', 'cwd'].map((name) => join(place, name));
  for (const folder of folders) mkdirSync(folder);
  const [tmp, home, cwd] = folders;
  assert.ok(tmp && home && cwd);
  // Without the variable that the extension sets: the process must look after itself.
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
  const { child, peer, exited } = startEngine({ env: { ...env, TMPDIR: tmp, HOME: home, XDG_CACHE_HOME: home }, cwd });
  const pid = child.pid;
  assert.ok(pid);
  await peer.ask('release', { analysis: 'none' });
  assert.ok(!hasLoaded(pid, 'onnxruntime'), 'onnxruntime is loaded before it is needed');

  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  assert.equal(internetSockets(process.pid).length, 1, 'the watch for sockets sees nothing');
  server.close();
  const seen = new Set<string>();
  const watch = setInterval(() => {
    for (const socket of internetSockets(pid)) seen.add(socket);
  }, 2);
  await peer.ask('analyse', request);
  await peer.ask('analyse', { ...request, model: 'tiny-encoder-decoder' });
  clearInterval(watch);
  assert.ok(hasLoaded(pid, 'onnxruntime'), 'the watch for loaded libraries sees nothing');
  assert.deepEqual([...seen], []);
  child.disconnect();
  await exited;
  for (const folder of folders) assert.deepEqual(readdirSync(folder), [], folder);
});

/** Whether a process has a library of that name in its memory. */
function hasLoaded(pid: number, library: string): boolean {
  return readFileSync(`/proc/${pid}/maps`, 'utf8').includes(library);
}

/** The internet sockets that a process holds, as lines of /proc/net. */
function internetSockets(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1] ?? [];
      } catch {
        return []; // The file was closed between the two calls.
      }
    }),
  );
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .filter((line) => inodes.has(line.trim().split(/\s+/)[9] ?? '')),
  );
}
