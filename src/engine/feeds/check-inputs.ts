import type { ModelConfig } from '../config/config.ts';
import { cacheShape, mediaShape, stateShape } from './empty-cache.ts';
import { inputWords, type FixedSizes, type GraphInput } from './graph-input.ts';
import { words } from '../../core/words/words.ts';
import { unsupported } from './refusals.ts';
import { isWritable, sizeOf } from './typed.ts';

/** A state of more numbers than this is taken for a trap: those of published models have at most a few millions. */
const maxNumbers = 2 ** 27;

/**
 * Throws `model-unsupported` where a graph asks for what a text does not give, or for it in a type or size that cannot
 * be given; it names the input with its type and size.
 */
export function checkInputs(
  model: string,
  config: ModelConfig,
  inputs: readonly GraphInput[],
  sizes: FixedSizes,
): void {
  const strange = inputs.filter(
    (input) =>
      input.role === 'other' ||
      (input.role === 'media' && !mediaShape(input, config)) ||
      (input.role === 'head-mask' && !input.dims.every((dim) => typeof dim === 'number')),
  );
  const embedded = strange.find(({ name }) => /^(inputs_embeds|per_layer_inputs)$/.test(name));
  if (embedded) throw unsupported(model, words().details.model.noEmbeddings(inputWords(embedded)));
  if (strange.length > 0)
    throw unsupported(model, `its graph asks for ${strange.map(inputWords).join(', ')}, which a text does not give`);
  if (!inputs.some(({ role }) => role === 'ids' || role === 'embeddings'))
    throw unsupported(model, 'its graph takes no token ids (input_ids)');
  const typed = inputs.find(({ type }) => !isWritable(type));
  if (typed) throw unsupported(model, `its input ${inputWords(typed)} is of a type that cannot be given`);
  const past = inputs.find((input) => input.role === 'past' && !cacheShape(input, {}, sizes.batch));
  if (past)
    throw unsupported(
      model,
      `its input ${inputWords(past)} wants keys and values of a fixed number of earlier tokens, ` +
        'and a text begins with none',
    );
  const large = inputs.find(
    (input) => input.role === 'state' && sizeOf(stateShape(input, config, sizes.batch)) > maxNumbers,
  );
  if (large) throw unsupported(model, `its input ${inputWords(large)} is a state of more than ${maxNumbers} numbers`);
  const ranked = inputs.find(
    ({ role, dims }) => (role === 'ids' && dims.length > 2) || (role === 'mask' && dims.length > 4),
  );
  if (ranked) throw unsupported(model, `its input ${inputWords(ranked)} has more axes than texts and tokens`);
}
