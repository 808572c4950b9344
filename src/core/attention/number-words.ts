/** Two numbers that float32 rounding may have parted are the same. */
const rounding = 5e-6;
/** Digits of a weight in lists, and of the one that is asked for. */
const [few, many] = [2, 4];
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * A weight as it is read in lists: two digits. `0.00` and `1.00` are 0 and 1 themselves; what only rounds to them is
 * written `<0.01` and `>0.99`.
 */
export function weightText(weight: number): string {
  return roundedText(weight, few);
}

/** The weight of the one cell that is asked for: four digits, a power of ten where they would all be 0. */
export function exactText(weight: number): string {
  return weight > 0 && Number(weight.toFixed(many)) === 0 ? powerText(weight) : roundedText(weight, many);
}

/** A difference of weights with its sign, as {@link exactText}. */
export function signedText(value: number): string {
  const size = exactText(Math.abs(value));
  return value === 0 ? size : `${value < 0 ? '−' : '+'}${size}`;
}

/**
 * A probability: two digits, and below 0.01 a power of ten, `3·10⁻⁴`, since languages have tens of thousands of
 * tokens.
 */
export function probabilityText(probability: number): string {
  if (!(probability > 0)) return '0';
  return Number(probability.toPrecision(1)) >= 10 ** -few ? weightText(probability) : powerText(probability);
}

/** A share as whole per cent; what only rounds to nothing or all is written `<1 %` and `>99 %`. */
export function shareText(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 0 && share > 0) return '<1 %';
  return rounded === 100 && share < 1 - rounding ? '>99 %' : `${rounded} %`;
}

/**
 * A value of a scale without end, such as nats or tokens, with so many digits; what only rounds to nothing is written
 * `<0.1`.
 */
export function amountText(value: number, digits: number): string {
  return value > 0 && Number(value.toFixed(digits)) === 0
    ? `<${(10 ** -digits).toFixed(digits)}`
    : value.toFixed(digits);
}

/** A value without bounds that a model predicts: four digits that count, never `-0`. */
export function valueText(value: number): string {
  return String(Number(value.toPrecision(4)) || 0);
}

/**
 * A number of a computation: two digits after the point, none from 1000 on, a power of ten where they would all be 0;
 * with a minus sign, and −∞ by name.
 */
export function termText(value: number): string {
  if (value === -Infinity) return '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size > 0 && Number(size.toFixed(few)) === 0) return `${sign}${powerText(size)}`;
  return `${sign}${size >= 1e7 ? size.toExponential(few) : size.toFixed(size >= 1000 ? 0 : few)}`;
}

/** A number of arithmetic that is done by hand: a whole one as a person writes it, others with two digits. */
export function handText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value).replace('-', '−') : termText(value);
}

/** A whole number with its thousands apart: `30,522`. */
export function groupedText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Whole numbers in ascending order, three and more in a row as a range: `2, 7` or `0–3, 5`. */
export function rangesText(numbers: readonly number[]): string {
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run.join(', '))).join(', ');
}

/** One digit and a negative power of ten. */
function powerText(value: number): string {
  const [digit = '', exponent = ''] = value.toExponential(0).split('e-');
  return `${digit}·10⁻${Array.from(exponent, (one) => superscripts[Number(one)] ?? '').join('')}`;
}

function roundedText(value: number, digits: number): string {
  const text = value.toFixed(digits);
  const step = 10 ** -digits;
  if (value > 0 && Number(text) === 0) return `<${step.toFixed(digits)}`;
  return value < 1 - rounding && Number(text) === 1 ? `>${(1 - step).toFixed(digits)}` : text;
}
