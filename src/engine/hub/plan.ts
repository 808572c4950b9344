import * as v from 'valibot';
import { nameOf, parseHubId, type HubModel } from '../../core/catalogue/hub-id.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { planSchema, type DownloadPlan, type PlannedFile } from '../../protocol/hub.ts';
import { describedEncoder, type Described } from '../config/config.ts';
import {
  chooseGraphs,
  describedFamily,
  fitsMemory,
  graphChoices,
  shapeOf,
  type DtypeWish,
  type GraphChoice,
} from '../config/graph-files.ts';
import { issueWords } from '../files/json-file.ts';
import type { Hub } from './hub.ts';
import { placesOf } from '../store/layout.ts';
import { listModel, type HubListing, type ListedFile } from './listing.ts';
import { entryHere, readManifest } from '../store/manifest.ts';
import { words } from '../../core/words/words.ts';

/** What to plan: the model as a person names it, and what to choose by. */
export interface PlanRequest extends DtypeWish {
  /** `organisation/name` or `organisation/name@revision`. */
  readonly model: string;
  /** The folder of the store. */
  readonly store: string;
}

const needed = ['config.json', 'tokenizer.json'] as const;
const useful = [
  'generation_config.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'chat_template.jinja',
  'chat_template.json',
];
/** Files of one model at most: descriptions, graphs and what holds their weights. */
const maxFiles = 64;
/** A download larger than this is no model that runs here. */
const maxBytes = 64 * 2 ** 30;

/**
 * Asks the hub what a model consists of and works out what has to be downloaded. Throws `argument-invalid`, `offline`,
 * what the hub's answers mean (`hub-…`), `model-file-missing` and `hub-unsuitable`.
 */
export async function planDownload(hub: Hub, request: PlanRequest, signal: AbortSignal): Promise<DownloadPlan> {
  const model = parseHubId(request.model);
  hub.checkOnline(nameOf(model));
  const listing = await listModel(hub, model, signal);
  const shape = shapeOf(listing.config, listing.files);
  const choices = graphChoices(listing.files, shape);
  const chosen = chosenGraphs(model, choices, request);
  const wanted = [...textFiles(model, listing), ...chosen.files];
  if (wanted.length > maxFiles) throw unsuitable(model, words().details.hub.manyFiles(wanted.length, maxFiles));
  const places = placesOf(request.store, model);
  const manifest = await readManifest(places);
  const files = await Promise.all(
    wanted.map(async (file): Promise<PlannedFile> => ({
      ...file,
      here: (await entryHere(manifest, { ...file, here: false }, listing.commit, places.folder)) !== null,
    })),
  );
  const described = describedEncoder(listing.config);
  const plan: DownloadPlan = {
    ...model,
    commit: listing.commit,
    host: hub.name,
    family: describedFamily(listing.config, shape),
    modelType: listing.config.model_type ?? null,
    licence: listing.licence,
    gated: listing.gated,
    layers: described.layers,
    heads: described.heads,
    attending: attendingOf(described),
    dtype: chosen.dtype,
    dtypes: choices.map((choice) => ({
      dtype: choice.dtype,
      bytes: choice.bytes,
      fits: fitsMemory(choice, request.memory),
    })),
    files,
    totalBytes: sum(files),
    missingBytes: sum(files.filter((file) => !file.here)),
  };
  return checkPlan(plan);
}

/** A plan that may be carried out: what comes over a border is not trusted. Throws `argument-invalid`. */
export function checkPlan(plan: unknown): DownloadPlan {
  const parsed = v.safeParse(planSchema, plan, { abortEarly: true });
  if (!parsed.success) throw refused(issueWords(parsed.issues[0]));
  const { id, revision, files, totalBytes } = parsed.output;
  const model = parseHubId(`${id}@${revision}`);
  const paths = new Set(files.map((file) => file.path.toLowerCase()));
  if (paths.size !== files.length) throw refused(words().details.hub.planTwice);
  if (totalBytes !== sum(files) || totalBytes > maxBytes) throw refused(words().details.hub.planSize);
  return { ...parsed.output, ...model };
}

function chosenGraphs(
  model: HubModel,
  choices: readonly GraphChoice<ListedFile>[],
  wish: DtypeWish,
): GraphChoice<ListedFile> {
  const chosen = chooseGraphs(nameOf(model), choices, wish);
  if (chosen) return chosen;
  throw unsuitable(model, words().details.hub.noGraph);
}

/** How many layers attend, where not all of them do; null where that is not said. */
function attendingOf({ layers, kinds }: Described): number | null {
  const attending = kinds?.filter((kind) => kind === 'attention').length ?? null;
  return attending === layers ? null : attending;
}

function textFiles(model: HubModel, { files }: HubListing): ListedFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const present = needed.map((path) => {
    const file = byPath.get(path);
    if (!file) throw new AttentionError({ code: 'model-file-missing', model: nameOf(model), file: path });
    return file;
  });
  return [...present, ...useful.flatMap((path) => byPath.get(path) ?? [])];
}

function sum(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((total, file) => total + file.bytes, 0);
}

function unsuitable(model: HubModel, detail: string): AttentionError {
  return new AttentionError({ code: 'hub-unsuitable', model: nameOf(model), detail });
}

function refused(detail: string): AttentionError {
  return new AttentionError({ code: 'argument-invalid', argument: words().details.hub.plan, detail });
}
