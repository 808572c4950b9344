import { unexposable } from './error.ts';
import { findAttention, type Found } from './find.ts';
import type { Model } from './graph.ts';
import { Names } from './names.ts';
import { readModel } from './read.ts';
import type { Scope } from './scope.ts';
import type { AttentionSite, SiteKind } from './site.ts';
import { Splice } from './splice.ts';
import { nodeEntry, nodeOutputEntry, outputEntry } from './write.ts';

/** A model whose attention is among its outputs. */
export interface Exposure {
  /** The new file in order: views of the given bytes, with small pieces between them. `joinModel` or `settleModel` makes one of it. */
  readonly model: readonly Uint8Array[];
  readonly byteLength: number;
  readonly sites: readonly AttentionSite[];
  /** What was changed, a sentence each. */
  readonly notes: readonly string[];
}

interface Edit {
  readonly splice: Splice;
  readonly names: Names;
  readonly model: Model;
}

/**
 * Finds every attention in an ONNX model and adds its probabilities to the model's outputs. Weights are neither read nor copied;
 * weights in external files are not needed. Throws GraphError when the bytes are no model, or when attention cannot be exposed.
 */
export function exposeAttention(bytes: Uint8Array): Exposure {
  const model = readModel(bytes);
  const found = findAttention(model);
  if (found.length === 0) throw unexposable(nothingFound(model));
  const edit: Edit = { splice: new Splice(), names: new Names(model.names), model };
  const layers = new Map<SiteKind, number>();
  const sites = found.map((one) => {
    const layer = layers.get(one.finding.kind) ?? 0;
    layers.set(one.finding.kind, layer + 1);
    const output = reveal(edit, one, `attention.${one.finding.kind}.${layer}`);
    addOutput(edit, one.scope, output);
    return { ...one.finding, layer, output };
  });
  const chunks = edit.splice.chunks(bytes);
  return { model: chunks, byteLength: chunks.reduce((sum, chunk) => sum + chunk.length, 0), sites, notes: notesOf(model, sites) };
}

/** Makes sure that a tensor of the attention's own scope carries the probabilities, and names it. */
function reveal(edit: Edit, found: Found, name: string): string {
  const { place, scope } = found;
  if (place.in === 'branches') {
    for (const branch of place.branches) {
      const tensor = reveal(edit, branch, `${name}.branch`);
      addOutput(edit, branch.scope, branch.scope.graph.outputs.includes(tensor) ? alias(edit, branch.scope, tensor, name) : tensor);
    }
    const output = edit.names.fresh(name);
    edit.splice.append(place.node.message, nodeOutputEntry(output));
    return output;
  }
  return edit.model.half ? toFloat(edit, scope, place.tensor, name) : place.tensor;
}

function addOutput(edit: Edit, scope: Scope, tensor: string): void {
  if (!scope.graph.outputs.includes(tensor)) edit.splice.append(scope.graph.message, outputEntry(tensor));
}

/** A second name for a tensor: a branch may not give the same one twice. */
function alias(edit: Edit, scope: Scope, tensor: string, name: string): string {
  const output = edit.names.fresh(name);
  edit.splice.append(scope.graph.message, nodeEntry({ op: 'Identity', inputs: [tensor], outputs: [output] }));
  return output;
}

/** 32-bit floats, whatever the model calculates with. */
function toFloat(edit: Edit, scope: Scope, tensor: string, name: string): string {
  const output = edit.names.fresh(name);
  edit.splice.append(scope.graph.message, nodeEntry({ op: 'Cast', inputs: [tensor], outputs: [output], attributes: { to: 1 } }));
  return output;
}

function nothingFound(model: Model): string {
  if (model.functions > 0) return 'it keeps its nodes in functions of its own, which are not looked into';
  return 'no node of its graph computes softmax(query·key)·value, and none is an attention operator';
}

function notesOf(model: Model, sites: readonly AttentionSite[]): readonly string[] {
  const groups = new Map<string, number>();
  for (const { kind, op } of sites) groups.set(`${kind} ${op}`, (groups.get(`${kind} ${op}`) ?? 0) + 1);
  const notes = [...groups].map(([group, count]) => {
    const [kind = '', op = ''] = group.split(' ');
    return `${kind} attention of ${count} ${count === 1 ? 'layer' : 'layers'} read from ${op}; nothing else changed`;
  });
  if (model.half) notes.push('attention is given in 32-bit floats; the model calculates with 16 bits');
  return notes;
}
