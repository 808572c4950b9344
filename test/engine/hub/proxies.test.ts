import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Reason } from '../../../src/core/errors/reason.ts';
import { certificate } from '../../fixtures/hub-server/certificate.ts';
import type { Fault } from '../../fixtures/hub-server/fault.ts';
import { ProxyServer } from '../../fixtures/hub-server/proxy.ts';
import { HubServer } from '../../fixtures/hub-server/server.ts';
import { until } from '../../harness/until.ts';
import type { ChildTask } from './child.ts';
import { assertStored, modelId, quick, reasonFor, scene, weights, type Scene } from './scene.ts';

const host = 'https://hub.test';

/** A scene with a host that speaks TLS, and a proxy whose tunnels end there. */
async function tunnelled(test: TestContext): Promise<Scene & { secure: HubServer; proxy: ProxyServer }> {
  const s = await scene(test);
  const secure = await HubServer.start(s.folder, certificate);
  test.after(() => secure.stop());
  const proxy = await ProxyServer.start(secure.port);
  test.after(() => proxy.stop());
  return { ...s, secure, proxy };
}

/** Downloads in a process that trusts the host's certificate and has these variables; gives how it ended. */
async function downloadWith(test: TestContext, s: Scene, env: Readonly<Record<string, string>>): Promise<unknown> {
  const trusted = join(s.folder, 'hub.test.pem');
  await writeFile(trusted, certificate.cert);
  const child = fork(join(import.meta.dirname, 'child.ts'), {
    env: { ...withoutProxies(), ...env, NODE_EXTRA_CA_CERTS: trusted },
  });
  test.after(() => void child.kill('SIGKILL'));
  const ended = new Promise((resolve) =>
    child.on('message', (message: { progress?: unknown }) => {
      if (!message.progress) resolve(message);
    }),
  );
  child.send({ settings: { host }, model: modelId, store: s.store, proxyFromEnvironment: true } satisfies ChildTask);
  return ended;
}

function withoutProxies(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(https?|no|all)_proxy$/i.test(name)));
}

describe('the proxy of the environment', () => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY']) {
    it(`${name} opens the tunnel that a whole download goes through`, async (test) => {
      const s = await tunnelled(test);
      assert.deepEqual(await downloadWith(test, s, { [name]: s.proxy.address }), { state: 'complete' });
      await assertStored(s, ['config.json', weights]);
      assert.ok(s.proxy.seen.length >= 4 && s.proxy.seen.every((line) => line === 'CONNECT hub.test:443'));
      assert.equal(s.secure.bytesSent(weights), 200_000);
    });
  }

  it('is not asked for a host that NO_PROXY names', async (test) => {
    const s = await tunnelled(test);
    const env = { HTTPS_PROXY: s.proxy.address, NO_PROXY: 'other.test, .hub.test:443' };
    const ended = (await downloadWith(test, s, env)) as { reason: Reason };
    assert.equal(ended.reason.code, 'hub-unreachable', 'only the proxy can find this host');
    assert.deepEqual(s.proxy.seen, []);
  });

  it('is not asked for a redirect to this machine', async (test) => {
    const s = await scene(test);
    const cdn = await HubServer.start(s.folder);
    test.after(() => cdn.stop());
    const proxy = await ProxyServer.start(s.server.port);
    test.after(() => proxy.stop());
    const to = `${cdn.address}/${modelId}/resolve/x/${weights}`;
    s.server.faults = [{ path: /model\.onnx/, fault: { kind: 'redirect', to } }];
    const hub = s.hub({ host: 'http://hub.test', proxy: { url: proxy.address } });
    await s.download(await s.plan({}, hub), { hub });
    await assertStored(s, [weights]);
    assert.ok(proxy.seen.every((line) => line.startsWith('GET http://hub.test/')));
    assert.equal(cdn.bytesSent(weights), 200_000);
  });
});

/** A proxy that opens no tunnel, and what a person is told of it. */
interface Case {
  readonly name: string;
  readonly text: string;
  readonly more?: Omit<Extract<Fault, { kind: 'raw' }>, 'kind' | 'text'>;
  readonly says: RegExp;
  /** Requests until it is given up. */
  readonly requests: number;
}

