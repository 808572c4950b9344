import { exactText, shareText, termText } from '../../attention/number-words.ts';
import type { Explanation } from '../../block/explanation.ts';
import type { BlockPart } from '../../block/block.ts';
import { dot } from '../../block/numbers.ts';
import type { TermId } from '../../glossary/terms.ts';
import { itemAt } from '../../item-at.ts';
import { words } from '../../words/words.ts';
import { chainOf, higherThan, meetingOf, type Chain } from './chain.ts';
import { formulaOf, type Segment } from './formula.ts';
import { termOfPart, type PartId, type WeightNames } from './names.ts';
import { rowsOf, type RowTable } from './rows.ts';

/** How a weight is looked at: components by the size of their products, and every key of a long row. */
export interface ArithmeticChoice {
  readonly isSorted: boolean;
  readonly isWhole: boolean;
}

/** A vector as a strip of colours. */
export interface Strip {
  readonly id: PartId;
  readonly label: string;
  /** The term of the glossary that it is. */
  readonly term: TermId;
  readonly values: Float64Array;
  /** The largest size of a component of it and of those that it is compared with. */
  readonly peak: number;
  /** Its length, or its sum. */
  readonly note: string;
  /** Whether its components are those of the products. */
  readonly meets: boolean;
}

/** A length with its name; `isOwn` of what the head itself hands over. */
export interface LengthLine {
  readonly name: string;
  readonly length: number;
  readonly isOwn: boolean;
  readonly term?: TermId;
}

/** All that the view says of a weight, before it has a place. */
export interface ArithmeticContent {
  readonly chain: Chain;
  readonly queryName: string;
  readonly productText: string;
  readonly formula: readonly (readonly Segment[])[];
  readonly sentences: readonly string[];
  /** The strips of the score, the products last. */
  readonly strips: readonly Strip[];
  /** The window of local attention, in words. */
  readonly windowNote: string | null;
  /** The order of the components: by product, largest first, or their own. */
  readonly order: readonly number[];
  readonly rows: RowTable;
  /** What the head reads at the key, where it is no strip of the score. */
  readonly value: Strip | null;
  readonly output: readonly string[];
  /** How long what the key hands over is, beside what it is a part of. */
  readonly lengths: readonly LengthLine[];
  readonly check: readonly { readonly name: string; readonly value: string }[];
}

/** What the products of a scoring are terms of. */
const scoringTerms: Readonly<Record<(Explanation & { kind: 'recurrent' })['scoring'], TermId>> = {
  additive: 'additive-attention',
  concat: 'concat-attention',
  dot: 'dot-attention',
  general: 'general-attention',
};

/** The view without a choice of the person. */
export const plainChoice: ArithmeticChoice = { isSorted: false, isWhole: false };

/** What the view says of a weight. */
export function contentOf(told: Explanation, names: WeightNames, choice: ArithmeticChoice): ArithmeticContent {
  const chain = chainOf(told);
  const order = Array.from(chain.products, (_, at) => at);
  if (choice.isSorted) order.sort((a, b) => itemAt(chain.products, b) - itemAt(chain.products, a));
  const window = told.kind === 'recurrent' ? told.window : null;
  const says = words().arithmetic;
  return {
    chain,
    queryName: names.query,
    productText: termText(chain.product),
    formula: formulaOf(told, chain, names),
    sentences: sentencesOf(told, chain, names),
    strips: stripsOf(told, chain, names),
    windowNote: window && says.window(termText(window.centre), window.halfWidth, window.sigma),
    order,
    rows: rowsOf(told, chain, names, choice.isWhole),
    value: told.kind === 'dot-product' ? valueStrip(told.v, names) : null,
    output: outputOf(told, names),
    lengths: lengthsOf(told, names),
    check: [
      { name: says.model, value: sixDigits(itemAt(new Float32Array(told.weights), told.key)) },
      { name: says.recomputed, value: sixDigits(chain.weight) },
      { name: says.difference, value: differenceText(told, chain) },
    ],
  };
}

/** How far the displayed weight is from the model's own. */
export function differenceFromModel(told: Explanation, chain: Chain): number {
  return Math.abs(chain.weight - itemAt(new Float32Array(told.weights), told.key));
}

function differenceText(told: Explanation, chain: Chain): string {
  const difference = differenceFromModel(told, chain);
  return difference === 0 ? '0' : difference.toExponential(0);
}

function sixDigits(weight: number): string {
  return weight > 0 && weight < 1e-6 ? weight.toExponential(3) : weight.toFixed(6);
}

