import { isPermuted, type GraphNode } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import type { Norm, Projection } from './block.ts';
import { reshapes } from './linear.ts';
import { isMadeOf, normOf } from './norm.ts';
import type { PartName } from './part-name.ts';
import { productsOf } from './projection.ts';
import { skips } from './stream.ts';
import { contentOf, LeafNames, type SiteLabel, type StreamFacts } from './stream-leaf.ts';

/**
 * A tensor of the residual stream, by what it is made of. `sum` adds others, `norm`, `scaled` (by numbers that no token
 * enters) and `linear` are made of one other; `heads` is the product of an output projection, `written` is a part by
 * itself, `bias` numbers that are stored. Nodes are named by their place in {@link StreamTree}.
 */
export type StreamNode = { readonly tensor: string } & (
  | { readonly kind: 'sum'; readonly terms: readonly number[] }
  | { readonly kind: 'same'; readonly of: number }
  | { readonly kind: 'norm'; readonly norm: Norm; readonly bias: PartName; readonly of: number }
  | { readonly kind: 'scaled'; readonly factor: string; readonly inverse: boolean; readonly of: number }
  | { readonly kind: 'linear'; readonly projection: Projection; readonly bias: PartName; readonly of: number }
  | { readonly kind: 'heads'; readonly projection: Projection; readonly site: SiteLabel; readonly bias: PartName }
  | { readonly kind: 'written'; readonly name: PartName }
  | { readonly kind: 'bias'; readonly name: PartName }
);

/** What a tensor of the stream is the sum of: nodes in an order in which each comes after those that it is made of. */
export interface StreamTree {
  readonly nodes: readonly StreamNode[];
  readonly root: number;
  readonly scope: Scope;
}

/** Operators that fill a tensor of the size of the text with stored numbers. */
const filling: ReadonlySet<string> = new Set(['ConstantOfShape', 'Expand']);
/** The name of what no part of the stream is made of. */
const unreached: PartName = { kind: 'stream', layer: null };
/** More nodes than this, one made of the other, are no stream: a model of 128 layers has some 1,500. */
const maxDepth = 2000;

/**
 * Reads, backwards from a tensor, what it is a sum of. Nothing is left out: where the graph does not tell more, a
 * tensor is one part, at worst the whole.
 */
export function streamTree(scope: Scope, tensor: string, facts: StreamFacts): StreamTree {
  const builder = new TreeBuilder(scope, facts);
  const root = builder.build(tensor);
  return { root, nodes: builder.named(root), scope };
}

/** The place of a part that is no sum, and is named when all of the stream is known. */
interface Unnamed {
  readonly tensor: string;
  readonly kind: 'unnamed';
}

class TreeBuilder {
  readonly #nodes: (StreamNode | Unnamed)[] = [];
  readonly #scope: Scope;
  readonly #content: bigint;
  readonly #names: LeafNames;
  readonly #places = new Map<string, number>();
  #depth = 0;
  readonly #products = new Map<string, Projection>();

  constructor(scope: Scope, facts: StreamFacts) {
    this.#scope = scope;
    this.#content = contentOf(scope, facts.inputs);
    this.#names = new LeafNames(scope, facts);
    for (let at: Scope | null = scope; at !== null; at = at.parent)
      for (const [product, projection] of productsOf(at)) this.#products.set(product, projection);
  }

