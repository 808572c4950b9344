import { join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import type { Tensor } from '@huggingface/transformers';
import type { Family } from '../../core/attention/analysis.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { AttentionSite } from '../../core/onnx/site.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Witness } from '../check/witness.ts';
import { nextCache } from '../feeds/cache.ts';
import { cutOutputs } from '../feeds/cut.ts';
import { checkInputs } from '../feeds/check-inputs.ts';
import { feedsOf } from '../feeds/feeds.ts';
import type { Cache, Extent, Fed, Step } from '../feeds/step.ts';
import { describedFamily, isEmbeddings } from '../config/graph-files.ts';
import type { ModelFolder } from '../store/models.ts';
import { BlockReader, type BlockNumbers } from './block-reader.ts';
import { openEmbedding, type Embedding } from './embedding.ts';
import { running, runtimeMessage } from './runtime-message.ts';
import { runtime, type Runtime } from './runtime.ts';
import { tapOf, whileLoading, type Loading, type Tap } from './tap.ts';
import { words } from '../../core/words/words.ts';

export type Tensors = Readonly<Record<string, Tensor>>;

/**
 * The part of a transformers.js model that this engine uses: it opens sessions, and what they are fed is decided here.
 */
interface LoadedGraphs {
  readonly sessions: Readonly<Record<string, Ort.InferenceSession>>;
  dispose(): Promise<unknown>;
}

/** What a run of a block gave, and how it lies in the text. */
export interface BlockRun extends BlockNumbers {
  readonly extent: Extent;
}

/** Every family but recurrent networks, which have sessions of their own kind. */
export type TransformerFamily = Exclude<Family, 'recurrent'>;

/** A Transformer whose sessions are open: it runs, and its taps tell what it attended to. */
export interface Network {
  readonly family: TransformerFamily;
  /** What makes embeddings of token ids, where the other graphs are fed those. */
  readonly embedding: Embedding | null;
  /** The encoder, or the only graph with attention. */
  readonly main: Tap;
  /** The decoder of an encoder-decoder. */
  readonly decoder: Tap | null;
  /** Runs the main graph. Throws `run-failed`, `length-fixed`, `model-unsupported`. */
  read(step: Step): Promise<Tensors>;
  /** Runs the decoder of an encoder-decoder. Throws as `read` does. */
  write(step: Step): Promise<Tensors>;
  /**
   * Runs the block around one attention of either graph by itself; where a graph takes one token at a time, at the last
   * token. Throws `block-unreadable`, `model-file-invalid`, and as `read` does.
   */
  readBlock(site: AttentionSite, step: Step, work: Work): Promise<BlockRun>;
  dispose(): Promise<void>;
}

/**
 * Opens a model's graphs, from its folder alone, with transformers.js where that loads the same ones; a witness sees every run of them. Throws
 * `model-unsupported`, and what opening a graph throws: `model-file-invalid`, `attention-not-found`, `cancelled`.
 */
export async function openNetwork(folder: ModelFolder, work: Work, witness?: Witness): Promise<Network> {
  work.report({ stage: words().stages.loading });
  const libraries = await runtime();
  const { transformers } = libraries;
  const family = familyOf(folder, transformers);
  const model = folder.id;
  const file = folder.graphs.find(isEmbeddings)?.file;
  const embedding = file === undefined ? null : await openEmbedding(folder, file, libraries, work);
  const loading = { model, folder: folder.folder, work, witness, embedded: embedding?.names };
  const graphs = await (
    embedding ? openedEach(folder, libraries.ort, loading) : opened(folder, family, transformers, loading)
  ).catch(async (thrown: unknown) => {
    await embedding?.release();
    throw thrown;
  });
  const dispose = async (): Promise<void> => {
    await graphs.dispose();
    await embedding?.release();
  };
  const main = graphs.sessions['model'];
  const decoder = graphs.sessions['decoder_model_merged'];
  try {
    if (!main || (family === 'encoder-decoder') !== (decoder !== undefined)) {
      throw new AttentionError({
        code: 'model-unsupported',
        model,
        detail: words().details.run.loadedOtherwise(folder.config.model_type ?? ''),
      });
    }
    const taps = { main: tapOf(main), decoder: decoder ? tapOf(decoder) : null };
    for (const { inputs, sizes } of taps.decoder ? [taps.main, taps.decoder] : [taps.main])
      checkInputs(model, folder.config, inputs, sizes);
    return networkOf(folder, { family, embedding, ...taps, dispose }, libraries);
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
}

function networkOf(
  { id: model, config }: ModelFolder,
  opened: Omit<Network, 'read' | 'write' | 'readBlock'>,
  libraries: Runtime,
): Network {
  const { family, embedding, main, decoder } = opened;
  const graphOf = (tap: Tap, causal: boolean): RunnableGraph => {
    const { inputs, sizes } = tap;
    return { tap, embedding, fed: { model, config, inputs, sizes, causal } };
  };
  const run = (tap: Tap, causal: boolean, step: Step): Promise<Tensors> => {
    const graph = graphOf(tap, causal);
    return running(model, () =>
      tap.sizes.stepwise ? runByToken(libraries, graph, step) : runGraph(libraries, graph, step),
    );
  };
  const readers = new Map<Tap, BlockReader>();
  const readerOf = (tap: Tap): BlockReader => {
    const reader = readers.get(tap) ?? new BlockReader(libraries.ort, tap.graph);
    readers.set(tap, reader);
    return reader;
  };
  return {
    ...opened,
    read: (step) => run(main, family === 'decoder', step),
    write: (step) => run(decoder ?? main, true, step),
    readBlock: (site, step, work) => {
      const tap = decoder?.sites.includes(site) ? decoder : main;
      const graph = graphOf(tap, family === 'decoder' || tap === decoder);
      return running(model, async () => {
        const last = tap.sizes.stepwise ? await lastToken(libraries, graph, step) : step;
        const { feeds, extent } = await fedBy(libraries, graph, last);
        return { ...(await readerOf(tap).read(tap.sites.indexOf(site), feeds, work)), extent };
      });
    },
    dispose: async () => {
      for (const reader of readers.values()) await reader.dispose();
      await opened.dispose();
    },
  };
}

/** A graph, and what its embeddings come from. */
interface RunnableGraph {
  readonly tap: Tap;
  readonly fed: Fed;
  readonly embedding: Embedding | null;
}

/** The inputs of a step, and how its sizes differ from those of the text. */
async function fedBy(
  { ort }: Runtime,
  { fed, embedding }: RunnableGraph,
  step: Step,
): Promise<ReturnType<typeof feedsOf>> {
  const embeddings = await embedding?.embed(fed, step);
  return feedsOf(ort, fed, embeddings ? { ...step, embeddings } : step);
}

async function runGraph(libraries: Runtime, graph: RunnableGraph, step: Step): Promise<Tensors> {
  const { Tensor: TensorClass } = libraries.transformers;
  const { feeds, extent } = await fedBy(libraries, graph, step);
  const outputs = await graph.tap.run(feeds, extent);
  return cutOutputs(
    Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, new TensorClass(tensor)])),
    extent,
  );
}

