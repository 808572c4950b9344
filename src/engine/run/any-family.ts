import { layerIndex } from '../../core/attention/layers.ts';
import type { AttentionMap } from '../../core/attention/map.ts';
import type { HeadRelation } from '../../core/attention/relations.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Network } from '../backend/network.ts';
import type { RecurrentNetwork } from '../backend/recurrent-network.ts';
import type { ModelConfig } from '../config/config.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { formatsOf } from '../model/number-formats.ts';
import type { Watch } from '../predict/expectation.ts';
import { analyseDecoder } from './decoder.ts';
import { analyseEncoder } from './encoder.ts';
import { analyseEncoderDecoder } from './encoder-decoder.ts';
import type { Found } from './family.ts';
import { analyseRecurrent } from './recurrent.ts';

/** A model that is open, of any family. */
export type OpenModel = LoadedModel<Network | RecurrentNetwork>;

/** Runs a model of any family on a text; `watch` hears what it expects. Throws AttentionError. */
export function analyseWith(
  { network, ...model }: OpenModel,
  texts: RunTexts,
  work: Work,
  watch?: Watch,
): Promise<Found> {
  switch (network.family) {
    case 'encoder':
      return analyseEncoder({ ...model, network }, texts, work, watch);
    case 'decoder':
      return analyseDecoder({ ...model, network }, texts, work, watch);
    case 'encoder-decoder':
      return analyseEncoderDecoder({ ...model, network }, texts, work, watch);
    case 'recurrent':
      return analyseRecurrent({ ...model, network }, texts, work, watch);
  }
}

/**
 * What is to be told of the model in views and files: formats that ran, its blank token, what it says of its heads, a
 * name without a path of this machine.
 */
export function described({ folder, network, tokenizer }: OpenModel, found: Found): Found {
  const [only, ...others] = found.maps;
  const relations = others.length > 0 || !only ? [] : relationsIn(folder.config, only);
  const graphs = network.family === 'recurrent' ? [] : [network.embedding, network.main, network.decoder];
  const formats = formatsOf(
    folder.graphs,
    graphs.flatMap((graph) => graph?.numbers ?? []),
  );
  const blank = tokenizer.specialTokens.mask ?? tokenizer.specialTokens.unk;
  return {
    ...found,
    model: {
      ...found.model,
      id: folder.name,
      formats,
      ...(blank === undefined ? {} : { blank: tokenizer.tokenText(blank) }),
      ...(relations.length > 0 ? { relations } : {}),
    },
  };
}

/** What a model says of heads that it has; it says the numbers of their layers, and here these are indices. */
function relationsIn({ text_attention: own }: ModelConfig, map: AttentionMap): readonly HeadRelation[] {
  return (own?.heads ?? []).flatMap((relation) => {
    const layer = layerIndex(map, relation.layer);
    return layer === null || relation.head >= map.shape[1] ? [] : [{ ...relation, layer }];
  });
}
