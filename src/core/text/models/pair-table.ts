/** A map from two whole numbers to a third, all below 2^31: open addressing in flat arrays, for the inner loops. */
export class PairTable {
  #first: Int32Array;
  #second: Int32Array;
  #value: Int32Array;
  #size = 0;

  constructor(expected: number) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.#first = new Int32Array(capacity).fill(-1);
    this.#second = new Int32Array(capacity);
    this.#value = new Int32Array(capacity).fill(-1);
  }

  /** The value of a pair, -1 when there is none. */
  get(first: number, second: number): number {
    return this.#value[this.#slot(first, second)] ?? -1;
  }

  set(first: number, second: number, value: number): void {
    let slot = this.#slot(first, second);
    if (this.#first[slot] === -1) {
      this.#size++;
      if (this.#size * 2 > this.#first.length) {
        this.#grow();
        slot = this.#slot(first, second);
      }
    }
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#value[slot] = value;
  }

  /** Free slots hold the value -1, so that a look-up needs no second test. */
  #slot(first: number, second: number): number {
    const mask = this.#first.length - 1;
    let slot = hash(first, second) & mask;
    while (this.#first[slot] !== -1 && (this.#first[slot] !== first || this.#second[slot] !== second))
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const first = this.#first;
    const second = this.#second;
    const value = this.#value;
    const capacity = first.length * 2;
    this.#first = new Int32Array(capacity).fill(-1);
    this.#second = new Int32Array(capacity);
    this.#value = new Int32Array(capacity).fill(-1);
    for (let old = 0; old < first.length; old++) {
      if (first[old] === -1) continue;
      const slot = this.#slot(first[old] ?? 0, second[old] ?? 0);
      this.#first[slot] = first[old] ?? 0;
      this.#second[slot] = second[old] ?? 0;
      this.#value[slot] = value[old] ?? 0;
    }
  }
}

function hash(first: number, second: number): number {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 0x7f4a7c15, 0x85ebca6b);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
