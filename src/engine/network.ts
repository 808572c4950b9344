import type * as Ort from 'onnxruntime-node';
import type { Tensor } from '@huggingface/transformers';
import type { Family } from '../core/attention/analysis.ts';
import { AttentionError } from '../core/errors/reason.ts';
import type { Work } from '../protocol/contract.ts';
import type { Witness } from './check/witness.ts';
import { describedFamily } from './graph-files.ts';
import type { ModelFolder } from './models.ts';
import { running, runtimeMessage } from './runtime-message.ts';
import { runtime, type Runtime } from './runtime.ts';
import { tapOf, whileLoading, type Loading, type Tap } from './tap.ts';

export type Tensors = Readonly<Record<string, Tensor>>;

/** The part of a transformers.js model that this engine uses. */
interface LoadedGraphs {
  readonly sessions: Readonly<Record<string, Ort.InferenceSession>>;
  forward(inputs: Readonly<Record<string, unknown>>): Promise<Tensors>;
  dispose(): Promise<unknown>;
}

/** Every family but recurrent networks, which have sessions of their own kind. */
export type TransformerFamily = Exclude<Family, 'recurrent'>;

/** A Transformer whose sessions are open: it runs, and its taps tell what it attended to. */
export interface Network {
  readonly family: TransformerFamily;
  /** The encoder, or the only graph. */
  readonly main: Tap;
  /** The decoder of an encoder-decoder. */
  readonly decoder: Tap | null;
  /** A batch of one row of token ids. */
  row(ids: readonly number[]): Tensor;
  /** Runs the whole model as its family does. Throws `run-failed`. */
  forward(inputs: Readonly<Record<string, unknown>>): Promise<Tensors>;
  /** Runs the main graph alone. Throws `run-failed`. */
  runMain(inputs: Tensors): Promise<Tensors>;
  dispose(): Promise<void>;
}

/** Inputs that come from a text; a graph that asks for others is no text model. */
const textInputs = /^(input_ids|attention_mask|token_type_ids|position_ids|encoder_hidden_states|encoder_attention_mask|use_cache_branch|num_logits_to_keep|past_key_values\..+)$/;

/**
 * Opens a model's graphs with transformers.js, from its folder alone; a witness sees every run of them. Throws `model-unsupported`, and what opening a graph
 * throws: `model-file-invalid`, `attention-not-found`, `cancelled`.
 */
export async function openNetwork(folder: ModelFolder, work: Work, witness?: Witness): Promise<Network> {
  work.report({ stage: 'Loading model' });
  const { transformers } = await runtime();
  const family = familyOf(folder, transformers);
  const model = folder.id;
  const graphs = await opened(folder, family, transformers, { model, folder: folder.folder, work, witness });
  const main = graphs.sessions['model'];
  const decoder = graphs.sessions['decoder_model_merged'];
  try {
    if (!main || (family === 'encoder-decoder') !== (decoder !== undefined)) {
      throw new AttentionError({ code: 'model-unsupported', model, detail: `transformers.js loads a model of the type “${folder.config.model_type ?? ''}” in another way` });
    }
    for (const session of Object.values(graphs.sessions)) checkInputs(model, session.inputNames);
    return networkOf(model, family, graphs, main, decoder, transformers);
  } catch (thrown) {
    await graphs.dispose();
    throw thrown;
  }
}

function networkOf(
  model: string, family: TransformerFamily, graphs: LoadedGraphs, main: Ort.InferenceSession, decoder: Ort.InferenceSession | undefined,
  { Tensor: TensorClass }: Runtime['transformers'],
): Network {
  return {
    family,
    main: tapOf(main),
    decoder: decoder ? tapOf(decoder) : null,
    row: (ids) => new TensorClass('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
    forward: (inputs) => running(model, () => graphs.forward(inputs)),
    runMain: (inputs) => running(model, async () => {
      const feeds = Object.fromEntries(main.inputNames.flatMap((name) => inputs[name] ? [[name, inputs[name].ort_tensor]] : []));
      const outputs = await main.run(feeds);
      return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, new TensorClass(tensor)]));
    }),
    dispose: async () => { await graphs.dispose(); },
  };
}

async function opened(
  folder: ModelFolder, family: TransformerFamily, { AutoModel, AutoModelForCausalLM, AutoModelForSeq2SeqLM }: Runtime['transformers'], loading: Loading,
): Promise<LoadedGraphs> {
  const loader = { encoder: AutoModel, decoder: AutoModelForCausalLM, 'encoder-decoder': AutoModelForSeq2SeqLM }[family];
  const [first] = folder.graphs;
  const options = {
    local_files_only: true,
    device: 'cpu' as const,
    subfolder: folder.subfolder,
    // Weights outside the graph are found by the names in it; the library would reject where nobody listens when one is missing.
    use_external_data_format: false,
    dtype: Object.fromEntries(folder.graphs.map(({ stem, dtype }) => [stem, dtype])),
    ...(folder.shape === 'one-graph' && first ? { model_file_name: first.stem } : {}),
  };
  try {
    return await whileLoading(loading, () => loader.from_pretrained(folder.folder, options)) as unknown as LoadedGraphs;
  } catch (thrown) {
    if (thrown instanceof AttentionError) throw thrown;
    throw new AttentionError({ code: 'model-unsupported', model: folder.id, detail: runtimeMessage(thrown) }, { cause: thrown });
  }
}

function familyOf(folder: ModelFolder, { AutoModelForCausalLM }: Runtime['transformers']): TransformerFamily {
  if (folder.shape === 'encoder-decoder') return 'encoder-decoder';
  const type = folder.config.model_type;
  const known = typeof type === 'string' && AutoModelForCausalLM.supports(type);
  return known || describedFamily(folder.config, folder.shape) === 'decoder' ? 'decoder' : 'encoder';
}

function checkInputs(model: string, inputs: readonly string[]): void {
  const strange = inputs.filter((name) => !textInputs.test(name));
  if (strange.length === 0 && inputs.includes('input_ids')) return;
  const detail = strange.length > 0
    ? `its graph asks for ${strange.join(', ')}, which a text does not give`
    : 'its graph takes no token ids (input_ids)';
  throw new AttentionError({ code: 'model-unsupported', model, detail });
}
