import type { ReadRow } from '../../core/prediction/row.ts';
import type { WritingRules } from '../../core/prediction/rules/writing-rules.ts';
import type { Sampling } from '../../core/prediction/sample.ts';
import type { Work } from '../../protocol/contract.ts';
import { hasCache, nextCache } from '../feeds/cache.ts';
import type { Cache, Step } from '../feeds/step.ts';
import { rowOf } from '../predict/logits.ts';
import { readAt, readRows } from '../predict/next.ts';
import { checkpoint } from '../process/stage.ts';
import type { RecordedRun, Tap } from '../backend/tap.ts';
import { chooser } from './choose.ts';
import type { LoadedModel } from '../model/loaded.ts';
import type { Source } from './source.ts';
import { LatestRows } from '../../core/prediction/latest-rows.ts';
import { reportWritten } from './write-on.ts';
import { words } from '../../core/words/words.ts';

/** What a decoder is fed, and how it may write on. */
export interface Writing {
  /** The start token and what was given of the target. */
  readonly given: readonly number[];
  /** What it wrote before, or what was chosen for it: it is fed that and writes on. */
  readonly written: readonly number[];
  /** The most tokens in all; as many as are given when nothing is to be written. */
  readonly total: number;
  /** The length that the rules count to, at least `total`. */
  readonly length: number;
  readonly rules: WritingRules;
  readonly sampling?: Sampling | undefined;
}

/** What the decoder was fed, what it attended to meanwhile, and what it expected after each token. */
export interface Written {
  /** The start token and what follows; never the end token. */
  readonly ids: readonly number[];
  /** One run for each token where the graph has a cache, else one for all. */
  readonly runs: readonly RecordedRun[];
  readonly rows: readonly (ReadRow | null)[];
  /** The logits after each token. */
  readonly logits: LatestRows;
  /** Whether the model itself came to an end. */
  readonly ended: boolean;
}

/**
 * Steps a decoder through what is given of a target and lets it write on, token by token.
 *
 * A graph with a cache is fed one token at a time: fed more target than source tokens at once, merged decoders fail in
 * onnxruntime. A graph without one is fed everything so far.
 */
export async function decode(
  { folder, network, tokenizer }: LoadedModel,
  decoder: Tap,
  read: Source,
  writing: Writing,
  work: Work,
): Promise<Written> {
  const { given, written, total, length, rules } = writing;
  const forced = [...given, ...written];
  const choose = chooser(folder.id, rules, writing.sampling, written.length);
  const cached = hasCache(decoder);
  const ids = cached ? forced.slice(0, 1) : [...forced];
  const runs: RecordedRun[] = [];
  const rows: (ReadRow | null)[] = [];
  const logits = new LatestRows();
  let cache: Cache | null = null;
  for (;;) {
    checkpoint(work.signal);
    if (total === given.length) work.report({ stage: words().stages.running, done: ids.length, total });
    else reportWritten(work, tokenizer, given, ids.slice(given.length), total - given.length);
    const step: Step = {
      ids: cached ? ids.slice(-1) : ids,
      past: cached ? ids.length - 1 : 0,
      cache,
      source: read.states,
    };
    const { value, runs: own } = await decoder.record(() => network.write(step));
    if (!cached) runs.length = 0;
    runs.push(...own);
    const last = rowOf(value['logits'], -1);
    if (!cached) for (const at of ids.keys()) if (at < ids.length - 1) logits.keep(at, rowOf(value['logits'], at));
    logits.keep(ids.length - 1, last);
    const next =
      forced[ids.length] ?? (ids.length < total ? choose(last, { ids, given: given.length, total: length }) : null);
    if (!cached && rows.length === 0) rows.push(...(readRows(value['logits'], ids)?.slice(0, -1) ?? []));
    const ends = next === null || (ids.length >= forced.length && rules.ends.has(next));
    rows.push(readAt(last, ends ? null : next));
    if (ends) return { ids, runs, rows, logits, ended: next !== null };
    ids.push(next);
    cache = cached ? nextCache(value, cache) : null;
  }
}
