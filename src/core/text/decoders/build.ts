import { byteValues, bytesOf } from '../characters/bytes.ts';
import { isUtf8, textFromUtf8 } from '../characters/utf8.ts';
import type { TextBudget } from '../budget.ts';
import type { JsonObject } from '../json.ts';
import { soughtBy } from '../patterns/pattern.ts';
import { contractionsJoined, ctc, wordPieces } from './joining.ts';
import { words } from '../../words/words.ts';

/** Turns tokens into pieces of text; the pieces side by side are the text. */
export type Decoder = (tokens: readonly string[], budget: TextBudget) => readonly string[];

/**
 * Builds the decoder of a tokenizer file; without one, tokens are set apart by spaces. Refuses a type that is not
 * known, by name.
 */
export function buildDecoder(part: JsonObject | undefined): Decoder {
  if (part === undefined) return (tokens) => [tokens.join(' ')];
  const run = decoderOf(part);
  if (part.type === 'Sequence') return run;
  const name = words().details.tokenizer.parts.decoder(part.type);
  return (tokens, budget) => {
    const characters = tokens.reduce((sum, token) => sum + token.length, 0);
    budget.enter(name, tokens.length + characters);
    budget.hold(characters);
    return run(tokens, budget);
  };
}

function decoderOf(part: JsonObject): Decoder {
  switch (part.type) {
    case 'Sequence': {
      const stages = part.parts('decoders').map((each) => buildDecoder(each));
      return (tokens, budget) => stages.reduce((current, stage) => stage(current, budget), tokens);
    }
    case 'ByteLevel':
      return (tokens) => [textFromUtf8(tokens.flatMap(bytesIn))];
    case 'WordPiece':
      return wordPieces(
        part.short('prefix', '##'),
        part.boolean('cleanup', true) ? contractionsJoined : (piece) => piece,
      );
    case 'Metaspace':
      return metaspaced(part);
    case 'BPEDecoder': {
      const suffix = part.short('suffix', '</w>');
      return (tokens) => tokens.map((token, at) => token.replaceAll(suffix, at === tokens.length - 1 ? '' : ' '));
    }
    case 'ByteFallback':
      return bytesJoined;
    case 'CTC':
      return ctc(part);
    case 'Fuse':
      return (tokens) => [tokens.join('')];
    case 'Strip':
      return stripped(part);
    case 'Replace':
      return replaced(part);
    default:
      throw part.unsupported(words().details.tokenizer.parts.decoder(part.type));
  }
}

/** The bytes that a token writes in the byte alphabet; one with other characters stands for its own UTF-8. */
function bytesIn(token: string): readonly number[] {
  const characters = Array.from(token);
  const bytes = characters.map((character) => byteValues.get(character));
  return bytes.includes(undefined)
    ? characters.flatMap((character) => bytesOf(character.codePointAt(0) ?? 0))
    : bytes.filter((byte) => byte !== undefined);
}

function metaspaced(part: JsonObject): Decoder {
  const mark = part.short('replacement', '▁');
  const prefixed = part.value('add_prefix_space') !== false && part.short('prepend_scheme', 'always') !== 'never';
  return (tokens) => tokens.map((token, at) => token.replaceAll(mark, at === 0 && prefixed ? '' : ' '));
}

/** Byte tokens next to each other become their text; if that is not well-formed, one U+FFFD for each. */
function bytesJoined(tokens: readonly string[]): readonly string[] {
  const pieces: string[] = [];
  let bytes: number[] = [];
  const flush = (): void => {
    if (isUtf8(bytes)) pieces.push(textFromUtf8(bytes));
    else for (let left = bytes.length; left > 0; left--) pieces.push('\ufffd');
    bytes = [];
  };
  for (const token of tokens) {
    const digits = /^<0x([0-9A-Fa-f]{2})>$/.exec(token)?.[1];
    if (digits !== undefined) {
      bytes.push(parseInt(digits, 16));
      continue;
    }
    flush();
    pieces.push(token);
  }
  flush();
  return pieces;
}

function stripped(part: JsonObject): Decoder {
  const content = part.string('content');
  const start = part.index('start');
  const stop = part.index('stop');
  return (tokens) =>
    tokens.map((token) => {
      const characters = Array.from(token);
      let from = 0;
      let to = characters.length;
      while (from < start && characters[from] === content) from++;
      while (to > from && characters.length - to < stop && characters[to - 1] === content) to--;
      return characters.slice(from, to).join('');
    });
}

function replaced(part: JsonObject): Decoder {
  const pattern = soughtBy(part);
  const content = part.string('content');
  return (tokens, budget) => {
    let written = 0;
    return tokens.map((token) => {
      let text = '';
      let end = 0;
      const matches = pattern(token);
      for (let at = 0; at + 1 < matches.length; at += 2) {
        budget.hold((written += content.length));
        text += token.slice(end, matches[at]) + content;
        end = matches[at + 1] ?? 0;
      }
      return text + token.slice(end);
    });
  };
}
