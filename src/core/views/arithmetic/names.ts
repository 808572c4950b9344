import type { MapInfo } from '../../attention/map.ts';
import type { Cell } from '../../block/explanation.ts';
import type { TermId } from '../../glossary/terms.ts';
import { itemAt } from '../../item-at.ts';
import { labelOf } from '../../text/label.ts';
import type { Sequence } from '../../text/token.ts';
import { words } from '../../words/words.ts';

/** What a symbol of the formula and the part of the picture that it stands for have in common. */
export type PartId = string;

/** The terms of what every weight has; vectors of a recurrent network are its own. */
const partTerms: Readonly<Record<PartId, TermId>> = {
  q: 'query',
  k: 'key',
  value: 'value',
  product: 'score',
  scale: 'score',
  softcap: 'score',
  score: 'score',
  power: 'softmax',
  total: 'softmax',
  weight: 'attention-weight',
  factor: 'local-attention',
  output: 'output-projection',
  'bias:mask': 'mask',
};

/** The term of the glossary that a symbol or strip is; what is added to a score but no mask tells positions. */
export function termOfPart(id: PartId): TermId {
  return partTerms[id] ?? (id.startsWith('bias:') ? 'position-embedding' : 'recurrent-network');
}

/** The tokens of a weight as they are shown: the pair in quotation marks, and every key of its row. */
export interface WeightNames {
  readonly query: string;
  readonly key: string;
  readonly keys: readonly string[];
}

const subscripts = '₀₁₂₃₄₅₆₇₈₉';

/** The names of the tokens of a weight; keys that look the same have their number beside them. */
export function weightNames(map: MapInfo, sequences: readonly Sequence[], { query, key }: Cell): WeightNames {
  const labels = (index: number): readonly string[] => {
    const sequence = itemAt(sequences, index);
    return sequence.tokens.map((token) => labelOf(sequence, token));
  };
  const [queries, keys] = [labels(map.queries), labels(map.keys)];
  const { quoted } = words().texts;
  return {
    query: quoted(itemAt(queries, query)),
    key: quoted(itemAt(keys, key)),
    keys: keys.map((label, at) =>
      keys.some((other, index) => other === label && index !== at) ? `${label}${subscript(at)}` : label,
    ),
  };
}

function subscript(index: number): string {
  return Array.from(String(index), (digit) => itemAt(subscripts, Number(digit))).join('');
}
