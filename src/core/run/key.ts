/**
 * The name of a value among its equals, for caches and comparisons: two objects have the same one when they hold the
 * same, in whatever order their fields were written and whether a field is undefined or left out.
 */
export function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
