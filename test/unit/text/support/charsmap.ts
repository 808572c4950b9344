/**
 * Writes SentencePiece's compiled normalization rules: trie size, double-array trie (Darts-clone's 32-bit units),
 * replacements. Returns the base64 text that a tokenizer file holds as `precompiled_charsmap`.
 */
export function charsmapOf(rules: Readonly<Record<string, string>>): string {
  const root = new Node();
  const texts: Buffer[] = [];
  let place = 0;
  for (const [from, to] of Object.entries(rules)) {
    let node = root;
    for (const byte of Buffer.from(from)) node = node.child(byte);
    node.value = place;
    const text = Buffer.from(`${to}\0`);
    texts.push(text);
    place += text.length;
  }
  const units = paddedUnits(new DoubleArray(root).units);
  const trie = Buffer.alloc(4 + 4 * units.length);
  trie.writeUInt32LE(4 * units.length, 0);
  for (const [at, unit] of units.entries()) trie.writeUInt32LE(unit, 4 + 4 * at);
  return Buffer.concat([trie, ...texts]).toString('base64');
}

/** Readers go to `base xor byte` without looking at the length: the array ends with a whole block. */
function paddedUnits(units: readonly (number | undefined)[]): number[] {
  return Array.from({ length: (Math.floor(units.length / 256) + 1) * 256 }, (_, at) => units[at] ?? 0);
}

class Node {
  readonly children = new Map<number, Node>();
  value: number | undefined;

  child(byte: number): Node {
    const known = this.children.get(byte) ?? new Node();
    this.children.set(byte, known);
    return known;
  }
}

/** Node units lie at `base xor label`; a node's own value lies at its base. */
class DoubleArray {
  readonly units: (number | undefined)[] = [];
  readonly #bases = new Set<number>();

  constructor(root: Node) {
    this.units[0] = 0;
    this.#place(root, 0, 0);
  }

  #place(node: Node, at: number, label: number): void {
    const labels = [...node.children.keys()];
    const leaf = node.value !== undefined;
    let base = 256;
    while (
      this.#bases.has(base) ||
      this.units[base] !== undefined ||
      labels.some((byte) => this.units[base ^ byte] !== undefined)
    )
      base++;
    this.#bases.add(base);
    this.units[at] = (((at ^ base) << 10) | (leaf ? 0x100 : 0) | label) >>> 0;
    this.units[base] = leaf ? (0x80000000 | (node.value ?? 0)) >>> 0 : 0;
    for (const byte of labels) this.units[base ^ byte] = 0;
    for (const [byte, child] of node.children) this.#place(child, base ^ byte, byte);
  }
}
