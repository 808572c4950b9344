import { countText } from '../grammar.ts';

/** Why a model cannot be run on what was given, or its run cannot be shown. */
export const run = {
  /** What each family takes. */
  decoderPair: 'decoder-only models take one text',
  decoderTarget: 'decoder-only models take no target: they continue their own text',
  encoderTarget: 'encoder-only models take no target',
  encoderContinue: 'encoder-only models generate no text',
  encoderChat: 'encoder-only models take no conversation',
  encoderDecoderPair: 'encoder-decoder models take one text',
  encoderDecoderChat: 'encoder-decoder models take no conversation',
  chatAndText: 'give a conversation or a text, not both',

  probeRecurrent: 'what heads do is measured within one text, and the attention of recurrent networks is between two',
  probeNothing: 'its tokenizer cuts off or joins the words of all sentences that heads are measured on',

  effectsNothing: 'it predicts neither tokens nor one of several labels, so no effect on a prediction can be measured',

  offline: 'models are loaded from this machine alone',

  /** Graphs and what they output; `graph` is the encoder or the decoder. */
  needsBoth: 'it needs an encoder and a decoder',
  noDecoder: 'it has no decoder',
  noStates: 'its encoder outputs no last_hidden_state',
  noStart: 'config.json has no decoder_start_token_id',
  noOutput: (graph: 'encoder' | 'decoder', names: readonly string[]) =>
    `its ${graph} does not output ${names.join(', ')}`,
  missing: (output: string) => `it did not output ${output}`,
  notNumbers: (output: string, count: number | undefined) =>
    `${output} is not a list of ${count === undefined ? '32-bit floats' : `${count} 32-bit floats`}`,
  noLogits: 'its decoder output no logits, so no token can be chosen',

  /**
   * Weights of attention. `site` is a {@link run.site}, `row` a {@link run.row}, `by` the nodes that change weights.
   */
  noneOfKind: 'its graph has no attention of this kind',
  headCounts: (counts: readonly number[]) =>
    `its layers have different numbers of heads (${counts.join(', ')}), which are not shown together`,
  site: (op: string, kind: string, layer: number) => `the ${op} of ${kind} layer ${layer}`,
  noWeights: (site: string) => `${site} output no weights`,
  size: (site: string, queries: number, keys: number, ofQueries: number, ofKeys: number) =>
    `${site} output ${queries} queries and ${keys} keys for ${ofQueries} and ${ofKeys} tokens`,
  queries: (site: string, queries: number, tokens: number) => `${site} output ${queries} queries for ${tokens} tokens`,
  keys: (site: string, keys: number, tokens: number) => `${site} output ${keys} keys for ${tokens} tokens`,
  overBatch: (tokens: number, heads: number) =>
    'it was exported with attention over the batch instead of the tokens ' +
    `(${countText(tokens, 'token')} gave weights of the shape [${heads}, 1, 1])`,
  row: (row: number, head: number, layer: number) => `row ${row} of head ${head} in layer ${layer}`,
  logitsNotFinite: 'its prediction contains NaN',
  notFinite: (row: string) => `${row} contains NaN or infinity`,
  rowSum: (row: string, sum: number, normalised: boolean) =>
    `${row} sums to ${sum.toFixed(4)}, not to ${normalised ? '1' : 'a number from 0 to 1'}`,
  changedNotFinite: (layer: number, by: string) => `layer ${layer} contains NaN or infinity after ${by}`,
  notWeight: (layer: number, by: string, number: number) =>
    `after ${by}, layer ${layer} multiplies values by ${number.toFixed(4)}, which is not a weight from 0 to 1`,
};

/** Why the inputs of a graph cannot be given; `input` is its name with type and shape. */
export const inputs = {
  noTensor: 'not a tensor',
  notOfText: (names: readonly string[]) => `its graph requires ${names.join(', ')}, which a text does not give`,
  noIds: 'its graph has no input for token ids (input_ids)',
  type: (input: string) => `its input ${input} has a type that is not supported`,
  axes: (input: string) => `its input ${input} has more axes than a batch of tokens`,
  past: (input: string) =>
    `its input ${input} requires keys and values of a fixed number of earlier tokens, and a text begins with none`,
  state: (input: string, max: number) => `its input ${input} is a state of more than ${max} numbers`,
  shape: (input: string) => `its input ${input} has a shape that is not supported`,
  range: (input: string, id: number) => `its input ${input} cannot hold the number ${id}`,
  padding: (tokens: number) =>
    `it takes exactly ${countText(tokens, 'token')}, and those of a shorter text look at its padding`,
};

/** Why a configuration of a model cannot be used; `field` is the path of a field. */
export const config = {
  listedLayers: (field: string, layers: number, max: number) =>
    `${field} lists ${layers} layers; no known model has more than ${max}`,
  layers: (field: string, layers: number, max: number) =>
    `${field} is ${layers}; no known model has more than ${max} layers`,
  layerCount: (field: string) => `${field} is not a number of layers`,
  layerStep: (field: string) => `${field} is not a number of at least 1`,
  attention: (name: string, known: readonly string[]) => `its attention “${name}” is not one of ${known.join(', ')}`,
  dtype: (model: string, dtype: string, there: readonly string[]) =>
    `“${model}” is not available as ${dtype}, only as ${there.join(', ')}`,
  tokenId: 'a token id is expected',
  tokenIds: 'token ids are expected',
};
