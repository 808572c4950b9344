import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { npyOf } from '../../../src/core/export/npy.ts';
import { npzOf } from '../../../src/core/export/npz.ts';
import { localAnalysis, smallAnalysis } from './analysis.ts';

const readWithNumpy = `
import json, sys
import numpy
with numpy.load(sys.argv[1]) as arrays:
    print(json.dumps({name: [str(a.dtype), list(a.shape), a.flags.c_contiguous, a.ravel().tolist()] for name, a in arrays.items()}))
`;

test('an npy file has a padded header and the numbers behind it', () => {
  const bytes = npyOf(Float32Array.of(1, 2, 3, 4), [1, 1, 2, 2]);
  const header = Buffer.from(bytes).toString('latin1', 0, bytes.length - 16);
  assert.ok(header.startsWith('\x93NUMPY\x01\x00'));
  assert.equal(header.length % 64, 0);
  assert.equal(Buffer.from(bytes).readUInt16LE(8), header.length - 10);
  assert.match(header, /\{'descr': '<f4', 'fortran_order': False, 'shape': \(1, 1, 2, 2\), \} *\n$/);
  assert.equal(Buffer.from(bytes).readFloatLE(bytes.length - 4), 4);
  assert.throws(() => npyOf(new Float32Array(3), [1, 1, 2, 2]), RangeError);
});

test('an npz archive holds one file a map and is the same every time', () => {
  const { maps } = smallAnalysis();
  const archive = npzOf(maps);
  assert.deepEqual(Object.keys(unzipSync(archive)), ['attention.npy']);
  assert.deepEqual(npzOf(maps), archive);
});

test('numpy reads an npz archive', (context) => {
  const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import numpy']).status === 0);
  if (python === undefined) return context.skip('there is no Python with numpy on this machine');
  const folder = mkdtempSync(join(tmpdir(), 'npz-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const maps = [...smallAnalysis().maps, ...localAnalysis().maps];
  writeFileSync(join(folder, 'a.npz'), npzOf(maps));
  const run = spawnSync(python, ['-c', readWithNumpy, join(folder, 'a.npz')], { encoding: 'utf8' });
  assert.equal(run.stderr, '');
  assert.deepEqual(JSON.parse(run.stdout), {
    attention: ['float32', [2, 2, 3, 3], true, [...(maps[0]?.weights ?? [])]],
    cross: ['float32', [1, 1, 2, 3], true, [0.5, 0.25, 0, 0, 0.125, 0.75]],
    cross_scores: ['float32', [1, 1, 2, 3], true, [2, 1, -3, -1, 0, 2]],
    cross_centres: ['float32', [2], true, [0.25, 2]],
  });
});
