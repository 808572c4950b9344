import type { Work } from '../../protocol/contract.ts';
import { hasCache, nextCache } from '../feeds/cache.ts';
import type { Cache } from '../feeds/step.ts';
import { rowOf } from '../predict/logits.ts';
import { checkpoint } from '../process/stage.ts';
import { chooser, rulesOf } from './choose.ts';
import type { Continuation } from '../../core/run/run-spec.ts';
import type { LoadedModel } from '../model/loaded.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import { writtenText } from '../../core/text/written.ts';
import { words } from '../../core/words/words.ts';

/** Tells how far the writing is, with the text that was written so far. */
export function reportWritten(
  { report }: Work,
  tokenizer: Tokenizer,
  given: readonly number[],
  ids: readonly number[],
  total: number,
): void {
  const detail = ids.length === 0 ? '' : writtenText(tokenizer, given, ids).text;
  report({ stage: words().stages.generating, done: ids.length, total, detail });
}

/**
 * Lets a decoder write on after the tokens `given` and those that were written before: at most `tokens` more, never the
 * end token. `ids` are all that was written. `end` is the end token with which the model itself came to an end; null
 * where it did not. The attention of these steps is not kept: one run over the whole text follows.
 */
export async function writeOn(
  { folder, network, tokenizer }: LoadedModel,
  given: readonly number[],
  { tokens, sampling, written = [] }: Continuation,
  work: Work,
): Promise<{ readonly ids: readonly number[]; readonly end: number | null }> {
  const rules = rulesOf(folder);
  const choose = chooser(folder.id, rules, sampling, written.length);
  const total = written.length + tokens;
  const cached = hasCache(network.main);
  const ids: number[] = [...written];
  let cache: Cache | null = null;
  while (ids.length < total) {
    checkpoint(work.signal);
    reportWritten(work, tokenizer, given, ids, total);
    const all = [...given, ...ids];
    const value = await network.read({
      ...(cache ? { ids: all.slice(-1), past: all.length - 1, cache } : { ids: all }),
      lastLogits: true,
    });
    const next = choose(rowOf(value['logits'], -1), { ids: all, given: given.length, total: given.length + total });
    if (rules.ends.has(next)) return { ids, end: next };
    ids.push(next);
    cache = cached ? nextCache(value, cache) : null;
  }
  return { ids, end: null };
}
