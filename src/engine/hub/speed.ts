/** Milliseconds over which a speed is averaged. */
const span = 3_000;

/** The speed of the last seconds. Times in milliseconds. */
export class SpeedMeter {
  readonly #samples: { readonly at: number; readonly bytes: number }[] = [];

  /** Notes how many bytes are here at a time. */
  add(bytes: number, at: number): void {
    const last = this.#samples.at(-1);
    if (last && bytes < last.bytes) this.#samples.length = 0;
    this.#samples.push({ at, bytes });
    while ((this.#samples[1]?.at ?? Infinity) <= at - span) this.#samples.shift();
  }

  /** Bytes per second; null as long as nothing can be said. */
  get bytesPerSecond(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.at - first.at < 200) return null;
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }
}
