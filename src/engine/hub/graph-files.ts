import { dtypes, graphFileName, type Dtype } from '../../core/catalogue/dtype.ts';
import { weightsMemory } from '../../core/attention/memory.ts';
import type { ListedFile } from './listing.ts';

/** The graph files of a model in one kind of numbers, external data included. */
export interface GraphChoice {
  readonly dtype: Dtype;
  readonly files: readonly ListedFile[];
  readonly bytes: number;
}

/**
 * For each graph that transformers.js loads, the names that it may have, the preferred one first. (An encoder-decoder needs the
 * merged decoder: transformers.js loads no other.)
 */
const encoderDecoder = [['encoder_model'], ['decoder_model_merged']] as const;
const oneGraph = [['model', 'decoder_model_merged', 'decoder_model']] as const;

/** Whether a list of files is that of an encoder-decoder, whatever its config.json says. */
export function hasEncoderGraph(files: readonly ListedFile[]): boolean {
  return graphChoicesOf(files, [['encoder_model']]).length > 0;
}

/** Every dtype in which a host has all the graphs of a model, the preferred one first. */
export function graphChoices(files: readonly ListedFile[], isEncoderDecoder: boolean): GraphChoice[] {
  return graphChoicesOf(files, isEncoderDecoder ? encoderDecoder : oneGraph);
}

/**
 * The preferred dtype whose weights fit a budget of `memory` bytes, or the smallest when none does. There has to be a choice.
 */
export function bestChoice(choices: readonly [GraphChoice, ...GraphChoice[]], memory: number): GraphChoice {
  const [first, ...others] = choices;
  const fitting = choices.find((choice) => fitsMemory(choice, memory));
  return fitting ?? others.reduce((least, choice) => (choice.bytes < least.bytes ? choice : least), first);
}

/** Whether the weights of these graphs stay within `memory` bytes. */
export function fitsMemory(choice: GraphChoice, memory: number): boolean {
  return weightsMemory(choice.bytes) <= memory;
}

/** In the hub's layout the graphs lie in `onnx/`; some models have them beside config.json. */
function graphChoicesOf(files: readonly ListedFile[], graphs: readonly (readonly string[])[]): GraphChoice[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const folder = files.some(({ path }) => /^onnx\/[^/]+\.onnx$/.test(path)) ? 'onnx/' : '';
  return dtypes.flatMap((dtype) => {
    const found = graphs.map((stems) => stems.map((stem) => byPath.get(`${folder}${graphFileName(stem, dtype)}`)).find((file) => file));
    if (found.some((file) => !file)) return [];
    const all = found.flatMap((file) => (file ? [file, ...externalData(file, files)] : []));
    return [{ dtype, files: all, bytes: all.reduce((sum, file) => sum + file.bytes, 0) }];
  });
}

/** Weights beside a graph file: `model.onnx_data`, `model.onnx_data_1`, … as transformers.js names them, or `model.onnx.data`. */
function externalData(graph: ListedFile, files: readonly ListedFile[]): ListedFile[] {
  return files.filter(({ path }) => path.startsWith(graph.path) && /^(_data(_\d+)?|\.data)$/.test(path.slice(graph.path.length)));
}
