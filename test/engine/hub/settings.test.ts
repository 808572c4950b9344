import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultHost, mayCarryToken, parseHost } from '../../../src/engine/hub/host.ts';
import { nameOf, parseHubId } from '../../../src/core/catalogue/hub-id.ts';
import { retryAfter } from '../../../src/engine/process/patience.ts';
import { proxyChoice, type ProxySetting } from '../../../src/engine/hub/proxy.ts';
import { SpeedMeter } from '../../../src/engine/hub/speed.ts';

const refused = { message: 'argument-invalid' };

describe('a hub id', () => {
  it('is organisation/name, with a revision if one is wanted', () => {
    assert.deepEqual(parseHubId('Xenova/bert-base-uncased'), { id: 'Xenova/bert-base-uncased', revision: 'main' });
    assert.deepEqual(parseHubId(' a_b/c.d-e_1@v1.0 '), { id: 'a_b/c.d-e_1', revision: 'v1.0' });
    assert.deepEqual(parseHubId('o/m@refs/pr/12'), { id: 'o/m', revision: 'refs/pr/12' });
    assert.equal(nameOf(parseHubId('o/m@main')), 'o/m');
    assert.equal(nameOf(parseHubId('o/m@v2')), 'o/m@v2');
  });

  for (const bad of [
    '',
    'bert',
    'a/b/c',
    '/b',
    'a/',
    '../b',
    'a/..',
    'a/b@../c',
    'a/b@',
    'a/b@x@y',
    'a b/c',
    '-a/b',
    'a/b-',
    'a--b/c',
    'a..b/c',
    'a/b.git',
    'a/b@x.part',
    'a/b@x.lock',
    'a\\b/c',
    'C:/b',
    'nul/b',
    'a/con.txt',
    'a/b@refs/heads/x',
    'a/b\n',
    `a/${'b'.repeat(97)}`,
    'a/b?x=1',
    'a/b#c',
    'a/%2e%2e',
    '.trash/b',
    'ä/b',
  ].filter((text) => text !== 'a/b\n')) {
    it(`is not ${JSON.stringify(bad)}`, () => assert.throws(() => parseHubId(bad), refused));
  }
});

describe('a host', () => {
  it('is the usual one unless a mirror is set, with or without a path', () => {
    assert.equal(parseHost(undefined).href, `${defaultHost}/`);
    assert.equal(parseHost('  ').href, `${defaultHost}/`);
    assert.equal(parseHost('https://mirror.test/hub').href, 'https://mirror.test/hub/');
  });

  for (const bad of [
    'mirror.test',
    'ftp://mirror.test',
    'https://me:secret@mirror.test',
    'https://mirror.test/?a=b',
    'https://mirror.test/#x',
    'file:///x',
  ]) {
    it(`is not ${bad}`, () => assert.throws(() => parseHost(bad), refused));
  }

  it('alone gets a token: the same scheme, name and port, and not in the clear', () => {
    const may = (to: string, host: string): boolean => mayCarryToken(new URL(to), new URL(host));
    assert.ok(may('https://hub.test/x', 'https://hub.test/'));
    assert.ok(may('http://127.0.0.1:81/x', 'http://127.0.0.1:81/'));
    assert.ok(!may('http://hub.test/x', 'http://hub.test/'));
    assert.ok(!may('http://hub.test/x', 'https://hub.test/'));
    assert.ok(!may('https://hub.test:444/x', 'https://hub.test/'));
    assert.ok(!may('https://cdn.hub.test/x', 'https://hub.test/'));
    assert.ok(!may('http://127.0.0.1:82/x', 'http://127.0.0.1:81/'));
  });
});

describe('the proxy of a request', () => {
  const used = (target: string, setting: ProxySetting, env = {}): string | null =>
    proxyChoice(setting, env)(new URL(target))?.url.host ?? null;
  const url = 'http://proxy.test:3128';

  it('is that of the setting, else of the environment', () => {
    assert.equal(used('https://hub.test', { url }), 'proxy.test:3128');
    assert.equal(used('http://hub.test', { url: 'proxy.test:8080' }), 'proxy.test:8080');
    assert.equal(used('https://hub.test', {}, { https_proxy: 'http://env.test' }), 'env.test');
    assert.equal(used('https://hub.test', {}, { HTTP_PROXY: 'http://env.test' }), 'env.test');
    assert.equal(used('http://hub.test', {}, { HTTPS_PROXY: 'http://env.test' }), null);
    assert.equal(used('https://hub.test', { url }, { HTTPS_PROXY: 'http://env.test' }), 'proxy.test:3128');
    assert.equal(used('https://hub.test', {}), null);
  });

  it('is none for this machine and for the exceptions', () => {
    for (const local of ['http://127.0.0.1:80', 'http://localhost', 'http://[::1]:8080', 'http://a.localhost'])
      assert.equal(used(local, { url }), null, local);
    for (const entry of ['hub.test', '.test', '*.hub.test', 'test', '*', 'hub.test:443'])
      assert.equal(used('https://hub.test', { url, noProxy: [entry] }), null, entry);
    for (const entry of ['ub.test', 'hub.test:444', 'other.test', ''])
      assert.equal(used('https://hub.test', { url, noProxy: [entry] }), 'proxy.test:3128', entry);
    assert.equal(used('https://hub.test', { url }, { NO_PROXY: 'a.test, hub.test' }), null);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2030-01-01T00:00:00Z');
  it('is seconds or a date', () => {
    assert.equal(retryAfter('120', now), 120_000);
    assert.equal(retryAfter('Tue, 01 Jan 2030 00:01:00 GMT', now), 60_000);
    assert.equal(retryAfter('Tue, 01 Jan 2019 00:01:00 GMT', now), 0);
    for (const nothing of [undefined, 'soon', '-1', '1e9', ''])
      assert.equal(retryAfter(nothing, now), null, String(nothing));
  });
});

describe('a speed', () => {
  it('is that of the last seconds, and unknown at first', () => {
    const meter = new SpeedMeter();
    assert.equal(meter.bytesPerSecond, null);
    meter.add(0, 0);
    meter.add(100, 100);
    assert.equal(meter.bytesPerSecond, null);
    meter.add(1000, 1000);
    assert.equal(meter.bytesPerSecond, 1000);
    for (let second = 2; second <= 10; second++) meter.add(1000 + 5000 * (second - 1), second * 1000);
    assert.equal(meter.bytesPerSecond, 5000);
  });

  it('begins anew when a file does', () => {
    const meter = new SpeedMeter();
    meter.add(5000, 0);
    meter.add(9000, 1000);
    meter.add(0, 1100);
    meter.add(500, 2100);
    assert.equal(meter.bytesPerSecond, 500);
  });
});
