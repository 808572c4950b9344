import { termText } from '../../attention/number-words.ts';
import type { PartName } from '../../block/part-name.ts';
import type { TermId } from '../../glossary/terms.ts';
import { words } from '../../words/words.ts';

/** A part of one side of a score, or several together. */
export interface PartLine {
  /** The places of the parts in the answer of the model. */
  readonly parts: readonly number[];
  /** What it is of; null for several together. */
  readonly kind: PartName['kind'] | null;
  readonly name: string;
  /** Where there is little room. */
  readonly short: string;
  /** The part as a noun: `what head 0.1 wrote to ‘ate’`. */
  readonly says: string;
  /** Its terms, summed. */
  readonly sum: number;
}

/** A product of a part of the query and a part of the key, less its mean over the keys of the row. */
export interface Term {
  readonly value: number;
  readonly query: PartLine;
  readonly key: PartLine;
}

/** The sum of some numbers. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The score of a pair against the mean of its row, in words. */
export function apartText(excess: number): string {
  const says = words().scoreParts;
  return isNothing(excess) ? says.atMean : says.side(termText(Math.abs(excess)), excess > 0);
}

/** Whether a number is written as 0. */
export function isNothing(value: number): boolean {
  return Math.abs(value) < 0.005;
}

/** The term of the glossary that a part is; null for a part that none defines. */
const partTerms: Readonly<Record<PartName['kind'], TermId | null>> = {
  word: 'embedding',
  position: 'position-embedding',
  segment: 'embedding',
  embedding: 'embedding',
  states: 'encoder',
  head: 'head',
  attention: 'attention',
  'output-bias': 'output-projection',
  'feed-forward': 'feed-forward',
  mixer: null,
  'norm-bias': 'layer-norm',
  bias: null,
  stream: 'residual-stream',
  'query-bias': 'query',
  'key-bias': 'key',
  'logit-bias': 'logit',
};

/** The term of one of several parts, for the first of them that has it; null for the others. */
export function termOfPart(parts: readonly Pick<PartLine, 'kind'>[], at: number): TermId | null {
  const terms = parts.map(({ kind }) => (kind === null ? null : partTerms[kind]));
  const term = terms[at] ?? null;
  return terms.indexOf(term) === at ? term : null;
}
