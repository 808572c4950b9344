/**
 * How many tokens of each text fit into `room`: of two texts the longer is cut first, until both are equally long (the
 * original library's LongestFirst).
 */
export function fitted(lengths: readonly number[], room: number): readonly number[] {
  const [first = 0, second] = lengths;
  if (second === undefined) return [Math.min(first, room)];
  if (first + second <= room) return [first, second];
  const shorter = Math.min(first, second);
  const longer = Math.max(shorter, room - shorter);
  const half = Math.floor(room / 2);
  const [low, high] = shorter + longer > room ? [half, room - half] : [shorter, longer];
  return first > second ? [high, low] : [low, high];
}
