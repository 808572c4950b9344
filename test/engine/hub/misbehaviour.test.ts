import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Reason } from '../../../src/core/errors/reason.ts';
import type { Fault } from '../../fixtures/hub-server/fault.ts';
import { assertStored, modelId, reasonFor, scene, weights } from './scene.ts';

/** A fault that does not pass by itself, and what a person is told of it. */
interface Case {
  readonly name: string;
  readonly fault: Fault;
  readonly code: Reason['code'];
  /** Checks what the reason says. */
  readonly says?: RegExp;
  /** Requests for the weights until it is given up. */
  readonly requests: number;
  /** Whether bytes that have arrived stay for the next try. */
  readonly keeps: boolean;
}

const raw = (text: string): Fault => ({ kind: 'raw', text });

const cases: readonly Case[] = [
  {
    name: 'answers 404',
    fault: { kind: 'status', status: 404 },
    code: 'hub-not-found',
    says: /file onnx\/model\.onnx of the model “tiny\/bert”/,
    requests: 1,
    keeps: false,
  },
  { name: 'answers 401', fault: { kind: 'status', status: 401 }, code: 'hub-gated', requests: 1, keeps: false },
  { name: 'answers 403', fault: { kind: 'status', status: 403 }, code: 'hub-gated', requests: 1, keeps: false },
  {
    name: 'answers 418',
    fault: { kind: 'status', status: 418 },
    code: 'hub-refused',
    says: /418/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'answers 500',
    fault: { kind: 'status', status: 500 },
    code: 'hub-refused',
    says: /500/,
    requests: 3,
    keeps: false,
  },
  {
    name: 'answers 429',
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
    code: 'hub-busy',
    requests: 3,
    keeps: false,
  },
  {
    name: 'answers 429 and asks for ten minutes',
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '600' } },
    code: 'hub-busy',
    says: /10 minutes/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'cuts off in the middle',
    fault: { kind: 'cut', after: 1000 },
    code: 'download-interrupted',
    requests: 3,
    keeps: true,
  },
  {
    name: 'falls silent in the middle',
    fault: { kind: 'stall', after: 1000 },
    code: 'download-interrupted',
    says: /no data arrived/,
    requests: 3,
    keeps: true,
  },
  {
    name: 'announces fewer bytes than it lists',
    fault: { kind: 'length', announced: 1000 },
    code: 'download-corrupt',
    says: /announced 1000 bytes, but lists 200000/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'announces more bytes than it lists',
    fault: { kind: 'length', announced: 300_000 },
    code: 'download-corrupt',
    says: /announced 300000/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'sends fewer bytes than it lists, unannounced',
    fault: { kind: 'chunked', cut: 5 },
    code: 'download-corrupt',
    says: /ended after 199995 of 200000/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'sends more bytes than it lists, unannounced',
    fault: { kind: 'chunked', extra: 5 },
    code: 'download-corrupt',
    says: /more than the 200000/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'serves another content',
    fault: { kind: 'changed', content: randomBytes(200_000) },
    code: 'download-corrupt',
    says: /sum/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'sends HTML',
    fault: { kind: 'html', type: 'text/html; charset=utf-8' },
    code: 'hub-invalid',
    says: /web page/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'compresses unasked',
    fault: { kind: 'encoded', encoding: 'gzip' },
    code: 'hub-invalid',
    says: /gzip/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'redirects to a file on this machine',
    fault: { kind: 'redirect', to: 'file:///etc/passwd' },
    code: 'hub-invalid',
    says: /not on the web/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'redirects for ever',
    fault: { kind: 'redirect', to: 'model.onnx' },
    code: 'hub-invalid',
    says: /redirects too often/,
    requests: 6,
    keeps: false,
  },
  {
    name: 'redirects to a script',
    fault: { kind: 'redirect', to: 'javascript:alert(1)' },
    code: 'hub-invalid',
    says: /not on the web/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'redirects to no address',
    fault: { kind: 'redirect', to: 'http://[' },
    code: 'hub-invalid',
    says: /not on the web/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'redirects to a port that is none',
    fault: { kind: 'redirect', to: 'http://127.0.0.1:99999/' },
    code: 'hub-invalid',
    says: /not on the web/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'answers 101',
    fault: raw('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: nonsense\r\n\r\nhello'),
    code: 'hub-invalid',
    says: /another protocol \(status 101\)/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'answers 101 without saying to what',
    fault: raw('HTTP/1.1 101 X\r\n\r\n'),
    code: 'hub-refused',
    says: /101/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'sends interim answers without end',
    fault: { kind: 'raw', text: 'HTTP/1.1 102 Processing\r\n\r\n', every: 5 },
    code: 'hub-invalid',
    says: /interim/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'trickles its head',
    fault: { kind: 'raw', text: 'HTTP/1.1 200 OK\r\nx: 1', every: 100 },
    code: 'hub-unreachable',
    says: /no data arrived/,
    requests: 3,
    keeps: false,
  },
  {
    name: 'closes without an answer',
    fault: raw(''),
    code: 'hub-unreachable',
    says: /closed too early/,
    requests: 3,
    keeps: false,
  },
  {
    name: 'does not speak HTTP',
    fault: raw('SSH-2.0-OpenSSH_9.9\r\n'),
    code: 'hub-invalid',
    says: /not HTTP \(HPE_/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'sends a head that is none',
    fault: raw('HTTP/1.1 200 OK\r\ncontent length: 3\r\n\r\nabc'),
    code: 'hub-invalid',
    says: /not HTTP/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'sends a head of a megabyte',
    fault: raw(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1 << 20)}\r\n\r\n`),
    code: 'hub-invalid',
    says: /HPE_HEADER_OVERFLOW/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'sends a chunk of no size',
    fault: raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
    code: 'download-interrupted',
    says: /./,
    requests: 3,
    keeps: false,
  },
  {
    name: 'answers twice',
    fault: raw('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\n\r\n'),
    code: 'download-corrupt',
    says: /announced 3/,
    requests: 1,
    keeps: false,
  },
  {
    name: 'redirects to nobody',
    fault: { kind: 'redirect', to: 'http://127.0.0.1:1/x' },
    code: 'hub-unreachable',
    says: /refused/,
    requests: 1,
    keeps: false,
  },
];

describe('a host that', () => {
  for (const { name, fault, code, says, requests, keeps } of cases) {
    it(`${name}: a clear reason, a clean store, and a retry that works`, async (test) => {
      const s = await scene(test);
      const plan = await s.plan();
      s.server.faults = [{ path: /model\.onnx/, fault }];
      const reason = await reasonFor(s.download(plan));
      assert.equal(reason.code, code, JSON.stringify(reason));
      if (says) assert.match(JSON.stringify(reason), says);
      assert.equal(s.server.requestsFor(weights).length, requests);
      assert.ok(!existsSync(join(s.store, modelId, 'main')), 'no half model lies where a whole one is expected');
      assert.ok(!existsSync(join(s.store, modelId, 'main.lock')), 'no lock is left');
      const part = join(modelId, 'main.part', weights);
      const kept =
        s.server.bytesSent(weights) > 0 && existsSync(join(s.store, part)) && (await s.storeFiles()).includes(part);
      assert.equal(kept && keeps, keeps);
      s.server.faults = [];
      await s.download(plan);
      await assertStored(s, ['config.json', weights]);
    });
  }
});
