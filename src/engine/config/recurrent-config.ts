import * as v from 'valibot';
import { AttentionError } from '../../core/errors/reason.ts';
import { readJson, type NamedFile } from '../files/json-file.ts';
import { words } from '../../core/words/words.ts';

/**
 * The `model_type` of recurrent encoder-decoders with attention; `training/recurrent_train.py` writes the fields below.
 */
export const recurrentType = 'text-attention-recurrent';

const globalKinds = ['bahdanau', 'dot', 'general', 'concat'] as const;
const kinds = [...globalKinds, 'local-m', 'local-p'] as const;

/** `bahdanau`: Bahdanau, Cho and Bengio 2015; all others: Luong, Pham and Manning 2015. */
export type RecurrentKind = (typeof kinds)[number];

const size = v.pipe(v.number(), v.integer(), v.minValue(1));
const tokenId = v.pipe(v.number(), v.integer(), v.minValue(0));
const width = v.pipe(v.number(), v.finite(), v.gtValue(0));
const everyKind = { hidden_size: size, decoder_start_token_id: tokenId, eos_token_id: tokenId };

const kindSchema = v.looseObject({ attention: v.string() });
const recurrentSchema = v.variant('attention', [
  v.looseObject({ attention: v.picklist(globalKinds), ...everyKind }),
  v.looseObject({ attention: v.literal('local-m'), ...everyKind, window: width }),
  v.looseObject({ attention: v.literal('local-p'), ...everyKind, window: width, sigma: width }),
]);

/** What `config.json` says of a recurrent network. */
export interface RecurrentConfig {
  readonly kind: RecurrentKind;
  /** Numbers in a state of the decoder. */
  readonly size: number;
  /** The id that the decoder is fed first, and the one that ends a target. */
  readonly start: number;
  readonly end: number;
  /** Half the width of the window in source positions and of the Gaussian in it; null for global attention. */
  readonly local: { readonly halfWidth: number; readonly sigma: number | null } | null;
}

/**
 * Reads what a recurrent network's `config.json` says. Throws `model-unsupported` for a kind of attention that is not
 * known, by its name, and `model-file-invalid` for a field that is missing or no such number.
 */
export async function readRecurrentConfig(named: NamedFile): Promise<RecurrentConfig> {
  const { attention } = await readJson(named, kindSchema);
  if (!kinds.some((kind) => kind === attention)) {
    throw new AttentionError({
      code: 'model-unsupported',
      model: named.model,
      detail: words().details.config.attention(attention, kinds),
    });
  }
  const config = await readJson(named, recurrentSchema);
  return {
    kind: config.attention,
    size: config.hidden_size,
    start: config.decoder_start_token_id,
    end: config.eos_token_id,
    local:
      config.attention === 'local-p'
        ? { halfWidth: config.window, sigma: config.sigma }
        : config.attention === 'local-m'
          ? { halfWidth: config.window, sigma: null }
          : null,
  };
}
