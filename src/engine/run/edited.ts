import type { Change } from '../../core/prediction/change.ts';
import { infoOf, type AttentionMap, type MapInfo, type MapName } from '../../core/attention/map.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import { checkEdited } from '../../core/run/edit-check.ts';
import { editPlan, type EditPlan, type LayerEdits } from '../../core/run/edit-plan.ts';
import { keyOf } from '../../core/run/cache.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import type { GraphEdits } from '../backend/edited-tap.ts';
import type { Network } from '../backend/network.ts';
import type { RecurrentNetwork } from '../backend/recurrent-network.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { changeOf, rowOf, type Expectation, type Watch } from '../predict/expectation.ts';
import { checkpoint } from '../process/stage.ts';
import type { Found } from './family.ts';

type AnyModel = LoadedModel<Network | RecurrentNetwork>;

/** How any model is run on a text. */
export type RunModel = (model: AnyModel, texts: RunTexts, work: Work, watch: Watch) => Promise<Found>;

/** A run without edits: how its maps lie, and the logits that were asked of it, by the token that they predict. */
interface Unedited {
  readonly key: string;
  readonly maps: readonly MapInfo[];
  /** Whether it predicts a token. */
  readonly isPlaced: boolean;
  /** Whether it predicts anything: a token, or a label of the text. */
  readonly predicts: boolean;
  readonly rows: Map<number | null, Float32Array | null>;
  /** What the model wrote by itself; null where it wrote nothing. */
  readonly written: string | null;
  /** The run's own outputs; dropped after the edited run has been compared with them. */
  expected: Expectation | null;
}

/** So many runs are kept: that of the text as it stands, and that of the text with its replaced tokens. */
const maxKept = 2;

/**
 * Runs models under edits. The same run without them comes first: it tells which layers and heads there are, and what
 * the model predicts then. It is kept for the next edit of the same text.
 *
 * A model that predicts nothing on a text as it stands, such as a masked one without a mask, is compared on the text
 * with its replaced tokens, where there are other edits: what they change is told, not what the replacing did.
 */
export class EditedRuns {
  readonly #run: RunModel;
  /** The runs without edits of the model, by their keys, the oldest first. */
  readonly #kept = new Map<string, Unedited>();

  constructor(run: RunModel) {
    this.#run = run;
  }

  /**
   * Runs a model on a text under the edits of the texts. Throws `argument-invalid` for an edit that does not fit the
   * model or the text, `edit-impossible` for one that its graph cannot be given, and as a run without edits does.
   */
  async analyse(model: AnyModel, texts: RunTexts, work: Work, watch?: Watch): Promise<Found> {
    const { edits = [], ...unedited } = texts;
    const replaced = edits.filter(({ kind }) => kind === 'replace');
    let [plain, before]: [RunTexts, Unedited] = [unedited, await this.#before(model, unedited, work)];
    if (!before.predicts && replaced.length > 0 && replaced.length < edits.length) {
      before.expected = null;
      plain = { ...unedited, edits: replaced };
      before = await this.#before(model, plain, work);
    }
    const plan = editPlan(edits, before.maps);
    checkpoint(work.signal);
    const network = plan.size === 0 ? model.network : await editedNetwork(model.network, model.folder.id, plan, work);
    const heard: Expectation[] = [];
    const found = await this.#run({ ...model, network }, texts, work, (expected) => {
      heard.push(expected);
      watch?.(expected);
    }).catch(byEdits);
    const maps = found.maps.map((map) => asBefore(map, before.maps));
    checkEdited(edits, maps);
    const expected = heard.at(-1);
    // A prediction of a text with other tokens may be another one, or none; that of the same tokens is there.
    const isLost =
      before.isPlaced && (expected?.token ?? null) === null && !edits.some(({ kind }) => kind === 'replace');
    if (isLost || (expected && rowOf(expected, expected.token)?.some(Number.isNaN)))
      throw new AttentionError({
        code: 'run-failed',
        model: model.folder.id,
        detail: words().details.run.logitsNotFinite,
        cause: 'edits',
      });
    const change = expected && (await this.#change(expected, before, { model, plain, work }));
    const after = writtenIn(found.sequences);
    const written = before.written === null || after === null ? {} : { written: { before: before.written, after } };
    return { ...found, maps, edits, ...(change ? { change: { ...change, ...written } } : {}) };
  }

