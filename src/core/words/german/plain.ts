import type { Words } from '../words.ts';
import { tokensOf } from './grammar.ts';

const kinds = {
  encoder: 'ein Encoder',
  decoder: 'ein Decoder',
  'encoder-decoder': 'ein Encoder-Decoder',
  recurrent: 'ein rekurrenter Encoder-Decoder mit Attention',
} as const;

const maps = {
  attention: '',
  encoder: 'Diese Karte ist die des Encoders, innerhalb der Quelle.',
  decoder: 'Diese Karte ist die des Decoders, innerhalb des Ziels.',
  cross: 'Diese Karte geht vom Ziel zur Quelle.',
} as const;

/** Text, Token und Head in einfachen Worten. */
export const plain: Words['plain'] = {
  model: (name, family) => `${name} ist ${kinds[family]}.`,
  map: (name) => maps[name],
  seen: (seen) => `Ein Token sieht ${seen}.`,
  tokens: (tokens, special) => `Es liest ${tokensOf(tokens)}${special === 0 ? '' : `, davon ${special} besondere`}.`,
  shape: (queries, keys, kind) =>
    kind === 'cross'
      ? `Zeilen sind die ${tokensOf(queries)} des Ziels (Querys), Spalten die ${tokensOf(keys)} der Quelle (Keys).`
      : 'Zeilen sind die Tokens, die schauen (Querys), Spalten die, die angeschaut werden (Keys).',
  then: (keys, weight, others, rest) => `Danach kommt ${keys} (${weight})${shareOf(others, rest)}.`,
  breadth: (like, most) =>
    `Seine Entropie ist die gleicher Gewichte auf ${like} ${like === '1.0' ? 'Token' : 'Tokens'}; auf diesem Text ` +
    `sind höchstens ${most} möglich.`,
};

function shareOf(others: number, rest: string | null): string {
  if (others === 0 || rest === null) return '';
  return others === 1 ? `; 1 anderes Token hat ${rest}` : `; ${others} andere Tokens teilen sich ${rest}`;
}
