/** What is expected of a value. */
export const values = {
  whole: (min: number, max: number) => `a whole number from ${min} to ${max} is expected`,
  positive: 'a number above 0 is expected',
  probability: 'a probability above 0 and at most 1 is expected',
};
