import * as v from 'valibot';
import { createTokenizer, type Tokenizer } from '../core/text/tokenizer.ts';
import { bounded } from './bounded.ts';
import { readJson } from './json-file.ts';
import type { ModelFolder } from './models.ts';

const anyObject = v.looseObject({});

/** Reads a model's tokenizer. Throws `model-file-missing`, `model-file-invalid` or `tokenizer-unsupported`. */
export async function loadTokenizer({ id, folder, tokenizerConfig }: ModelFolder): Promise<Tokenizer> {
  const json = await readJson({ model: id, folder, file: 'tokenizer.json' }, anyObject);
  return createTokenizer(id, json, tokenizerConfig ?? undefined, bounded);
}
