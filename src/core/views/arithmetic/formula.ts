import { exactText, termText } from '../../attention/number-words.ts';
import type { DotProductExplanation, Explanation } from '../../block/explanation.ts';
import { words } from '../../words/words.ts';
import { maskedBelow, type Chain } from './chain.ts';
import type { PartId, WeightNames } from './names.ts';

/** A piece of a formula. With an id it is a symbol: pointing at it lights what it stands for. */
export interface Segment {
  readonly id: PartId | null;
  readonly text: string;
  /** What the symbol stands for, in words; empty where it is none. */
  readonly says: string;
  /** Written small: high, as an exponent, or low, as an index. */
  readonly level: 'base' | 'high' | 'low';
  /** The result. */
  readonly strong: boolean;
  /** A line may be broken before it. */
  readonly breaks: boolean;
}

/** How near a scale has to be to 1/√d to be written so. */
const sameScale = 1e-5;

/** A score, or what is added to one; −∞ where it is masked. */
export function scoreText(value: number): string {
  return termText(value < maskedBelow ? -Infinity : value);
}

/**
 * The formula of a weight with its numbers: first the weight by the softmax, then the score by the vectors, then what
 * the head hands over.
 */
export function formulaOf(told: Explanation, chain: Chain, names: WeightNames): readonly (readonly Segment[])[] {
  return [
    weightLine(chain, names),
    told.kind === 'dot-product' ? dotProductLine(told, chain, names) : recurrentLine(told.scoring, chain, names),
    ...(told.output ? [outputLine(told, chain, names)] : []),
  ];
}

/** What is taken from every score of a row before its power: `− 16.00`, or nothing. */
export function lessText({ shift }: Pick<Chain, 'shift'>): string {
  if (shift === 0) return '';
  return shift < 0 ? ` + ${scoreText(-shift)}` : ` − ${scoreText(shift)}`;
}

/** Text that stands for nothing by itself. */
function plain(text: string): Segment {
  return { id: null, text, says: '', level: 'base', strong: false, breaks: text === ' = ' };
}

function symbol(id: PartId, text: string, says: string, more: Partial<Segment> = {}): Segment {
  return { ...plain(text), id, says, breaks: false, ...more };
}

function weightLine({ score, shift, powers, total, factor, weight, seen }: Chain, names: WeightNames): Segment[] {
  const { weightOf, score: name, meaning } = words().arithmetic;
  const less = lessText({ shift });
  const power = Math.exp(score - shift);
  const says = {
    score: meaning.score(scoreText(score)),
    power: meaning.power(termText(seen.length > 0 ? power : 0)),
    total: meaning.total(termText(total), powers.filter((one) => one > 0).length),
    factor: meaning.factor(termText(factor)),
    weight: meaning.weight(exactText(weight)),
  };
  const raised = { level: 'high' } as const;
  const gaussian = factor === 1 ? [] : [plain(' × '), symbol('factor', 'exp(−(j − p)² / 2σ²)', says.factor)];
  const gaussianNumber = factor === 1 ? [] : [plain(' × '), symbol('factor', termText(factor), says.factor)];
  return [
    symbol('weight', weightOf(names.query, names.key), says.weight),
    plain(' = '),
    symbol('power', 'e', says.power),
    symbol('score', `${name}${less}`, says.score, raised),
    plain(' / '),
    symbol('total', 'Σ e', says.total),
    symbol('total', `${name}${less}`, says.total, raised),
    ...gaussian,
    plain(' = '),
    symbol('power', 'e', says.power),
    symbol('score', scoreText(score - shift), says.score, raised),
    plain(' / '),
    symbol('total', termText(total), says.total),
    ...gaussianNumber,
    plain(' = '),
    symbol('weight', exactText(weight), says.weight, { strong: true }),
  ];
}

