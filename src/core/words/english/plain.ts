import type { Family } from '../../attention/analysis.ts';
import type { MapKind, MapName } from '../../attention/map.ts';
import { countText } from './grammar.ts';

const kinds: Readonly<Record<Family, string>> = {
  encoder: 'an encoder',
  decoder: 'a decoder',
  'encoder-decoder': 'an encoder-decoder',
  recurrent: 'a recurrent encoder-decoder with attention',
};

/** What each map of an encoder-decoder is between. */
const maps: Readonly<Record<MapName, string>> = {
  attention: '',
  encoder: 'This map is that of the encoder, within the source.',
  decoder: 'This map is that of the decoder, within the target.',
  cross: 'This map is from the target to the source.',
};

/** Text, token and head in plain words. */
export const plain = {
  model: (name: string, family: Family) => `${name} is ${kinds[family]}.`,
  map: (name: MapName) => maps[name],
  /** What a token can look at in the layers shown. */
  seen: (seen: string) => `A token sees ${seen}.`,
  tokens: (tokens: number, special: number) =>
    `It reads ${countText(tokens, 'token')}${special === 0 ? '' : `, ${special} of them special`}.`,
  shape: (queries: number, keys: number, kind: MapKind) =>
    kind === 'cross'
      ? `Rows are the ${countText(queries, 'token')} of the target (queries), columns the ` +
        `${countText(keys, 'token')} of the source (keys).`
      : 'Rows are the tokens that look (queries), columns the tokens that are looked at (keys).',
  /** After the strongest key of a row: the second, and what the rest share. */
  then: (keys: string, weight: string, others: number, rest: string | null) =>
    `Next is ${keys} (${weight})${shareOf(others, rest)}.`,
  /** The entropy of a head as a number of tokens. */
  breadth: (like: string, most: string) =>
    `Its entropy is that of equal weights on ${like} ${like === '1.0' ? 'token' : 'tokens'}; on this text the ` +
    `most is ${most}.`,
};

function shareOf(others: number, rest: string | null): string {
  if (others === 0 || rest === null) return '';
  return others === 1 ? `; 1 other token has ${rest}` : `; ${others} other tokens share ${rest}`;
}
