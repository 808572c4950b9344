import * as v from 'valibot';
import { ownReasons, runCauses, storeReasons, type Reason } from '../core/errors/reason.ts';

/** The schema of a {@link Reason} that came over a border: an object a code, with its words. */
export const reasonSchema = v.variant('code', [
  v.object({
    code: v.literal('run-failed'),
    model: v.string(),
    detail: v.string(),
    cause: v.exactOptional(v.picklist(runCauses)),
  }),
  ...Object.entries({ ...ownReasons, ...storeReasons }).map(([code, fields]) =>
    v.object({ code: v.literal(code), ...Object.fromEntries(fields.map((field) => [field, v.string()])) }),
  ),
  // The tables are typed by what they hold, which `Object.entries` forgets.
]) as v.GenericSchema<unknown, Reason>;
