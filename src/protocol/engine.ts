import * as v from 'valibot';
import { fileFormats } from '../core/export/format.ts';
import type { Contract } from './contract.ts';
import { mapRequests } from './map-requests.ts';
import { taskModelSchema } from '../core/catalogue/task.ts';
import { dtypeSchema } from '../core/catalogue/dtype.ts';
import { hubSchema, inventorySchema, planSchema, storedModelSchema } from './hub.ts';
import { runSpecSchema } from '../core/run/run-spec.ts';
import { analysisInfoSchema } from '../core/attention/analysis.ts';
import { probeResultSchema } from '../core/probe/evidence.ts';
import { selectionSchema } from '../core/attention/selection.ts';
import { viewStateSchema } from '../core/attention/view.ts';
import { focusSchema } from '../core/scene/focus.ts';
import { indexSchema } from '../core/schema.ts';

const analysis = v.pipe(v.string(), v.nonEmpty());
/** A model of the hub: `organisation/name` or `organisation/name@revision`. */
const hubModel = v.pipe(v.string(), v.nonEmpty());

/** What the engine answers. Weights stay in the engine; they leave it a layer at a time, as little-endian float32. */
export const engineContract = {
  requests: {
    ...mapRequests,
    /** Runs a model on a text and keeps the weights under the name that the asker chose. */
    analyse: {
      params: v.object({ analysis, ...runSpecSchema.entries }),
      result: analysisInfoSchema,
    },
    /**
     * What stands before the softmax in one layer of a map, laid out as its weights; null where the model does not give
     * it.
     */
    scores: {
      params: v.object({ analysis, map: indexSchema, layer: indexSchema }),
      result: v.object({ scores: v.nullable(v.instance(ArrayBuffer)) }),
    },
    /**
     * What the heads of a model do, measured on sentences with known answers; known at once where that was done before.
     * Tells how many runs are done.
     */
    probe: {
      params: v.object({ model: runSpecSchema.entries.model, dtype: runSpecSchema.entries.dtype }),
      result: probeResultSchema,
    },
    /**
     * The bytes of a file of an analysis, CSV and pictures of what its view shows; tells how many there are while it
     * goes on. The weight in focus of `selection` is the one that the picture of arithmetic shows, `sides` are the
     * analyses that files of a comparison show beside it, one for each side of the view.
     */
    export: {
      params: v.object({
        analysis,
        format: v.picklist(fileFormats),
        focus: focusSchema,
        view: viewStateSchema,
        selection: selectionSchema,
        sides: v.array(analysis),
      }),
      result: v.object({ bytes: v.instance(ArrayBuffer) }),
    },
    /** Forgets an analysis; unknown names are no error. */
    release: { params: v.object({ analysis }), result: v.null() },
    /** Every model on this machine that has a name, and the disk that the downloaded ones take. */
    models: { params: v.object({}), result: inventorySchema },
    /** The models of this machine that do a task, with that in the folder `also`, and what they do. */
    taskModels: { params: v.object({ also: v.string() }), result: v.array(taskModelSchema) },
    /** What a download would bring. Asks the host for descriptions alone. */
    plan: {
      params: v.object({ model: hubModel, dtype: v.optional(dtypeSchema), hub: hubSchema }),
      result: planSchema,
    },
    /**
     * Carries a plan out; progress tells bytes and speed. While another process downloads the same model this one waits
     * for it (progress of the stage `waiting`), unless `whenLocked` says to refuse.
     */
    download: {
      params: v.object({ plan: planSchema, hub: hubSchema, whenLocked: v.optional(v.picklist(['wait', 'refuse'])) }),
      result: storedModelSchema,
    },
    /** Deletes a downloaded model, or what has arrived of it. */
    deleteModel: { params: v.object({ model: hubModel }), result: v.null() },
    /**
     * Reads a downloaded model and compares it with what arrived. Files that are not as they were are named and taken
     * away: the model then counts as damaged, and a download brings exactly these again.
     */
    verifyModel: { params: v.object({ model: hubModel }), result: v.object({ damaged: v.array(v.string()) }) },
  },
  events: {},
} satisfies Contract;

/** What the engine tells whoever started it. */
export const engineListenerContract = {
  requests: {},
  events: {
    log: v.object({ level: v.picklist(['debug', 'info', 'warn', 'error']), message: v.string() }),
    /** The process ends by an error of its own: whatever is pending will not be answered. */
    dying: v.object({ detail: v.string() }),
  },
} satisfies Contract;

export type EngineContract = typeof engineContract;
export type EngineListenerContract = typeof engineListenerContract;
