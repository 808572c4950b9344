import { unexposable } from './error.ts';
import { type GraphNode, intOf } from './graph.ts';
import type { Scope } from './scope.ts';
import type { AttentionForm, SiteKind } from './site.ts';

/** How an operator that computes attention by itself is made to show it. */
export interface OperatorForm {
  readonly form: AttentionForm;
  /** `probabilities`: it can give them; `scores`: it gives what its softmax reads; `rebuild`: it gives neither. */
  readonly gives: 'probabilities' | 'scores' | 'rebuild';
  /** The attribute that asks for it, and its value for that. */
  readonly ask?: { readonly attribute: string; readonly value: number };
  readonly kind: (scope: Scope, node: GraphNode) => SiteKind;
}

/** The output of the attention operators that carries scores or probabilities: the 4th, for all of them. */
export const qkOutput = 3;

const forms: ReadonlyMap<string, OperatorForm> = new Map<string, OperatorForm>([
  [
    'com.microsoft.GroupQueryAttention',
    { form: 'group-query', gives: 'probabilities', ask: { attribute: 'qk_output', value: 2 }, kind: groupedKind },
  ],
  [
    '.Attention',
    {
      form: 'onnx-attention',
      gives: 'probabilities',
      ask: { attribute: 'qk_matmul_output_mode', value: 3 },
      kind: kindBy('is_causal'),
    },
  ],
  ['com.microsoft.MultiHeadAttention', { form: 'multi-head', gives: 'scores', kind: kindBy('unidirectional') }],
  [
    'com.microsoft.DecoderMaskedMultiHeadAttention',
    { form: 'decoder-masked', gives: 'scores', ask: { attribute: 'output_qk', value: 1 }, kind: steppedKind },
  ],
  ['com.microsoft.Attention', { form: 'fused-attention', gives: 'rebuild', kind: kindBy('unidirectional') }],
  ['com.microsoft.QAttention', { form: 'fused-attention', gives: 'rebuild', kind: kindBy('unidirectional') }],
]);

/** Operators of onnxruntime that hold attention and neither give it nor can be rebuilt from what they read. */
const closed: ReadonlySet<string> = new Set([
  'PackedAttention',
  'PackedMultiHeadAttention',
  'LongformerAttention',
  'SparseAttention',
  'PagedAttention',
  'DecoderAttention',
  'DecoderMaskedSelfAttention',
  'FlexAttention',
  'BeamSearch',
  'WhisperBeamSearch',
  'GreedySearch',
  'Sampling',
]);

/**
 * Reads a node as an operator that computes a whole attention; null when it is none. Throws GraphError for one that
 * keeps it hidden.
 */
export function operatorForm(node: GraphNode, layer: number): OperatorForm | null {
  const form = forms.get(`${node.domain}.${node.op}`);
  if (form === undefined && node.domain !== '' && closed.has(node.op)) {
    throw unexposable((says) => says.hidden(layer, node.op), { op: node.op, layer });
  }
  return form ?? null;
}

/** Whether rows sum to 1: not where GroupQueryAttention has a sink (`smooth_softmax`, or the input `head_sink`). */
export function isNormalised(node: GraphNode): boolean {
  return (
    node.op !== 'GroupQueryAttention' ||
    (intOf(node, 'smooth_softmax', 0) !== 1 && (node.inputs[headSink] ?? '') === '')
  );
}

const headSink = 11;

function kindBy(attribute: string): (scope: Scope, node: GraphNode) => SiteKind {
  return (scope, node) =>
    intOf(node, attribute, 0) === 1 ? 'causal' : kindOf(scope, node.inputs[0] ?? '', node.inputs[1] ?? '');
}

/** Causal, unless its newer attribute says otherwise. */
function groupedKind(scope: Scope, node: GraphNode): SiteKind {
  if (intOf(node, 'causal', 1) === 1) return 'causal';
  return kindOf(scope, node.inputs[0] ?? '', node.inputs[1] ?? '');
}

/** One new token at a time: causal, unless its keys come from elsewhere. */
function steppedKind(scope: Scope, node: GraphNode): SiteKind {
  return kindOf(scope, node.inputs[0] ?? '', node.inputs[1] ?? '') === 'cross' ? 'cross' : 'causal';
}

/**
 * Keys of the same sequence are made from what the queries are made from (and a cache), so they depend on all inputs
 * that the queries depend on; keys of another sequence do not. A key that depends on nothing is a stored weight:
 * queries and keys are one input.
 */
export function kindOf(scope: Scope, query: string, key: string): SiteKind {
  const keys = scope.sourcesOf(key);
  return keys === 0n || (scope.sourcesOf(query) & ~keys) === 0n ? 'self' : 'cross';
}