function stripsOf(told: Explanation, { products, product }: Chain, names: WeightNames): readonly Strip[] {
  const says = words().arithmetic;
  const { query, key } = meetingOf(told);
  const parts = told.kind === 'recurrent' ? told.parts : [query, key];
  const compared = (name: string): readonly string[] => {
    const groups = [
      ['q', 'k'],
      ['s', 'h'],
      ['W s', 'U h'],
    ];
    return groups.find((group) => group.includes(name)) ?? [name];
  };
  const peakOf = (name: string): number =>
    Math.max(...parts.filter((part) => compared(name).includes(part.name)).map(({ vector }) => largest(vector)));
  const vectors = parts.map(({ name, vector }): Strip => {
    const values = Float64Array.from(new Float32Array(vector));
    return {
      id: name,
      label: says.vectors[name]?.(names.query, names.key) ?? name,
      term: termOfPart(name),
      values,
      peak: peakOf(name),
      note: says.norm(termText(Math.sqrt(dot(values, values)))),
      meets:
        values.length === products.length && (name !== 's' || query.name === 's') && (name !== 'h' || key.name === 'h'),
    };
  });
  return [
    ...vectors,
    {
      id: 'product',
      label: says.product,
      term: told.kind === 'recurrent' ? scoringTerms[told.scoring] : 'score',
      values: products,
      peak: largest(products),
      note: says.sum(termText(product)),
      meets: true,
    },
  ];
}

function valueStrip(v: ArrayBuffer, { key }: WeightNames): Strip {
  const says = words().arithmetic;
  const values = Float64Array.from(new Float32Array(v));
  const note = says.norm(termText(Math.sqrt(dot(values, values))));
  return { id: 'value', label: says.value(key), term: 'value', values, peak: largest(values), note, meets: false };
}

function largest(vector: ArrayBuffer | Float64Array): number {
  const values = vector instanceof ArrayBuffer ? Float64Array.from(new Float32Array(vector)) : vector;
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** One or two sentences, true by construction. */
function sentencesOf(told: Explanation, chain: Chain, { query, key }: WeightNames): readonly string[] {
  const says = words().arithmetic;
  const { products, product, score, seen } = chain;
  const sum = termText(product);
  const first =
    told.kind === 'dot-product'
      ? says.agree(query, key, products.filter((value) => value > 0).length, products.length, sum)
      : says.scored(words().explanation.formulas[told.scoring], sum);
  if (!seen.includes(told.key))
    return [first, told.kind === 'recurrent' ? says.outside(query, key) : says.masked(query, key)];
  const rank = says.rank(higherThan(chain, told.key), seen.length);
  return [first, says.share(termText(score), rank, key, exactText(chain.weight))];
}

function outputOf({ kind, output, weights, key, missing }: Explanation, names: WeightNames): readonly string[] {
  const says = words().arithmetic;
  const whyNot = (wanted: BlockPart): string | null => missing.find(({ part }) => part === wanted)?.why ?? null;
  if (!output) return [says.noOutput(whyNot('output projection'))];
  const weight = exactText(itemAt(new Float32Array(weights), key));
  const [own, all] = [termText(output.keyNorm), termText(output.norm)];
  const share = output.share === null ? null : signedShare(output.share);
  return [
    kind === 'dot-product'
      ? says.handed(weight, own, names.query, share, all)
      : says.handedContext(weight, own, names.query, share, all),
    ...(kind === 'dot-product' && !output.beside ? [says.noBeside(whyNot('residual'))] : []),
  ];
}

function lengthsOf({ kind, output }: Explanation, { key }: WeightNames): readonly LengthLine[] {
  if (!output) return [];
  const says = words().arithmetic.lengths;
  const { keyNorm, norm, beside } = output;
  const line = (name: string, length: number, isOwn: boolean, term?: TermId): LengthLine =>
    term ? { name, length, isOwn, term } : { name, length, isOwn };
  return [
    line(says.key(key), keyNorm, true),
    line(kind === 'recurrent' ? says.context : says.head, norm, true, kind === 'recurrent' ? undefined : 'head'),
    ...(beside
      ? [
          line(says.attention, beside.attention, false, 'attention'),
          line(says.residual, beside.residual, false, 'residual-stream'),
        ]
      : []),
  ];
}

/** A share that may be negative, where what comes from a key points against the sum. */
function signedShare(share: number): string {
  return share < 0 ? `−${shareText(-share)}` : shareText(share);
}
