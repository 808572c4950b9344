import type * as Ort from 'onnxruntime-node';
import type { RecurrentNumbers } from '../../core/block/explain-recurrent.ts';
import { RunNumbers } from '../../core/block/numbers.ts';
import { centreTensors, scoringTensors } from '../../core/block/recurrent-scoring.ts';
import { Scope } from '../../core/onnx/scope.ts';
import { sliceFromStart } from '../../core/onnx/slice.ts';
import type { Work } from '../../protocol/contract.ts';
import { checkpoint } from '../process/stage.ts';
import { readGraph, type GraphFile } from './graph-file.ts';
import { OpenSlice, unreadable, type Feeds } from './slices.ts';

interface OpenScoring extends Omit<RecurrentNumbers, 'numbers'> {
  readonly slice: OpenSlice;
}

/** Runs what makes the scores of a recurrent decoder by itself; opened when it is first asked for. */
export class ScoringReader {
  readonly #ort: typeof Ort;
  readonly #graph: GraphFile;
  #open: OpenScoring | null = null;

  constructor(ort: typeof Ort, graph: GraphFile) {
    this.#ort = ort;
    this.#graph = graph;
  }

  /**
   * The parts of the scores of a step that is fed like this. Throws `block-unreadable`, `model-file-invalid`,
   * `cancelled`, and what onnxruntime throws.
   */
  async read(feeds: Feeds, work: Work): Promise<RecurrentNumbers> {
    this.#open ??= await this.#opened(work);
    checkpoint(work.signal);
    const { slice, scoring, centre } = this.#open;
    return { scoring, centre, numbers: new RunNumbers(await slice.run(feeds)) };
  }

  async dispose(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.slice.dispose();
  }

  async #opened(work: Work): Promise<OpenScoring> {
    try {
      const scope = new Scope(await readGraph(this.#graph, work));
      const scoring = scoringTensors(scope, 'scores', 'annotations');
      const centre = scope.graph.outputs.includes('centre') ? centreTensors(scope, 'centre') : null;
      const { form: _form, ...tensors } = scoring;
      const wanted = new Set([...Object.values(tensors), ...(centre ? [centre.tanh, centre.v] : [])]);
      const slice = sliceFromStart(scope, [...wanted]);
      return { scoring, centre, slice: await OpenSlice.open(this.#ort, this.#graph, slice) };
    } catch (thrown) {
      throw unreadable(this.#graph, thrown);
    }
  }
}
