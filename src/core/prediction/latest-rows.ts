/** Bytes of logits that are kept of one run: the rows of the last tokens where all take more. */
export const maxRowBytes = 64 * 2 ** 20;

/** Copies of rows of logits by an index, as many of the latest as {@link maxRowBytes} holds. */
export class LatestRows {
  readonly #rows = new Map<number, Float32Array>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Keeps a copy of a row in place of the one of the same index; those that came first leave. */
  keep(index: number, row: Float32Array | null): void {
    if (!row) return;
    this.#forget(index);
    this.#rows.set(index, row.slice());
    this.#bytes += row.byteLength;
    for (const first of this.#rows.keys()) {
      if (this.#bytes <= maxRowBytes || this.#rows.size === 1) return;
      this.#forget(first);
    }
  }

  /** The row of an index; null where it was not kept. */
  row(index: number): Float32Array | null {
    return this.#rows.get(index) ?? null;
  }

  #forget(index: number): void {
    this.#bytes -= this.#rows.get(index)?.byteLength ?? 0;
    this.#rows.delete(index);
  }
}
