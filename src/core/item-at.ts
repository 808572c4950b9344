/**
 * The item of a list that must be there: a 0 or an empty text in the place of one that is not would be a wrong answer
 * that nobody sees. Throws RangeError when the list has no such index. Not for the innermost loops over weights, whose
 * bounds are those of the list.
 */
export function itemAt<T>(list: ArrayLike<T>, index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`A list of ${list.length} has no index ${index}.`);
  return item;
}
