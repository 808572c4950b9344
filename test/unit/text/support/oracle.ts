import { readFileSync } from 'node:fs';
import { Tokenizer as Library } from 'tokenizers';
import { createTokenizer, type Tokenizer } from '../../../../src/core/text/tokenizer.ts';

/** One tokenizer file, read by us and by the original library. */
export interface Contest {
  readonly name: string;
  readonly ours: Tokenizer;
  readonly library: Library;
}

/** Loads a tokenizer file into both; the library's own truncation and padding are switched off. */
export function contestOf(name: string, file: string): Contest {
  const json = readFileSync(file, 'utf8');
  const library = Library.fromString(json);
  library.disableTruncation();
  library.disablePadding();
  return { name, library, ours: createTokenizer(name, JSON.parse(json)) };
}

/** One line for ids, type ids and offsets (UTF-16) of a text, as ours and as the library's; equal lines are an exact match. */
export async function lines(contest: Contest, text: string, pair?: string): Promise<{ ours: string; library: string }> {
  const ours = contest.ours.encode(text, pair === undefined ? {} : { pair });
  const encoding = await contest.library.encode(text, pair);
  const typeIds = encoding.getTypeIds();
  const sequences = encoding.getSequenceIds();
  const units = [unitsOf(text), unitsOf(pair ?? '')];
  const offsets = encoding.getOffsets().map(([start = 0, end = 0], at) => {
    const own = units[sequences[at] ?? 0] ?? [];
    return `${own[start] ?? `?${start}`}-${own[end] ?? `?${end}`}`;
  });
  const ids = encoding.getIds();
  return {
    ours: ours.tokens.map((token, at) => `${token.id}:${token.start}-${token.end}:${ours.typeIds[at]}`).join(' '),
    library: ids.map((id, at) => `${id}:${offsets[at]}:${typeIds[at]}`).join(' '),
  };
}

/** The UTF-16 position of each code point, and of the end. */
function unitsOf(text: string): readonly number[] {
  const units = [0];
  let at = 0;
  for (const character of text) {
    at += character.length;
    units.push(at);
  }
  return units;
}
