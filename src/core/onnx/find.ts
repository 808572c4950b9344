import { itemAt } from '../item-at.ts';
import { unexposable, unreadable } from './error.ts';
import { type GraphNode, intOf, type Model } from './graph.ts';
import { gateAfter } from './gate.ts';
import { hasHeadsInside, headsOf } from './heads.ts';
import { Scope } from './scope.ts';
import { blocksOf } from './blocks.ts';
import { selectsKeys } from './selection.ts';
import { rankOf } from './shape.ts';
import { isNormalised, kindOf, operatorForm, type OperatorForm } from './operator.ts';
import { nodeName, type AttentionSite } from './site.ts';
import { decomposedAttention } from './softmax.ts';

/** What is known of an attention before it is exposed. */
export type Finding = Omit<AttentionSite, 'layer' | 'number' | 'output'>;

/** An attention whose probabilities are a tensor of the graph already. */
export interface TensorPlace {
  readonly in: 'tensor';
  readonly tensor: string;
  /** Whether its heads stand behind its queries. */
  readonly headsInside: boolean;
  /** Whether its keys stand before its queries. */
  readonly turned: boolean;
  /** The nodes that make it: queries times keys, the softmax, and the product with the values. */
  readonly product: GraphNode;
  readonly softmax: GraphNode;
  readonly average: GraphNode;
}

/** An attention that one operator computes as a whole. */
export interface OperatorPlace {
  readonly in: 'operator';
  readonly node: GraphNode;
  readonly form: OperatorForm;
}

/** An attention that stands in every branch of an `If`; the branches in the order of the node's attributes. */
export interface BranchPlace {
  readonly in: 'branches';
  readonly node: GraphNode;
  readonly branches: readonly Found[];
}

export type SitePlace = TensorPlace | OperatorPlace | BranchPlace;

/** An attention and where its probabilities are to be had. */
export interface Found {
  readonly scope: Scope;
  readonly finding: Finding;
  readonly place: SitePlace;
}

/** Attention operators read masks and biases behind queries, keys and values. */
const firstMask = 3;
/** More attentions than this in one graph are taken for a trap. */
const maxSites = 2048;

/**
 * A softmax of queries times keys whose weights go into a node of which nothing is known, so that it is not taken for
 * attention.
 */
export interface Unread {
  readonly softmax: GraphNode;
  readonly by: GraphNode;
}

/**
 * Finds every attention of a model, first layer first; `unread` hears of what may be one. Throws GraphError where one
 * is there that cannot be exposed.
 */
export function findAttention(model: Model, unread: (one: Unread) => void = () => undefined): readonly Found[] {
  return findIn(new Scope(model), unread);
}

function findIn(scope: Scope, unread: (one: Unread) => void): readonly Found[] {
  const found: Found[] = [];
  const shown = new Map<string, number>();
  for (const node of scope.order) {
    const own = findOperator(scope, node, found.length) ?? findDecomposed(scope, node, unread);
    if (own !== null) {
      const known = own.place.in === 'tensor' ? shown.get(own.place.tensor) : undefined;
      if (own.place.in === 'tensor') shown.set(own.place.tensor, known ?? found.length);
      if (known === undefined) found.push(own);
      else found[known] = nearer(itemAt(found, known), own);
    }
    if (found.length > maxSites) throw unreadable((says) => says.attentions(maxSites));
    const branches = scope.branches.get(node);
    if (branches !== undefined) found.push(...findInBranches(scope, node, branches, found.length, unread));
  }
  return found;
}

/**
 * Two softmaxes whose weights are joined before they meet the values are one attention: that of which less is changed,
 * since the other may be that of scores that mask it, or else the first (where one is subtracted from the other, say).
 */
function nearer(one: Found, other: Found): Found {
  return other.finding.changes.length < one.finding.changes.length ? other : one;
}

