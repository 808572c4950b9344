import * as v from 'valibot';
import { reasonSchema } from './reason-schema.ts';

const id = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The schema of a progress report. */
export const progressSchema = v.object({
  stage: v.string(),
  done: v.optional(v.number()),
  total: v.optional(v.number()),
  detail: v.optional(v.string()),
  bytesPerSecond: v.optional(v.nullable(v.number())),
});

/** The envelope of everything that crosses a border; payloads are checked by the contract's own schemas. */
export const messageSchema = v.variant('type', [
  v.object({ type: v.literal('request'), id, name: v.string(), params: v.unknown() }),
  v.object({ type: v.literal('cancel'), id }),
  v.object({ type: v.literal('progress'), id, progress: progressSchema }),
  v.object({ type: v.literal('result'), id, value: v.unknown() }),
  v.object({ type: v.literal('error'), id, reason: reasonSchema }),
  v.object({ type: v.literal('event'), name: v.string(), payload: v.unknown() }),
]);

/** One message between two sides. */
export type Message = v.InferOutput<typeof messageSchema>;
