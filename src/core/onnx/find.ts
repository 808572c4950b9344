import { unexposable } from './error.ts';
import type { GraphNode, Model } from './graph.ts';
import { headsOf } from './heads.ts';
import { Scope } from './scope.ts';
import { rankOf } from './shape.ts';
import type { AttentionSite, SiteKind } from './site.ts';
import { decomposedAttention } from './softmax.ts';

/** What is known of an attention before it is exposed. */
export type Finding = Omit<AttentionSite, 'layer' | 'output'>;

/** An attention whose probabilities are a tensor of the graph already. */
export interface TensorPlace {
  readonly in: 'tensor';
  readonly scope: Scope;
  readonly tensor: string;
}

/** An attention that stands in every branch of an `If`; the branches in the order of the node's attributes. */
export interface BranchPlace {
  readonly in: 'branches';
  readonly node: GraphNode;
  readonly branches: readonly Found[];
}

export type Place = TensorPlace | BranchPlace;

/** An attention and where its probabilities are to be had. */
export interface Found {
  readonly scope: Scope;
  readonly finding: Finding;
  readonly place: Place;
}

/** Finds every attention of a model, first layer first. Throws GraphError where one is there that cannot be exposed. */
export function findAttention(model: Model): readonly Found[] {
  return findIn(new Scope(model));
}

function findIn(scope: Scope): readonly Found[] {
  const found: Found[] = [];
  for (const node of scope.order) {
    const own = findDecomposed(scope, node);
    if (own !== null) found.push(own);
    const branches = scope.branches.get(node);
    if (branches !== undefined) found.push(...findInBranches(scope, node, branches, found.length));
  }
  return found;
}

function findDecomposed(scope: Scope, node: GraphNode): Found | null {
  const attention = decomposedAttention(scope, node);
  if (attention === null) return null;
  const { query, key, keyTransposed } = attention.product;
  const finding: Finding = {
    kind: kindOf(scope, query, key),
    form: 'softmax',
    op: node.op,
    node: node.name,
    gives: 'probabilities',
    rank: rankOf(scope, attention.probabilities),
    heads: headsOf(scope, query),
    queryInputs: scope.sourceNames(query),
    keyInputs: scope.sourceNames(key),
    query,
    key,
    keyTransposed,
    value: attention.value,
    scores: attention.scores,
  };
  return { scope, finding, place: { in: 'tensor', scope, tensor: attention.probabilities } };
}

/**
 * Keys of the same sequence are made from what the queries are made from (and a cache), so they depend on all inputs that the
 * queries depend on; keys of another sequence do not.
 */
export function kindOf(scope: Scope, query: string, key: string): SiteKind {
  const queries = scope.sourcesOf(query);
  return (queries & ~scope.sourcesOf(key)) === 0n ? 'self' : 'cross';
}

/** Pairs the attention of an If's branches: the first of one with the first of the other, and so on. */
function findInBranches(scope: Scope, node: GraphNode, branches: readonly Scope[], before: number): readonly Found[] {
  const inEach = branches.map(findIn);
  const first = inEach[0] ?? [];
  if (inEach.every((found) => found.length === 0)) return [];
  const where = { op: node.op, layer: before };
  if (node.op !== 'If') throw unexposable(`its attention stands inside a ${node.op}, whose steps cannot be read one by one`, where);
  if (inEach.some((found) => found.length !== first.length)) {
    throw unexposable(`the branches of an If hold different numbers of attentions (${inEach.map((found) => found.length).join(' and ')})`, where);
  }
  return first.map((one, at) => {
    const each = inEach.map((found) => found[at]).filter((other) => other !== undefined);
    if (each.some((other) => other.finding.kind !== one.finding.kind)) {
      throw unexposable(`attention ${before + at} is of another kind in each branch of an If`, { op: node.op, layer: before + at });
    }
    const finding: Finding = { ...one.finding, query: null, key: null, value: null, scores: null };
    return { scope, finding, place: { in: 'branches', node, branches: each } };
  });
}
