import type { PartName } from '../../block/part-name.ts';
import { countText, listText } from './grammar.ts';
import { partNames } from './part-names.ts';

/** Parts that are the same for every token. */
const everywhere: readonly PartName['kind'][] = [
  'output-bias',
  'norm-bias',
  'bias',
  'query-bias',
  'key-bias',
  'logit-bias',
];
/** Parts that are rows of a stored table. */
const stored: readonly PartName['kind'][] = ['word', 'position', 'segment', 'embedding', 'states'];

/** What a part is at a token, as a noun: `what head 0.1 wrote to ‘ate’`, `the position embedding of ‘cat’`. */
function wrote(part: PartName, at: string): string {
  const name = partNames.name(part, null);
  if (everywhere.includes(part.kind)) return `the ${name}`;
  if (stored.includes(part.kind)) return `the ${name} of ${at}`;
  if (part.kind === 'stream') return `all that was written to ${at} before`;
  return `what ${name} wrote to ${at}`;
}

/** A part where there is little room, broken where a soft hyphen is. */
function short(part: PartName): string {
  const name = partNames.name(part, null);
  return name
    .replace(/(?<=.) embedding$/, '')
    .replace('embedding', 'embed\u00ADding')
    .replace('attention', 'atten\u00ADtion')
    .replace('feed-forward', 'feed\u00ADforward');
}

function side(amount: string, isAbove: boolean): string {
  return `${amount} ${isAbove ? 'above' : 'below'} the row’s mean`;
}

/** Why a score is what it is: what was written to the query meets what was written to the key. */
export const scoreParts = {
  wrote,
  short,
  others: (count: number) => countText(count, 'other'),
  /** The same where there is little room. */
  shortOthers: (count: number) => countText(count, 'other'),
  otherParts: (count: number, at: string) => `${countText(count, 'other part')} of ${at}`,
  meeting: (query: string, key: string) => `${query} meeting ${key}`,
  score: (query: string, key: string) => `score of ${query} → ${key}`,
  side,
  atMean: 'at the row’s mean',
  /** Sentences; amounts are written out, with their sign. */
  inside: (score: string, apart: string, amount: string, terms: readonly string[]) =>
    `Of the ${score} (${apart}), ${amount} ${terms.length > 1 ? 'each ' : ''}comes from ${listText(terms)}`,
  beyond: (score: string, apart: string, amount: string, adds: boolean, terms: readonly string[]) =>
    `The ${score} is ${apart}. ${capital(listText(terms))} ${terms.length > 1 ? 'each ' : ''}` +
    (adds ? `${terms.length > 1 ? 'add' : 'adds'} ${amount}` : `${terms.length > 1 ? 'take' : 'takes'} ${amount} away`),
  many: (score: string, apart: string, amount: string, terms: number) =>
    `The ${score} is ${apart}. No term stands out: the ${terms} largest are ${amount} each`,
  rest: (terms: number, amount: string) =>
    terms === 1 ? `; the other term is ${amount}.` : `; the other ${countText(terms, 'term')} sum to ${amount}.`,
  noRest: '.',
  cancels: (score: string, terms: number, amount: string, largest: string) =>
    `The ${score} is the row’s mean: its ${countText(terms, 'term')} cancel out. The largest is ${amount}, ${largest}.`,
  still: (score: string) => `The ${score} is the row’s mean, and so is every term of it.`,
  oneKey: (query: string, key: string) => `${query} attends to ${key} alone: there is no other key to compare it with.`,
  noKeys: (query: string) => `${query} attends to no key: there is no row to compare this score with.`,
  bySide: (isAbove: boolean, clauses: readonly string[]) =>
    `By side, the ${isAbove ? 'highest' : 'lowest'} ${clauses.length > 1 ? 'sums are' : 'sum is'} ` +
    `${listText(clauses)}.`,
  ofQuery: (part: string, amount: string) => `${amount} for the query (${part})`,
  ofKey: (part: string, amount: string) => `${amount} for the key (${part})`,
  masked: (query: string, key: string) => `The mask takes ${key} away from ${query}, whatever this score is.`,
  added: (names: readonly string[], apart: string) =>
    `After ${listText(names)}, the score that the softmax reads is ${apart}.`,
  softcap: 'the soft cap',
  whole: (where: 'query' | 'key', at: string, why: string) =>
    `The ${where} of ${at} is one part, since it could not be taken apart: ${why}.`,
  /** The picture. */
  keySide: (key: string) => `columns: what was written to ${key}, the key`,
  querySide: (query: string) => `rows: what was written to ${query}, the query`,
  sum: 'sum',
  legend: 'colour: √size; orange raises the score above the row’s mean, blue lowers it',
  legendOfBars: 'bars up raise the score above the row’s mean, bars down lower it',
  largest: 'Largest terms',
  further: (count: number) => `${countText(count, 'further term')}${count === 1 ? '' : ' together'}`,
  check: 'Check',
  terms: (count: number) => `sum of ${countText(count, 'term')}`,
  excess: 'score less the row’s mean',
  difference: 'difference',
  product: 'scale × q·k in the model',
  mean: (keys: number) => `its mean over ${countText(keys, 'key')}`,
  capped: 'after the soft cap',
  bias: (name: string) => `+ ${name}`,
  read: 'score that the softmax reads',
  readMean: 'mean of the row’s scores',
  readout: (amount: string, what: string) => `${amount}: ${what}`,
  allOf: (part: string) => `${part}, over the whole row`,
  allOfKey: (part: string) => `${part}, over the whole column`,
  total: 'all terms: the score less the row’s mean',
  grid: 'Terms of the score: parts of the query in rows, parts of the key in columns',
  table: (query: string, key: string) => `Terms of the score of ${query} → ${key}, row’s mean removed`,
  part: 'part',
  value: 'term',
  heading: (head: string, query: string, key: string) => `${head}: why this score of ${query} → ${key}`,
  picture: (model: string) => `Why a score of ${model}`,
  noPicture: 'Why this score needs a pinned token: a score has a query and a key',
  /** Ways there and back. */
  why: 'Why this score?',
  whyMeaning: 'Show which parts of the query and of the key this score comes from.',
  back: 'Arithmetic',
  backMeaning: 'Show how this weight is computed.',
  /** Why a logit is what it is. */
  whyLogit: (token: string) => `Why this logit of ${token}`,
  whyLogitMeaning: (token: string) => `Show which parts of the residual stream the logit of ${token} comes from.`,
  closeLogitMeaning: 'Hide the parts of this logit.',
  sumOfParts: (count: number) => `sum of ${countText(count, 'part')}`,
  logit: 'logit in the model',
  logitCaution:
    'Direct effects, with the final norm as in this run. A part that raises every logit alike changes no probability.',
  againMeaning: 'Ask the model once more.',
  cancelMeaning: 'Stop computing.',
  frozen: 'Norms keep the statistics of this run, so the parts add up to the score.',
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
