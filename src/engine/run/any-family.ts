import type { RunTexts } from '../../core/run/run-spec.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Network } from '../backend/network.ts';
import type { RecurrentNetwork } from '../backend/recurrent-network.ts';
import type { LoadedModel } from '../model/loaded.ts';
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
