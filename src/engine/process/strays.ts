/** What fails the loads that are under way. */
const underWay = new Set<(thrown: unknown) => void>();

/**
 * Does something with a library that may reject where nobody listens: such a rejection fails this, by name, instead of
 * the process. Only where {@link lastResort} listens.
 */
export function withStrays<T>(action: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    underWay.add(reject);
    action()
      .then(resolve, reject)
      .finally(() => underWay.delete(reject))
      .catch(reject);
  });
}

/** Whether a rejection that nobody awaited belonged to something under way, which has failed with it now. */
export function claimStray(thrown: unknown): boolean {
  const claimed = underWay.size > 0;
  for (const fail of [...underWay]) fail(thrown);
  return claimed;
}
