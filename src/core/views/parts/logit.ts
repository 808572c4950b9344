import { termText } from '../../attention/number-words.ts';
import type { LogitParts } from '../../block/score-parts.ts';
import { itemAt } from '../../item-at.ts';
import { words } from '../../words/words.ts';
import { sumOf, type PartLine } from './terms.ts';

/** Parts that have a line of their own. */
const listed = 8;

/** A line of the list: a part, or several together. */
export interface LogitLine extends Pick<PartLine, 'kind'> {
  readonly name: string;
  /** The part as a noun. */
  readonly says: string;
  readonly value: number;
}

/** What a logit is made of, the largest part by size first. */
export interface LogitContent {
  readonly lines: readonly LogitLine[];
  /** The largest size of a line. */
  readonly peak: number;
  readonly check: readonly { readonly name: string; readonly value: string }[];
}

/** What is said of a logit; `at` is the token that it follows, in quotation marks. Throws RangeError. */
export function logitContent(told: LogitParts, at: string): LogitContent {
  const says = words().scoreParts;
  const values = new Float32Array(told.values);
  if (values.length !== told.parts.length)
    throw new RangeError(`${told.parts.length} parts of a logit have ${values.length} values.`);
  const all = told.parts.map((part, index): LogitLine => ({
    kind: part.kind,
    name: words().partNames.name(part, null),
    says: says.wrote(part, at),
    value: itemAt(values, index),
  }));
  all.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const isLong = all.length > listed + 1;
  const others = isLong ? all.slice(listed) : [];
  const lines = isLong
    ? [
        ...all.slice(0, listed),
        {
          kind: null,
          name: says.others(others.length),
          says: says.otherParts(others.length, at),
          value: sumOf(others.map(({ value }) => value)),
        },
      ]
    : all;
  const sum = sumOf(all.map(({ value }) => value));
  const difference = Math.abs(sum - told.logit);
  return {
    lines,
    peak: Math.max(0, ...lines.map(({ value }) => Math.abs(value))),
    check: [
      { name: says.sumOfParts(all.length), value: termText(sum) },
      { name: says.logit, value: termText(told.logit) },
      ...(told.softcap === null ? [] : [{ name: says.capped, value: termText(told.softcap.logit) }]),
      { name: says.difference, value: difference === 0 ? '0' : difference.toExponential(0) },
    ],
  };
}
