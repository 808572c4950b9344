import type { LayerKind } from '../attention/layers.ts';
import type { GraphNode } from '../onnx/graph.ts';
import { nearestNumber } from '../onnx/layer-names.ts';
import type { Scope } from '../onnx/scope.ts';
import { linearOf } from './linear.ts';
import type { PartName } from './part-name.ts';
import { mixing } from './stream.ts';

/** What an input of a graph brings to the stream. */
export type StreamInput = 'ids' | 'segments' | 'positions' | 'embeddings' | 'states' | 'other';

/** The attention of a graph as its model counts it. */
export interface SiteLabel {
  /** Its place in the order of the graph. */
  readonly site: number;
  readonly map: Extract<PartName, { kind: 'head' }>['map'];
  readonly layer: number;
  readonly heads: number;
}

/** What is known of a graph beside its nodes. */
export interface StreamFacts {
  /** What each input of the graph brings. */
  readonly inputs: ReadonlyMap<string, StreamInput>;
  /** The attentions by the tensors that carry their weights times values. */
  readonly sites: ReadonlyMap<string, SiteLabel>;
  /** What each layer of the model is; null where all attend. */
  readonly kinds: readonly LayerKind[] | null;
  /** The number of the last layer that may have written anything. */
  readonly last: number;
}

/**
 * How many nodes a part is searched for what it consists of, and the way from an output projection to its attention.
 */
const reach = 4000;
const near = 64;
/** Operators that pass ids on as they are. */
const same: ReadonlySet<string> = new Set(['Cast', 'Identity', 'Reshape', 'Squeeze', 'Unsqueeze', 'Flatten', 'Clip']);

/** The inputs whose numbers say what the tokens are, as bits of `Scope.sourcesOf`. */
export function contentOf({ model: { graph } }: Scope, inputs: StreamFacts['inputs']): bigint {
  const isContent = (name: string): boolean =>
    ['ids', 'embeddings', 'states', 'other'].includes(inputs.get(name) ?? '');
  return graph.inputs.reduce((bits, name, at) => (isContent(name) ? bits | (1n << BigInt(at)) : bits), 0n);
}

/** Names the parts of a residual stream by the nodes that write them. */
export class LeafNames {
  readonly #scope: Scope;
  readonly #facts: StreamFacts;
  /** The number of the last layer whose attention a tensor depends on; none where there is no entry. */
  readonly #after = new Map<string, number>();
  readonly #counted = new Map<string, number>();

