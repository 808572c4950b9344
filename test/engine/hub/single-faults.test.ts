import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { assertStored, modelId, reasonFor, scene, weights } from './scene.ts';

describe('a host that now and then', () => {
  it('sends HTML that calls itself a file: it is recognised by its beginning', async (test) => {
    const s = await scene(test);
    const plan = await s.plan();
    s.server.faults = [
      { path: /tokenizer\.json/, fault: { kind: 'chunked' } },
      {
        path: /model\.onnx/,
        fault: {
          kind: 'changed',
          content: Buffer.concat([Buffer.from('<!DOCTYPE html><html><body>'), Buffer.alloc(199_973, 32)]),
        },
      },
    ];
    const reason = await reasonFor(s.download(plan));
    assert.equal(reason.code, 'hub-invalid');
    s.server.faults = [];
    await s.download(plan);
    await assertStored(s, [weights]);
  });

  for (const status of [500, 502, 503, 429]) {
    it(`answers ${status} once, with Retry-After: the download waits that long and goes on`, async (test) => {
      const s = await scene(test);
      const plan = await s.plan();
      s.server.faults = [
        { path: /model\.onnx/, fault: { kind: 'status', status, headers: { 'retry-after': '1' } }, times: 1 },
      ];
      const start = performance.now();
      await s.download(plan);
      assert.ok(performance.now() - start >= 990, 'it waits as it is asked to');
      await assertStored(s, [weights]);
    });
  }

  it('changes a file between two ranges: the file begins anew and is of one version', async (test) => {
    const s = await scene(test);
    s.server.pages.set(modelId, { withoutSums: true });
    const changed = randomBytes(200_000);
    s.server.faults = [
      { path: /model\.onnx/, fault: { kind: 'cut', after: 100_000 }, times: 1 },
      { path: /model\.onnx/, fault: { kind: 'changed', content: changed } },
    ];
    await s.download(await s.plan());
    assert.deepEqual(await s.stored(weights), changed);
    assert.ok(s.server.requestsFor(weights)[1]?.ifRange, 'the range is asked for in that version alone');
  });

  it('changes a file between two ranges against what it lists: refused, and a new plan works', async (test) => {
    const s = await scene(test);
    const plan = await s.plan();
    s.server.faults = [
      { path: /model\.onnx/, fault: { kind: 'cut', after: 100_000 }, times: 1 },
      { path: /model\.onnx/, fault: { kind: 'changed', content: randomBytes(200_000) } },
    ];
    assert.equal((await reasonFor(s.download(plan))).code, 'download-corrupt');
    s.server.faults = [];
    await s.download(await s.plan());
    await assertStored(s, [weights]);
  });

  it('ignores ranges: the file begins anew', async (test) => {
    const s = await scene(test);
    s.server.faults = [
      { path: /model\.onnx/, fault: { kind: 'cut', after: 100_000 }, times: 1 },
      { path: /model\.onnx/, fault: { kind: 'whole' } },
    ];
    await s.download(await s.plan());
    await assertStored(s, [weights]);
    assert.equal(s.server.requestsFor(weights).at(-1)?.sent, 200_000);
  });
});
