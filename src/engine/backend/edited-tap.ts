import type * as Ort from 'onnxruntime-node';
import { editableModel, type EditableModel, type EditableSite } from '../../core/block/editable-model.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import type { EditInputs } from '../../core/onnx/editable.ts';
import type { SiteKind } from '../../core/onnx/site.ts';
import { editArrays, type EditArray, type LayerEdits } from '../../core/run/edit-plan.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Extent } from '../feeds/step.ts';
import { openEdited } from './edited-session.ts';
import type { Feeds } from './slices.ts';
import { tapOf, type Tap } from './tap.ts';

/** The edits of a graph, by the place of an attention in its order. */
export type GraphEdits = ReadonlyMap<number, LayerEdits>;

/** The edited sessions of a network's graphs, each opened when its graph is first edited. */
export class EditedTaps {
  readonly #ort: typeof Ort;
  readonly #open = new Map<Tap, EditedTap>();

  constructor(ort: typeof Ort) {
    this.#ort = ort;
  }

  /** A graph under edits: the tap itself where there are none. Throws as {@link EditedTap.open} does. */
  async of(tap: Tap, edits: GraphEdits, work: Work): Promise<Tap> {
    if (edits.size === 0) return tap;
    const open = this.#open.get(tap) ?? (await EditedTap.open(this.#ort, tap, work));
    this.#open.set(tap, open);
    return open.with(edits);
  }

  async release(): Promise<void> {
    for (const open of this.#open.values()) await open.release();
  }
}

/**
 * A graph in a session of its own that can be edited while it runs: every edit is an input, so that one session serves
 * them all. Its weights are references into the file of the model. The ordinary session stays as it is: a run without
 * edits costs nothing for them.
 */
class EditedTap {
  readonly #ort: typeof Ort;
  readonly #session: Ort.InferenceSession;
  readonly #tap: Tap;
  readonly #model: Pick<EditableModel, 'sites' | 'neutral'>;

  private constructor(
    ort: typeof Ort,
    session: Ort.InferenceSession,
    tap: Tap,
    { sites, neutral }: Pick<EditableModel, 'sites' | 'neutral'>,
  ) {
    this.#ort = ort;
    this.#session = session;
    this.#tap = tap;
    this.#model = { sites, neutral };
  }

  /** Opens the graph of a tap once more. Throws `edit-impossible`, `model-file-invalid`, `cancelled`. */
  static async open(ort: typeof Ort, tap: Tap, work: Work): Promise<EditedTap> {
    const { session, editable } = await openEdited(ort, tap.graph, editableModel, work);
    return new EditedTap(ort, session, tap, editable);
  }

  /** The graph under edits. Throws `edit-impossible` where a feed-forward part that is switched off was not found. */
  with(edits: GraphEdits): Tap {
    const { sites, neutral } = this.#model;
    const offParts = this.#feedForward(edits);
    const own = this.#tap.sites.map((site, at) => ({ ...site, output: itemAt(sites, at).output, normalised: false }));
    const unchanged = [...neutral].map(([name, value]): [string, Ort.Tensor] => {
      const dims = offParts.names.has(name) ? [1] : [1, 1, 1];
      return [name, new this.#ort.Tensor('float32', Float32Array.of(offParts.off.has(name) ? 0 : value), dims)];
    });
    const { outputNames } = this.#session;
    return tapOf({
      ...this.#tap,
      sites: own,
      session: this.#session,
      own: outputNames.filter((name) => !sites.some(({ output }) => output === name)),
      all: outputNames,
      more: (extent) => ({ ...Object.fromEntries(unchanged), ...this.#changed(edits, extent) }),
    });
  }

  async release(): Promise<void> {
    await this.#session.release();
  }

  /** The inputs of all feed-forward parts, and those of the ones that are off. */
  #feedForward(edits: GraphEdits): { readonly names: ReadonlySet<string>; readonly off: ReadonlySet<string> } {
    const { sites } = this.#model;
    const off = new Set<string>();
    for (const [at, { isFeedForwardOff }] of edits) {
      if (!isFeedForwardOff) continue;
      const part = this.#partOfLayer(at);
      if (part.feedForward === null)
        throw new AttentionError({
          code: 'edit-impossible',
          model: this.#tap.graph.model,
          detail: words().edits.feedForward(part.number, part.missing ?? words().details.block.noFeedForward),
        });
      off.add(part.feedForward);
    }
    return { names: new Set(sites.flatMap(({ feedForward }) => feedForward ?? [])), off };
  }

  /** The feed-forward part of a layer follows its last attention: in a decoder that over the source. */
  #partOfLayer(at: number): Pick<EditableSite, 'feedForward' | 'missing'> & { readonly number: number } {
    const { sites } = this.#tap;
    const { layer, number, kind } = itemAt(sites, at);
    const other: (kinds: SiteKind) => boolean = (each) => (each === 'cross') !== (kind === 'cross');
    const beside = sites.findIndex((site) => site.layer === layer && other(site.kind));
    const [own, second] = [at, beside].map((place) => this.#model.sites[place]);
    return { ...(own?.feedForward || !second ? itemAt(this.#model.sites, at) : second), number };
  }

  #changed(edits: GraphEdits, { past, tokens, filled, source, batch }: Extent): Feeds {
    const feeds: Record<string, Ort.Tensor> = {};
    for (const [at, layer] of edits) {
      const { kind } = itemAt(this.#tap.sites, at);
      const { inputs, headsInside } = itemAt(this.#model.sites, at);
      const over =
        kind === 'cross' && source !== null
          ? { keys: this.#tap.sizes.source ?? source, tokens: source }
          : { keys: past + filled, tokens: past + tokens };
      const arrays = editArrays(layer, { past, queries: filled, ...over });
      for (const [name, array] of Object.entries(arrays))
        feeds[inputs[name as keyof EditInputs]] = this.#tensor(array, headsInside ? 1 : batch);
    }
    return feeds;
  }

  /** Heads of a batch lie one after the other. */
  #tensor({ dims: [heads, ...others], data }: EditArray, batch: number): Ort.Tensor {
    const times = heads === 1 ? 1 : batch;
    const all = new Float32Array(times * data.length);
    for (let text = 0; text < times; text += 1) all.set(data, text * data.length);
    return new this.#ort.Tensor('float32', all, [heads * times, ...others]);
  }
}
