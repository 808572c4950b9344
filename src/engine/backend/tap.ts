import { join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { blockInput } from '../../core/block/block-input.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { unfolded } from '../../core/onnx/blocks.ts';
import { GraphError } from '../../core/onnx/error.ts';
import { exposeAttention, type Exposure } from '../../core/onnx/expose.ts';
import { joinModel } from '../../core/onnx/join.ts';
import type { AttentionSite } from '../../core/onnx/site.ts';
import type { StoredNumbers } from '../../core/onnx/stored.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Watcher, Witness } from '../check/witness.ts';
import { checkExternalFiles } from './external-weights.ts';
import { impostorOf } from '../files/impostor.ts';
import { cutAttention, type Recorded } from '../feeds/cut.ts';
import type { Extent } from '../feeds/step.ts';
import { fixedSizes, graphInputs, type FixedSizes, type GraphInput } from '../feeds/graph-input.ts';
import { invalid } from '../files/json-file.ts';
import { KeptInputs, type GivenTensor } from './kept-inputs.ts';
import { inMemoryOptions, readForSession, sessionOptions, type GraphBytes, type GraphFile } from './graph-file.ts';
import { isMissingOperator, runtimeMessage } from './runtime-message.ts';
import { checkpoint } from '../process/stage.ts';
import { words } from '../../core/words/words.ts';

/** What the graphs of a model are opened with. */
export interface Loading {
  readonly model: string;
  readonly folder: string;
  readonly work: Work;
  /** Inputs that another graph gives. */
  readonly embedded?: ReadonlySet<string> | undefined;
  /** Where given, the untouched file of every graph is opened, too, and runs beside it. */
  readonly witness?: Witness | undefined;
}

/** The probabilities that one run of a session gave, by output name. */
export type RecordedRun = ReadonlyMap<string, Recorded>;

/** What is known of a session whose graph was opened. */
export interface Tap {
  readonly graph: GraphFile;
  readonly sites: readonly AttentionSite[];
  readonly notes: readonly string[];
  /** The coarsest numbers that the graph computes with. */
  readonly numbers: StoredNumbers;
  readonly inputs: readonly GraphInput[];
  readonly sizes: FixedSizes;
  /**
   * Runs the session; gives its own outputs as they are. Attention is recorded for the text alone, as `extent` has it.
   */
  run(feeds: Readonly<Record<string, Ort.Tensor>>, extent: Extent): Promise<Readonly<Record<string, Ort.Tensor>>>;
  /**
   * Runs `action` and gives what each of the session's runs meanwhile attended to. Without it attention is not even
   * computed out.
   */
  record<T>(action: () => Promise<T>): Promise<{ readonly value: T; readonly runs: readonly RecordedRun[] }>;
  /**
   * What the block of an attention, counted in the order of the graph, was given in the run on these inputs; null where
   * that was not the last one recorded, or is not kept.
   */
  given(site: number, feeds: Readonly<Record<string, Ort.Tensor>>): GivenTensor | null;
  release(): Promise<void>;
}

/**
 * Opens a graph with its attention among its outputs. Throws `model-file-missing`, `model-file-invalid`,
 * `attention-not-found`, `operator-missing`, `cancelled`.
 */
export async function openTap({ InferenceSession }: typeof Ort, loading: Loading, file: string): Promise<Tap> {
  const { model, folder, work, witness } = loading;
  const read = await readForSession({ model, file, path: join(folder, file) }, work);
  const { graph } = read;
  work.report({ stage: words().stages.reading });
  const exposure = open(read);
  await checkExternalFiles({ model, folder, file }, exposure.externals);
  checkpoint(work.signal);
  try {
    const session = await InferenceSession.create(joinModel(exposure), inMemoryOptions(graph));
    const watcher = witness?.watch(file, exposure, await InferenceSession.create(graph.path, sessionOptions));
    return attach({ ...loading, ...graph }, session, exposure, watcher);
  } catch (thrown) {
    if (isMissingOperator(thrown))
      throw new AttentionError(
        { code: 'operator-missing', model, file, detail: runtimeMessage(thrown) },
        { cause: thrown },
      );
    throw invalid({ model, file }, runtimeMessage(thrown), thrown);
  }
}

function open({ graph: { model, file }, bytes, own }: GraphBytes): Exposure {
  try {
    return exposeAttention(bytes, { file: own, beside: blockInput });
  } catch (thrown) {
    const impostor = impostorOf(bytes, 'graph');
    if (impostor !== null) throw invalid({ model, file }, impostor, thrown);
    if (!(thrown instanceof GraphError)) throw invalid({ model, file }, words().details.graph.structure, thrown);
    const { about, detail } = thrown.problem;
    if (about === 'file') throw invalid({ model, file }, detail, thrown);
    throw new AttentionError({ code: 'attention-not-found', model, detail }, { cause: thrown });
  }
}

/** It keeps nothing else of the exposure: its views would hold the bytes of the file for as long as it is open. */
function attach(
  { model, file, path, embedded }: Loading & GraphFile,
  session: Ort.InferenceSession,
  { sites, beside, addedOutputs, notes, numbers, added }: Exposure,
  watcher: Watcher | undefined,
): Tap {
  const own = session.outputNames.filter((name) => !addedOutputs.has(name));
  const attention = new Set(sites.map((site) => site.output));
  const keepable = new Set(
    session.outputMetadata.flatMap((output) => (output.isTensor && isFloat(output.type) ? [output.name] : [])),
  );
  const kept = new KeptInputs(beside.map((name) => (name !== null && keepable.has(name) ? name : null)));
  const all = session.outputNames.filter(
    (name) => !addedOutputs.has(name) || attention.has(name) || keepable.has(name),
  );
  const inputs = graphInputs(session, added, embedded);
  const sizes = fixedSizes(inputs, own);
  const known = { graph: { model, file, path }, sites, notes: [...notes, ...sizeNotes(sizes)], numbers, inputs, sizes };
  return tapOf({ ...known, session, own, all, kept, watcher });
}

/** A session, and what is known of its graph. */
interface TapParts extends Omit<Tap, 'run' | 'record' | 'given' | 'release'> {
  readonly session: Ort.InferenceSession;
  /** The outputs that the model itself has, and those that a recorded run asks for. */
  readonly own: readonly string[];
  readonly all: readonly string[];
  readonly kept?: KeptInputs;
  readonly watcher?: Watcher | undefined;
  /** Inputs that it takes beside those of a text. */
  readonly more?: (extent: Extent) => Readonly<Record<string, Ort.Tensor>>;
}

/** Takes the attention out of what a session gives back, so that the code that runs it sees the model it knows. */
export function tapOf({ session, own, all, kept, watcher, more, ...known }: TapParts): Tap {
  const { graph, sites, notes, numbers, inputs, sizes } = known;
  let recording: RecordedRun[] | null = null;
  return {
    graph,
    sites,
    notes,
    numbers,
    inputs,
    sizes,
    run: async (feeds, extent) => {
      const outputs = await session.run({ ...feeds, ...more?.(extent) }, recording || watcher ? all : own);
      recording?.push(recordedRun(graph.model, outputs, sites, extent));
      if (recording) kept?.keep(feeds, outputs);
      await watcher?.(feeds, outputs);
      return Object.fromEntries(
        own.flatMap((name) => {
          const tensor = outputs[name];
          return tensor && 'dims' in tensor ? [[name, tensor]] : [];
        }),
      );
    },
    record: async (action) => {
      const runs: RecordedRun[] = [];
      recording = runs;
      try {
        return { value: await action(), runs };
      } finally {
        recording = null;
      }
    },
    given: (site, feeds) => kept?.of(site, feeds) ?? null,
    release: () => session.release(),
  };
}

/** A slice can be given these; 16-bit floats of other kinds do not come out of a session at all. */
function isFloat(type: string): boolean {
  return type === 'float32' || type === 'float16';
}

function sizeNotes({ tokens, batch, stepwise }: FixedSizes): string[] {
  const says = words().reading;
  return [
    ...(tokens === null ? [] : [says.fixedTokens(tokens)]),
    ...(stepwise ? [says.stepwise] : []),
    ...(batch > 1 ? [says.batch(batch)] : []),
  ];
}

function recordedRun(
  model: string,
  outputs: Ort.InferenceSession.ReturnType,
  sites: readonly AttentionSite[],
  extent: Extent,
): RecordedRun {
  const recorded = new Map<string, Recorded>();
  for (const site of sites) {
    const tensor = outputs[site.output];
    if (!tensor || !('data' in tensor) || !(tensor.data instanceof Float32Array)) continue;
    const given = { dims: tensor.dims, data: tensor.data };
    const byToken = site.blocks ? unfolded(given, site.blocks, extent.filled) : null;
    recorded.set(site.output, cutAttention(model, site, byToken ?? given, extent));
  }
  return recorded;
}
