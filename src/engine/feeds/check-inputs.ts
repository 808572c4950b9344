import type { ModelConfig } from '../config/config.ts';
import { cacheShape, mediaShape, stateShape } from './empty-cache.ts';
import { inputWords, type FixedSizes, type GraphInput } from './graph-input.ts';
import { unsupported } from './refusals.ts';
import { isWritable, sizeOf } from './typed.ts';
import { words } from '../../core/words/words.ts';

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
  const says = words().details.inputs;
  const strange = inputs.filter(
    (input) =>
      input.role === 'other' ||
      (input.role === 'media' && !mediaShape(input, config)) ||
      (input.role === 'head-mask' && !input.dims.every((dim) => typeof dim === 'number')),
  );
  const embedded = strange.find(({ name }) => /^(inputs_embeds|per_layer_inputs)$/.test(name));
  if (embedded) throw unsupported(model, words().details.model.noEmbeddings(inputWords(embedded)));
  if (strange.length > 0) throw unsupported(model, says.notOfText(strange.map(inputWords)));
  if (!inputs.some(({ role }) => role === 'ids' || role === 'embeddings')) throw unsupported(model, says.noIds);
  const typed = inputs.find(({ type }) => !isWritable(type));
  if (typed) throw unsupported(model, says.type(inputWords(typed)));
  const past = inputs.find((input) => input.role === 'past' && !cacheShape(input, {}, sizes.batch));
  if (past) throw unsupported(model, says.past(inputWords(past)));
  const large = inputs.find(
    (input) => input.role === 'state' && sizeOf(stateShape(input, config, sizes.batch)) > maxNumbers,
  );
  if (large) throw unsupported(model, says.state(inputWords(large), maxNumbers));
  const ranked = inputs.find(
    ({ role, dims }) => (role === 'ids' && dims.length > 2) || (role === 'mask' && dims.length > 4),
  );
  if (ranked) throw unsupported(model, says.axes(inputWords(ranked)));
}