/** A turn of the event loop later, so that what is waited for can happen. */
const settled = (answer: boolean): Promise<boolean> => setImmediate(answer);
const closed = (proxy: ProxyServer) => (): Promise<boolean> => settled(proxy.open === 0);

const opened = 'HTTP/1.1 200 Connection established\r\n\r\n';
const cases: readonly Case[] = [
  {
    name: 'forbids it',
    text: 'HTTP/1.1 403 Forbidden\r\n\r\n',
    says: /refused the connection \(status 403\)/,
    requests: 1,
  },
  {
    name: 'fails',
    text: 'HTTP/1.1 502 Bad Gateway\r\n\r\n',
    says: /refused the connection \(status 502\)/,
    requests: 1,
  },
  {
    name: 'sends elsewhere, in the name of the host',
    text: 'HTTP/1.1 302 Found\r\nlocation: http://evil.test/\r\ncontent-length: 0\r\n\r\n',
    says: /refused the connection \(status 302\)/,
    requests: 1,
  },
  { name: 'closes without an answer', text: '', says: /closed too early/, requests: 3 },
  { name: 'says nothing', text: '', more: { open: true }, says: /no data arrived/, requests: 3 },
  { name: 'does not speak HTTP', text: 'SSH-2.0-OpenSSH_9.9\r\n', says: /not HTTP \(HPE_/, requests: 1 },
  {
    name: 'trickles its head',
    text: 'HTTP/1.1 200 OK\r\nx: 1',
    more: { every: 100 },
    says: /no data arrived/,
    requests: 3,
  },
  {
    name: 'sends a head of a megabyte',
    text: `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1 << 20)}`,
    more: { open: true },
    says: /HPE_HEADER_OVERFLOW/,
    requests: 1,
  },
  {
    name: 'sends interim answers without end',
    text: 'HTTP/1.1 102 Processing\r\n\r\n',
    more: { every: 5 },
    says: /refused the connection \(status 102\)/,
    requests: 1,
  },
  { name: 'opens it and closes it', text: opened, says: /closed too early/, requests: 3 },
  { name: 'opens it and says nothing', text: opened, more: { open: true }, says: /no data arrived/, requests: 3 },
  { name: 'opens it and does not speak TLS', text: `${opened}HTTP/1.1 200 OK\r\n\r\n`, says: /TLS/, requests: 1 },
];

describe('a proxy that, asked for a tunnel,', () => {
  for (const { name, text, more, says, requests } of cases) {
    it(`${name}: a clear reason, nothing left open, and nothing sent to the host`, async (test) => {
      const s = await tunnelled(test);
      s.proxy.fault = { kind: 'raw', text, ...more };
      const reason = await reasonFor(s.plan({}, s.hub({ host, proxy: { url: s.proxy.address } })));
      assert.match(JSON.stringify(reason), says);
      assert.ok(reason.code === 'hub-unreachable' || reason.code === 'hub-invalid', reason.code);
      assert.deepEqual(s.proxy.seen, Array<string>(requests).fill('CONNECT hub.test:443'));
      await until('no connection to the proxy is open', closed(s.proxy), 5_000);
      assert.deepEqual(s.secure.seen, []);
    });
  }

  for (const [name, text] of [
    ['says nothing', ''],
    ['opens it and says nothing', opened],
  ] as const) {
    it(`${name}: a cancel ends the asking, long before the idle timeout`, async (test) => {
      const idleTimeout = 30_000;
      const s = await tunnelled(test);
      s.proxy.fault = { kind: 'raw', text, open: true };
      const hub = s.hub({ host, proxy: { url: s.proxy.address } }, { ...quick, idleTimeout });
      const stop = new AbortController();
      const asking = reasonFor(
        hub.get('x', {}, { model: modelId, file: null }, stop.signal).catch((thrown: unknown) => {
          throw stop.signal.aborted ? new Error('cancelled', { cause: thrown }) : thrown;
        }),
      );
      await until('the proxy is asked', () => settled(s.proxy.seen.length === 1), 5_000);
      stop.abort();
      const start = performance.now();
      await asking;
      await until('no connection to the proxy is open', closed(s.proxy), 5_000);
      assert.ok(performance.now() - start < idleTimeout / 2);
    });
  }
});