  constructor(scope: Scope, facts: StreamFacts) {
    this.#scope = scope;
    this.#facts = facts;
    for (const node of scope.order) {
      scope.model.budget.spend(1 + node.inputs.length);
      if (node.op === 'Shape') continue;
      let layer = this.#siteWrittenBy(node)?.layer ?? -1;
      for (const input of node.inputs) layer = Math.max(layer, this.#after.get(input) ?? -1);
      if (layer >= 0) for (const output of node.outputs) this.#after.set(output, layer);
    }
  }

  /** The attention whose heads a tensor holds beside each other, changed by gates at most; null for other tensors. */
  siteOf(tensor: string): SiteLabel | null {
    const isProduct = (input: string): boolean => {
      const producer = this.#scope.producerOf(input);
      return producer !== null && linearOf(producer.scope, producer.node) !== null;
    };
    return isProduct(tensor) ? null : (this.#behind(tensor, near, isProduct).sites[0] ?? null);
  }

  /** A tensor that the graph is given. */
  ofInput(tensor: string): PartName {
    const role = this.#facts.inputs.get(tensor);
    if (role === 'embeddings') return { kind: 'word' };
    if (role === 'states') return { kind: 'states' };
    return role === 'positions' ? { kind: 'position' } : { kind: 'stream', layer: null };
  }

  /** Rows of a stored table, by the numbers that choose them. */
  ofTable(index: string): PartName {
    const roles = this.#scope.sourceNames(index).map((name) => this.#facts.inputs.get(name));
    if (roles.includes('segments')) return { kind: 'segment' };
    return roles.includes('ids') && this.#isGiven(index) ? { kind: 'word' } : { kind: 'position' };
  }

  /**
   * A part that is no sum, by what lies between it and the tensors of the stream that it is made of: several
   * attentions, or an embedding, are a stream whose sums were not found.
   */
  ofPart(tensor: string, stream: ReadonlySet<string>): PartName {
    if (!this.#isOfText(tensor)) return { kind: 'position' };
    const layer = this.layerOf(tensor);
    const { sites, ops, isEmbedded } = this.#behind(tensor, reach, (input) => stream.has(input));
    const [site] = sites;
    if (isEmbedded || sites.length > 1) return { kind: 'stream', layer };
    if (site !== undefined) return { kind: 'attention', map: site.map, layer: site.layer };
    if (ops.size === 0) return { kind: 'feed-forward', layer };
    const kind = layer === null ? undefined : this.#facts.kinds?.[layer];
    const isConvolution = [...ops].every((op) => op === 'Conv');
    const of = kind !== undefined && kind !== 'attention' ? kind : isConvolution ? 'convolution' : 'other';
    return { kind: 'mixer', layer, of };
  }

  /**
   * Counts layers where no names tell them, by the kinds of all layers: `written` are the parts of a stream in the
   * order of the graph, each the next layer of another kind than attention (or within the layer before it).
   */
  count(written: readonly { readonly tensor: string; readonly isMixer: boolean }[]): void {
    const { kinds, last } = this.#facts;
    let layer = -1;
    for (const { tensor, isMixer } of written) {
      layer = Math.max(layer, this.#after.get(tensor) ?? -1);
      const next = kinds?.[layer + 1];
      const isNext = isMixer ? next !== 'attention' && next !== 'feed-forward' : next === 'feed-forward';
      if (next !== undefined && isNext && layer < last) layer += 1;
      this.#counted.set(tensor, layer);
    }
  }

  /** Whether a part mixes tokens. */
  isMixer(tensor: string, stream: ReadonlySet<string>): boolean {
    return this.#behind(tensor, reach, (input) => stream.has(input)).ops.size > 0;
  }

  /** Whether one tensor is made of another. */
  isMadeOf(tensor: string, other: string): boolean {
    const { seen } = this.#behind(tensor, Infinity, (input) => input === other);
    return seen.has(other);
  }

  /**
   * The number of the layer that a tensor belongs to: what names say, as long as it lies between the attentions before
   * and after; the layer of the attention before where they do not. Null before the first layer.
   */
  layerOf(tensor: string): number | null {
    const after = this.#after.get(tensor) ?? -1;
    const producer = this.#scope.producerOf(tensor);
    const named = producer === null ? null : nearestNumber(producer.scope, producer.node);
    const counted = this.#counted.get(tensor) ?? after;
    const layer = named !== null && named >= after && named <= this.#facts.last ? named : counted;
    return layer < 0 ? null : layer;
  }

  #isGiven(index: string): boolean {
    let at = index;
    for (let steps = 0; steps < near; steps += 1) {
      const producer = this.#scope.producerOf(at);
      if (producer === null) return true;
      if (!same.has(producer.node.op)) return false;
      at = producer.node.inputs[0] ?? '';
    }
    return false;
  }

  #siteWrittenBy(node: GraphNode): SiteLabel | undefined {
    return this.#facts.sites.get(node.outputs[0] ?? '');
  }

  #isOfText(tensor: string): boolean {
    return (this.#scope.sourcesOf(tensor) & contentOf(this.#scope, this.#facts.inputs)) !== 0n;
  }

  /** What lies behind a tensor, up to tensors at which the search ends. */
  #behind(tensor: string, most: number, ends: (input: string) => boolean): Behind {
    const ops = new Set<string>();
    const sites: SiteLabel[] = [];
    let isEmbedded = false;
    const queue = [tensor];
    const seen = new Set(queue);
    for (let at = 0; at < queue.length && at < most; at += 1) {
      const current = queue[at] ?? '';
      const producer = at > 0 && ends(current) ? null : this.#scope.producerOf(current);
      if (producer === null) continue;
      const { node, scope } = producer;
      const site = this.#siteWrittenBy(node);
      if (site !== undefined) sites.push(site);
      scope.model.budget.spend(2 + node.inputs.length);
      if (mixing.has(node.op)) ops.add(node.op);
      isEmbedded ||= node.op === 'Gather' && scope.sourcesOf(node.inputs[0] ?? '') === 0n && this.#isOfText(current);
      // Scores are of the attention, and so is all that they are made of.
      for (const input of site === undefined ? node.inputs : []) {
        if (input === '' || seen.has(input) || scope.sourcesOf(input) === 0n) continue;
        seen.add(input);
        queue.push(input);
      }
    }
    return { sites, ops, isEmbedded, seen };
  }
}

/** What a search found: attentions, operators that mix tokens, whether rows of a table were chosen by tokens. */
interface Behind {
  readonly sites: readonly SiteLabel[];
  readonly ops: ReadonlySet<string>;
  readonly isEmbedded: boolean;
  readonly seen: ReadonlySet<string>;
}
