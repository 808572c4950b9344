import type { Tokenizer } from '../../core/text/tokenizer.ts';
import type { Network } from '../backend/network.ts';
import type { ModelFolder } from '../store/models.ts';
import type { Memory } from './limits.ts';

/** A model that is ready to run. */
export interface LoadedModel<N = Network> {
  readonly folder: ModelFolder;
  readonly tokenizer: Tokenizer;
  readonly network: N;
  readonly memory: Memory;
}
