import { byReference, ModelEdit } from '../onnx/edit.ts';
import { editAttention, editInputs, gateTensor, type EditInputs } from '../onnx/editable.ts';
import { findAttention, type Found } from '../onnx/find.ts';
import type { Model } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import type { SiteKind } from '../onnx/site.ts';
import { unfused } from '../onnx/unfuse/unfused.ts';
import { words } from '../words/words.ts';
import type { Block } from './block.ts';
import { findBlocks } from './find-blocks.ts';

/** One attention of an editable model. */
export interface EditableSite {
  /** The model output that carries its weights: edited, before the gate of the head. */
  readonly output: string;
  readonly inputs: EditInputs;
  readonly headsInside: boolean;
  /** The input that the feed-forward part after it is multiplied with; null where there is none or it was not found. */
  readonly feedForward: string | null;
  /** Why there is no such input: a phrase. */
  readonly missing: string | null;
}

/** A model that can be edited by inputs while it runs. */
export interface EditableModel {
  /** The file in order: views of the model's bytes with pieces between them. */
  readonly chunks: readonly Uint8Array[];
  /** Its attentions, in the order of the graph, as {@link findAttention} gives them. */
  readonly sites: readonly EditableSite[];
  /** Every input that was added, and the value at which it changes nothing. */
  readonly neutral: ReadonlyMap<string, number>;
}

/**
 * Makes every attention and every feed-forward part of a model editable by inputs, and adds the edited weights to its
 * outputs. Operators that compute a whole attention are written out in single nodes for that. With `file`, the name of
 * its own file, large weights are references into that file, as in a slice. Throws GraphError for a model with an
 * attention that cannot be edited.
 */
export function editableModel(model: Model, file: string | null = null): EditableModel {
  const written = unfused(file === null ? model : byReference(model, file));
  const found = findAttention(written);
  const edit = new ModelEdit(written);
  const values = new Map<string, number>();
  const input = (name: string, rank: number, value: number): string => {
    const added = edit.addInput(name, rank);
    values.set(added, value);
    return added;
  };
  const layers = new Map<SiteKind, number>();
  const parts = feedForwardParts(found);
  const sites = found.map((one, at): EditableSite => {
    const { kind } = one.finding;
    const layer = layers.get(kind) ?? 0;
    layers.set(kind, layer + 1);
    const name = `edit.${kind}.${layer}`;
    const inputs = editInputs((each, value) => input(`${name}.${each}`, 3, value));
    const output = editAttention(edit, one, inputs, `attention.${kind}.${layer}`, at);
    edit.addOutput(one.scope, output);
    const { tensors, missing } = parts(at);
    const feedForward = missing === null ? input(`${name}.feed-forward`, 1, 1) : null;
    if (feedForward !== null) for (const { scope, tensor } of tensors) gateTensor(edit, scope, tensor, feedForward);
    return { output, inputs, headsInside: isInside(one), feedForward, missing };
  });
  return { chunks: edit.chunks(), sites, neutral: values };
}

/** What a feed-forward part adds, in each branch that it stands in. */
interface Part {
  readonly tensors: readonly { readonly scope: Scope; readonly tensor: string }[];
  readonly missing: string | null;
}

/** The feed-forward part after each attention, by its place. */
function feedForwardParts(found: readonly Found[]): (at: number) => Part {
  const ways = Math.max(1, ...found.map(({ place }) => (place.in === 'branches' ? place.branches.length : 1)));
  const inWay = (one: Found, way: number): Found =>
    one.place.in === 'branches' ? inWay(one.place.branches[way] ?? one, 0) : one;
  const each = Array.from({ length: ways }, (_, way) => {
    const taken = found.map((one) => inWay(one, way));
    return { taken, blocks: findBlocks(taken.map((one, layer) => ({ found: one, layer }))) };
  });
  return (at) => {
    const tensors = each.flatMap(({ taken, blocks }, way) => {
      const [one, block] = [taken[at], blocks[at]];
      // What stands in no branch is the same every way.
      if (one === undefined || (way > 0 && found[at]?.place.in !== 'branches')) return [];
      return block?.feedForward ? [{ scope: one.scope, tensor: block.feedForward.added }] : [];
    });
    const expected = found[at]?.place.in === 'branches' ? ways : 1;
    const block = each[0]?.blocks[at];
    return { tensors, missing: tensors.length === expected ? null : whyMissing(block) };
  };
}

function whyMissing(block: Block | undefined): string {
  const missing = block?.missing.find(({ part }) => part === 'feed-forward' || part === 'residual');
  return missing?.why ?? words().details.block.noFeedForward;
}

function isInside({ place }: Found): boolean {
  if (place.in === 'branches') return place.branches.some(isInside);
  return place.in === 'tensor' && place.headsInside;
}
