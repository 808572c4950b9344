import type * as Ort from 'onnxruntime-node';
import type { Exposure } from '../../core/onnx/expose.ts';
import { differenceOf, greatest, rowSums, type Difference, type Numbers, type RowSums } from './difference.ts';

type Outputs = Ort.InferenceSession.ReturnType;

/** One graph file of a model, and what its runs showed so far. */
export interface GraphCheck {
  /** The path in the model's folder. */
  readonly file: string;
  readonly exposure: Pick<Exposure, 'sites' | 'notes' | 'numbers' | 'computed'>;
  readonly runs: number;
  /**
   * The model's own outputs, in its order: how far they were from those of the untouched file; null where that cannot
   * be told.
   */
  readonly outputs: ReadonlyMap<string, Difference | null>;
  /** The sums of the rows of every site, by its output; null while none has run. */
  readonly rows: ReadonlyMap<string, RowSums | null>;
}

/** Hears what a run was fed and what it gave, attention included. */
export type Watcher = (feeds: Ort.InferenceSession.FeedsType, outputs: Outputs) => Promise<void>;

/**
 * Stands by while a model runs: whatever its opened sessions are fed, the untouched files are fed, too, and the model's
 * own outputs are compared. Every step of a cache starts from the same numbers on both sides.
 */
export class Witness {
  readonly #numbersOf: (tensor: Ort.Tensor) => Float32Array | null;
  readonly #graphs: (() => GraphCheck)[] = [];
  readonly #sessions: Ort.InferenceSession[] = [];

  /** `numbersOf` gives a tensor's numbers in 32 bits, and null where it has none. */
  constructor(numbersOf: (tensor: Ort.Tensor) => Float32Array | null) {
    this.#numbersOf = numbersOf;
  }

  /** What was seen, encoders before decoders. */
  get graphs(): readonly GraphCheck[] {
    return this.#graphs.map((graph) => graph()).sort((a, b) => (a.file < b.file ? 1 : -1));
  }

  /**
   * Takes the untouched session of a graph, to be released with the others; gives what hears of the opened one's runs.
   */
  watch(file: string, { sites, notes, numbers, computed }: Exposure, untouched: Ort.InferenceSession): Watcher {
    this.#sessions.push(untouched);
    const outputs = new Map<string, Difference | null>();
    const rows = new Map<string, RowSums | null>(sites.map(({ output }) => [output, null]));
    let runs = 0;
    this.#graphs.push(() => ({ file, exposure: { sites, notes, numbers, computed }, runs, outputs, rows }));
    return async (feeds, seen) => {
      const expected = await untouched.run(feeds);
      for (const name of untouched.outputNames) {
        const difference = differenceOf(this.#read(seen, name), this.#read(expected, name));
        outputs.set(name, runs === 0 ? difference : greatest(outputs.get(name) ?? null, difference));
      }
      for (const { output } of sites) {
        const { dims, data } = this.#read(seen, output);
        if (data) rows.set(output, rowSums(data, dims.at(-1) ?? 0, rows.get(output) ?? null));
      }
      runs++;
    };
  }

  /** Closes the untouched sessions. */
  async dispose(): Promise<void> {
    for (const session of this.#sessions.splice(0)) await session.release();
  }

  #read(outputs: Outputs, name: string): Numbers {
    const tensor = outputs[name];
    return tensor && 'dims' in tensor ? { dims: tensor.dims, data: this.#numbersOf(tensor) } : { dims: [], data: null };
  }
}