/** A graph that takes one token at a time is fed one after the other; its logits are joined, a row each. */
async function runByToken(libraries: Runtime, graph: RunnableGraph, step: Step): Promise<Tensors> {
  const { past = 0 } = step;
  let cache: Cache | null = step.cache ?? null;
  let last: Tensors = {};
  const logits: Tensor[] = [];
  for (const [at, id] of step.ids.entries()) {
    last = await runGraph(libraries, graph, { ...step, ids: [id], past: past + at, cache });
    cache = nextCache(last, cache);
    if (last['logits']) logits.push(last['logits']);
  }
  return logits.length > 1 ? { ...last, logits: libraries.transformers.cat(logits, 1) } : last;
}

/** The step of the last token of several, after the graph has taken those before it one by one. */
async function lastToken(libraries: Runtime, graph: RunnableGraph, step: Step): Promise<Step> {
  const { ids, past = 0 } = step;
  let cache: Cache | null = step.cache ?? null;
  for (const [at, id] of ids.slice(0, -1).entries())
    cache = nextCache(await runGraph(libraries, graph, { ...step, ids: [id], past: past + at, cache }), cache);
  return { ...step, ids: ids.slice(-1), past: past + ids.length - 1, cache };
}

async function opened(
  folder: ModelFolder,
  family: TransformerFamily,
  { AutoModel, AutoModelForCausalLM, AutoModelForSeq2SeqLM }: Runtime['transformers'],
  loading: Loading,
): Promise<LoadedGraphs> {
  const loader = { encoder: AutoModel, decoder: AutoModelForCausalLM, 'encoder-decoder': AutoModelForSeq2SeqLM }[
    family
  ];
  const [first] = folder.graphs;
  const options = {
    local_files_only: true,
    device: 'cpu' as const,
    subfolder: folder.subfolder,
    // Weights outside the graph are found by the names in it; the library would reject where nobody listens when one is
    // missing.
    use_external_data_format: false,
    dtype: Object.fromEntries(folder.graphs.map(({ stem, dtype }) => [stem, dtype])),
    ...(folder.shape === 'one-graph' && first ? { model_file_name: first.stem } : {}),
  };
  try {
    return (await whileLoading(loading, () => loader.from_pretrained(folder.folder, options))) as LoadedGraphs;
  } catch (thrown) {
    if (thrown instanceof AttentionError) throw thrown;
    throw new AttentionError(
      { code: 'model-unsupported', model: folder.id, detail: runtimeMessage(thrown) },
      { cause: thrown },
    );
  }
}

/**
 * Opens the graphs beside the embeddings one by one: the library loads them with those of images and audio, and of some
 * types never without.
 */
async function openedEach(
  { folder, graphs }: ModelFolder,
  { InferenceSession }: typeof Ort,
  loading: Loading,
): Promise<LoadedGraphs> {
  const sessions: Ort.InferenceSession[] = [];
  const dispose = async (): Promise<void> => {
    for (const session of sessions) await session.release();
  };
  try {
    for (const { file } of graphs.filter((graph) => !isEmbeddings(graph)))
      sessions.push(
        await whileLoading(loading, () =>
          InferenceSession.create(join(folder, file), { executionProviders: ['cpu'], logSeverityLevel: 4 }),
        ),
      );
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
  const [main, decoder] = sessions;
  return {
    sessions: { ...(main ? { model: main } : {}), ...(decoder ? { decoder_model_merged: decoder } : {}) },
    dispose,
  };
}

function familyOf(folder: ModelFolder, { AutoModelForCausalLM }: Runtime['transformers']): TransformerFamily {
  if (folder.shape === 'encoder-decoder') return 'encoder-decoder';
  const type = folder.config.model_type;
  const known = typeof type === 'string' && AutoModelForCausalLM.supports(type);
  return known || describedFamily(folder.config, folder.shape) === 'decoder' ? 'decoder' : 'encoder';
}
