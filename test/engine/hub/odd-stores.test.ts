import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { environmentToken } from '../../../src/engine/hub/host.ts';
import { listModels, storedModel } from '../../../src/engine/store/library.ts';
import { whileLocked } from '../../../src/engine/store/lock.ts';
import { modelId, reasonFor, scene } from './scene.ts';

const other = { id: 'tiny/other', revision: 'main' };

const manifests: Record<string, (path: string) => Promise<unknown>> = {
  'a folder': async (path) => {
    await rm(path);
    await mkdir(path);
  },
  empty: (path) => truncate(path),
  huge: (path) => truncate(path, 5 << 20),
  'of another form': (path) => writeFile(path, '{"version":2}'),
  'not JSON': (path) => writeFile(path, '\u0000'),
  'a link in a circle': async (path) => {
    await rm(path);
    await symlink(path, path);
  },
  'without permission': (path) => chmod(path, 0),
};

describe(
  'a manifest that is',
  { skip: process.platform === 'win32' && 'links and permissions of this kind are not on Windows' },
  () => {
    for (const [name, spoil] of Object.entries(manifests)) {
      it(`${name}: its model counts as damaged, and the others are there`, async (test) => {
        const s = await scene(test);
        await s.download(await s.plan());
        const [organisation = '', model = ''] = modelId.split('/');
        await cp(join(s.store, organisation, model), join(s.store, 'tiny', 'other'), { recursive: true });
        await spoil(join(s.store, 'tiny', 'other', 'main', '.text-attention.json'));
        const states = (await listModels(s.store)).map(({ id, state }) => [id, state]);
        // Root may read whatever it likes.
        const readable = name === 'without permission' && process.getuid?.() === 0;
        assert.deepEqual(states, [
          [modelId, 'complete'],
          ['tiny/other', readable ? 'complete' : 'damaged'],
        ]);
        assert.equal((await storedModel(s.store, other))?.state, readable ? 'complete' : 'damaged');
      });
    }
  },
);

describe('a lock that is', () => {
  const locks: Record<string, (path: string) => Promise<void>> = {
    'of a dead process': (path) => writeFile(path, JSON.stringify({ pid: 2 ** 22 + 1, machine: hostname(), key: 'k' })),
    'old, its number taken by another process': (path) =>
      writeFile(path, JSON.stringify({ pid: process.pid, machine: hostname(), key: 'k' })),
    empty: (path) => writeFile(path, ''),
    'not JSON': (path) => writeFile(path, '{'),
    'a folder': async (path) => {
      await mkdir(path);
    },
  };
  for (const [name, make] of Object.entries(locks)) {
    for (const [when, distance] of [
      ['long ago', -3600],
      ['in the future, as the clock was set back', 3600 * 24],
    ] as const) {
      it(`${name}, ${when}: is taken over`, async (test) => {
        const s = await scene(test);
        const path = join(s.store, 'm.lock');
        await mkdir(s.store);
        await make(path);
        const then = Date.now() / 1000 + distance;
        await utimes(path, then, then);
        const { signal } = new AbortController();
        assert.equal(
          await whileLocked(
            { path, model: 'm', signal },
            async () => JSON.parse(await readFile(path, 'utf8')).pid as number,
          ),
          process.pid,
        );
        assert.ok(!existsSync(path));
      });
    }
  }

  it('in a store that is a file: the file is named', async (test) => {
    const s = await scene(test);
    const plan = await s.plan();
    await writeFile(s.store, 'a file');
    const reason = await reasonFor(s.download(plan));
    assert.equal(reason.code, 'file-failed');
    assert.deepEqual(await listModels(s.store), []);
  });
});

it('the token of the environment belongs to the usual hub, or to the host named beside it', () => {
  const token = 'hf_x';
  assert.equal(environmentToken(undefined, { HF_TOKEN: token }), token);
  assert.equal(environmentToken('https://huggingface.co/', { HF_TOKEN: token }), token);
  assert.equal(environmentToken('https://mirror.test', { HF_TOKEN: token }), null);
  assert.equal(environmentToken('http://huggingface.co', { HF_TOKEN: token }), null);
  assert.equal(environmentToken('https://huggingface.co.evil.test', { HF_TOKEN: token }), null);
  assert.equal(
    environmentToken('https://mirror.test/hf', { HF_TOKEN: token, HF_ENDPOINT: 'https://mirror.test' }),
    token,
  );
  assert.equal(
    environmentToken('https://huggingface.co', { HF_TOKEN: token, HF_ENDPOINT: 'https://mirror.test' }),
    null,
  );
  assert.equal(environmentToken(undefined, { HF_TOKEN: ' ' }), null);
});
