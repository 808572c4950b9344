import * as v from 'valibot';
import { dtypes } from '../core/catalogue/dtype.ts';

const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.pipe(v.string(), v.nonEmpty());
const sha256 = v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)));
const sha1 = v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)));

/** The kind of numbers in a graph file. */
export const dtypeSchema = v.picklist(dtypes);

/**
 * A path inside a model's folder: relative, with `/`, and nothing that could lead out of the folder or mean something to a file
 * system.
 */
export const pathSchema = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^[\w][\w.@+-]*(\/[\w][\w.@+-]*)*$/, 'the name is not that of a model file'),
  v.check((path) => !path.split('/').some((part) => part.endsWith('.') || isDevice(part)), 'the name is not that of a model file'),
);

/** Names that Windows takes for devices, with whatever ending. */
function isDevice(part: string): boolean {
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part);
}

/** A file that a model needs. `sha256` and `gitId` (the id of a git blob, SHA-1) are what the host says of its content. */
export const plannedFileSchema = v.object({ path: pathSchema, bytes, sha256, gitId: sha1, here: v.boolean() });

/** What would be downloaded: all that a person is asked to agree to. */
export const planSchema = v.object({
  id: name,
  revision: name,
  commit: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  host: name,
  family: v.nullable(v.picklist(['encoder', 'decoder', 'encoder-decoder'])),
  modelType: v.nullable(v.string()),
  licence: v.nullable(v.string()),
  gated: v.boolean(),
  layers: v.nullable(v.number()),
  heads: v.nullable(v.number()),
  dtype: dtypeSchema,
  /** Every dtype that the host has: bytes of its graph files, and whether its weights fit the memory budget. */
  dtypes: v.array(v.object({ dtype: dtypeSchema, bytes, fits: v.boolean() })),
  files: v.pipe(v.array(plannedFileSchema), v.minLength(1), v.maxLength(64)),
  totalBytes: bytes,
  /** Bytes of the files that are not here yet. */
  missingBytes: bytes,
});

/** How far a download is: bytes of the whole model, and the speed of the last seconds (null until it is known). */
export const downloadProgressSchema = v.object({
  stage: v.picklist(['waiting', 'downloading', 'checking']),
  /** The file in work, or who is waited for. */
  detail: v.string(),
  done: bytes,
  total: bytes,
  bytesPerSecond: v.nullable(v.number()),
});

/** A model in the store. `damaged`: a file is missing or has another size; `unfinished`: only part of it has arrived. */
export const storedModelSchema = v.object({
  id: name,
  revision: name,
  /** Absolute path of the folder with the files. */
  folder: name,
  state: v.picklist(['complete', 'damaged', 'unfinished']),
  dtypes: v.array(dtypeSchema),
  /** Bytes on disk, those of an unfinished download included. */
  bytes,
  host: v.nullable(v.string()),
  commit: v.nullable(v.string()),
  licence: v.nullable(v.string()),
  modelType: v.nullable(v.string()),
});

export type PlannedFile = v.InferOutput<typeof plannedFileSchema>;
export type DownloadPlan = v.InferOutput<typeof planSchema>;
export type DownloadProgress = v.InferOutput<typeof downloadProgressSchema>;
export type StoredModel = v.InferOutput<typeof storedModelSchema>;
