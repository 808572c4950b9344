import type { Family } from '../../core/attention/analysis.ts';
import { dtypes, graphFileName, type Dtype } from '../../core/catalogue/dtype.ts';
import { weightsMemory } from '../../core/attention/memory.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { ModelConfig } from './config.ts';
import { machineMemory } from '../process/machine-memory.ts';
import { recurrentType } from './recurrent-config.ts';

/** A file by its path, with its size. */
export interface SizedFile {
  readonly path: string;
  readonly bytes: number;
}

/** The graph files of a model in one kind of numbers, external data included. */
export interface GraphChoice<F extends SizedFile = SizedFile> {
  readonly dtype: Dtype;
  readonly files: readonly F[];
  readonly bytes: number;
}

/** How a dtype is chosen. */
export interface DtypeWish {
  /** The kind of numbers that a person wants; else the best that fits the memory. */
  readonly dtype?: Dtype | undefined;
  /**
   * Bytes that the weights may take in memory; half of what this machine has where it is left out, not of what is free
   * now: the same text shall give the same numbers.
   */
  readonly memory?: number | undefined;
}

/** How a model is cut into graphs. */
export type GraphShape = 'one-graph' | 'encoder-decoder' | 'recurrent';

/**
 * The graphs that a model of each shape has: for each, the stems of its file name, the first that is there. (Of an
 * encoder-decoder transformers.js loads the merged decoder alone.)
 */
export const graphStems: Readonly<Record<GraphShape, readonly (readonly string[])[]>> = {
  'one-graph': [['model', 'decoder_model_merged', 'decoder_model']],
  'encoder-decoder': [['encoder_model'], ['decoder_model_merged']],
  recurrent: [['encoder_model'], ['decoder_model']],
};

/** The shape of a model. A graph of an encoder makes an encoder-decoder, whatever its config.json says. */
export function shapeOf(config: ModelConfig, files: readonly SizedFile[]): GraphShape {
  if (config.model_type === recurrentType) return 'recurrent';
  return config.is_encoder_decoder === true || choicesOf(files, [['encoder_model']]).length > 0
    ? 'encoder-decoder'
    : 'one-graph';
}

/** The family of a model before its graphs are opened; null when the description does not say. */
export function describedFamily(config: ModelConfig, shape: GraphShape): Family | null {
  if (shape !== 'one-graph') return shape;
  const [architecture] = config.architectures ?? [];
  if (config.is_decoder === true || /(CausalLM|LMHeadModel)$/.test(architecture ?? '')) return 'decoder';
  return architecture === undefined ? null : 'encoder';
}

/**
 * Every dtype in which all the graphs are there, the preferred one first. In the hub's layout they lie in `onnx/`; some
 * models have them beside config.json.
 */
export function graphChoices<F extends SizedFile>(files: readonly F[], shape: GraphShape): GraphChoice<F>[] {
  return choicesOf(files, graphStems[shape]);
}

/**
 * The choice that a person wants, else the preferred one whose weights fit the memory, else the smallest; null when
 * there is none at all. Throws `argument-invalid` when the wanted dtype is not among them.
 */
export function chooseGraphs<C extends GraphChoice>(
  model: string,
  choices: readonly C[],
  { dtype, memory }: DtypeWish,
): C | null {
  const [first, ...others] = choices;
  if (!first) return null;
  if (dtype === undefined) {
    const fitting = choices.find((choice) => fitsMemory(choice, memory));
    return fitting ?? others.reduce((least, choice) => (choice.bytes < least.bytes ? choice : least), first);
  }
  const wanted = choices.find((choice) => choice.dtype === dtype);
  if (wanted) return wanted;
  const detail = `“${model}” is not there as ${dtype}, but as ${choices.map((choice) => choice.dtype).join(', ')}`;
  throw new AttentionError({ code: 'argument-invalid', argument: 'dtype', detail });
}

/** Whether the weights of these graphs stay within `memory` bytes. */
export function fitsMemory(choice: GraphChoice, memory: number = machineMemory() / 2): boolean {
  return weightsMemory(choice.bytes) <= memory;
}

function choicesOf<F extends SizedFile>(files: readonly F[], stems: readonly (readonly string[])[]): GraphChoice<F>[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const folder = files.some(({ path }) => /^onnx\/[^/]+\.onnx$/.test(path)) ? 'onnx/' : '';
  return dtypes.flatMap((dtype) => {
    const found = stems.map((names) =>
      names.map((stem) => byPath.get(`${folder}${graphFileName(stem, dtype)}`)).find((file) => file),
    );
    if (found.some((file) => !file)) return [];
    const all = found.flatMap((file) => (file ? [file, ...externalData(file, files)] : []));
    return [{ dtype, files: all, bytes: all.reduce((sum, file) => sum + file.bytes, 0) }];
  });
}

/**
 * Weights beside a graph file: `model.onnx_data`, `model.onnx_data_1`, … as transformers.js names them, or
 * `model.onnx.data`.
 */
function externalData<F extends SizedFile>(graph: SizedFile, files: readonly F[]): F[] {
  return files.filter(
    ({ path }) => path.startsWith(graph.path) && /^(_data(_\d+)?|\.data)$/.test(path.slice(graph.path.length)),
  );
}
