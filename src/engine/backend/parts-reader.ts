import type * as Ort from 'onnxruntime-node';
import { findBlocks } from '../../core/block/find-blocks.ts';
import { logitHead, type LogitHead } from '../../core/block/logit-head.ts';
import type { PartName } from '../../core/block/part-name.ts';
import type { SiteLabel, StreamFacts } from '../../core/block/stream-leaf.ts';
import { linearParts, type Parts } from '../../core/block/stream-parts.ts';
import { streamTree } from '../../core/block/stream-tree.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import { findAttention, type Found } from '../../core/onnx/find.ts';
import type { Model } from '../../core/onnx/graph.ts';
import type { Scope } from '../../core/onnx/scope.ts';
import { unfused } from '../../core/onnx/unfuse/unfused.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import { Branches, Conditions } from './graph-branches.ts';
import { readGraph, type GraphFile } from './graph-file.ts';
import type { Feeds } from './slices.ts';
import {
  nodeWords,
  placedParts,
  wayOf,
  type OpenSide,
  type Rows,
  type Side,
  type SideAsk,
  type SideParts,
  type Unread,
} from './side-parts.ts';
import { StreamReader, type StreamExtras } from './stream-reader.ts';

/** What is known of a graph from outside: what its inputs bring, and its attentions in the order of the graph. */
export interface GraphFacts extends Omit<StreamFacts, 'sites' | 'last'> {
  readonly labels: readonly Omit<SiteLabel, 'site'>[];
}

/**
 * Takes the residual stream of a graph apart, and what is made of it. What is open stays so until it is disposed of.
 */
export class PartsReader {
  readonly #ort: typeof Ort;
  readonly #graph: GraphFile;
  readonly #facts: GraphFacts;
  readonly #work: Work;
  readonly #sides = new Map<string, Readonly<Record<Side, OpenSide | Unread>>>();
  readonly #streams = new Map<string, StreamReader>();
  readonly #conditions: Conditions;
  #found: readonly Found[] | null = null;

  constructor(ort: typeof Ort, graph: GraphFile, facts: GraphFacts, work: Work) {
    this.#ort = ort;
    this.#graph = graph;
    this.#facts = facts;
    this.#work = work;
    this.#conditions = new Conditions(ort, graph);
  }

