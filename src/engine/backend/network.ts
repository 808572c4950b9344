import type { Tensor } from '@huggingface/transformers';
import type { Family } from '../../core/attention/analysis.ts';
import type { AttentionSite } from '../../core/onnx/site.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Witness } from '../check/witness.ts';
import { nextCache } from '../feeds/cache.ts';
import { cutOutputs } from '../feeds/cut.ts';
import { checkInputs } from '../feeds/check-inputs.ts';
import { feedsOf } from '../feeds/feeds.ts';
import type { Cache, Extent, Fed, Step } from '../feeds/step.ts';
import { describedFamily, isBidirectional, isEmbeddings } from '../config/graph-files.ts';
import type { ModelFolder } from '../store/models.ts';
import { BlockReader, type BlockNumbers } from './block-reader.ts';
import type { StreamInput } from '../../core/block/stream-leaf.ts';
import { EditedTaps, type GraphEdits } from './edited-tap.ts';
import { PartsReader, type GraphFacts } from './parts-reader.ts';
import type { Feeds } from './slices.ts';
import { openEmbedding, type Embedding } from './embedding.ts';
import { running } from './runtime-message.ts';
import { runtime, type Runtime } from './runtime.ts';
import { openTap, type Tap } from './tap.ts';
import { words } from '../../core/words/words.ts';

export type Tensors = Readonly<Record<string, Tensor>>;

/** What a run of a block gave, and how it lies in the text. */
export interface BlockRun extends BlockNumbers {
  readonly extent: Extent;
}

/** Takes a graph's stream apart at steps of a text. Its methods throw as `readBlock` does. */
export interface PartsOfGraph {
  /** The inputs of the graph at a step, as {@link PartsReader} takes them. */
  feed(step: Step): Promise<{ readonly feeds: Feeds; readonly extent: Extent }>;
  readonly reader: PartsReader;
}

/** Every family but recurrent networks, which have sessions of their own kind. */
export type TransformerFamily = Exclude<Family, 'recurrent'>;

/** The edits of both graphs of a network. */
export interface NetworkEdits {
  readonly main: GraphEdits;
  readonly decoder: GraphEdits;
}

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
  /**
   * The same network under edits, which lives as long as this one; its sessions are opened when edits are first made.
   * Throws `edit-impossible`, `model-file-invalid`, `cancelled`.
   */
  edited(edits: NetworkEdits, work: Work): Promise<Network>;
  /**
   * What takes the residual stream of one of the graphs apart; its owner disposes of it. `labels` name the attentions
   * of the graph in its order.
   */
  readParts(tap: Tap, facts: Pick<GraphFacts, 'labels' | 'kinds'>, work: Work): PartsOfGraph;
  dispose(): Promise<void>;
}

/**
 * Opens a model's graphs, from its folder alone; a witness sees every run of those with attention. The library's own
 * classes would also load the graphs of images and audio, and know no types but their own. Throws `model-unsupported`,
 * and what opening a graph throws: `model-file-invalid`, `attention-not-found`, `cancelled`.
 */