function dotProductLine(told: DotProductExplanation, { product, score }: Chain, names: WeightNames): Segment[] {
  const { vectors, score: name, meaning } = words().arithmetic;
  const { scale, softcap, biases, q } = told;
  const { byName, factor } = scaleText(scale, q.byteLength / Float32Array.BYTES_PER_ELEMENT);
  const saysScale = meaning.scale(termText(scale));
  const scaled = (text: string): Segment[] => (factor === '' ? [] : [symbol('scale', text, saysScale)]);
  const bent = (inner: readonly Segment[], cap: string): Segment[] => {
    if (softcap === null) return [...inner];
    const says = meaning.softcap(termText(softcap));
    return [symbol('softcap', `${cap}·tanh(`, says), ...inner, symbol('softcap', ` / ${cap})`, says)];
  };
  const added = biases.map((bias) => {
    const called = words().explanation.biases[bias.name];
    return { called, value: bias.value, id: `bias:${bias.name}`, says: meaning.bias(called, scoreText(bias.value)) };
  });
  const meets = [
    symbol('q', 'q', vectorSays(vectors, 'q', names)),
    plain(' · '),
    symbol('k', 'k', vectorSays(vectors, 'k', names)),
  ];
  const says = meaning.score(scoreText(score));
  return [
    symbol('score', name, says),
    plain(' = '),
    ...bent([...meets, ...scaled(byName)], 'c'),
    ...added.map(({ called, id, says: saysBias }) => symbol(id, ` + ${called}`, saysBias)),
    plain(' = '),
    ...bent(
      [symbol('product', scoreText(product), meaning.product(termText(product))), ...scaled(factor)],
      softcap === null ? '' : termText(softcap),
    ),
    ...added.map(({ value, id, says: saysBias }) =>
      symbol(id, value < 0 ? ` − ${scoreText(value).slice(1)}` : ` + ${scoreText(value)}`, saysBias),
    ),
    plain(' = '),
    symbol('score', scoreText(score), says, { strong: true }),
  ];
}

/** What multiplies the product, as a formula and as a number: `/ √32` where it is that, nothing where it is 1. */
function scaleText(scale: number, size: number): { readonly byName: string; readonly factor: string } {
  if (scale === 1) return { byName: '', factor: '' };
  if (Math.abs(scale * Math.sqrt(size) - 1) < sameScale) return { byName: ' / √d', factor: ` / √${size}` };
  return { byName: ` × ${termText(scale)}`, factor: ` × ${termText(scale)}` };
}

function recurrentLine(
  scoring: (Explanation & { kind: 'recurrent' })['scoring'],
  { score }: Chain,
  names: WeightNames,
): Segment[] {
  const { vectors, score: name, meaning } = words().arithmetic;
  const vector = (id: string): Segment => symbol(id, id, vectorSays(vectors, id, names));
  const saysScore = meaning.score(scoreText(score));
  const meets = {
    additive: () => additive(vector),
    concat: () => additive(vector),
    general: () => [vector('s'), plain(' · '), vector('W h')],
    dot: () => [vector('s'), plain(' · '), vector('h')],
  };
  return [
    symbol('score', name, saysScore),
    plain(' = '),
    ...meets[scoring](),
    plain(' = '),
    symbol('product', scoreText(score), saysScore, { strong: true }),
  ];
}

function additive(vector: (id: string) => Segment): Segment[] {
  const whole = vector('tanh(W s + U h)');
  return [
    vector('v'),
    plain(' · '),
    { ...whole, text: 'tanh' },
    plain('('),
    vector('W s'),
    plain(' + '),
    vector('U h'),
    plain(')'),
  ];
}

function outputLine({ kind, output }: Explanation, { weight }: Chain, names: WeightNames): Segment[] {
  const { output: name, weight: weightName, value, vectors, meaning } = words().arithmetic;
  const isProjected = kind === 'dot-product';
  const norm = termText(output?.keyNorm ?? NaN);
  const says = isProjected ? meaning.output(norm) : meaning.annotation(norm);
  const read = isProjected
    ? [
        symbol('value', 'v', value(names.key)),
        symbol('output', ' W', says),
        symbol('output', 'O', says, { level: 'low' }),
      ]
    : [symbol('h', 'h', vectorSays(vectors, 'h', names))];
  return [
    symbol('output', name, says),
    plain(' = '),
    symbol('weight', weightName, meaning.weight(exactText(weight))),
    plain(' · '),
    ...read,
    plain(' = '),
    symbol('weight', exactText(weight), meaning.weight(exactText(weight))),
    plain(' · '),
    ...read,
    plain(', '),
    symbol('output', words().arithmetic.norm(norm), says, { strong: true }),
  ];
}

function vectorSays(
  vectors: ReturnType<typeof words>['arithmetic']['vectors'],
  id: string,
  { query, key }: WeightNames,
): string {
  return vectors[id]?.(query, key) ?? id;
}
