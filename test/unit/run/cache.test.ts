import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AsyncCache, Cache } from '../../../src/core/run/cache.ts';
import { AttentionError } from '../../../src/core/errors/reason.ts';

const names = (cache: Cache<number>): string[] => cache.entries.map(([name]) => name);

describe('a cache', () => {
  it('lets go of what was used longest ago', () => {
    const cache = new Cache<number>({ most: 2 });
    cache.set('a', 1);
    cache.set('b', 2);
    assert.equal(cache.get('a'), 1);
    cache.set('c', 3);
    assert.deepEqual(names(cache), ['a', 'c']);
    assert.equal(cache.get('b'), undefined);
  });

  it('is bounded by sizes where they are counted, and keeps the newest, however large', () => {
    const cache = new Cache<number>({ most: 10, sizeOf: (size) => size });
    cache.set('a', 4);
    cache.set('b', 5);
    cache.set('c', 1);
    assert.deepEqual(names(cache), ['a', 'b', 'c']);
    cache.set('d', 6);
    assert.deepEqual(names(cache), ['c', 'd']);
    cache.set('e', 11);
    assert.deepEqual(names(cache), ['e']);
  });

  it('has one value of a name, the last', () => {
    const cache = new Cache<number>({ most: 10, sizeOf: (size) => size });
    cache.set('a', 9);
    cache.set('a', 4);
    cache.set('b', 6);
    assert.deepEqual(cache.entries, [
      ['a', 4],
      ['b', 6],
    ]);
    cache.delete('a');
    cache.delete('not there');
    assert.deepEqual(names(cache), ['b']);
  });
});

describe('a cache of answers', () => {
  interface Key {
    readonly analysis: string;
    readonly options?: { readonly topK?: number | undefined; readonly unit?: string };
  }
  /** Counts what is asked, and answers when it is told to. */
  function asker() {
    const open: { settle: (value: number) => void; fail: (thrown: unknown) => void; signal: AbortSignal }[] = [];
    const ask = (signal: AbortSignal): Promise<number> =>
      new Promise((settle, fail) => open.push({ settle, fail, signal }));
    return { open, ask };
  }
  const code = (expected: string) => (thrown: unknown) =>
    thrown instanceof AttentionError && thrown.reason.code === expected;

  it('asks once for equal keys, while the answer is on its way and after', async () => {
    const { open, ask } = asker();
    const cache = new AsyncCache<Key, number>({ most: 2 });
    const first = cache.get({ analysis: 'a', options: { topK: 3, unit: 'words' } }, ask);
    const second = cache.get({ options: { unit: 'words', topK: 3 }, analysis: 'a' }, ask);
    assert.equal(open.length, 1);
    open[0]?.settle(7);
    assert.deepEqual(await Promise.all([first, second]), [7, 7]);
    assert.equal(await cache.get({ analysis: 'a', options: { unit: 'words', topK: 3 } }, ask), 7);
    assert.equal(open.length, 1);
    void cache.get({ analysis: 'a', options: { unit: 'words', topK: undefined } }, ask);
    assert.equal(open.length, 2);
  });

  it('tells a failure to all who wait, and asks again', async () => {
    const { open, ask } = asker();
    const cache = new AsyncCache<Key, number>({ most: 2 });
    const waiting = [cache.get({ analysis: 'a' }, ask), cache.get({ analysis: 'a' }, ask)];
    open[0]?.fail(new AttentionError({ code: 'engine-died', detail: '' }));
    for (const each of waiting) await assert.rejects(each, code('engine-died'));
    const again = cache.get({ analysis: 'a' }, ask);
    assert.equal(open.length, 2);
    open[1]?.settle(1);
    assert.equal(await again, 1);
  });

  it('does not let an old failure forget a newer answer', async () => {
    const { open, ask } = asker();
    const cache = new AsyncCache<Key, number>({ most: 2 });
    const old = cache.get({ analysis: 'a' }, ask);
    cache.forget(() => true);
    const newer = cache.get({ analysis: 'a' }, ask);
    open[0]?.fail(new Error('late'));
    await assert.rejects(old);
    open[1]?.settle(2);
    assert.equal(await newer, 2);
    assert.equal(await cache.get({ analysis: 'a' }, ask), 2);
    assert.equal(open.length, 2);
  });

  it('cancels what is forgotten on its way, and nothing else', async () => {
    const { open, ask } = asker();
    const cache = new AsyncCache<Key, number>({ most: 5 });
    const [a, b] = [cache.get({ analysis: 'a' }, ask), cache.get({ analysis: 'b' }, ask)];
    cache.forget(({ analysis }) => analysis === 'a');
    assert.deepEqual(
      open.map(({ signal }) => signal.aborted),
      [true, false],
    );
    for (const each of open) each.settle(3);
    await assert.rejects(a, code('cancelled'));
    assert.equal(await b, 3);
    cache.dispose();
    void cache.get({ analysis: 'b' }, ask);
    assert.equal(open.length, 3);
  });

  it('lets go by count without cancelling who still waits', async () => {
    const { open, ask } = asker();
    const cache = new AsyncCache<Key, number>({ most: 1 });
    const first = cache.get({ analysis: 'a' }, ask);
    void cache.get({ analysis: 'b' }, ask);
    open[0]?.settle(1);
    assert.equal(await first, 1);
    void cache.get({ analysis: 'a' }, ask);
    assert.equal(open.length, 3);
  });

  it('counts sizes as answers come', async () => {
    const { open, ask } = asker();
    const cache = new AsyncCache<Key, number>({ most: 10, sizeOf: (size) => size });
    const asked = ['a', 'b', 'c'].map((analysis) => cache.get({ analysis }, ask));
    for (const [at, size] of [6, 3, 4].entries()) open[at]?.settle(size);
    await Promise.all(asked);
    await cache.get({ analysis: 'b' }, ask);
    await cache.get({ analysis: 'c' }, ask);
    assert.equal(open.length, 3);
    void cache.get({ analysis: 'a' }, ask);
    assert.equal(open.length, 4);
  });
});
