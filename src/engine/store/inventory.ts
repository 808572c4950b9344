import { readdir, readFile, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BuiltInModel, Inventory } from '../../protocol/hub.ts';
import { configSchema } from '../config/config.ts';
import { decodeText, EncodingError } from '../files/decode-text.ts';
import { describedFamily, graphChoices, shapeOf, type SizedFile } from '../config/graph-files.ts';
import { listModels } from './library.ts';
import { sizeOnDisk } from './manifest.ts';
import { isNotFound, readOptionalJson } from '../files/json-file.ts';
import type { ModelPlaces } from './models.ts';

/** Every model that ships or was downloaded, by name. A folder that is not there holds none. */
export async function inventoryOf({ models, store }: ModelPlaces): Promise<Inventory> {
  const [builtIn, stored, free] = await Promise.all([builtInModels(models), listModels(store), freeBytes(store)]);
  return { builtIn, stored, folder: store, bytes: stored.reduce((sum, model) => sum + model.bytes, 0), free };
}

async function builtInModels(folder: string): Promise<BuiltInModel[]> {
  const names = (await entriesOf(folder))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const found = await Promise.all(names.map((name) => builtInModel(name, join(folder, name))));
  return found.filter((model) => model !== null);
}

/** A folder without config.json is no model; one that cannot be read is left to the run that meets it. */
async function builtInModel(id: string, folder: string): Promise<BuiltInModel | null> {
  const config = await readOptionalJson({ model: id, folder, file: 'config.json' }, configSchema).catch(() => null);
  if (!config) return null;
  const files = await filesBelow(folder);
  const shape = shapeOf(config, files);
  return {
    id,
    family: describedFamily(config, shape),
    modelType: config.model_type ?? null,
    licence: await licenceOf(folder),
    dtypes: graphChoices(files, shape).map(({ dtype }) => dtype),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function filesBelow(folder: string): Promise<SizedFile[]> {
  const entries = await entriesOf(folder);
  const below = entries.some((entry) => entry.isDirectory() && entry.name === 'onnx')
    ? await entriesOf(join(folder, 'onnx'))
    : [];
  const paths = [...entries.map(({ name }) => name), ...below.map(({ name }) => `onnx/${name}`)];
  const sizes = await Promise.all(paths.map((path) => sizeOnDisk(join(folder, path))));
  return paths.flatMap((path, index) => (typeof sizes[index] === 'number' ? [{ path, bytes: sizes[index] }] : []));
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    if (isNotFound(thrown)) return [];
    throw thrown;
  }
}

/** The licence in the front matter of a model's card. */
async function licenceOf(folder: string): Promise<string | null> {
  try {
    const card = decodeText(await readFile(join(folder, 'README.md')));
    const [, licence] = /^---\r?\n(?:.*\r?\n)*?license:[ \t]*(\S+)[ \t]*\r?\n(?:.*\r?\n)*?---/.exec(card) ?? [];
    return licence ?? null;
  } catch (thrown) {
    if (isNotFound(thrown) || thrown instanceof EncodingError) return null;
    throw thrown;
  }
}

/** The free bytes where the store lies or will lie; null where the file system does not say. */
async function freeBytes(store: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(store);
    return Math.floor(bavail * bsize);
  } catch (thrown) {
    if (isNotFound(thrown) && dirname(store) !== store) return freeBytes(dirname(store));
    return null;
  }
}
