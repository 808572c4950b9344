import type * as Ort from 'onnxruntime-node';
import { branchOf, takenBranch } from '../../core/block/block-slices.ts';
import type { Found } from '../../core/onnx/find.ts';
import type { GraphNode } from '../../core/onnx/graph.ts';
import type { Scope } from '../../core/onnx/scope.ts';
import { sliceFromStart } from '../../core/onnx/slice.ts';
import type { GraphFile } from './graph-file.ts';
import { OpenSlice, unreadable, type Feeds } from './slices.ts';

/** The conditions of a graph's branches, each open as a slice once it was asked for. */
export class Conditions {
  readonly #ort: typeof Ort;
  readonly #graph: GraphFile;
  readonly #open = new Map<GraphNode, OpenSlice>();

  constructor(ort: typeof Ort, graph: GraphFile) {
    this.#ort = ort;
    this.#graph = graph;
  }

  /** Whether a run takes the `then` branch of an `If`. Throws `block-unreadable`. */
  async isTrue(scope: Scope, node: GraphNode, feeds: Feeds): Promise<boolean> {
    const slice = this.#open.get(node) ?? (await this.#opened(scope, node));
    this.#open.set(node, slice);
    const [condition] = (await slice.run(feeds)).values();
    return condition !== undefined && condition.data[0] !== 0;
  }

  async dispose(): Promise<void> {
    for (const slice of this.#open.values()) await slice.dispose();
  }

  async #opened(scope: Scope, node: GraphNode): Promise<OpenSlice> {
    try {
      const slice = sliceFromStart(scope, [node.inputs[0] ?? '']);
      return await OpenSlice.open(this.#ort, this.#graph, slice);
    } catch (thrown) {
      throw unreadable(this.#graph, thrown);
    }
  }
}

/** The branches that one run takes: each condition is computed once. */
export class Branches {
  readonly feeds: Feeds;
  readonly #conditions: Conditions;
  readonly #taken = new Map<GraphNode, boolean>();

  constructor(conditions: Conditions, feeds: Feeds) {
    this.#conditions = conditions;
    this.feeds = feeds;
  }

  /** The attention itself, in the branches that the run takes. */
  async found(found: Found): Promise<Found> {
    const { place, scope } = found;
    if (place.in !== 'branches') return found;
    return this.found(takenBranch(found, await this.#isTrue(scope, place.node)));
  }

  /** An output of the graph, as the tensor of the branch that gives it. */
  async output(scope: Scope, tensor: string): Promise<{ readonly scope: Scope; readonly tensor: string }> {
    const producer = scope.producerOf(tensor);
    const branches = producer && producer.scope.branches.get(producer.node);
    if (!producer || !branches || producer.node.op !== 'If') return { scope, tensor };
    const { node, output } = producer;
    const taken = branchOf(node, branches, await this.#isTrue(producer.scope, node));
    return taken ? this.output(taken, taken.graph.outputs[output] ?? '') : { scope, tensor };
  }

  /** Equal for runs that take the same branches. */
  get key(): string {
    return [...this.#taken.values()].join();
  }

  async #isTrue(scope: Scope, node: GraphNode): Promise<boolean> {
    const taken = this.#taken.get(node) ?? (await this.#conditions.isTrue(scope, node, this.feeds));
    this.#taken.set(node, taken);
    return taken;
  }
}
