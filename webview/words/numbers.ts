import { words } from '../../src/core/words/words.ts';

/** A weight as it is spoken: whole per cent, `less than 1 %` where that would be none. */
export function percentText(weight: number): string {
  const rounded = Math.round(weight * 100);
  if (rounded === 0 && weight > 0) return words().focus.lessThanOne;
  return rounded === 100 && weight < 1 - rounding ? words().focus.moreThan99 : `${rounded} %`;
}

/** What float32 rounding may take from 1. */
const rounding = 5e-6;
