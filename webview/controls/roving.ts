/** The way that an arrow key leads in a group of one tab stop: 1 onwards, -1 back, 0 for all other keys. */
export function arrowStep({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): -1 | 0 | 1 {
  if (altKey || ctrlKey || metaKey) return 0;
  if (key === 'ArrowRight' || key === 'ArrowDown') return 1;
  return key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 0;
}

/** The arrow keys in a radio group whose buttons stand for `values`: they go round it, and choose what they come to. */
export function roveRadios<T>(
  event: KeyboardEvent,
  values: readonly T[],
  chosen: number,
  choose: (value: T) => void,
): void {
  const by = arrowStep(event);
  const group = event.currentTarget;
  const index = (chosen + by + values.length) % values.length;
  const next = values[index];
  if (by === 0 || next === undefined || !(group instanceof HTMLElement)) return;
  event.preventDefault();
  group.querySelectorAll<HTMLElement>('button')[index]?.focus();
  choose(next);
}
