import { AttentionError } from '../../core/errors/reason.ts';
import { words } from '../../core/words/words.ts';

/** More than any model has; libraries make tensors for each. */
const maxLayers = 1024;
/** Parts of a configuration inside parts. */
const maxDepth = 4;
/** Fields that count layers, under all the names that there are. */
const countsLayers = /(^|_)(layers?|n_layer)$/;
/** Fields that list something for each layer. */
const listsLayers = /^(layer_types|layers_block_type)$/;
/** A step over layers: with 0 a library would never come to the end of them. */
const stepsOverLayers = /^cca_time1$/;

/** A finding: the field, and what is wrong with it. */
type Wrong = string | null;

/**
 * Throws `model-file-invalid` for numbers of layers, at any place of `config.json`, that no model has: the loading
 * library counts up to them before anything else looks at them.
 */
export function checkLayers(model: string, config: object): void {
  const wrong = wrongIn(config, '', 0);
  if (wrong !== null)
    throw new AttentionError({ code: 'model-file-invalid', model, file: 'config.json', detail: wrong });
}

function wrongIn(part: object, place: string, depth: number): Wrong {
  if (depth > maxDepth || Array.isArray(part)) return null;
  for (const [name, value] of Object.entries(part)) {
    const wrong =
      wrongField(name, value, `${place}${name}`) ??
      (isObject(value) ? wrongIn(value, `${place}${name}.`, depth + 1) : null);
    if (wrong !== null) return wrong;
  }
  return null;
}

function wrongField(name: string, value: unknown, place: string): Wrong {
  const says = words().details.config;
  if (listsLayers.test(name) && Array.isArray(value) && value.length > maxLayers)
    return says.listedLayers(place, value.length, maxLayers);
  if (stepsOverLayers.test(name) && value !== null && !(typeof value === 'number' && value >= 1))
    return says.layerStep(place);
  if (!countsLayers.test(name) || typeof value === 'boolean' || typeof value === 'object') return null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return says.layerCount(place);
  return value > maxLayers ? says.layers(place, value, maxLayers) : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
