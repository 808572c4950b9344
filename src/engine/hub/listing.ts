import * as v from 'valibot';
import { nameOf, revisionPart, type HubModel } from '../../core/catalogue/hub-id.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { pathSchema } from '../../protocol/hub.ts';
import { configSchema, type ModelConfig } from '../config/config.ts';
import { checkLayers } from '../config/config-limits.ts';
import { describe } from './failure.ts';
import type { Hub } from './hub.ts';
import { words } from '../../core/words/words.ts';

/**
 * A file that a host lists: its size, and what it says of its content (SHA-256 for large files, a git blob's id for
 * small ones).
 */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly gitId: string | null;
}

/** What a host says of a model before anything of it is downloaded. */
export interface HubListing {
  /** The commit that the revision stands for now: every file is asked for at this one. */
  readonly commit: string;
  readonly licence: string | null;
  readonly gated: boolean;
  readonly files: readonly ListedFile[];
  readonly config: ModelConfig;
}

const maxPages = 20;
const maxEntries = 10_000;

const infoSchema = v.object({
  sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{7,64}$/)),
  gated: v.nullish(v.union([v.boolean(), v.string()])),
  tags: v.nullish(v.array(v.string())),
  cardData: v.nullish(v.looseObject({ license: v.optional(v.unknown()), license_name: v.optional(v.unknown()) })),
});

const entrySchema = v.object({
  type: v.string(),
  path: v.pipe(v.string(), v.maxLength(4096)),
  size: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  oid: v.optional(v.string()),
  lfs: v.nullish(v.object({ oid: v.string(), size: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))) })),
});

/**
 * Asks a host for a model: its commit, its files with sizes, its config.json. Throws what {@link Hub.json} throws, and
 * `model-file-missing` where there is no config.json.
 */
export async function listModel(hub: Hub, model: HubModel, signal: AbortSignal): Promise<HubListing> {
  const wanted = { model: nameOf(model), file: null };
  const { value: info } = await hub.json(
    `api/models/${model.id}/revision/${revisionPart(model.revision)}`,
    infoSchema,
    wanted,
    signal,
  );
  const files = await listFiles(hub, model, info.sha, signal);
  if (!files.some((file) => file.path === 'config.json')) {
    throw new AttentionError({ code: 'model-file-missing', model: nameOf(model), file: 'config.json' });
  }
  const config = await hub.json(
    fileAddress(model.id, info.sha, 'config.json'),
    configSchema,
    { ...wanted, file: 'config.json' },
    signal,
  );
  checkLayers(nameOf(model), config.value);
  return {
    commit: info.sha,
    licence: licenceOf(info),
    gated: (info.gated ?? false) !== false,
    files,
    config: config.value,
  };
}

/** Where a host has a file, below its own address. */
export function fileAddress(id: string, commit: string, path: string): string {
  return `${id}/resolve/${revisionPart(commit)}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

async function listFiles(hub: Hub, model: HubModel, commit: string, signal: AbortSignal): Promise<ListedFile[]> {
  const wanted = { model: nameOf(model), file: null };
  const files: ListedFile[] = [];
  let next: string | null = `api/models/${model.id}/tree/${commit}?recursive=true`;
  let entries = 0;
  for (let page = 0; next !== null; page++) {
    if (page === maxPages) throw hub.invalid(words().details.hub.endlessList(describe(wanted)));
    const answer: { value: v.InferOutput<typeof entrySchema>[]; next: string | null } = await hub.json(
      next,
      v.array(entrySchema),
      wanted,
      signal,
    );
    entries += answer.value.length;
    if (entries > maxEntries) throw hub.invalid(words().details.hub.longList(maxEntries, describe(wanted)));
    files.push(...answer.value.flatMap((entry) => listed(entry)));
    next = answer.next;
  }
  return files;
}

/** Files whose names are not those of model files are left out: nothing asks for them. */
function listed({ type, path, size, oid, lfs }: v.InferOutput<typeof entrySchema>): ListedFile[] {
  const bytes = lfs?.size ?? size;
  if (type !== 'file' || bytes === undefined || !v.is(pathSchema, path)) return [];
  const sha256 = lfs ? lfs.oid.replace(/^sha256:/, '') : null;
  const gitId = lfs ? null : (oid ?? null);
  return [{ path, bytes, sha256: matching(sha256, /^[0-9a-f]{64}$/), gitId: matching(gitId, /^[0-9a-f]{40}$/) }];
}

function matching(text: string | null, form: RegExp): string | null {
  return text !== null && form.test(text) ? text : null;
}

/** The licence as the model's page names it. `other` stands for one that only the page explains. */
function licenceOf({ cardData, tags }: v.InferOutput<typeof infoSchema>): string | null {
  const tag = tags?.find((each) => each.startsWith('license:'))?.slice('license:'.length);
  const name = [cardData?.license_name, cardData?.license, tag].find(
    (each) => typeof each === 'string' && each !== '' && each !== 'other',
  );
  return typeof name === 'string' ? name.slice(0, 100) : (tag?.slice(0, 100) ?? null);
}
