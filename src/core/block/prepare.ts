import { exposeAttention, type Exposure } from '../onnx/expose.ts';
import type { Found } from '../onnx/find.ts';
import type { ModelEdit } from '../onnx/edit.ts';
import type { GraphNode } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import type { Block, Operand, ScoreStep } from './block.ts';
import { cellTensors, isReadable } from './explain.ts';
import { findBlocks } from './find-blocks.ts';
import { words } from '../words/words.ts';

/** A model whose attention is among its outputs, and of each attention the tensors that take it apart. */
export interface BlockExposure extends Exposure {
  /** The block of every site, its tensors by the names of the outputs that carry them. */
  readonly blocks: readonly Block[];
  /** Every output that was added for a block. */
  readonly tensors: ReadonlySet<string>;
}

/**
 * Exposes the attention of a model as `exposeAttention` does, and gives names to the tensors of its blocks: what is not
 * asked for of them in a run is not kept. Throws GraphError.
 */
export function exposeBlocks(bytes: Uint8Array): BlockExposure {
  const tensors = new Set<string>();
  let blocks: readonly Block[] = [];
  const exposure = exposeAttention(bytes, {
    also: (edit, sites) => {
      const placed = sites.map(({ found, site }) => ({ found, layer: site.layer }));
      const inBranches = Array.from({ length: maxBranches(sites) }, (_, branch) => findBlocks(placed, branch));
      blocks = sites.map(({ found, site }, at) => {
        const each = inBranches.flatMap((branch) => branch[at] ?? []);
        return exposed(new Giver(edit, tensors, `block.${site.kind}.${site.layer}`), found, each);
      });
    },
  });
  return { ...exposure, blocks, tensors };
}

function maxBranches(sites: readonly { readonly found: Found }[]): number {
  return Math.max(...sites.map(({ found }) => (found.place.in === 'branches' ? found.place.branches.length : 1)));
}

/** Makes outputs of a block's tensors. What a branch gives goes out through its `If`. */
function exposed(giver: Giver, { place, scope }: Found, each: readonly Block[]): Block {
  const [block] = each;
  if (block === undefined) throw new RangeError('There is no block for an attention.');
  if (!isReadable(block)) return block;
  if (place.in !== 'branches') return renamed(block, (tensor) => giver.fromGraph(scope, tensor));
  const others = each.slice(0, place.branches.length);
  const lists = others.map((other) => (isReadable(other) ? cellTensors(other) : []));
  const [first = []] = lists;
  if (lists.some((list, at) => list.length !== first.length || kindsOf(others[at]) !== kindsOf(block)))
    return {
      ...block,
      steps: null,
      missing: [...block.missing, { part: 'scores', why: words().details.block.branches }],
    };
  const names = first.map((_, at) => {
    place.branches.forEach((branch, number) => giver.fromBranch(branch.scope, lists[number]?.[at] ?? ''));
    return giver.through(place.node);
  });
  return renamed(block, (tensor) => names[first.indexOf(tensor)] ?? tensor);
}

function kindsOf(block: Block | undefined): string {
  return block?.steps?.map(({ kind }) => kind).join() ?? '';
}

/** A block with the tensors that {@link cellTensors} lists under other names. */
function renamed(block: Block, nameOf: (tensor: string) => string): Block {
  const known = new Map<string, string>();
  const name = (tensor: string): string => {
    const own = known.get(tensor) ?? nameOf(tensor);
    known.set(tensor, own);
    return own;
  };
  const optional = (tensor: string | null): string | null => (tensor === null ? null : name(tensor));
  return {
    ...block,
    query: optional(block.query),
    key: optional(block.key),
    value: optional(block.value),
    scores: optional(block.scores),
    steps: block.steps?.map((step) => renamedStep(step, name)) ?? null,
  };
}

function renamedStep(step: ScoreStep, name: (tensor: string) => string): ScoreStep {
  const operand = (each: Operand): Operand => ('tensor' in each ? { tensor: name(each.tensor) } : each);
  if (step.kind === 'tanh') return step;
  if (step.kind === 'choice') return { ...step, condition: operand(step.condition), other: operand(step.other) };
  return { ...step, operand: operand(step.operand) };
}

/** Gives tensors out of graphs and branches, and keeps the names of what was added. */
class Giver {
  readonly #edit: ModelEdit;
  readonly #added: Set<string>;
  readonly #prefix: string;

  constructor(edit: ModelEdit, added: Set<string>, prefix: string) {
    this.#edit = edit;
    this.#added = added;
    this.#prefix = prefix;
  }

  /** Makes a tensor an output of its graph; an input or a stored tensor under a second name. */
  fromGraph(scope: Scope, tensor: string): string {
    const isWritten = scope.producerOf(tensor)?.scope === scope && scope.stored(tensor) === null;
    const output = isWritten ? tensor : this.#copy(scope, tensor);
    if (this.#edit.addOutput(scope, output)) this.#added.add(output);
    return output;
  }

  /** Makes a copy of a tensor the next output of a branch. */
  fromBranch(scope: Scope, tensor: string): void {
    this.#edit.addOutput(scope, this.#copy(scope, tensor));
  }

  /** Names the output of an `If` that carries what its branches gave last. */
  through(node: GraphNode): string {
    const output = this.#edit.fresh(this.#prefix);
    this.#edit.appendOutput(node, output);
    this.#added.add(output);
    return output;
  }

  #copy(scope: Scope, tensor: string): string {
    return this.#edit.add(scope, `${this.#prefix}.copy`, { op: 'Identity', inputs: [tensor] });
  }
}