function findOperator(scope: Scope, node: GraphNode, before: number): Found | null {
  const form = operatorForm(node, before);
  if (form === null) return null;
  const [query = '', key = ''] = node.inputs;
  const heads = intOf(node, 'num_heads', intOf(node, 'q_num_heads', 0));
  const finding: Finding = {
    kind: form.kind(scope, node),
    form: form.form,
    op: node.op,
    node: node.name,
    normalised: isNormalised(node),
    sink: !isNormalised(node),
    changes: [],
    window: windowOf(node),
    blocks: null,
    selects: selectsKeys(scope, node.inputs.slice(firstMask)),
    gate: gateOf(scope, node),
    rank: 4,
    heads: heads > 0 ? heads : null,
    queryInputs: scope.sourceNames(query),
    keyInputs: scope.sourceNames(scope.sourcesOf(key) === 0n ? query : key),
    query: null,
    key: null,
    keyTransposed: false,
    value: null,
    scores: null,
  };
  return { scope, finding, place: { in: 'operator', node, form } };
}

/** The window of a GroupQueryAttention; −1 where it has none. */
function windowOf(node: GraphNode): number | null {
  const window = intOf(node, 'local_window_size', -1);
  return window > 0 ? window : null;
}

function gateOf(scope: Scope, average: GraphNode): string | null {
  const gate = gateAfter(scope, average);
  return gate && nodeName(gate);
}

function findDecomposed(scope: Scope, node: GraphNode, unread: (one: Unread) => void): Found | null {
  const attention = decomposedAttention(scope, node, (by) => unread({ softmax: node, by }));
  if (attention === null) return null;
  const { probabilities, turned, cut, masked, changes } = attention;
  const { query, key, keyTransposed } = attention.product;
  const blocks = blocksOf(scope, key);
  const finding: Finding = {
    kind: kindOf(scope, query, key),
    form: 'softmax',
    op: node.op,
    node: node.name,
    normalised: !cut && !masked && blocks !== 'sums' && changes.every(({ how }) => how !== 'changed'),
    sink: cut,
    changes,
    window: null,
    blocks,
    selects: selectsKeys(scope, [attention.scores]),
    gate: gateOf(scope, attention.average),
    rank: rankOf(scope, probabilities),
    heads: headsOf(scope, query),
    queryInputs: scope.sourceNames(query),
    keyInputs: scope.sourceNames(key),
    query,
    key,
    keyTransposed,
    value: attention.value,
    scores: attention.scores,
  };
  return {
    scope,
    finding,
    place: {
      in: 'tensor',
      tensor: probabilities,
      turned,
      product: attention.product.node,
      softmax: node,
      average: attention.average,
      headsInside: !turned && hasHeadsInside(scope, query, probabilities),
    },
  };
}

/** Pairs the attention of an If's branches: the first of one with the first of the other, and so on. */
function findInBranches(
  scope: Scope,
  node: GraphNode,
  branches: readonly Scope[],
  before: number,
  unread: (one: Unread) => void,
): readonly Found[] {
  const inEach = branches.map((branch) => findIn(branch, unread));
  const first = inEach[0] ?? [];
  if (inEach.every((found) => found.length === 0)) return [];
  const where = { op: node.op, layer: before };
  if (node.op !== 'If') throw unexposable((says) => says.inside(before, node.op), where);
  if (inEach.some((found) => found.length !== first.length)) {
    const counts = inEach.slice(0, 4).map((found) => found.length);
    throw unexposable((says) => says.uneven(before, counts), where);
  }
  return first.map((one, at) => {
    const each = inEach.map((found) => found[at]).filter((other) => other !== undefined);
    if (each.some((other) => other.finding.kind !== one.finding.kind)) {
      throw unexposable((says) => says.kinds(before + at), {
        op: node.op,
        layer: before + at,
      });
    }
    const finding: Finding = { ...one.finding, ...together(each), query: null, key: null, value: null, scores: null };
    return { scope, finding, place: { in: 'branches', node, branches: each } };
  });
}

/** What holds of an attention whichever branch runs. */
function together(each: readonly Found[]): Pick<Finding, 'normalised' | 'sink' | 'selects' | 'changes'> {
  const findings = each.map(({ finding }) => finding);
  return {
    normalised: findings.every(({ normalised }) => normalised),
    sink: findings.some(({ sink }) => sink),
    selects: findings.some(({ selects }) => selects),
    changes: findings.flatMap(({ changes }) => changes),
  };
}
