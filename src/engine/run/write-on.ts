import type { Work } from '../../protocol/contract.ts';
import { hasCache, nextCache } from '../feeds/cache.ts';
import type { Cache } from '../feeds/step.ts';
import { rowOf } from '../predict/logits.ts';
import { checkpoint } from '../process/stage.ts';
import { chooser, rulesOf } from './choose.ts';
import type { Continuation } from '../../core/run/run-spec.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { words } from '../../core/words/words.ts';

/**
 * Lets a decoder write on after the tokens `given`: at most `tokens` more, never the end token. `ended` tells whether
 * the model itself came to an end. The attention of these steps is not kept: one run over the whole text follows.
 */
export async function writeOn(
  { folder, network }: LoadedModel,
  given: readonly number[],
  { tokens, sampling }: Continuation,
  work: Work,
): Promise<{ readonly ids: readonly number[]; readonly ended: boolean }> {
  const rules = rulesOf(folder);
  const choose = chooser(folder.id, rules, sampling);
  const cached = hasCache(network.main);
  const ids: number[] = [];
  let cache: Cache | null = null;
  while (ids.length < tokens) {
    checkpoint(work.signal);
    work.report({ stage: words().stages.generating, done: ids.length, total: tokens });
    const all = [...given, ...ids];
    const value = await network.read({
      ...(cache ? { ids: all.slice(-1), past: all.length - 1, cache } : { ids: all }),
      lastLogits: true,
    });
    const next = choose(rowOf(value['logits'], -1), { ids: all, given: given.length, total: given.length + tokens });
    if (rules.ends.has(next)) return { ids, ended: true };
    ids.push(next);
    cache = cached ? nextCache(value, cache) : null;
  }
  return { ids, ended: false };
}
