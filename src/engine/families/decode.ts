import type { Work } from '../../protocol/contract.ts';
import type { Tensors } from '../network.ts';
import { checkpoint } from '../stage.ts';
import type { RecordedRun, Tap } from '../tap.ts';
import type { LoadedModel } from './family.ts';
import { lastRow, likeliest, rulesOf } from './greedy.ts';
import type { Source } from './source.ts';
import { startToken } from './target.ts';

/** What the decoder was fed and what it attended to meanwhile. */
export interface Written {
  /** The start token and what follows; never the end token. */
  readonly ids: readonly number[];
  /** One run for each token where the graph has a cache, else one for all. */
  readonly runs: readonly RecordedRun[];
  /** Whether the model itself came to an end. */
  readonly ended: boolean;
}

/**
 * Steps a decoder through a given target (its ids, the start token first), or lets it write one, likeliest token by likeliest
 * token, of at most `limit`.
 *
 * A graph with a cache is fed one token at a time: fed more target than source tokens at once, merged decoders fail in
 * onnxruntime. A graph without one is fed everything so far.
 */
export async function decode(
  { folder, network }: LoadedModel, decoder: Tap, read: Source, given: readonly number[] | null, limit: number, work: Work,
): Promise<Written> {
  const rules = rulesOf(folder.config, folder.generation);
  const total = given?.length ?? Math.min(limit, rules.length);
  const cached = decoder.inputs.some((name) => name.startsWith('past_key_values.'));
  const ids = [given?.[0] ?? startToken(folder)];
  const steps: RecordedRun[] = [];
  let cache: Tensors | null = null;
  for (;;) {
    checkpoint(work.signal);
    work.report({ stage: 'Running', done: ids.length, total });
    const fed = cached ? ids.slice(-1) : given ?? ids;
    const { value, runs } = await decoder.record(() => network.forward({
      encoder_outputs: read.states, attention_mask: read.mask, decoder_input_ids: network.row(fed), past_key_values: cache,
    }));
    if (cached) steps.push(...runs);
    else steps.splice(0, steps.length, ...runs);
    if (given && !cached) return { ids: given, runs: steps, ended: true };
    if (ids.length >= total) return { ids, runs: steps, ended: given !== null };
    const next = given?.[ids.length] ?? likeliest(folder.id, lastRow(value['logits']), rules, ids.length);
    if (!given && rules.ends.has(next)) return { ids, runs: steps, ended: true };
    ids.push(next);
    cache = cached ? nextCache(value, cache) : null;
  }
}

/** The cache of the next step: `present.*` becomes `past_key_values.*`; what belongs to the source stays as the first step gave it. */
function nextCache(outputs: Tensors, before: Tensors | null): Tensors {
  const entries = Object.entries(outputs).filter(([name]) => name.startsWith('present.'));
  return Object.fromEntries(entries.map(([name, tensor]) => {
    const past = name.replace('present.', 'past_key_values.');
    return [past, name.includes('.encoder.') ? (before?.[past] ?? tensor) : tensor];
  }));
}
