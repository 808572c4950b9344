import { PairTable } from './pair-table.ts';

/** Nodes that a trie may have: a vocabulary of 250,000 tokens has some 700,000. */
const maxNodes = 3_000_000;

/** A trie over UTF-16 units. Node 0 is the root; a node's value is -1 unless a string was added that ends there. */
export class UnitTrie {
  readonly #edges: PairTable;
  readonly #values: number[] = [-1];

  readonly #full: () => Error;

  /** `full` makes the error for more characters than a vocabulary should have. */
  constructor(expectedNodes: number, full: () => Error) {
    this.#full = full;
    this.#edges = new PairTable(expectedNodes);
  }

  /** Adds a string; one that was added before takes the new value. */
  add(text: string, value: number): void {
    let node = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let next = this.#edges.get(node, unit);
      if (next < 0) {
        next = this.#values.length;
        if (next >= maxNodes) throw this.#full();
        this.#values.push(-1);
        this.#edges.set(node, unit, next);
      }
      node = next;
    }
    this.#values[node] = value;
  }

  /** The node after one more unit, -1 when nothing that was added goes on so. */
  step(node: number, unit: number): number {
    return this.#edges.get(node, unit);
  }

  /** The node that a string leads to from the root, -1 when there is none. */
  walk(text: string): number {
    let node = 0;
    for (let at = 0; at < text.length && node >= 0; at++) node = this.step(node, text.charCodeAt(at));
    return node;
  }

  valueAt(node: number): number {
    return this.#values[node] ?? -1;
  }
}