  /**
   * The parts of a head's queries or keys at some rows of a run. Throws `block-unreadable`, `model-file-invalid`,
   * `cancelled`.
   */
  async side(ask: SideAsk, feeds: Feeds, rows: Rows, extras: StreamExtras): Promise<SideParts> {
    const branches = new Branches(this.#conditions, feeds);
    const found = await branches.found(itemAt(await this.#attentions(), ask.site));
    const key = [ask.site, branches.key].join();
    const sides = this.#sides.get(key) ?? (await this.#openSides(ask.site, found, branches));
    this.#sides.set(key, sides);
    const open = sides[ask.side];
    if ('why' in open) return { parts: [], whole: open.why };
    const run = await open.reader.run(feeds, rows.stream);
    const parts = [...(await open.reader.parts(run, extras)).values()];
    const bias: PartName = { kind: ask.side === 'query' ? 'query-bias' : 'key-bias' };
    const projected = await linearParts(parts, bias, (values) =>
      open.reader.linear(open.projection, values, rows.stream.length),
    );
    return { parts: await placedParts(open, ask, run, rows, [...projected.values()], bias, this.#work), whole: null };
  }

  /** The parts of an output of the graph, such as the states of an encoder, at some rows of a run. */
  async output(tensor: string, feeds: Feeds, rows: readonly number[], extras: StreamExtras): Promise<Parts> {
    const reader = this.#streams.get(tensor) ?? (await this.#openOutput(tensor, feeds));
    this.#streams.set(tensor, reader);
    return reader.parts(await reader.run(feeds, rows), extras);
  }

  /** The head of a graph's logits in the branches that a run takes, with the stream that it reads, open. */
  async head(logits: string, feeds: Feeds): Promise<{ readonly head: LogitHead; readonly reader: StreamReader }> {
    const branches = new Branches(this.#conditions, feeds);
    const { scope, tensor } = await this.#outputOf(logits, branches);
    const head = logitHead(scope, tensor);
    if (head.projection === null) throw this.#refused(head.stoppedBy === null ? logits : nodeWords(head.stoppedBy));
    const reader = await this.#open(scope, head.projection.input, branches, [
      head.projection.product,
      ...head.steps.flatMap((step) => (step.kind === 'tanh' ? [] : [step.tensor])),
    ]);
    this.#streams.set(logits, reader);
    const { nodes, root } = reader.tree;
    const stream = itemAt(nodes, root);
    const opaque = stream.kind === 'written' ? scope.producerOf(stream.tensor)?.node : undefined;
    if (opaque !== undefined) throw this.#refused(nodeWords(opaque));
    return { head, reader };
  }

  async dispose(): Promise<void> {
    await this.#conditions.dispose();
    for (const reader of this.#streams.values()) await reader.dispose();
  }

  #refused(by: string): AttentionError {
    const detail = words().details.block.nonlinearHead(by);
    return new AttentionError({ code: 'logits-not-linear', model: this.#graph.model, detail });
  }

  async #attentions(): Promise<readonly Found[]> {
    this.#found ??= inNodes(await readGraph(this.#graph, this.#work));
    return this.#found;
  }

  async #outputOf(tensor: string, branches: Branches): Promise<{ readonly scope: Scope; readonly tensor: string }> {
    const [first] = await this.#attentions();
    let scope = itemAt([first], 0)?.scope;
    while (scope?.parent) scope = scope.parent;
    if (!scope) throw new RangeError('The graph has no attention.');
    return branches.output(scope, tensor);
  }

  async #openOutput(name: string, feeds: Feeds): Promise<StreamReader> {
    const branches = new Branches(this.#conditions, feeds);
    const { scope, tensor } = await this.#outputOf(name, branches);
    return this.#open(scope, tensor, branches, []);
  }

  async #open(
    scope: Scope,
    tensor: string,
    branches: Branches,
    others: readonly string[],
    last = Infinity,
  ): Promise<StreamReader> {
    const tree = streamTree(scope, tensor, await this.#streamFacts(branches, last));
    return StreamReader.open(this.#ort, this.#graph, { tree, others }, this.#work);
  }

  async #streamFacts(branches: Branches, last: number): Promise<StreamFacts> {
    const sites = new Map<string, SiteLabel>();
    for (const [site, each] of (await this.#attentions()).entries()) {
      const { place } = await branches.found(each);
      const node = place.in === 'tensor' ? place.average : place.node;
      const label = this.#facts.labels[site];
      if (label) sites.set(node.outputs[0] ?? '', { ...label, site });
    }
    return { inputs: this.#facts.inputs, kinds: this.#facts.kinds, sites, last };
  }

  /** Opens both sides of an attention: where they are made of one stream, they share its runs. */
  async #openSides(site: number, found: Found, branches: Branches): Promise<Readonly<Record<Side, OpenSide | Unread>>> {
    const { scope } = found;
    const layer = itemAt(this.#facts.labels, site).layer;
    const [block] = findBlocks([{ found, layer }]);
    if (!block) throw new RangeError('The attention has no block.');
    const ways = { query: wayOf(scope, block, 'query'), key: wayOf(scope, block, 'key') };
    const open = async (side: Side): Promise<OpenSide | Unread> => {
      const way = ways[side];
      if ('why' in way) return way;
      const { input } = way.projection;
      const others = Object.values(ways).flatMap((each) =>
        'why' in each || each.projection.input !== input ? [] : each.tensors,
      );
      const name = [input, site, branches.key].join();
      const reader = this.#streams.get(name) ?? (await this.#open(scope, input, branches, [...new Set(others)], layer));
      this.#streams.set(name, reader);
      return { ...way, block, reader };
    };
    return { query: await open('query'), key: await open('key') };
  }
}

/** The attentions of a graph; where operators compute some as a whole, these are written out in single nodes. */
function inNodes(model: Model): readonly Found[] {
  const found = findAttention(model);
  return found.some(isFused) ? findAttention(unfused(model)) : found;
}

function isFused({ place }: Found): boolean {
  return place.in === 'branches' ? place.branches.some(isFused) : place.in === 'operator';
}
