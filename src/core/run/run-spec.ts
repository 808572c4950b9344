import * as v from 'valibot';
import { dtypeSchema } from '../catalogue/dtype.ts';
import { samplingSchema } from '../prediction/sample.ts';
import { indexSchema, wholeSchema, type Data } from '../schema.ts';
import { chatSchema } from '../text/chat.ts';
import { keyOf } from './cache.ts';
import { editsSchema } from './edits.ts';

/** How a model is to write on. */
export type Continuation = Data<typeof continuationSchema>;

/** The schema of a {@link Continuation}. */
export const continuationSchema = v.object({
  /** The most tokens that it writes; 0 where it is only to read what it wrote before. */
  tokens: wholeSchema(0, 4096),
  /** Ids of tokens that it wrote before, or that were chosen for it: they are kept, and it writes on after them. */
  written: v.optional(v.pipe(v.array(indexSchema), v.minLength(1), v.maxLength(4096))),
  /** How they are drawn; without it, always the likeliest. */
  sampling: v.optional(samplingSchema),
});

/**
 * One run of a model: all that decides its numbers. What is added here is part of the run everywhere: in messages, in
 * the comparison of runs, in the keys of caches.
 */
export type RunSpec = Data<typeof runSpecSchema>;

/** What a run reads and writes, for the families, which have their model already. */
export type RunTexts = Omit<RunSpec, 'model' | 'dtype'>;

/** The schema of a {@link RunSpec}. */
export const runSpecSchema = v.object({
  /** The name of a model that ships, `organisation/name[@revision]` of a downloaded one, or a folder. */
  model: v.pipe(v.string(), v.nonEmpty()),
  /** The number format to take where the model has several; else the best that fits the memory. */
  dtype: v.optional(dtypeSchema),
  text: v.string(),
  /** The second text of a sentence pair. */
  pair: v.optional(v.string()),
  /** What the decoder of an encoder-decoder is given to write. */
  target: v.optional(v.string()),
  /** Written after the text of a decoder, or after the target of an encoder-decoder. */
  continue: v.optional(continuationSchema),
  /** A conversation in place of the text, which is empty then. */
  chat: v.optional(chatSchema),
  /** What is changed in the model while it runs, in this order; left out where nothing is. */
  edits: v.optional(v.pipe(editsSchema, v.minLength(1))),
});

/** The name of a run among its equals. */
export function keyOfRun(run: RunSpec): string {
  return keyOf(run);
}

/** Whether two runs are the same: the same model reads and writes the same. */
export function sameRun(a: RunSpec, b: RunSpec): boolean {
  return keyOfRun(a) === keyOfRun(b);
}
