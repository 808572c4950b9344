/** A weight as it is spoken: whole per cent, `less than 1 %` where that would be none. */
export function percentText(weight: number): string {
  const rounded = Math.round(weight * 100);
  if (rounded === 0 && weight > 0) return 'less than 1 %';
  return rounded === 100 && weight < 1 - rounding ? 'more than 99 %' : `${rounded} %`;
}

/** What float32 rounding may take from 1. */
const rounding = 5e-6;

/** Milliseconds, as `14 ms` or `2.4 s`. */
export function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
