import type { AddedToken } from './added-tokens.ts';

/** The ids of the special tokens whose role is known. */
export interface SpecialTokens {
  readonly cls?: number;
  readonly sep?: number;
  readonly mask?: number;
  readonly pad?: number;
  readonly bos?: number;
  readonly eos?: number;
  readonly unk?: number;
}

/** Names by which a role is known when `tokenizer_config.json` does not say. */
const usualNames: Readonly<Record<keyof SpecialTokens, readonly string[]>> = {
  cls: ['[CLS]'],
  sep: ['[SEP]'],
  mask: ['[MASK]', '<mask>'],
  pad: ['[PAD]', '<pad>', '<|padding|>'],
  bos: ['<s>', '<|startoftext|>', '<|begin_of_text|>', '<bos>'],
  eos: ['</s>', '<|endoftext|>', '<|end_of_text|>', '<eos>'],
  unk: ['[UNK]', '<unk>'],
};

/** Finds the roles: what the configuration names, else the usual names among the added tokens. */
export function findSpecialTokens(added: readonly AddedToken[], configuration: unknown): SpecialTokens {
  const ids = new Map(added.map((token) => [token.content, token.id]));
  const found: Record<string, number> = {};
  for (const [role, names] of Object.entries(usualNames)) {
    const named = nameIn(configuration, `${role}_token`);
    for (const name of named === undefined ? names : [named]) {
      const id = ids.get(name);
      if (id === undefined || found[role] !== undefined) continue;
      found[role] = id;
    }
  }
  return found;
}

/** A token in the configuration is a string or an object with its content. */
function nameIn(configuration: unknown, key: string): string | undefined {
  const value = propertyOf(configuration, key);
  const name = typeof value === 'string' ? value : propertyOf(value, 'content');
  return typeof name === 'string' ? name : undefined;
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
