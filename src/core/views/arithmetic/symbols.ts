import type { ArithmeticLayout } from './layout.ts';
import type { PartId } from './names.ts';

/** The parts of the arithmetic that a word of a lesson can name, whatever a model calls its vectors. */
export const weightSymbols = ['query', 'key', 'product', 'score', 'exp', 'sum', 'weight', 'value'] as const;
export type WeightSymbol = (typeof weightSymbols)[number];

/** What each is called in the picture, of a Transformer or of a recurrent model, the better name first. */
const parts: Readonly<Record<WeightSymbol, readonly PartId[]>> = {
  query: ['q', 'W s', 's'],
  key: ['k', 'U h', 'W h', 'h'],
  product: ['product'],
  score: ['score'],
  exp: ['power'],
  sum: ['total'],
  weight: ['weight'],
  value: ['value', 'h'],
};

/** The part of a picture that a symbol names; null where it has none, such as the value of a model that reads none. */
export function partOfSymbol(symbol: WeightSymbol, { formula, strips }: ArithmeticLayout): PartId | null {
  const known = new Set([...formula.map(({ segment }) => segment.id), ...strips.map(({ strip }) => strip.id)]);
  return parts[symbol].find((part) => known.has(part)) ?? null;
}

/** The symbol that names a part of a picture; null for what no word can name. */
export function symbolOfPart(part: PartId | null): WeightSymbol | null {
  return weightSymbols.find((symbol) => part !== null && parts[symbol].includes(part)) ?? null;
}
