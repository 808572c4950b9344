import type * as Ort from 'onnxruntime-node';
import type { StoredNumbers } from '../../core/onnx/stored.ts';
import type { Work } from '../../protocol/contract.ts';
import { checkInputs } from '../feeds/check-inputs.ts';
import { feedsOf } from '../feeds/feeds.ts';
import { fixedSizes, graphInputs } from '../feeds/graph-input.ts';
import type { Embeddings, Fed, Step } from '../feeds/step.ts';
import { tensorOf } from '../feeds/typed.ts';
import type { ModelFolder } from '../store/models.ts';
import { openPlainSession } from './plain-session.ts';
import type { Runtime } from './runtime.ts';

/** A graph that makes embeddings of token ids for the graphs that are fed them. */
export interface Embedding {
  /** What it makes: inputs of other graphs with these names are fed it. */
  readonly names: ReadonlySet<string>;
  readonly numbers: StoredNumbers;
  /** The embeddings of a step's tokens, of the types and for the number of tokens that the fed graph asks for. */
  embed(fed: Fed, step: Step): Promise<Embeddings>;
  release(): Promise<void>;
}

/** Opens the graph. Throws what {@link openPlainSession} and {@link checkInputs} throw. */
export async function openEmbedding(
  { id: model, folder, config }: ModelFolder,
  file: string,
  { ort, transformers: { Tensor } }: Runtime,
  work: Work,
): Promise<Embedding> {
  const { session, numbers } = await openPlainSession(ort, { model, folder, file }, work);
  try {
    const inputs = graphInputs(session);
    checkInputs(model, config, inputs, fixedSizes(inputs, session.outputNames));
    return {
      names: new Set(session.outputNames),
      numbers,
      embed: async (fed, { ids }) => {
        const wanted = fed.inputs.filter(({ role }) => role === 'embeddings');
        // It mixes no tokens: padding needs no mask.
        const { feeds } = feedsOf(ort, { ...fed, inputs, causal: true }, { ids });
        const outputs = await session.run(
          feeds,
          wanted.map(({ name }) => name),
        );
        return Object.fromEntries(
          wanted.flatMap(({ name, type }): [string, Ort.Tensor][] => {
            const made = outputs[name];
            if (!made || !('dims' in made)) return [];
            // Graphs of different number formats may hand on different types.
            if (made.type === type) return [[name, made]];
            const { data } = new Tensor(made).to('float32');
            return [[name, tensorOf(ort, type, Float32Array.from(data, Number), made.dims)]];
          }),
        );
      },
      release: () => session.release(),
    };
  } catch (thrown) {
    await session.release();
    throw thrown;
  }
}
