import * as v from 'valibot';
import type { Data } from '../core/schema.ts';
import { families } from '../core/attention/analysis.ts';
import { dtypeSchema } from '../core/catalogue/dtype.ts';
import type { Progress } from './contract.ts';
import { words } from '../core/words/words.ts';

const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.pipe(v.string(), v.nonEmpty());
const sha256 = v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)));
const sha1 = v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)));

/**
 * A path inside a model's folder: relative, with `/`, and nothing that could lead out of the folder or mean something
 * to a file system.
 */
export const pathSchema = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^[\w][\w.@+-]*(\/[\w][\w.@+-]*)*$/, () => words().details.hub.fileName),
  v.check(
    (path) => !path.split('/').some((part) => part.endsWith('.') || isDevice(part)),
    () => words().details.hub.fileName,
  ),
);

/** Names that Windows takes for devices, with whatever ending. */
function isDevice(part: string): boolean {
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part);
}

/**
 * A file that a model needs. `sha256` and `gitId` (the id of a git blob, SHA-1) are what the host says of its content.
 */
export const plannedFileSchema = v.object({ path: pathSchema, bytes, sha256, gitId: sha1, here: v.boolean() });

/** What would be downloaded: all that a person is asked to agree to. */
export const planSchema = v.object({
  id: name,
  revision: name,
  commit: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  host: name,
  family: v.nullable(v.picklist(families)),
  modelType: v.nullable(v.string()),
  licence: v.nullable(v.string()),
  gated: v.boolean(),
  layers: v.nullable(v.number()),
  heads: v.nullable(v.number()),
  /** How many of the layers attend, where not all of them do and config.json says which. */
  attending: v.nullable(v.number()),
  dtype: dtypeSchema,
  /** Every dtype that the host has: bytes of its graph files, and whether its weights fit the memory budget. */
  dtypes: v.array(v.object({ dtype: dtypeSchema, bytes, fits: v.boolean() })),
  files: v.pipe(v.array(plannedFileSchema), v.minLength(1), v.maxLength(64)),
  totalBytes: bytes,
  /** Bytes of the files that are not here yet. */
  missingBytes: bytes,
});

/**
 * Where models come from, as the settings say; it goes with each request, so that the model process holds no setting.
 * `host`, `proxy`: null for the usual host and for the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY. The token is
 * never part of a message about a wrong value.
 */
export const hubSchema = v.object({
  host: v.nullable(v.string()),
  token: v.nullable(v.string(() => words().details.hub.tokenText)),
  proxy: v.nullable(
    v.object(
      {
        url: v.optional(v.string(() => words().details.hub.proxyText)),
        authorization: v.optional(v.string(() => words().details.hub.authorizationText)),
        noProxy: v.optional(v.array(v.string())),
      },
      () => words().details.hub.proxyObject,
    ),
  ),
  offline: v.boolean(),
});

/**
 * A model in the store. `damaged`: a file is missing or has another size; `unfinished`: only part of it has arrived.
 */
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
  family: v.nullable(v.picklist(families)),
});

/**
 * A model that ships with the extension. `bytes` counts all its files; `dtypes` is empty where the graphs have no
 * common one.
 */
export const builtInModelSchema = v.object({
  id: name,
  family: v.nullable(v.picklist(families)),
  modelType: v.nullable(v.string()),
  licence: v.nullable(v.string()),
  dtypes: v.array(dtypeSchema),
  bytes,
});

/**
 * Every model on this machine that has a name: those that ship, those in the store, and the store's folder with its
 * bytes.
 */
export const inventorySchema = v.object({
  builtIn: v.array(builtInModelSchema),
  stored: v.array(storedModelSchema),
  folder: name,
  /** Bytes of all stored models together. */
  bytes,
  /** Bytes that the file system of the store has left; null where it does not say. */
  free: v.nullable(bytes),
});

export type PlannedFile = Data<typeof plannedFileSchema>;
export type DownloadPlan = Data<typeof planSchema>;
export type HubRequest = Data<typeof hubSchema>;
export type BuiltInModel = Data<typeof builtInModelSchema>;
export type Inventory = Data<typeof inventorySchema>;

/** How far a download or a check is: bytes of the whole model, the file in work or who is waited for, and the speed. */
export interface DownloadProgress extends Progress {
  readonly stage: 'waiting' | 'downloading' | 'checking';
  readonly detail: string;
  readonly done: number;
  readonly total: number;
  readonly bytesPerSecond: number | null;
}
export type StoredModel = Data<typeof storedModelSchema>;
