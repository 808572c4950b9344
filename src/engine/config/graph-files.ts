import type { Family } from '../../core/attention/analysis.ts';
import { dtypes, graphFileName, type Dtype } from '../../core/catalogue/dtype.ts';
import { weightsMemory } from '../../core/attention/memory.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { ModelConfig } from './config.ts';
import { machineMemory } from '../process/machine-memory.ts';
import { recurrentType } from './recurrent-config.ts';
import { words } from '../../core/words/words.ts';

/** A file by its path, with its size. */
export interface SizedFile {
  readonly path: string;
  readonly bytes: number;
}

/** A graph of a model: its name without suffix, the kind of numbers in it, and the path of its file. */
export interface NamedGraph {
  readonly stem: string;
  readonly dtype: Dtype;
  readonly file: string;
}

/**
 * The graphs of a model in one kind of numbers, that of the last graph, and their files with external data. Embeddings
 * that are not published in it come in the kind nearest to it.
 */
export interface GraphChoice<F extends SizedFile = SizedFile> {
  readonly dtype: Dtype;
  readonly graphs: readonly NamedGraph[];
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

/**
 * How the text part of a model is cut into graphs. `embedded-decoder`: a decoder that is fed embeddings, which a graph
 * of their own makes of token ids, as in models that also take images or audio.
 */
export type GraphShape = 'one-graph' | 'embedded-decoder' | 'encoder-decoder' | 'recurrent';

/** The stems of the file name of a graph, the first that is there. */
type Stems = readonly string[];

/** The graph that makes embeddings of token ids, as transformers.js names it. */
const embeddings: Stems = ['embed_tokens', 'prepare_inputs_embeds'];

/** The text encoder of a model that compares texts with images or sounds, such as CLIP, where it stands apart. */
const textEncoder: Stems = ['text_model'];

/** Of an encoder-decoder transformers.js loads the merged decoder alone. */
const graphStems: Readonly<Record<GraphShape, readonly Stems[]>> = {
  'one-graph': [['model', 'decoder_model_merged', 'decoder_model']],
  'embedded-decoder': [embeddings, ['decoder_model_merged', 'model']],
  'encoder-decoder': [['encoder_model'], ['decoder_model_merged']],
  recurrent: [['encoder_model'], ['decoder_model']],
};

/** The graphs that a text needs, for each the stems of its file name. An encoder-decoder may have embeddings, too. */
export function stemsOf(shape: GraphShape, files: readonly SizedFile[]): readonly Stems[] {
  const stems = graphStems[shape];
  if (shape === 'one-graph' && hasGraph(files, textEncoder)) return [textEncoder];
  return shape === 'encoder-decoder' && hasGraph(files, embeddings) ? [embeddings, ...stems] : stems;
}

/** Whether a graph makes embeddings of token ids. */
export function isEmbeddings({ stem }: Pick<NamedGraph, 'stem'>): boolean {
  return embeddings.includes(stem);
}

/** The shape of a model. A graph of an encoder makes an encoder-decoder, whatever its config.json says. */
export function shapeOf(config: ModelConfig, files: readonly SizedFile[]): GraphShape {
  if (config.model_type === recurrentType) return 'recurrent';
  if (config.is_encoder_decoder === true || hasGraph(files, ['encoder_model'])) return 'encoder-decoder';
  return hasGraph(files, embeddings) ? 'embedded-decoder' : 'one-graph';
}

/** The family of a model before its graphs are opened; null when the description does not say. */
export function describedFamily(config: ModelConfig, shape: GraphShape): Family | null {
  if (shape === 'embedded-decoder') return 'decoder';
  if (shape !== 'one-graph') return shape;
  if (isBidirectional(config)) return 'encoder';
  const [architecture] = config.architectures ?? [];
  if (config.is_decoder === true || /(CausalLM|LMHeadModel)$/.test(architecture ?? '')) return 'decoder';
  return architecture === undefined ? null : 'encoder';
}

/** Whether a model with the layers of a decoder lets its tokens see what follows them, as EmbeddingGemma does. */
export function isBidirectional(config: ModelConfig): boolean {
  return config.use_bidirectional_attention === true;
}

/**
 * Every dtype in which all the graphs are there, the preferred one first. In the hub's layout they lie in `onnx/`; some
 * models have them beside config.json.
 */
export function graphChoices<F extends SizedFile>(files: readonly F[], shape: GraphShape): GraphChoice<F>[] {
  const stems = stemsOf(shape, files);
  return dtypes.flatMap((dtype) => {
    const graphs = stems.map((each) => graphIn(files, each, each === embeddings ? nearest(dtype) : [dtype]));
    if (!graphs.every((graph) => graph !== null)) return [];
    const own = graphs.flatMap(({ file }) => [
      ...files.filter(({ path }) => path === file),
      ...externalData(file, files),
    ]);
    return [{ dtype, graphs, files: own, bytes: own.reduce((sum, file) => sum + file.bytes, 0) }];
  });
}

/** A graph by the stems of its name, in the first of these dtypes that it has; null where it has none. */
export function graphIn(files: readonly SizedFile[], stems: Stems, wanted: readonly Dtype[]): NamedGraph | null {
  const paths = new Set(files.map(({ path }) => path));
  const folder = files.some(({ path }) => /^onnx\/[^/]+\.onnx$/.test(path)) ? 'onnx/' : '';
  const all = wanted.flatMap((dtype) =>
    stems.map((stem): NamedGraph => ({ stem, dtype, file: `${folder}${graphFileName(stem, dtype)}` })),
  );
  return all.find(({ file }) => paths.has(file)) ?? null;
}

/** The dtypes, this one first, then those after it in the order of preference, then those before it. */
function nearest(dtype: Dtype): readonly Dtype[] {
  const at = dtypes.indexOf(dtype);
  return [...dtypes.slice(at), ...dtypes.slice(0, at).reverse()];
}

function hasGraph(files: readonly SizedFile[], stems: Stems): boolean {
  return graphIn(files, stems, dtypes) !== null;
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
  const there = choices.map((choice) => choice.dtype);
  const detail = words().details.config.dtype(model, dtype, there);
  throw new AttentionError({ code: 'argument-invalid', argument: 'dtype', detail });
}

/** Whether the weights of these graphs stay within `memory` bytes. */
export function fitsMemory(choice: GraphChoice, memory: number = machineMemory() / 2): boolean {
  return weightsMemory(choice.bytes) <= memory;
}

/**
 * Weights beside a graph file: `model.onnx_data`, `model.onnx_data_1`, … as transformers.js names them, or
 * `model.onnx.data`.
 */
function externalData<F extends SizedFile>(graph: string, files: readonly F[]): F[] {
  return files.filter(({ path }) => path.startsWith(graph) && /^(_data(_\d+)?|\.data)$/.test(path.slice(graph.length)));
}
