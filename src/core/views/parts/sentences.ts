import { termText } from '../../attention/number-words.ts';
import type { ScoreParts } from '../../block/score-parts.ts';
import { itemAt } from '../../item-at.ts';
import { words } from '../../words/words.ts';
import { maskedBelow } from '../arithmetic/chain.ts';
import type { WeightNames } from '../arithmetic/names.ts';
import { apartText, isNothing, sumOf, type PartLine, type Term } from './terms.ts';

/** So many equal terms are named; of more it is said that none stands out. */
const mostNamed = 3;

/** One to three sentences of a score, true by construction; `terms` are all of it, the largest by size first. */
export function sentencesOf(
  told: ScoreParts,
  names: WeightNames,
  terms: readonly Term[],
  sides: { readonly query: readonly PartLine[]; readonly key: readonly PartLine[] },
): readonly string[] {
  const says = words().scoreParts;
  const excess = told.score - told.mean;
  const isMasked = told.biases.some(({ value }) => value < maskedBelow);
  const compared =
    told.keys === 0
      ? [says.noKeys(names.query)]
      : told.keys === 1 && !isMasked
        ? [says.oneKey(names.query, names.key)]
        : [termSentence(excess, names, terms), ...sideSentence(excess, sides)];
  return [
    ...compared,
    ...(isMasked ? [says.masked(names.query, names.key)] : addedSentence(told, excess)),
    ...told.whole.map(({ side, why }) => says.whole(side, names[side], why)),
  ];
}

/** Which term makes the most of it, and what the others come to. */
function termSentence(excess: number, { query, key }: WeightNames, terms: readonly Term[]): string {
  const says = words().scoreParts;
  const score = says.score(query, key);
  const first = terms[0];
  if (!first || first.value === 0) return says.still(score);
  if (isNothing(excess)) return says.cancels(score, terms.length, termText(first.value), meetingOf(first));
  const apart = apartText(excess);
  const towards = terms.filter(({ value }) => value > 0 === excess > 0);
  const most = itemAt(towards, 0);
  const amount = termText(most.value);
  const equal = towards.filter(({ value }) => termText(value) === amount);
  const all = sumOf(equal.map(({ value }) => value));
  const others = terms.length - equal.length;
  const rest = others === 0 ? says.noRest : says.rest(others, termText(cleared(excess - all)));
  if (equal.length > mostNamed) return `${says.many(score, apart, amount, equal.length)}${rest}`;
  const named = equal.map(meetingOf);
  const over = Math.abs(all) - Math.abs(excess);
  return over < 0 || isNothing(over)
    ? `${says.inside(score, apart, amount, named)}${rest}`
    : `${says.beyond(score, apart, termText(Math.abs(most.value)), excess > 0, named)}${rest}`;
}

function meetingOf({ query, key }: Term): string {
  return words().scoreParts.meeting(query.says, key.says);
}

/** Which part of each side has the highest sum, or the lowest of a score below the mean; nothing where two share it. */
function sideSentence(
  excess: number,
  { query, key }: { readonly query: readonly PartLine[]; readonly key: readonly PartLine[] },
): readonly string[] {
  const says = words().scoreParts;
  if (isNothing(excess)) return [];
  const isAbove = excess > 0;
  const clauseOf = (
    lines: readonly PartLine[],
    clause: (part: string, amount: string) => string,
  ): readonly string[] => {
    const [first, second] = [...lines].sort((a, b) => (isAbove ? b.sum - a.sum : a.sum - b.sum));
    if (!first || !second || termText(first.sum) === termText(second.sum)) return [];
    return first.sum > 0 === isAbove && !isNothing(first.sum) ? [clause(first.says, termText(first.sum))] : [];
  };
  const clauses = [...clauseOf(query, says.ofQuery), ...clauseOf(key, says.ofKey)];
  return clauses.length === 0 ? [] : [says.bySide(isAbove, clauses)];
}

/** How far the score that the softmax reads is from its mean, where that is another number. */
function addedSentence({ softcap, biases, read, keys }: ScoreParts, excess: number): readonly string[] {
  const says = words().scoreParts;
  const apart = read.score - read.mean;
  if (keys < 2 || isNothing(apart - excess)) return [];
  const added = biases.flatMap(({ name, value }) =>
    name === 'mask' && value === 0 ? [] : [words().explanation.biases[name]],
  );
  const names = [...(softcap === null ? [] : [says.softcap]), ...added];
  return names.length === 0 ? [] : [says.added(names, apartText(apart))];
}

/** A remainder: what is rounding alone is nothing. */
function cleared(value: number): number {
  return Math.abs(value) < 1e-6 ? 0 : value;
}
