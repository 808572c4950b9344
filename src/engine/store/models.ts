import { readdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative as relativePath, sep } from 'node:path';
import { dtypes } from '../../core/catalogue/dtype.ts';
import { hubIdOf, nameOf } from '../../core/catalogue/hub-id.ts';
import { kindOfModelName } from '../../core/catalogue/model-name.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { visibleName } from '../../core/text/foreign.ts';
import {
  configSchema,
  generationSchema,
  tokenizerConfigSchema,
  type GenerationConfig,
  type ModelConfig,
  type TokenizerConfig,
} from '../config/config.ts';
import { checkLayers } from '../config/config-limits.ts';
import {
  chooseGraphs,
  graphChoices,
  graphIn,
  shapeOf,
  stemsOf,
  type DtypeWish,
  type GraphShape,
  type NamedGraph,
  type SizedFile,
} from '../config/graph-files.ts';
import { storedModel } from './library.ts';
import { sizeOnDisk } from './manifest.ts';
import { invalid, isNotFound, readJson, readOptionalJson } from '../files/json-file.ts';
import { graphFolder, isFolder, localFolder, type LocalFolder } from './local-folder.ts';
import { readRecurrentConfig, type RecurrentConfig } from '../config/recurrent-config.ts';
import { words } from '../../core/words/words.ts';

/** The files that describe a model. */
const descriptions = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];

/** A model on this machine whose description has been read and checked; its weights have not. */
export interface ModelFolder {
  /** The name that the model was asked for by. */
  readonly id: string;
  /**
   * The name for people and files that are handed on: the same, but of a folder its own name without the path to it.
   */
  readonly name: string;
  /** Absolute path. */
  readonly folder: string;
  /** Where the graphs lie inside the folder: `onnx` in the hub's layout, or '' for the folder itself. */
  readonly subfolder: string;
  readonly config: ModelConfig;
  readonly generation: GenerationConfig | null;
  readonly tokenizerConfig: TokenizerConfig | null;
  /** What `config.json` says beyond that of a recurrent network; null for a Transformer. */
  readonly recurrent: RecurrentConfig | null;
  readonly shape: GraphShape;
  /** The graphs that a text needs; their paths are from the folder on. */
  readonly graphs: readonly NamedGraph[];
  /** Bytes of the graphs and of the weights beside them. */
  readonly graphBytes: number;
  /** Changes when a file of the model does. */
  readonly version: string;
}

/** Where models lie on this machine. */
export interface ModelPlaces {
  /** The folder of the models that ship with the extension. */
  readonly models: string;
  /** The folder of the models that were downloaded; it may not be there yet. */
  readonly store: string;
  /**
   * Whether paths from the working directory are names of models, as in a terminal; nowhere else do they mean anything.
   */
  readonly relative?: boolean;
}

/**
 * Finds a model: one that ships, by its name; one that was downloaded, by `organisation/name[@revision]`; any folder,
 * by its full path (where `places` say so, also from the working directory). Throws `model-not-downloaded`,
 * `model-damaged`, `model-not-found`, `model-file-missing`, `model-file-invalid` or `argument-invalid` (for a dtype
 * that is not there). Never looks beyond this machine.
 */
export async function findModel(id: string, places: ModelPlaces, wish: DtypeWish = {}): Promise<ModelFolder> {
  const { folder, dtype, name } = await folderOf(id, places);
  const named = { model: id, folder };
  const config = await readJson({ ...named, file: 'config.json' }, configSchema);
  checkLayers(id, config);
  const generation = await readOptionalJson({ ...named, file: 'generation_config.json' }, generationSchema);
  const tokenizerConfig = await readOptionalJson({ ...named, file: 'tokenizer_config.json' }, tokenizerConfigSchema);
  const subfolder = await graphFolder(folder);
  const files = await filesIn(join(folder, subfolder));
  const shape = shapeOf(config, files);
  const recurrent = shape === 'recurrent' ? await readRecurrentConfig({ ...named, file: 'config.json' }) : null;
  const graphs = graphsOf(id, shape, files, subfolder, { ...wish, dtype: wish.dtype ?? dtype });
  // A graph's file, and the files beside it that hold its weights (`model.onnx_data`, `model.onnx_data_1`).
  const own = files.filter(({ path }) => graphs.some(({ file }) => pathIn(subfolder, path).startsWith(file)));
  const graphBytes = own.reduce((sum, { bytes }) => sum + bytes, 0);
  const version = await versionOf(id, folder, [...descriptions, ...own.map(({ path }) => pathIn(subfolder, path))]);
  const read = { config, generation, tokenizerConfig, recurrent };
  return { id, name, folder, subfolder, ...read, shape, graphs, graphBytes, version };
}

