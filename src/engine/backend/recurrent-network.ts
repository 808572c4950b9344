import { join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import type { RecurrentNumbers } from '../../core/block/explain-recurrent.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { LayerEdits } from '../../core/run/edit-plan.ts';
import type { Work } from '../../protocol/contract.ts';
import { isWritable, tensorOf as typedTensor } from '../feeds/typed.ts';
import type { ModelFolder } from '../store/models.ts';
import type { RecurrentConfig } from '../config/recurrent-config.ts';
import { EditedDecoder } from './edited-decoder.ts';
import { openPlainSession } from './plain-session.ts';
import { running } from './runtime-message.ts';
import { runtime } from './runtime.ts';
import { ScoringReader } from './scoring-reader.ts';
import { words } from '../../core/words/words.ts';

/** What the decoder gives in one step, one number for every token of the source where nothing else is said. */
export interface RecurrentStep {
  /** One number for every word of the vocabulary. */
  readonly logits: Float32Array;
  /** The weights that the annotations are multiplied with. */
  readonly attention: Float32Array;
  /** What stands before the softmax. */
  readonly scores: Float32Array;
  /** The middle of the window in source positions; null for global attention. */
  readonly centre: number | null;
}

/** A decoder that has read a source and stands before the first word of the target. */
export interface RecurrentDecoder {
  /** Feeds the word before and moves the state on by one word. Throws `run-failed`. */
  step(id: number): Promise<RecurrentStep>;
  /**
   * What the scores of the next step are made of when it is fed this word; the state stays where it is. Throws
   * `block-unreadable`, `run-failed`, `cancelled`.
   */
  readScoring(id: number, work: Work): Promise<RecurrentNumbers>;
}

/** A recurrent encoder-decoder whose two sessions are open. */
export interface RecurrentNetwork {
  readonly family: 'recurrent';
  readonly config: RecurrentConfig;
  /** Whether its weights are edited, so that rows need not sum to 1. */
  readonly isEdited: boolean;
  /** Runs the encoder. Throws `run-failed`. */
  read(ids: readonly number[]): Promise<RecurrentDecoder>;
  /**
   * The same network under edits, which lives as long as this one; its session is opened when edits are first made.
   * Throws `edit-impossible`, `model-file-invalid`, `cancelled`.
   */
  edited(edits: LayerEdits, work: Work): Promise<RecurrentNetwork>;
  dispose(): Promise<void>;
}

const encoderOutputs = ['annotations', 'state'];
const decoderOutputs = ['logits', 'next_state', 'next_memory', 'attention', 'scores'];

/**
 * Opens a recurrent network: an encoder and one step of a decoder, two plain sessions, since transformers.js has no
 * such model. The decoder names its attention among its outputs, so nothing has to be exposed. Throws
 * `model-file-invalid`, `model-unsupported`, `cancelled`.
 */
export async function openRecurrentNetwork(
  { id, folder, graphs }: ModelFolder,
  config: RecurrentConfig,
  work: Work,
): Promise<RecurrentNetwork> {
  work.report({ stage: words().stages.loading });
  const { ort } = await runtime();
  const sessions: Ort.InferenceSession[] = [];
  let scoring: ScoringReader | null = null;
  let editable: EditedDecoder | null = null;
  const dispose = async (): Promise<void> => {
    await scoring?.dispose();
    await editable?.release();
    for (const session of sessions) await session.release();
  };
  try {
    for (const { file } of graphs)
      sessions.push((await openPlainSession(ort, { model: id, folder, file }, work)).session);
    const [encoder, decoder] = sessions;
    const file = graphs[1]?.file;
    if (!encoder || !decoder || file === undefined)
      throw new AttentionError({ code: 'model-unsupported', model: id, detail: words().details.run.needsBoth });
    checkOutputs(id, 'encoder', encoder, encoderOutputs);
    checkOutputs(id, 'decoder', decoder, config.local ? [...decoderOutputs, 'centre'] : decoderOutputs);
    const graph = { model: id, file, path: join(folder, file) };
    scoring = new ScoringReader(ort, graph);
    const networkOf = (graphs: Graphs): RecurrentNetwork => ({
      family: 'recurrent',
      config,
      isEdited: graphs.edits !== null,
      read: (ids) => read(ort, graphs, ids),
      edited: async (edits, stage) => {
        editable ??= await EditedDecoder.open(ort, graph, stage);
        return networkOf({ ...graphs, decoder: editable.session, edits: { by: edits, decoder: editable } });
      },
      dispose: graphs.edits === null ? dispose : () => Promise.resolve(),
    });
    return networkOf({ id, config, encoder, decoder, scoring, edits: null });
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
}

function checkOutputs(
  model: string,
  graph: 'encoder' | 'decoder',
  session: Ort.InferenceSession,
  wanted: readonly string[],
): void {
  const missing = wanted.filter((name) => !session.outputNames.includes(name));
  if (missing.length === 0) return;
  throw new AttentionError({
    code: 'model-unsupported',
    model,
    detail: words().details.run.noOutput(graph, missing),
  });
}

interface Graphs {
  readonly id: string;
  readonly config: RecurrentConfig;
  readonly encoder: Ort.InferenceSession;
  readonly decoder: Ort.InferenceSession;
  readonly scoring: ScoringReader;
  readonly edits: { readonly by: LayerEdits; readonly decoder: EditedDecoder } | null;
}

async function read(
  ort: typeof Ort,
  { id, config, encoder, decoder, scoring, edits }: Graphs,
  ids: readonly number[],
): Promise<RecurrentDecoder> {
  const encoded = await running(id, () =>
    encoder.run({ input_ids: valuesFor(ort, encoder, 'input_ids', ids, [1, ids.length]) }),
  );
  const annotations = tensorOf(id, encoded, 'annotations');
  let state = tensorOf(id, encoded, 'state');
  // A cell and the vector that is fed back (Luong's input feeding); networks without them hand the zeros through.
  let memory = valuesFor(ort, decoder, 'memory', new Float32Array(2 * config.size), [1, 2 * config.size]);
  let steps = 0;
  const feedsOf = (word: number): Record<string, Ort.Tensor> => ({
    decoder_input_ids: valuesFor(ort, decoder, 'decoder_input_ids', [word], [1]),
    step: valuesFor(ort, decoder, 'step', [steps], [1]),
    state,
    memory,
    annotations,
  });
  return {
    readScoring: (word, work) => running(id, () => scoring.read(feedsOf(word), work)),
    step: async (word) => {
      const size = { past: steps, queries: 1, keys: ids.length, tokens: ids.length };
      const feeds = { ...feedsOf(word), ...edits?.decoder.feeds(edits.by, size) };
      const given = await running(id, () =>
        decoder.run(
          Object.fromEntries(decoder.inputNames.flatMap((name) => (feeds[name] ? [[name, feeds[name]]] : []))),
        ),
      );
      state = tensorOf(id, given, 'next_state');
      memory = tensorOf(id, given, 'next_memory');
      steps++;
      return {
        logits: numbersOf(id, given, 'logits'),
        attention: numbersOf(id, given, edits?.decoder.attention ?? 'attention', ids.length),
        scores: numbersOf(id, given, 'scores', ids.length),
        centre: config.local ? (numbersOf(id, given, 'centre', 1)[0] ?? null) : null,
      };
    },
  };
}

/** Numbers in the type that a graph asks for under a name; in the usual one where it does not ask for them. */
function valuesFor(
  ort: typeof Ort,
  session: Ort.InferenceSession,
  name: string,
  values: ArrayLike<number>,
  dims: readonly number[],
): Ort.Tensor {
  const input = session.inputMetadata.find((each) => each.name === name);
  const type =
    input?.isTensor === true && isWritable(input.type)
      ? input.type
      : values instanceof Float32Array
        ? 'float32'
        : 'int64';
  return typedTensor(ort, type, values, dims);
}

function tensorOf(model: string, outputs: Ort.InferenceSession.ReturnType, name: string): Ort.Tensor {
  const tensor = outputs[name];
  if (tensor && 'dims' in tensor) return tensor;
  throw new AttentionError({ code: 'run-failed', model, detail: words().details.run.missing(name) });
}

/** The numbers of an output; `count` of them where that is known. */
function numbersOf(
  model: string,
  outputs: Ort.InferenceSession.ReturnType,
  name: string,
  count?: number,
): Float32Array {
  const { data } = tensorOf(model, outputs, name);
  if (data instanceof Float32Array && (count === undefined || data.length === count)) return data;
  throw new AttentionError({
    code: 'run-failed',
    model,
    detail: words().details.run.notNumbers(name, count),
  });
}
