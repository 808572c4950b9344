import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { test } from 'node:test';
import { bundle } from './support/engine-process.ts';

test('the bundle needs only onnxruntime beside it', () => {
  const required = [...readFileSync(bundle('cli.cjs'), 'utf8').matchAll(/\brequire\("([^"./][^"]*)"\)/g)].map(
    ([, name]) => name ?? '',
  );
  const outside = [...new Set(required)].filter((name) => !isBuiltin(name));
  assert.ok(required.length > 0);
  assert.deepEqual(
    outside.filter((name) => name !== 'onnxruntime-node'),
    [],
  );
});
