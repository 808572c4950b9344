import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, it, type TestContext } from 'node:test';
import { certificate } from '../../fixtures/hub-server/certificate.ts';
import { ProxyServer } from '../../fixtures/hub-server/proxy.ts';
import { HubServer } from '../../fixtures/hub-server/server.ts';
import type { ChildTask } from './child.ts';
import { assertStored, modelId, reasonFor, scene, weights, type Scene } from './scene.ts';

const token = 'hf_secretSecretSecret';

async function started<T extends { stop(): Promise<void> }>(test: TestContext, starting: Promise<T>): Promise<T> {
  const server = await starting;
  test.after(() => server.stop());
  return server;
}

describe('a token', () => {
  it('opens a gated model, and goes to the host of the settings alone', async (test) => {
    const s = await scene(test);
    const cdn = await started(test, HubServer.start(s.folder));
    s.server.pages.set(modelId, { gated: true, token });
    assert.deepEqual(await reasonFor(s.plan()), {
      code: 'hub-gated',
      host: new URL(s.server.address).host,
      model: modelId,
    });
    const hub = s.hub({ token });
    const plan = await s.plan({}, hub);
    assert.equal(plan.gated, true);
    s.server.faults = [
      {
        path: /model\.onnx/,
        fault: { kind: 'redirect', to: `${cdn.address}/${modelId}/resolve/x/${weights}?signed=1` },
      },
    ];
    await s.download(plan, { hub });
    await assertStored(s, [weights]);
    assert.equal(s.server.requestsFor(weights)[0]?.authorization, `Bearer ${token}`);
    assert.deepEqual(
      cdn.seen.map(({ authorization }) => authorization),
      [null],
      'the other server sees no token',
    );
    assert.equal(cdn.bytesSent(weights), 200_000);
  });

  it('is never written, shown, or part of a plan or reason', async (test) => {
    const s = await scene(test);
    s.server.pages.set(modelId, { token: 'another' });
    const hub = s.hub({ token });
    const reason = await reasonFor(s.plan({}, hub));
    s.server.pages.delete(modelId);
    const plan = await s.plan({}, hub);
    await s.download(plan, { hub });
    for (const path of await s.storeFiles()) assert.ok(!(await readFile(join(s.store, path))).includes(token), path);
    for (const value of [reason, plan, hub])
      assert.ok(
        !inspect(value, { depth: 9, showHidden: true }).includes(token) && !JSON.stringify(value).includes(token),
      );
  });

  it('is not sent in the clear over a network, and has to look like one', async (test) => {
    const s = await scene(test);
    assert.throws(() => s.hub({ token, host: 'http://hub.test' }), { message: 'argument-invalid' });
    assert.throws(() => s.hub({ token: 'two words' }), { message: 'argument-invalid' });
    assert.equal(s.hub({ token, host: 'https://hub.test' }).name, 'hub.test');
  });

  it('that resumes over a redirect asks the other server for the rest', async (test) => {
    const s = await scene(test);
    const cdn = await started(test, HubServer.start(s.folder));
    s.server.faults = [
      { path: /model\.onnx/, fault: { kind: 'redirect', to: `${cdn.address}/${modelId}/resolve/x/${weights}` } },
    ];
    cdn.faults = [{ path: /model\.onnx/, fault: { kind: 'cut', after: 90_000 }, times: 1 }];
    await s.download(await s.plan());
    await assertStored(s, [weights]);
    assert.match(cdn.seen[1]?.range ?? '', /^bytes=[1-9]\d*-$/);
    assert.match(cdn.seen[1]?.ifRange ?? '', /^"/);
  });
});

describe('a proxy', () => {
  const host = 'http://hub.test';
  const through = (s: Scene, proxy: ProxyServer, more: object = {}): ReturnType<Scene['hub']> =>
    s.hub({ host, proxy: { url: proxy.address, ...more } });

  it('is used for plain addresses: a host that only it can find', async (test) => {
    const s = await scene(test);
    const proxy = await started(test, ProxyServer.start(s.server.port));
    const hub = through(s, proxy);
    await s.download(await s.plan({}, hub), { hub });
    await assertStored(s, [weights]);
    assert.ok(
      proxy.seen.length >= 4 && proxy.seen.every((line) => line.startsWith('GET http://hub.test/')),
      proxy.seen.join('\n'),
    );
  });

  it('gets the name and password of its address or of http.proxyAuthorization, and is told apart from the host when it refuses', async (test) => {
    const s = await scene(test);
    const basic = `Basic ${Buffer.from('me:pass word').toString('base64')}`;
    const proxy = await started(test, ProxyServer.start(s.server.port, basic));
    const refusal = {
      code: 'hub-unreachable',
      host: 'hub.test',
      detail: 'the proxy asks for a user name and a password (status 407)',
    };
    assert.deepEqual(await reasonFor(s.plan({}, through(s, proxy))), refusal);
    assert.ok(await s.plan({}, through(s, proxy, { authorization: basic })));
    assert.ok(await s.plan({}, through(s, proxy, { url: proxy.address.replace('//', '//me:pass%20word@') })));
    assert.deepEqual(
      await reasonFor(s.plan({}, s.hub({ host: 'https://hub.test', proxy: { url: proxy.address } }))),
      refusal,
    );
  });

  it('opens a tunnel for secure addresses; the certificate is that of the host', async (test) => {
    const s = await scene(test);
    const secure = await started(test, HubServer.start(s.folder, certificate));
    const proxy = await started(test, ProxyServer.start(secure.port));
    const untrusted = await reasonFor(s.plan({}, s.hub({ host: 'https://hub.test', proxy: { url: proxy.address } })));
    assert.match(JSON.stringify(untrusted), /hub-unreachable.*certificate is not trusted/);
    const trusted = join(s.folder, 'hub.test.pem');
    await writeFile(trusted, certificate.cert);
    const child = fork(join(import.meta.dirname, 'child.ts'), {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted },
    });
    test.after(() => void child.kill('SIGKILL'));
    const last = new Promise((resolve) =>
      child.on('message', (message: { progress?: unknown }) => {
        if (!message.progress) resolve(message);
      }),
    );
    child.send({
      settings: { host: 'https://hub.test', token, proxy: { url: proxy.address } },
      model: modelId,
      store: s.store,
    } satisfies ChildTask);
    assert.deepEqual(await last, { state: 'complete' });
    await assertStored(s, [weights]);
    assert.ok(proxy.seen.every((line) => line === 'CONNECT hub.test:443'));
    assert.ok(secure.seen.every(({ authorization }) => authorization === `Bearer ${token}`));
  });

  it('that is not there, or is none, is told', async (test) => {
    const s = await scene(test);
    const gone = s.hub({ host, proxy: { url: 'http://127.0.0.1:1' } });
    assert.equal((await reasonFor(s.plan({}, gone))).code, 'hub-unreachable');
    for (const url of ['socks5://127.0.0.1:1080', 'http://', 'file:///x'])
      assert.throws(() => s.hub({ host, proxy: { url } }), { message: 'argument-invalid' });
  });
});
