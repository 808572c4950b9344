import { AttentionError } from '../../core/errors/reason.ts';
import { isTokenId, maxId, shown } from '../../core/text/json.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import type { ModelFolder } from '../store/models.ts';
import { words } from '../../core/words/words.ts';

/** Fields whose ids a decoder is fed: they must be those of tokens. */
const fed = ['decoder_start_token_id', 'bos_token_id', 'forced_bos_token_id', 'forced_eos_token_id'] as const;
/** Fields whose ids are compared with those that are chosen: a -1, or one that no token has, asks nothing. */
const compared = ['eos_token_id', 'pad_token_id', 'suppress_tokens', 'begin_suppress_tokens', 'bad_words_ids'] as const;
/** Parts of `config.json` that hold such fields, too. */
const parts = ['decoder', 'generator', 'text_config'] as const;

/**
 * Checks the ids of tokens that `config.json` and `generation_config.json` name, as those of a vocabulary are: whole
 * numbers from 0 on, and below the size of the vocabulary where the model is fed them. Throws `model-file-invalid`, by
 * field and value.
 */
export function checkTokenIds(
  { id, config, generation }: Pick<ModelFolder, 'id' | 'config' | 'generation'>,
  { end }: Pick<Tokenizer, 'end'>,
): void {
  const bound = Math.max(end, config.vocab_size ?? 0);
  const check = (file: string, fields: object, place: string): void => {
    for (const name of [...fed, ...compared]) {
      const ids = [valueOf(fields, name)].flat(2);
      const isFed = fed.some((each) => each === name);
      const wrong = ids.find(
        (each) =>
          each !== null &&
          each !== undefined &&
          !(isFed ? isTokenId(each) && each < bound : each === -1 || isTokenId(each)),
      );
      if (wrong === undefined) continue;
      throw new AttentionError({
        code: 'model-file-invalid',
        model: id,
        file,
        detail: words().details.tokenizer.id(`${place}${name}`, shown(wrong), (isFed ? bound : maxId) - 1),
      });
    }
  };
  check('config.json', config, '');
  for (const part of parts) {
    const inner = valueOf(config, part);
    if (typeof inner === 'object' && inner !== null) check('config.json', inner, `${part}.`);
  }
  if (generation !== null) check('generation_config.json', generation, '');
}

function valueOf(fields: object, name: string): unknown {
  return Object.hasOwn(fields, name) ? Reflect.get(fields, name) : undefined;
}
