import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { dtypes, graphFileName, type Dtype } from '../core/catalogue/dtype.ts';
import { AttentionError } from '../core/errors/reason.ts';
import {
  configSchema, generationSchema, tokenizerConfigSchema,
  type GenerationConfig, type ModelConfig, type TokenizerConfig,
} from './config.ts';
import { isNotFound, readJson, readOptionalJson } from './json-file.ts';
import { readRecurrentConfig, recurrentType, type RecurrentConfig } from './recurrent-config.ts';

/** The files that describe a model. */
const descriptions = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];

/** The graphs that a model of each shape has: for each, the stems of its file name, the first that is there. */
const graphStems: Readonly<Record<ModelFolder['shape'], readonly (readonly string[])[]>> = {
  'one-graph': [['model', 'decoder_model_merged', 'decoder_model']],
  'encoder-decoder': [['encoder_model'], ['decoder_model_merged']],
  recurrent: [['encoder_model'], ['decoder_model']],
};

/** A graph file of a model: its name without suffix, the kind of numbers in it, and its path inside the folder. */
export interface GraphFile {
  readonly stem: string;
  readonly dtype: Dtype;
  readonly file: string;
}

/** A model on this machine whose description has been read and checked; its weights have not. */
export interface ModelFolder {
  /** The name that the model was asked for by. */
  readonly id: string;
  /** Absolute path. */
  readonly folder: string;
  /** Where the graphs lie inside the folder: `onnx` in the hub's layout, or '' for the folder itself. */
  readonly subfolder: string;
  readonly config: ModelConfig;
  readonly generation: GenerationConfig | null;
  readonly tokenizerConfig: TokenizerConfig | null;
  /** What `config.json` says beyond that of a recurrent network; null for a Transformer. */
  readonly recurrent: RecurrentConfig | null;
  readonly shape: 'one-graph' | 'encoder-decoder' | 'recurrent';
  readonly graphs: readonly GraphFile[];
  /** Changes when a file of the model does. */
  readonly version: string;
}

/**
 * Finds a model: a folder of `modelsFolder` by its name, or any folder by its path (relative to the working directory).
 * Throws `model-not-found`, `model-file-missing`, `model-file-invalid` or `model-unsupported`. Never looks beyond this machine.
 */
export async function findModel(id: string, modelsFolder: string): Promise<ModelFolder> {
  const folder = await folderOf(id, modelsFolder);
  const named = { model: id, folder };
  const config = await readJson({ ...named, file: 'config.json' }, configSchema);
  const generation = await readOptionalJson({ ...named, file: 'generation_config.json' }, generationSchema);
  const tokenizerConfig = await readOptionalJson({ ...named, file: 'tokenizer_config.json' }, tokenizerConfigSchema);
  const subfolder = await isFolder(join(folder, 'onnx')) ? 'onnx' : '';
  const present = new Set(await readdir(join(folder, subfolder)));
  const recurrent = config.model_type === recurrentType ? await readRecurrentConfig({ ...named, file: 'config.json' }) : null;
  const shape = recurrent ? 'recurrent'
    : config.is_encoder_decoder === true || chooseGraph(['encoder_model'], present, subfolder) ? 'encoder-decoder' : 'one-graph';
  const graphs = chooseGraphs(id, shape, present, subfolder);
  const version = await versionOf(folder, [...descriptions, ...graphs.flatMap(({ file }) => filesOf(file, present, subfolder))]);
  return { id, folder, subfolder, config, generation, tokenizerConfig, recurrent, shape, graphs, version };
}

/** Whether the description makes a model of one graph a decoder, when its class does not tell. */
export function describesDecoder({ config }: ModelFolder): boolean {
  const [architecture = ''] = config.architectures ?? [];
  return config.is_decoder === true || /(CausalLM|LMHeadModel)$/.test(architecture);
}

async function folderOf(id: string, modelsFolder: string): Promise<string> {
  const builtIn = /^[\w][\w.-]*$/.test(id) ? join(modelsFolder, id) : null;
  if (builtIn !== null && await isFolder(builtIn)) return builtIn;
  const folder = resolve(id);
  if (id.trim() !== '' && await isFolder(folder)) return folder;
  throw new AttentionError({ code: 'model-not-found', model: id });
}

function chooseGraphs(model: string, shape: ModelFolder['shape'], present: ReadonlySet<string>, subfolder: string): GraphFile[] {
  return graphStems[shape].map((stems) => {
    const graph = chooseGraph(stems, present, subfolder);
    if (graph) return graph;
    throw new AttentionError({ code: 'model-file-missing', model, file: pathIn(subfolder || 'onnx', `${stems[0] ?? ''}.onnx`) });
  });
}

function chooseGraph(stems: readonly string[], present: ReadonlySet<string>, subfolder: string): GraphFile | null {
  for (const stem of stems) {
    for (const dtype of dtypes) {
      const name = graphFileName(stem, dtype);
      if (present.has(name)) return { stem, dtype, file: pathIn(subfolder, name) };
    }
  }
  return null;
}

function pathIn(subfolder: string, name: string): string {
  return subfolder === '' ? name : `${subfolder}/${name}`;
}

/** A graph's file and the files beside it that hold its weights (`model.onnx_data`, `model.onnx_data_1`). */
function filesOf(graph: string, present: ReadonlySet<string>, subfolder: string): string[] {
  return [...present].map((name) => pathIn(subfolder, name)).filter((path) => path.startsWith(graph));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function versionOf(folder: string, files: readonly string[]): Promise<string> {
  const parts = await Promise.all(files.map(async (file) => {
    try {
      const { size, mtimeMs } = await stat(join(folder, file));
      return `${file}:${size}:${mtimeMs}`;
    } catch (thrown) {
      if (isNotFound(thrown)) return `${file}:none`;
      throw thrown;
    }
  }));
  return [folder, ...parts].join('|');
}
