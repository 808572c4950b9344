import * as v from 'valibot';
import { indexSchema, type Data } from '../schema.ts';
import type { RunSpec } from '../run/run-spec.ts';

/** Where a side is looked at: a layer by its number in the model, and a head, or null for its heads combined. */
const placeSchema = v.object({ layer: indexSchema, head: v.nullable(indexSchema) });

/** The schema of a {@link Side}. */
export const sideSchema = v.object({
  /** Another model, by its name. */
  model: v.exactOptional(v.pipe(v.string(), v.nonEmpty())),
  /** Another text. */
  text: v.exactOptional(v.pipe(v.string(), v.nonEmpty())),
  /** The model as it is, where the run that is shown was edited. */
  unedited: v.exactOptional(v.literal(true)),
  /** Absent where the head that fits best is shown. */
  at: v.exactOptional(placeSchema),
});

/**
 * What is shown beside a run, by how it differs from it: with nothing but `at` it is the same run, at another head.
 */
export type Side = Data<typeof sideSchema>;

/** More sides than this have no room beside each other. */
export const maxSides = 2;

/** The schema of all sides of a comparison. */
export const sidesSchema = v.pipe(v.array(sideSchema), v.maxLength(maxSides));

/**
 * The run of a side of `run`. Another model keeps the texts and takes no edit, which is of heads that it has not;
 * another text has neither its second text nor its target.
 */
export function runOfSide(run: RunSpec, { model, text, unedited }: Side): RunSpec {
  const { edits, dtype, pair, target, chat, continue: goesOn, ...plain } = run;
  const texts = {
    ...(pair === undefined ? {} : { pair }),
    ...(target === undefined ? {} : { target }),
    ...(chat === undefined ? {} : { chat }),
    ...(goesOn === undefined ? {} : { continue: goesOn }),
  };
  const isOther = model !== undefined && model !== run.model;
  return {
    ...plain,
    ...(isOther ? { model } : {}),
    ...(text === undefined ? texts : { text }),
    ...(isOther || dtype === undefined ? {} : { dtype }),
    ...(isOther || unedited || edits === undefined ? {} : { edits }),
  };
}
