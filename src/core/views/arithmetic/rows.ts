import { exactText, termText } from '../../attention/number-words.ts';
import { strongest } from '../../attention/rows.ts';
import type { Explanation } from '../../block/explanation.ts';
import { itemAt } from '../../item-at.ts';
import { words } from '../../words/words.ts';
import type { Chain } from './chain.ts';
import { lessText, scoreText } from './formula.ts';
import type { WeightNames } from './names.ts';

/** A longer row shows its top keys alone, and sums up the others. */
const mostWhole = 14;
const mostTop = 10;

/** A line of the table: a key, or several summed up. */
export interface RowLine {
  /** The index of the key; null for a sum of several. */
  readonly key: number | null;
  readonly name: string;
  /** The score, empty for a sum; its size is drawn from `scored`, null where there is none. */
  readonly score: string;
  readonly scored: number | null;
  readonly power: string;
  readonly weight: string;
  /** Drawn as a bar. */
  readonly weighed: number;
}

/** The row of a weight as a table. */
export interface RowTable {
  readonly lines: readonly RowLine[];
  readonly total: RowLine;
  /** What the powers are of. */
  readonly powerHead: string;
  /** The range of the scores that are drawn, 0 included. */
  readonly peak: { readonly least: number; readonly most: number };
  /** How many keys can be shown, where they are not all shown at once anyway; null where they are. */
  readonly more: number | null;
}

/** The row in the order of the text: every key that is seen, or the top ones with the rest summed up. */
export function rowsOf(told: Explanation, chain: Chain, names: WeightNames, isWhole: boolean): RowTable {
  const says = words().arithmetic;
  const { scores, powers, weights, seen, sinkPower, total } = chain;
  const isLong = seen.length > mostWhole;
  const top = new Set(
    isLong && !isWhole ? strongest(Float32Array.from(weights), mostTop).map(({ index }) => index) : seen,
  );
  top.add(told.key);
  const keys = [...top].sort((a, b) => a - b);
  const others = seen.filter((key) => !top.has(key));
  const unseen = scores.length - seen.length - (seen.includes(told.key) ? 0 : 1);
  const sumOf = (name: string, of: readonly number[]): RowLine =>
    summed(name, sum(of.map((key) => itemAt(powers, key))), sum(of.map((key) => itemAt(weights, key))));
  const lines = [
    ...keys.map((key): RowLine => {
      const score = itemAt(scores, key);
      const weight = itemAt(weights, key);
      return {
        key,
        name: itemAt(names.keys, key),
        score: scoreText(score),
        scored: seen.includes(key) ? score : null,
        power: termText(itemAt(powers, key)),
        weight: weightOf(weight),
        weighed: weight,
      };
    }),
    ...(others.length > 0 ? [sumOf(says.otherKeys(others.length), others)] : []),
    ...(unseen > 0
      ? [summed(told.kind === 'recurrent' ? says.outsideKeys(unseen) : says.maskedKeys(unseen), 0, 0)]
      : []),
    ...(sinkPower > 0 ? [summed(says.sinks, sinkPower, sinkPower / total)] : []),
  ];
  return {
    lines,
    total: summed(says.all, total, sum(weights) + (sinkPower > 0 ? sinkPower / total : 0)),
    powerHead: says.columns.power(lessText(chain)),
    peak: {
      least: Math.min(0, ...lines.map(({ scored }) => scored ?? 0)),
      most: Math.max(0, ...lines.map(({ scored }) => scored ?? 0)),
    },
    more: isLong ? seen.length : null,
  };
}

function summed(name: string, power: number, weight: number): RowLine {
  return {
    key: null,
    name,
    score: '',
    scored: null,
    power: termText(power),
    weight: weightOf(weight),
    weighed: weight,
  };
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((all, value) => all + value, 0);
}

function weightOf(weight: number): string {
  return weight === 0 ? '0' : exactText(weight);
}
