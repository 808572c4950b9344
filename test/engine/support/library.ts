import { AutoModelForCausalLM, AutoModelForSeq2SeqLM, Tensor } from '@huggingface/transformers';
import { runtime } from '../../../src/engine/backend/runtime.ts';

/** What a model's files say, as JSON has it. */
export interface Described {
  readonly config: Readonly<Record<string, unknown>>;
  readonly generation: Readonly<Record<string, unknown>> | null;
}

/** What is written, and by how many tokens it may grow when the files do not say. */
interface Task {
  readonly ids: readonly number[];
  /** What a decoder of an encoder-decoder is fed first. */
  readonly given?: readonly number[] | undefined;
  readonly tokens?: number | undefined;
}

/** A model as transformers.js itself runs it, with descriptions that may be changed between two runs. */
export interface Library {
  /**
   * All ids of the sequence that it writes greedily: what was given, what it wrote, and the end token where it came to
   * one.
   */
  generate(described: Described, task: Task): Promise<number[]>;
  dispose(): Promise<void>;
}

/** What has no types in the library. */
interface OpenModel {
  forward_params: string[];
  readonly sessions: Readonly<Record<string, { readonly inputNames: readonly string[] }>>;
  _prepare_inputs_for_generation: (self: unknown, ids: readonly (readonly bigint[])[], inputs: object) => object;
}

/** Opens a model with transformers.js alone. */
export async function openLibrary(folder: string, kind: 'decoder' | 'encoder-decoder'): Promise<Library> {
  await runtime();
  const loader = kind === 'decoder' ? AutoModelForCausalLM : AutoModelForSeq2SeqLM;
  const model = await loader.from_pretrained(folder, { local_files_only: true, device: 'cpu', dtype: 'fp32' });
  const base = model.config;
  const open = model as unknown as OpenModel;
  // Not every class lists what it nevertheless takes.
  open.forward_params = [...new Set([...open.forward_params, 'decoder_input_ids'])];
  // From the second token on, the library feeds one token alone, to a graph without a cache too: that one reads
  // everything.
  if (
    kind === 'encoder-decoder' &&
    !open.sessions['decoder_model_merged']?.inputNames.some((name) => name.startsWith('past_'))
  ) {
    open._prepare_inputs_for_generation = (_, ids, inputs) => ({
      ...inputs,
      past_key_values: null,
      decoder_input_ids: row(ids[0]?.map(Number) ?? []),
    });
  }
  return {
    generate: async ({ config, generation }, { ids, given, tokens }) => {
      model.config = Object.assign(Object.create(Object.getPrototypeOf(base) as object) as typeof base, base, config);
      model.configs = { generation_config: generation };
      const written = await model.generate({
        inputs: row(ids),
        attention_mask: row(ids.map(() => 1)),
        ...(given ? { decoder_input_ids: row(given) } : {}),
        ...(tokens === undefined ? {} : { max_new_tokens: tokens }),
      });
      if (!(written instanceof Tensor)) throw new Error('Ids were expected.');
      return Array.from(written.data as BigInt64Array, Number);
    },
    dispose: async () => {
      await model.dispose();
    },
  };
}

function row(ids: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
}