  /** The nodes, every part with its name. */
  named(root: number): readonly StreamNode[] {
    const reached = new Set([root]);
    for (let at = root; at >= 0; at -= 1) {
      const node = this.#nodes[at];
      if (!reached.has(at) || !node) continue;
      if (node.kind === 'sum') for (const term of node.terms) reached.add(term);
      else if ('of' in node) reached.add(node.of);
    }
    const stream = new Set([...reached].map((at) => this.#nodes[at]?.tensor ?? ''));
    const order = new Map(this.#scope.order.flatMap(({ outputs }, at) => outputs.map((output) => [output, at])));
    const unnamed = [...reached].flatMap((at) => {
      const node = this.#nodes[at];
      return node?.kind === 'unnamed' ? [node.tensor] : [];
    });
    unnamed.sort((a, b) => (order.get(a) ?? -1) - (order.get(b) ?? -1));
    this.#names.count(unnamed.map((tensor) => ({ tensor, isMixer: this.#names.isMixer(tensor, stream) })));
    return this.#nodes.map((node, at): StreamNode => {
      if (node.kind !== 'unnamed') return node;
      const { tensor } = node;
      return { tensor, kind: 'written', name: reached.has(at) ? this.#names.ofPart(tensor, stream) : unreached };
    });
  }

  /** The place of a tensor's node. */
  build(tensor: string): number {
    const known = this.#places.get(tensor);
    if (known !== undefined) return known;
    this.#scope.model.budget.spend(4);
    this.#depth += 1;
    const node = this.#depth < maxDepth ? this.#made(tensor) : this.#opaque(tensor);
    this.#depth -= 1;
    const place = this.#nodes.push(node) - 1;
    this.#places.set(tensor, place);
    return place;
  }

  #made(tensor: string): StreamNode | Unnamed {
    if (this.#scope.sourcesOf(tensor) === 0n) return this.#stored(tensor);
    const producer = this.#scope.producerOf(tensor);
    if (producer === null) return { tensor, kind: 'written', name: this.#names.ofInput(tensor) };
    const norm = normOf(this.#scope, tensor);
    if (norm !== null && norm.input !== '' && isMadeOf(this.#scope, tensor, norm.input))
      return this.#through(tensor, norm.input, (of) => ({
        tensor,
        kind: 'norm',
        norm,
        bias: this.#bias('norm-bias', tensor),
        of,
      }));
    const projection = this.#products.get(tensor);
    if (projection !== undefined) return this.#product(tensor, projection);
    return this.#byOperator(tensor, producer.node);
  }

  #byOperator(tensor: string, node: GraphNode): StreamNode | Unnamed {
    const [first = '', second = ''] = node.inputs;
    if (node.domain === 'com.microsoft') return this.#fused(tensor, node);
    if (node.domain !== '') return this.#opaque(tensor);
    if ((reshapes as readonly string[]).includes(node.op))
      return this.#through(tensor, first, (of) => ({ tensor, kind: 'same', of }));
    // With one text, tokens before the batch are rows as they are behind it.
    if (isPermuted(node, [1, 0, 2])) return this.#through(tensor, first, (of) => ({ tensor, kind: 'same', of }));
    switch (node.op) {
      case 'Add':
      case 'Sum':
        return this.#sum(tensor, node.inputs);
      case 'Mul': {
        const isFirst = !this.#isFactor(first);
        const [of, factor] = isFirst ? [first, second] : [second, first];
        if (!this.#isFactor(factor)) return this.#opaque(tensor);
        return this.#through(tensor, of, (at) => ({ tensor, kind: 'scaled', factor, inverse: false, of: at }));
      }
      case 'Div':
        if (!this.#isFactor(second)) return this.#opaque(tensor);
        return this.#through(tensor, first, (of) => ({ tensor, kind: 'scaled', factor: second, inverse: true, of }));
      case 'Gather':
        return this.#scope.sourcesOf(first) === 0n
          ? { tensor, kind: 'written', name: this.#names.ofTable(second) }
          : this.#opaque(tensor);
      default:
        return this.#opaque(tensor);
    }
  }

  /** A sum of stored numbers and tensors of the text; one alone that is a part by itself takes stored numbers in. */
  #sum(tensor: string, inputs: readonly string[]): StreamNode | Unnamed {
    const isText = (input: string): boolean => this.#scope.sourcesOf(input) !== 0n;
    const given = inputs.filter((input) => input !== '');
    const terms = given.filter(isText).map((input) => this.build(input));
    if (terms.length > 0 && terms.every((at) => this.#isUnnamed(at)) && !this.#isStream(terms))
      return this.#opaque(tensor);
    const [of] = terms;
    const stored = given.filter((input) => !isText(input)).map((input) => this.#storedTerm(input, of));
    return { tensor, kind: 'sum', terms: [...terms, ...stored] };
  }

  /** Stored numbers that are added: a table of places has a row for each token, a bias one for all. */
  #storedTerm(tensor: string, beside: number | undefined): number {
    const known = this.#places.get(tensor);
    if (known !== undefined) return known;
    const node = this.#stored(tensor, beside);
    this.#places.set(tensor, this.#nodes.length);
    return this.#nodes.push(node) - 1;
  }

  #stored(tensor: string, beside?: number): StreamNode | Unnamed {
    const made = this.#scope.producerOf(tensor)?.node;
    const dims = this.#scope.stored(tensor)?.dims;
    const hasRows = dims === undefined ? made?.op === 'Gather' || made?.op === 'Slice' : (dims.at(-2) ?? 1) > 1;
    if (hasRows) return { tensor, kind: 'written', name: this.#names.ofTable(made?.inputs[1] ?? '') };
    const other = beside === undefined ? undefined : this.#nodes[beside];
    const heads = other?.kind === 'same' ? this.#nodes[other.of] : other;
    if (heads?.kind === 'heads') return { tensor, kind: 'bias', name: heads.bias };
    const name = this.#bias('bias', tensor, other?.tensor);
    return { tensor, kind: made !== undefined && filling.has(made.op) ? 'written' : 'bias', name };
  }

  #product(tensor: string, projection: Projection): StreamNode | Unnamed {
    const site = this.#names.siteOf(projection.input);
    if (site !== null) {
      const { map, layer } = site;
      return { tensor, kind: 'heads', projection, site, bias: { kind: 'output-bias', map, layer } };
    }
    const bias = this.#bias('bias', tensor);
    return this.#through(tensor, projection.input, (of) => ({ tensor, kind: 'linear', projection, bias, of }));
  }

  #fused(tensor: string, node: GraphNode): StreamNode | Unnamed {
    const skip = skips.get(node.op);
    const [first = '', second = ''] = node.inputs;
    const bias = skip === undefined ? '' : (node.inputs[skip.bias] ?? '');
    const sum = node.outputs[3] ?? '';
    if (skip === undefined) return this.#opaque(tensor);
    if (tensor === sum) return this.#sum(tensor, [first, second, bias]);
    // Without the sum among its outputs there is no tensor whose statistics could be read.
    if (tensor !== node.outputs[0] || sum === '') return this.#opaque(tensor);
    const norm: Norm = { kind: skip.kind, input: sum, output: tensor };
    return this.#through(tensor, sum, (of) => ({
      tensor,
      kind: 'norm',
      norm,
      bias: this.#bias('norm-bias', tensor),
      of,
    }));
  }

  /** What is made of one other tensor: where that is a part by itself, so is this. */
  #through(tensor: string, of: string, made: (of: number) => StreamNode): StreamNode | Unnamed {
    const at = this.build(of);
    return this.#isUnnamed(at) ? this.#opaque(tensor) : made(at);
  }

  #isUnnamed(at: number): boolean {
    return this.#nodes[at]?.kind === 'unnamed';
  }

  /** Whether one of several parts is made of another: then they are a stream and what was added to it. */
  #isStream(terms: readonly number[]): boolean {
    const tensors = terms.map((at) => this.#nodes[at]?.tensor ?? '');
    return tensors.some((one) => tensors.some((other) => one !== other && this.#names.isMadeOf(one, other)));
  }

  #opaque(tensor: string): Unnamed {
    return { tensor, kind: 'unnamed' };
  }

  /** Whether no token enters a tensor: it is stored, or made of masks and places. */
  #isFactor(tensor: string): boolean {
    return (this.#scope.sourcesOf(tensor) & this.#content) === 0n;
  }

  #bias(kind: 'norm-bias' | 'bias', tensor: string, beside: string = tensor): PartName {
    return { kind, layer: this.#names.layerOf(beside) };
  }
}
