import * as v from 'valibot';
import { createTokenizer, type Tokenizer } from '../core/text/tokenizer.ts';
import { readJson } from './json-file.ts';
import type { ModelFolder } from './models.ts';
import { runtime } from './runtime.ts';

const anyObject = v.looseObject({});

/** Reads a model's tokenizer. Throws `model-file-missing`, `model-file-invalid` or `tokenizer-unsupported`. */
export async function loadTokenizer({ id, folder, tokenizerConfig }: ModelFolder): Promise<Tokenizer> {
  const json = await readJson({ model: id, folder, file: 'tokenizer.json' }, anyObject);
  return createTokenizer(id, json, tokenizerConfig ?? undefined);
}

/** What turns token ids back into text: the decoder of transformers.js, which leaves special tokens out. */
export async function loadDecoder({ id, folder, tokenizerConfig }: ModelFolder): Promise<(ids: readonly number[]) => string> {
  const { transformers } = await runtime();
  const json = await readJson({ model: id, folder, file: 'tokenizer.json' }, anyObject);
  const tokenizer = new transformers.PreTrainedTokenizer(json, tokenizerConfig ?? {});
  return (ids) => ids.length === 0 ? '' : tokenizer.decode([...ids], { skip_special_tokens: true, clean_up_tokenization_spaces: false });
}