export async function openNetwork(folder: ModelFolder, work: Work, witness?: Witness): Promise<Network> {
  work.report({ stage: words().stages.loading });
  const libraries = await runtime();
  const family = familyOf(folder, libraries.transformers);
  const opened: { release(): Promise<void> }[] = [];
  const dispose = async (): Promise<void> => {
    for (const session of opened.splice(0)) await session.release();
  };
  try {
    const file = folder.graphs.find(isEmbeddings)?.file;
    const embedding = file === undefined ? null : await openEmbedding(folder, file, libraries, work);
    if (embedding) opened.push(embedding);
    const loading = { model: folder.id, folder: folder.folder, work, witness, embedded: embedding?.names };
    const taps: Tap[] = [];
    for (const graph of folder.graphs.filter((each) => !isEmbeddings(each))) {
      const tap = await openTap(libraries.ort, loading, graph.file);
      opened.push(tap);
      taps.push(tap);
    }
    for (const { inputs, sizes } of taps) checkInputs(folder.id, folder.config, inputs, sizes);
    const [main, decoder = null] = taps;
    if (!main) throw new RangeError('A model was found without a graph.');
    return networkOf(folder, { family, embedding, main, decoder, dispose }, libraries);
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
}

function networkOf(
  { id: model, config }: Pick<ModelFolder, 'id' | 'config'>,
  opened: Omit<Network, 'read' | 'write' | 'readBlock' | 'edited' | 'readParts'>,
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
  const feed = async (tap: Tap, step: Step): ReturnType<typeof fedBy> => {
    const graph = graphOf(tap, family === 'decoder' || tap === decoder);
    return fedBy(libraries, graph, tap.sizes.stepwise ? await lastToken(libraries, graph, step) : step);
  };
  const readers = new Map<Tap, BlockReader>();
  const readerOf = (tap: Tap): BlockReader => {
    const reader = readers.get(tap) ?? new BlockReader(libraries.ort, tap.graph);
    readers.set(tap, reader);
    return reader;
  };
  const edited = new EditedTaps(libraries.ort);
  return {
    ...opened,
    edited: async (edits, work) => {
      const ofMain = await edited.of(main, edits.main, work);
      const ofDecoder = decoder && (await edited.of(decoder, edits.decoder, work));
      const dispose = (): Promise<void> => Promise.resolve();
      return networkOf({ id: model, config }, { ...opened, main: ofMain, decoder: ofDecoder, dispose }, libraries);
    },
    read: (step) => run(main, family === 'decoder', step),
    write: (step) => run(decoder ?? main, true, step),
    readBlock: (site, step, work) => {
      const tap = decoder?.sites.includes(site) ? decoder : main;
      return running(model, async () => {
        const { feeds, extent } = await feed(tap, step);
        const at = tap.sites.indexOf(site);
        return { ...(await readerOf(tap).read(at, feeds, tap.given(at, feeds), work)), extent };
      });
    },
    readParts: (tap, facts, work) => ({
      feed: (step) => running(model, () => feed(tap, step)),
      reader: new PartsReader(libraries.ort, tap.graph, { ...facts, inputs: streamInputs(tap) }, work),
    }),
    dispose: async () => {
      for (const reader of readers.values()) await reader.dispose();
      await edited.release();
      await opened.dispose();
    },
  };
}

/** What the inputs of a graph bring to its residual stream; masks, caches and counts bring nothing of the text. */
function streamInputs({ inputs }: Tap): ReadonlyMap<string, StreamInput> {
  return new Map(inputs.flatMap(({ name, role }) => (brings.has(role) ? [[name, role as StreamInput]] : [])));
}
const brings: ReadonlySet<string> = new Set<StreamInput>(['ids', 'segments', 'positions', 'embeddings', 'states']);

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

/** Feeds a graph the tokens of a step one after the other; gives, after each, what it gave and the cache it left. */
async function* tokenByToken(
  libraries: Runtime,
  graph: RunnableGraph,
  step: Step,
): AsyncGenerator<{ readonly outputs: Tensors; readonly cache: Cache | null }> {
  const { past = 0 } = step;
  let cache: Cache | null = step.cache ?? null;
  for (const [at, id] of step.ids.entries()) {
    const outputs = await runGraph(libraries, graph, { ...step, ids: [id], past: past + at, cache });
    cache = nextCache(outputs, cache);
    yield { outputs, cache };
  }
}

/** A run of a graph that takes one token at a time; the logits are joined, a row for each token. */
async function runByToken(libraries: Runtime, graph: RunnableGraph, step: Step): Promise<Tensors> {
  let last: Tensors = {};
  const logits: Tensor[] = [];
  for await (const { outputs } of tokenByToken(libraries, graph, step)) {
    last = outputs;
    if (outputs['logits']) logits.push(outputs['logits']);
  }
  return logits.length > 1 ? { ...last, logits: libraries.transformers.cat(logits, 1) } : last;
}

/** The step of the last token of several, after the graph has taken those before it one by one. */
async function lastToken(libraries: Runtime, graph: RunnableGraph, step: Step): Promise<Step> {
  const { ids, past = 0 } = step;
  const before = { ...step, ids: ids.slice(0, -1) };
  let { cache = null } = step;
  for await (const run of tokenByToken(libraries, graph, before)) ({ cache } = run);
  return { ...step, ids: ids.slice(-1), past: past + ids.length - 1, cache };
}

function familyOf(folder: ModelFolder, { AutoModelForCausalLM }: Runtime['transformers']): TransformerFamily {
  if (folder.shape === 'encoder-decoder') return 'encoder-decoder';
  if (isBidirectional(folder.config)) return 'encoder';
  const type = folder.config.model_type;
  const known = typeof type === 'string' && AutoModelForCausalLM.supports(type);
  return known || describedFamily(folder.config, folder.shape) === 'decoder' ? 'decoder' : 'encoder';
}
