import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Reason } from '../../../src/core/errors/reason.ts';
import type { Fault } from '../../fixtures/hub-server/fault.ts';
import { reasonFor, scene } from './scene.ts';

describe('a host that, before anything is downloaded,', () => {
  const plannings: readonly { name: string; path: RegExp; fault: Fault; code: Reason['code'] }[] = [
    { name: 'does not know the model', path: /api/, fault: { kind: 'status', status: 404 }, code: 'hub-not-found' },
    {
      name: 'does not tell strangers whether it does',
      path: /api/,
      fault: { kind: 'status', status: 401, headers: { 'x-error-code': 'RepoNotFound' } },
      code: 'hub-not-found',
    },
    {
      name: 'asks for a token',
      path: /resolve/,
      fault: { kind: 'status', status: 401, headers: { 'x-error-code': 'GatedRepo' } },
      code: 'hub-gated',
    },
    { name: 'fails', path: /tree/, fault: { kind: 'status', status: 500 }, code: 'hub-refused' },
    {
      name: 'is busy',
      path: /api/,
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '90' } },
      code: 'hub-busy',
    },
    { name: 'sends a login page', path: /api/, fault: { kind: 'html', type: 'text/html' }, code: 'hub-invalid' },
    {
      name: 'sends a login page as JSON',
      path: /api/,
      fault: { kind: 'html', type: 'application/json' },
      code: 'hub-invalid',
    },
    {
      name: 'sends a login page as config.json',
      path: /config\.json/,
      fault: { kind: 'html', type: 'application/json' },
      code: 'hub-invalid',
    },
  ];
  for (const { name, path, fault, code } of plannings) {
    it(`${name}: ${code}`, async (test) => {
      const s = await scene(test);
      s.server.faults = [{ path, fault }];
      const reason = await reasonFor(s.plan());
      assert.equal(reason.code, code, JSON.stringify(reason));
      s.server.faults = [];
      assert.ok(await s.plan());
    });
  }

  it('is not there', async (test) => {
    const s = await scene(test);
    const reason = await reasonFor(s.plan({}, s.hub({ host: 'http://127.0.0.1:1' })));
    assert.deepEqual(reason, { code: 'hub-unreachable', host: '127.0.0.1:1', detail: 'it refused the connection' });
  });

  it('has a name that nobody knows', async (test) => {
    const s = await scene(test);
    assert.equal((await reasonFor(s.plan({}, s.hub({ host: 'http://hub.invalid' })))).code, 'hub-unreachable');
  });
});