async function folderOf(
  id: string,
  { models, store, relative = false }: ModelPlaces,
): Promise<LocalFolder & { readonly name: string }> {
  // By the names that are there: a file system may take other spellings for the same.
  if (
    kindOfModelName(id) === 'built-in' &&
    (await readdir(models).catch((): string[] => [])).includes(id) &&
    (await isFolder(join(models, id)))
  ) {
    return { folder: join(models, id), dtype: undefined, name: id };
  }
  const named = hubIdOf(id);
  const stored = named && (await storedModel(store, named));
  if (named && stored?.state === 'complete') return { folder: stored.folder, dtype: undefined, name: nameOf(named) };
  if (named && stored?.state === 'damaged') throw new AttentionError({ code: 'model-damaged', model: nameOf(named) });
  const local = relative || isAbsolute(id) || /^~[\\/]/.test(id) ? await localFolder(id) : null;
  if (local) return { ...local, name: nameOfFolder(local.folder, store) };
  throw new AttentionError(
    named ? { code: 'model-not-downloaded', model: nameOf(named) } : { code: 'model-not-found', model: id },
  );
}

/**
 * What a folder is called without telling where it lies: as it was downloaded where it is one of the store, else its
 * own name.
 */
function nameOfFolder(folder: string, store: string): string {
  const [organisation, name, revision, ...more] = relativePath(store, folder).split(sep);
  const stored = more.length === 0 ? hubIdOf(`${organisation}/${name}@${revision}`) : null;
  return visibleName(stored ? nameOf(stored) : basename(folder) || 'model');
}

/** Graphs of one dtype where there is one that all have; else each graph in the best that it has. */
function graphsOf(
  model: string,
  shape: GraphShape,
  files: readonly SizedFile[],
  subfolder: string,
  wish: DtypeWish,
): NamedGraph[] {
  const chosen = chooseGraphs(model, graphChoices(files, shape), wish);
  const graphs =
    chosen?.graphs ?? stemsOf(shape, files).map((stems) => graphIn(files, stems, dtypes) ?? missing(stems));
  return graphs.map((graph) => ({ ...graph, file: pathIn(subfolder, graph.file) }));

  function missing([stem = '']: readonly string[]): never {
    throw new AttentionError({ code: 'model-file-missing', model, file: pathIn(subfolder || 'onnx', `${stem}.onnx`) });
  }
}

/** Whether a model has a file of its own of that name. */
export async function hasFile({ folder }: Pick<ModelFolder, 'folder'>, file: string): Promise<boolean> {
  return (await sizeOnDisk(join(folder, file))) !== null;
}

/** What has the name of a graph but is none (a folder, say) counts too: opening it tells what it is. */
async function filesIn(folder: string): Promise<SizedFile[]> {
  const names = await readdir(folder);
  return Promise.all(names.map(async (path) => ({ path, bytes: (await sizeOnDisk(join(folder, path))) ?? 0 })));
}

function pathIn(subfolder: string, name: string): string {
  return subfolder === '' ? name : `${subfolder}/${name}`;
}

/**
 * Names the state of the files. Throws `model-file-invalid` when one is not a regular file: the library that loads it
 * never returns from a pipe.
 */
async function versionOf(model: string, folder: string, files: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    files.map(async (file) => {
      try {
        const found = await stat(join(folder, file));
        if (!found.isFile()) throw invalid({ model, file }, words().details.files.notFile);
        const { size, mtimeMs } = found;
        return `${file}:${size}:${mtimeMs}`;
      } catch (thrown) {
        if (isNotFound(thrown)) return `${file}:none`;
        throw thrown;
      }
    }),
  );
  return [folder, ...parts].join('|');
}
