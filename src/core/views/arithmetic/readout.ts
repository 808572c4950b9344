import { termText } from '../../attention/number-words.ts';
import { itemAt } from '../../item-at.ts';
import { words } from '../../words/words.ts';
import type { ArithmeticContent } from './content.ts';
import type { ArithmeticLayout } from './layout.ts';
import type { PartId } from './names.ts';

/** What is pointed at, in words; empty where nothing is. */
export function pointedText(
  content: ArithmeticContent,
  { strips, formula }: Pick<ArithmeticLayout, 'strips' | 'formula'>,
  { part, component }: { readonly part: PartId | null; readonly component: number | null },
): string {
  const strip = strips.find((one) => one.strip.id === part)?.strip;
  if (component !== null && strip && !strip.meets)
    return words().arithmetic.component(component, [
      words().arithmetic.named(strip.label, numberOf(strip.values, component)),
    ]);
  if (component !== null) return componentText(content, component);
  return formula.find(({ segment }) => segment.id === part)?.segment.says ?? '';
}

/** A component by its number in the vectors, and what each strip has there. */
export function componentText({ strips, order }: ArithmeticContent, place: number): string {
  const says = words().arithmetic;
  const index = itemAt(order, Math.min(place, order.length - 1));
  const values = strips
    .filter(({ meets }) => meets)
    .map(({ id, label, values: all }) => says.named(id === 'product' ? label : id, numberOf(all, index)));
  return says.component(index, values);
}

/** The formulas as lines of text: exponents in brackets behind a caret. */
export function formulaTexts({ formula }: ArithmeticContent): readonly string[] {
  return formula.map((line) => line.map(({ text, level }) => (level === 'high' ? `^(${text})` : text)).join(''));
}

function numberOf(values: Float64Array, index: number): string {
  return termText(itemAt(values, index));
}
