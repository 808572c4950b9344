import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttentionError, reasonOf } from '../../../src/core/errors/reason.ts';
import { redacted } from '../../../src/engine/hub/redact.ts';
import type { HubRequest } from '../../../src/protocol/hub.ts';

const hub: HubRequest = {
  host: null,
  token: ' hf_Secret ',
  offline: false,
  proxy: { url: 'http://me:p%40ssword@proxy.test:3128', authorization: 'Basic bWU6cGFzcw==' },
};

test('no secret stays in what a host sends back, whatever its case', () => {
  const echoes = ['hf_Secret', 'hf_secret', 'p@ssword', 'p%40ssword', 'Basic bWU6cGFzcw=='];
  for (const secret of echoes) {
    const thrown = new AttentionError({ code: 'hub-unreachable', host: `${secret}.test`, detail: `no ${secret}` });
    assert.deepEqual(reasonOf(redacted(thrown, hub)), { code: 'hub-unreachable', host: '•••.test', detail: 'no •••' });
    assert.deepEqual(reasonOf(redacted(new Error(`at ${secret}`), hub)), { code: 'unexpected', detail: 'at •••' });
  }
});

test('what holds no secret stays as it is', () => {
  const thrown = new AttentionError({ code: 'hub-refused', host: 'proxy.test', status: '500' });
  assert.equal(redacted(thrown, hub), thrown);
  assert.equal(redacted(thrown, { host: null, token: null, proxy: null, offline: false }), thrown);
  assert.equal(redacted(thrown, { ...hub, token: '500' }), thrown, 'a text of three characters is no secret');
});
