/** A weight as it is read in lists: two digits. */
export function weightText(weight: number): string {
  return weight.toFixed(2);
}

/** The weight of the one cell that is asked for: four digits. */
export function exactText(weight: number): string {
  return weight.toFixed(4);
}

/** A weight as it is spoken: whole per cent. */
export function percentText(weight: number): string {
  return `${Math.round(weight * 100)} %`;
}

/** Milliseconds, as `14 ms` or `2.4 s`. */
export function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** `1 token`, `11 tokens`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
