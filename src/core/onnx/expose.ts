import { addedMasks } from './added-masks.ts';
import { ModelEdit } from './edit.ts';
import { unexposable } from './error.ts';
import { externalFiles, type ExternalFile } from './external.ts';
import { findAttention, type Found, type Unread } from './find.ts';
import type { Model } from './graph.ts';
import { namedLayers } from './layer-names.ts';
import { notesOf, unreadNote } from './notes.ts';
import { readModel } from './read.ts';
import { reveal } from './reveal.ts';
import type { AttentionSite, SiteKind, SiteTensors } from './site.ts';
import { computedNumbersOf, storedNumbersOf, type StoredNumbers } from './stored.ts';
import { type Words } from '../words/words.ts';

/** A model whose attention is among its outputs. */
export interface Exposure {
  /** The new file in order: views of the given bytes, with small pieces between them. `joinModel` makes one of it. */
  readonly model: readonly Uint8Array[];
  readonly sites: readonly AttentionSite[];
  /** What `beside` named for each site. */
  readonly beside: readonly (string | null)[];
  /** Outputs that the model itself does not have: attention and what is beside it. */
  readonly addedOutputs: ReadonlySet<string>;
  /** What was changed, a sentence each. */
  readonly notes: readonly string[];
  /** The coarsest numbers that it stores its parameters in or computes with, and those that it computes with. */
  readonly numbers: StoredNumbers;
  readonly computed: StoredNumbers;
  /** The files that hold weights outside the graph. */
  readonly externals: readonly ExternalFile[];
  /** Inputs of floats that the model adds to scores as they are. */
  readonly added: ReadonlySet<string>;
}

/** What else may be asked for. */
export interface ExposureOptions {
  /** Makes outputs of the queries, keys, values and scores, too, where a site names them. */
  readonly tensors?: boolean;
  /** Names a tensor of the outermost graph that an attention is to have among the outputs, too; null for none. */
  readonly beside?: (found: Found) => string | null;
  /** The name of the model's own file: large weights become references into it, as `ModelEdit.referTo` has it. */
  readonly file?: string | null;
}

/**
 * Finds every attention in an ONNX model and adds its probabilities to the model's outputs. Weights are neither read
 * nor copied; weights in external files are not needed. Throws GraphError when the bytes are no model, or when
 * attention cannot be exposed.
 */
export function exposeAttention(bytes: Uint8Array, options: ExposureOptions = {}): Exposure {
  const model = readModel(bytes);
  const unread: Unread[] = [];
  const found = findAttention(model, (one) => unread.push(one));
  if (found.length === 0) throw unexposable((says) => nothingFound(says, model, unread));
  const edit = new ModelEdit(model);
  const layers = new Map<SiteKind, number>();
  const kinds = new Set(found.map(({ finding }) => finding.kind));
  const named = new Map(
    Array.from(kinds, (kind) => [kind, namedLayers(found.filter(({ finding }) => finding.kind === kind))]),
  );
  const addedOutputs = new Set<string>();
  const sites = found.map((one, at) => {
    const { kind } = one.finding;
    const layer = layers.get(kind) ?? 0;
    layers.set(kind, layer + 1);
    const output = reveal(edit, one, `attention.${kind}.${layer}`, at);
    edit.addOutput(one.scope, output);
    addedOutputs.add(output);
    if (options.tensors === true) for (const tensor of tensorsOf(one.finding)) edit.addOutput(one.scope, tensor);
    return { ...one.finding, layer, number: named.get(kind)?.[layer] ?? layer, output };
  });
  const beside = found.map((one) => {
    const tensor = options.beside?.(one) ?? null;
    if (tensor !== null && edit.addOutput(one.scope, tensor)) addedOutputs.add(tensor);
    return tensor;
  });
  if (typeof options.file === 'string') edit.referTo(options.file);
  return {
    model: edit.chunks(),
    sites,
    beside,
    addedOutputs,
    notes: notesOf(model, sites, unread),
    numbers: storedNumbersOf(model),
    computed: computedNumbersOf(model),
    externals: externalFiles(model),
    added: addedMasks(model),
  };
}

function tensorsOf({ query, key, value, scores }: SiteTensors): readonly string[] {
  return [query, key, value, scores].filter((tensor) => tensor !== null);
}

function nothingFound(says: Words['details']['graph'], model: Model, [first]: readonly Unread[]): string {
  if (first) return unreadNote(first);
  return model.functions > 0 ? says.functions : says.nothing;
}
