import * as v from 'valibot';
import { AttentionError } from '../../core/errors/reason.ts';
import { createTokenizer, type Tokenizer } from '../../core/text/tokenizer.ts';
import { bounded } from '../process/bounded.ts';
import { invalid, readJson } from '../files/json-file.ts';
import { hasFile, type ModelFolder } from '../store/models.ts';
import { words } from '../../core/words/words.ts';

const anyObject = v.looseObject({});

/** Reads a model's tokenizer. Throws `model-file-missing`, `model-file-invalid` or `tokenizer-unsupported`. */
export async function loadTokenizer({ id, folder, tokenizerConfig }: ModelFolder): Promise<Tokenizer> {
  const json = await readJson({ model: id, folder, file: 'tokenizer.json' }, anyObject).catch((thrown: unknown) =>
    named(thrown, id, folder),
  );
  try {
    return createTokenizer(id, json, tokenizerConfig ?? undefined, bounded);
  } catch (thrown) {
    if (thrown instanceof AttentionError) throw thrown;
    throw invalid({ model: id, file: 'tokenizer.json' }, words().details.files.notUnderstood, thrown);
  }
}

/** What older models have in place of tokenizer.json. */
const older = ['vocab.txt', 'spiece.model', 'sentencepiece.bpe.model', 'tokenizer.model', 'source.spm', 'vocab.json'];

/** Throws what was thrown; where tokenizer.json alone is missing, with what it can be made of. */
async function named(thrown: unknown, model: string, folder: string): Promise<never> {
  if (!(thrown instanceof AttentionError) || thrown.reason.code !== 'model-file-missing') throw thrown;
  for (const file of older) {
    if (!(await hasFile({ folder }, file))) continue;
    const how = words().details.model.olderTokenizer(file);
    throw new AttentionError({ code: 'model-file-missing', model, file: how }, { cause: thrown });
  }
  throw thrown;
}
