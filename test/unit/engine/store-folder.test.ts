import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { usualStore } from '../../../src/engine/store/store-folder.ts';

test('downloaded models lie in the cache folder of the system', () => {
  const home = join('/', 'home', 'me');
  const models = ['text-attention', 'models'];
  assert.equal(usualStore('linux', {}, home), join(home, '.cache', ...models));
  assert.equal(usualStore('linux', { XDG_CACHE_HOME: '/cache' }, home), join('/cache', ...models));
  assert.equal(usualStore('linux', { XDG_CACHE_HOME: 'relative' }, home), join(home, '.cache', ...models));
  assert.equal(usualStore('darwin', { XDG_CACHE_HOME: '/cache' }, home), join(home, 'Library', 'Caches', ...models));
  assert.equal(usualStore('win32', { LOCALAPPDATA: '/local' }, home), join('/local', ...models));
  assert.equal(usualStore('win32', {}, home), join(home, 'AppData', 'Local', ...models));
});