  async #before(model: AnyModel, plain: RunTexts, work: Work): Promise<Unedited> {
    const key = keyOf([model.folder.version, plain]);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const heard: Expectation[] = [];
    const { maps, sequences } = await this.#run(model, plain, work, (expected) => heard.push(expected));
    const expected = heard.at(-1) ?? null;
    const isPlaced = (expected?.token ?? null) !== null;
    const unedited: Unedited = {
      key,
      maps: maps.map(infoOf),
      isPlaced,
      predicts: isPlaced || expected?.kind === 'label',
      rows: new Map(),
      written: writtenIn(sequences),
      expected,
    };
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size >= maxKept) this.#kept.delete(oldest);
    this.#kept.set(key, unedited);
    return unedited;
  }

  /** The effect on the prediction; a run that was kept for other places runs once more. */
  async #change(
    expected: Expectation,
    kept: Unedited,
    { model, plain, work }: { readonly model: AnyModel; readonly plain: RunTexts; readonly work: Work },
  ): Promise<Change | null> {
    let before = kept;
    if (!before.rows.has(expected.token) && before.expected === null) {
      this.#kept.delete(kept.key);
      before = await this.#before(model, plain, work);
    }
    if (before.expected) {
      // A copy: the row is a view of the logits of the whole text.
      before.rows.set(expected.token, rowOf(before.expected, expected.token)?.slice() ?? null);
      before.expected = null;
    }
    return changeOf(expected, before.rows.get(expected.token) ?? null);
  }
}

/** What a model wrote by itself, after what it was given; null where it wrote nothing. */
function writtenIn(sequences: Found['sequences']): string | null {
  const last = sequences.at(-1);
  if (last?.generatedFrom === undefined) return null;
  return last.text.slice(last.tokens[last.generatedFrom]?.start ?? last.text.length);
}

/** Throws what a run threw; the run without edits had numbers, so that edits are to blame for any that are none. */
function byEdits(thrown: unknown): never {
  if (thrown instanceof AttentionError && thrown.reason.code === 'run-failed' && thrown.reason.cause === 'numbers')
    throw new AttentionError({ ...thrown.reason, cause: 'edits' }, { cause: thrown });
  throw thrown;
}

/** A map of an edited run, seen as without edits: a weight of 0 that was made tells nothing of a mask. */
function asBefore(map: AttentionMap, maps: readonly MapInfo[]): AttentionMap {
  const { masks: _made, ...own } = map;
  const before = maps.find(({ name }) => name === map.name);
  if (!before) return map;
  return { ...own, kind: before.kind, ...(before.masks ? { masks: before.masks } : {}) };
}

/** A network under the edits of a plan. Throws `edit-impossible`, and what opening a session throws. */
export async function editedNetwork(
  network: Network | RecurrentNetwork,
  model: string,
  plan: EditPlan,
  work: Work,
): Promise<Network | RecurrentNetwork> {
  if (network.family === 'recurrent') {
    const layer = plan.get('cross')?.get(0);
    if (layer?.isFeedForwardOff)
      throw new AttentionError({
        code: 'edit-impossible',
        model,
        detail: words().edits.feedForward(0, words().details.block.noFeedForward),
      });
    return layer ? network.edited(layer, work) : network;
  }
  const decoder = network.decoder;
  return network.edited(
    {
      main: graphEdits(network.main.sites, plan, decoder ? ['encoder'] : ['attention'], () => true),
      decoder: new Map([
        ...graphEdits(decoder?.sites ?? [], plan, ['decoder'], (kind) => kind !== 'cross'),
        ...graphEdits(decoder?.sites ?? [], plan, ['cross'], (kind) => kind === 'cross'),
      ]),
    },
    work,
  );
}

/** The edits of some maps, whose layers are the attentions of some kind in a graph. */
function graphEdits(
  sites: Network['main']['sites'],
  plan: EditPlan,
  maps: readonly MapName[],
  isOf: (kind: (typeof sites)[number]['kind']) => boolean,
): GraphEdits {
  const places = sites.flatMap(({ kind }, at) => (isOf(kind) ? [at] : []));
  return new Map(
    maps.flatMap((map) =>
      [...(plan.get(map) ?? [])].map(([layer, edits]): [number, LayerEdits] => [itemAt(places, layer), edits]),
    ),
  );
}

/** Whether the model itself is changed by the edits of a run, and not its tokens alone. */
export function isModelEdited({ edits }: RunTexts): boolean {
  return edits?.some(({ kind }) => kind !== 'replace') === true;
}
