import * as v from 'valibot';
import { AttentionError } from '../core/errors/reason.ts';
import { createTokenizer, type Tokenizer } from '../core/text/tokenizer.ts';
import { bounded } from './bounded.ts';
import { invalid, readJson } from './json-file.ts';
import type { ModelFolder } from './models.ts';

const anyObject = v.looseObject({});

/** Reads a model's tokenizer. Throws `model-file-missing`, `model-file-invalid` or `tokenizer-unsupported`. */
export async function loadTokenizer({ id, folder, tokenizerConfig }: ModelFolder): Promise<Tokenizer> {
  const json = await readJson({ model: id, folder, file: 'tokenizer.json' }, anyObject);
  try {
    return createTokenizer(id, json, tokenizerConfig ?? undefined, bounded);
  } catch (thrown) {
    if (thrown instanceof AttentionError) throw thrown;
    throw invalid({ model: id, file: 'tokenizer.json' }, 'it is built in a way that is not understood', thrown);
  }
}
