import type { Found } from '../onnx/find.ts';
import type { Scope } from '../onnx/scope.ts';
import { nodeName } from '../onnx/site.ts';
import type { Addition, Block, MissingPart, Projection } from './block.ts';
import { normOf } from './norm.ts';
import { outputProjection, projectionOf } from './projection.ts';
import { scoreSteps } from './score-steps.ts';
import { additionOf, feedForwardOf } from './stream.ts';
import { words } from '../words/words.ts';

/** An attention with its layer, and the scope that the tensors of its block are names of. */
export interface Placed {
  readonly found: Found;
  readonly layer: number;
}

/**
 * The block around each attention of a graph, in the order given. One that stands in the branches of an `If` is read in
 * the first of them. What is not found is said by name; the rest stands.
 */
export function findBlocks(placed: readonly Placed[]): readonly Block[] {
  const blocks = placed.map(({ found, layer }) => blockOf(innermost(found), layer));
  const taken = new Set(blocks.map(({ attention }) => sumOf(attention)));
  return blocks.map((block, at) => {
    const found = placed[at]?.found;
    if (found === undefined || block.attention === null) return block;
    const feedForward = feedForwardOf(innermost(found).scope, block.attention, taken);
    // A decoder's own attention is followed by the one over the source, and that by the feed-forward part.
    const missing: MissingPart[] =
      feedForward === null && !isFollowed(block.attention, blocks)
        ? [{ part: 'feed-forward', why: words().details.block.noFeedForward }]
        : [];
    return { ...block, feedForward, missing: [...block.missing, ...missing] };
  });
}

function sumOf(addition: Addition | null): string {
  return addition?.sum ?? addition?.normAfter?.output ?? '';
}

function isFollowed(addition: Addition, blocks: readonly Block[]): boolean {
  const stream = addition.normAfter?.output ?? addition.sum;
  return blocks.some(({ attention }) => attention?.stream === stream);
}

/** The attention itself: where it stands in an `If`, that of the first branch. */
function innermost(found: Found): Found {
  const inside = found.place.in === 'branches' ? found.place.branches[0] : undefined;
  return inside === undefined ? found : innermost(inside);
}

function blockOf(found: Found, layer: number): Block {
  const { scope, finding, place } = found;
  if (place.in !== 'tensor') return hidden(found, layer, words().details.block.operator(finding.op));
  if (finding.blocks) return hidden(found, layer, words().details.block.blocks);
  const { query, key, value, scores } = finding;
  const says = words().details.block;
  const missing: MissingPart[] = [];
  const chain = scoreSteps(scope, scores ?? '', place.product, value ?? '');
  if (chain.steps === null)
    missing.push({
      part: 'scores',
      why: says.step(words().reading.node(chain.stoppedBy.op, nodeName(chain.stoppedBy))),
    });
  const projected = {
    query: projectionOf(scope, query ?? ''),
    key: projectionOf(scope, key ?? ''),
    value: projectionOf(scope, value ?? ''),
  };
  for (const part of ['query', 'key', 'value'] as const)
    if (projected[part].projection === null) missing.push({ part: `${part} projection`, why: projected[part].why });
  const context = place.average.outputs[0] ?? '';
  const output = outputProjection(scope, context);
  if (output === null) missing.push({ part: 'output projection', why: says.noOutput });
  else if (output.gate !== null)
    missing.push({ part: 'output projection', why: says.gated(gateNode(scope, output.gate)) });
  const residual = output && additionOf(scope, output.projection.output, projected.query.projection?.input ?? null);
  if (output !== null && residual === null) missing.push({ part: 'residual', why: says.noSum });
  return {
    kind: finding.kind,
    layer,
    headsInside: place.headsInside,
    query,
    key,
    keyTransposed: finding.keyTransposed,
    value,
    scores,
    weights: place.softmax.outputs[0] ?? null,
    context,
    steps: chain.steps,
    places: projected.query.places,
    projections: {
      query: projected.query.projection,
      key: projected.key.projection,
      value: projected.value.projection,
    },
    normBefore: normBefore(scope, projected.query.projection, residual, missing),
    output: output?.gate === null ? output.projection : null,
    attention: residual,
    feedForward: null,
    missing,
  };
}

/** What computes a gate. */
function gateNode(scope: Scope, gate: string): string {
  const node = scope.producerOf(gate)?.node;
  return node === undefined ? gate : words().reading.node(node.op, nodeName(node));
}

/** The norm between the residual stream and the projections: there is none where the stream itself is projected. */
function normBefore(
  scope: Scope,
  projection: Projection | null,
  attention: Addition | null,
  missing: MissingPart[],
): Block['normBefore'] {
  if (projection === null) return null;
  if (attention !== null && attention.stream === projection.input) return null;
  const norm = normOf(scope, projection.input);
  if (norm === null && attention !== null) missing.push({ part: 'norm before', why: words().details.block.noNorm });
  return norm;
}

/** An attention whose parts are not read: one operator computes it as a whole, or it is computed block by block. */
function hidden({ finding }: Found, layer: number, why: string): Block {
  return {
    kind: finding.kind,
    layer,
    headsInside: false,
    query: null,
    key: null,
    keyTransposed: false,
    value: null,
    scores: null,
    weights: null,
    context: null,
    steps: null,
    places: 'none',
    projections: { query: null, key: null, value: null },
    normBefore: null,
    output: null,
    attention: null,
    feedForward: null,
    missing: [{ part: 'scores', why }],
  };
}
