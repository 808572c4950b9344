import * as v from 'valibot';
import { indexSchema, type Data } from '../schema.ts';
import { itemAt } from '../item-at.ts';
import { isPunctuation } from './units.ts';
import { labelOf } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { words } from '../words/words.ts';

/**
 * Where a head rests: on special tokens, or on the first token of the text. `token` is the one that gets most, `share`
 * the mean weight of all queries there, from 0 to 1.
 */
export type Sink = Data<typeof sinkSchema>;

/** The schema of a {@link Sink}. */
export const sinkSchema = v.object({ on: v.picklist(['special', 'first']), token: indexSchema, share: v.number() });

/** From this mean weight on a head is said to rest on a sink: more goes there than anywhere else together. */
export const sinkThreshold = 0.5;

/**
 * The sink of a head; null where it has none. Attention to [CLS] and [SEP] is taken for a no-op of the head (Clark et
 * al. 2019, W19-4828); causal models rest on whatever token stands first (Xiao et al. 2023, arXiv:2309.17453). Rows
 * before `firstQuery` are left out: a causal first row has no choice.
 *
 * `weights` is `[query][key]`, `special` says of each key whether it is a special token.
 */
export function sinkOf(weights: Float32Array, special: readonly boolean[], firstQuery: number): Sink | null {
  const keys = special.length;
  const sums = new Float64Array(keys);
  let all = 0;
  for (let cell = firstQuery * keys; cell < weights.length; cell++) {
    const weight = weights[cell] ?? 0;
    sums[cell % keys] = (sums[cell % keys] ?? 0) + weight;
    all += weight;
  }
  if (all <= 0) return null;
  let onSpecial = 0;
  let most = -1;
  special.forEach((isSpecial, key) => {
    if (!isSpecial) return;
    onSpecial += itemAt(sums, key);
    if (most < 0 || itemAt(sums, key) > itemAt(sums, most)) most = key;
  });
  if (onSpecial / all >= sinkThreshold) return { on: 'special', token: most, share: onSpecial / all };
  const onFirst = itemAt(sums, 0) / all;
  return keys > 1 && !special[0] && onFirst >= sinkThreshold ? { on: 'first', token: 0, share: onFirst } : null;
}

/** Where a head rests, in one sentence; null for a head without a sink. */
export function sinkSentence(sink: Sink | undefined, keys: Sequence | undefined): string | null {
  const token = sink && keys?.tokens[sink.token];
  if (!sink || !keys || !token) return null;
  const label = labelOf(keys, token);
  const says = words().sinks;
  return sink.on === 'special'
    ? says.special(label, sink.share)
    : says.first(label, sink.share, isPunctuation(keys, token));
}
