import type { JsonObject } from '../json.ts';

const contractions: readonly (readonly [string, string])[] = [
  [' .', '.'],
  [' ?', '?'],
  [' !', '!'],
  [' ,', ','],
  [" ' ", "'"],
  [" n't", "n't"],
  [" 'm", "'m"],
  [' do not', " don't"],
  [" 's", "'s"],
  [" 've", "'ve"],
  [" 're", "'re"],
];

/** Takes back the spaces that English tokenization put before punctuation and contractions. */
export function contractionsJoined(piece: string): string {
  return contractions.reduce((text, [apart, joined]) => text.replaceAll(apart, joined), piece);
}

/** WordPiece: pieces with the prefix go on the word before, others follow a space. */
export function wordPieces(
  prefix: string,
  finish: (piece: string) => string,
): (tokens: readonly string[]) => readonly string[] {
  return (tokens) =>
    tokens.map((token, at) =>
      finish(at === 0 ? token : token.startsWith(prefix) ? token.slice(prefix.length) : ` ${token}`),
    );
}

/** CTC: repeated tokens count once, padding is silence. */
export function ctc(part: JsonObject): (tokens: readonly string[]) => readonly string[] {
  const pad = part.short('pad_token', '<pad>');
  const delimiter = part.short('word_delimiter_token', '|');
  const cleanup = part.boolean('cleanup', true);
  return (tokens) =>
    tokens
      .filter((token, at) => token !== tokens[at - 1])
      .map((token) => token.replaceAll(pad, ''))
      .map((token) => (cleanup ? contractionsJoined(token).replaceAll(delimiter, ' ') : token))
      .filter((token) => token !== '');
}
