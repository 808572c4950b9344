import type * as Ort from 'onnxruntime-node';
import type { Feeds } from './slices.ts';

/** A tensor inside a graph, as a run gave it. */
export interface GivenTensor {
  readonly name: string;
  readonly tensor: Ort.Tensor;
}

/**
 * The most bytes that are kept of a run. The inputs of all blocks of BERT-base take 19 MB at 512 tokens; a run of which
 * they take more than this takes far more for its attention, and explains its blocks from the start of the graph.
 */
const maxKept = 64 << 20;

/**
 * What the blocks of a graph were given in the run that was recorded last: whoever takes a block apart on the same
 * inputs needs not run the blocks before it once more.
 */
export class KeptInputs {
  readonly #names: readonly (string | null)[];
  #last: { readonly feeds: Feeds; readonly outputs: ReadonlyMap<string, Ort.Tensor> } | null = null;

  /** `names` has the input of the block of each attention, in the order of the graph. */
  constructor(names: readonly (string | null)[]) {
    this.#names = names;
  }

  keep(feeds: Feeds, results: Ort.InferenceSession.ReturnType): void {
    const outputs = new Map<string, Ort.Tensor>();
    for (const name of this.#names) {
      const tensor = name === null ? undefined : results[name];
      if (name !== null && tensor && 'dims' in tensor) outputs.set(name, tensor);
    }
    const bytes = [...outputs.values(), ...Object.values(feeds)].reduce(
      (sum, tensor) => sum + bytesOf(tensor).length,
      0,
    );
    this.#last = bytes <= maxKept ? { feeds, outputs } : null;
  }

  /** What the block of an attention was given on these inputs; null where that is not kept. */
  of(site: number, feeds: Feeds): GivenTensor | null {
    const name = this.#names[site] ?? null;
    if (this.#last === null || name === null || !areSame(this.#last.feeds, feeds)) return null;
    const tensor = this.#last.outputs.get(name);
    return tensor ? { name, tensor } : null;
  }
}

function areSame(these: Feeds, those: Feeds): boolean {
  const names = Object.keys(these);
  return names.length === Object.keys(those).length && names.every((name) => isSame(these[name], those[name]));
}

function isSame(one: Ort.Tensor | undefined, other: Ort.Tensor | undefined): boolean {
  if (!one || !other || one.type !== other.type || one.dims.join() !== other.dims.join()) return false;
  return bytesOf(one).equals(bytesOf(other));
}

/** The numbers of a tensor as they lie in memory; texts, which no graph here takes, have none. */
function bytesOf({ data }: Ort.Tensor): Buffer {
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.alloc(0);
}
