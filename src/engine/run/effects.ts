import type { Analysis } from '../../core/attention/analysis.ts';
import { layerNumber } from '../../core/attention/layers.ts';
import type { MapName } from '../../core/attention/map.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import { candidatesCompared, divergence } from '../../core/prediction/change.ts';
import type { Effect, Effects, MapEffects } from '../../core/prediction/effects.ts';
import type { Candidate } from '../../core/prediction/prediction.ts';
import { readRow, type ReadRow } from '../../core/prediction/row.ts';
import { editPlan } from '../../core/run/edit-plan.ts';
import type { Edit } from '../../core/run/edits.ts';
import type { RunSpec } from '../../core/run/run-spec.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import { labelName } from '../predict/head.ts';
import { candidatesOf } from '../predict/next.ts';
import { checkpoint } from '../process/stage.ts';
import type { Analyser } from './analyser.ts';
import type { OpenModel } from './any-family.ts';
import { editedNetwork, isModelEdited } from './edited.ts';
import { placeOf, type Place } from './predicted-place.ts';
import { predictedRow, SourceStates, type PredictedAt } from './predicted-row.ts';

/** An analysis and its run. */
interface Run {
  readonly run: RunSpec;
  readonly analysis: Analysis;
}

/** A part of the model that is switched off, and where it is. */
interface Part {
  readonly edit: Edit;
  readonly map: MapName;
  readonly layer: number;
  /** Null for the feed-forward part. */
  readonly head: number | null;
}

/** What one run gives. */
type Outcome = Effect | null;

/**
 * Switches off every head of every map of an analysis, and every feed-forward part, one at a time, and compares what
 * the model predicts at a position with what it predicts with all of them (and with the edits that the run has). One
 * row of logits is in memory beside that of the whole model, other runs come between, and progress tells how many runs
 * are done. Throws AttentionError: `argument-invalid` for a position, `model-unsupported` where nothing is predicted,
 * `edit-impossible`, `cancelled`, and what a run throws.
 */
export async function effectsOf(
  analyser: Pick<Analyser, 'withModel'>,
  { run, analysis }: Run,
  position: number | null,
  work: Work,
): Promise<Effects> {
  const parts = partsOf(analysis);
  const total = parts.length + 1;
  const states = new SourceStates();
  const report = (done: number): void => work.report({ stage: words().stages.effects, done, total });
  // Loading says where it is, too; it is a part of this.
  const quiet = { ...work, report: () => undefined };
  report(0);
  const whole = await analyser.withModel(
    run,
    quiet,
    async (model) => {
      const at = { analysis, texts: run, place: placeOf(analysis, model.tokenizer, position) };
      const row = await rowWithout(model, at, null, states, quiet);
      return { at, row, ...beforeOf(model, at, row) };
    },
    isModelEdited(run),
  );
  const outcomes = new Map<Part, Outcome>();
  for (const [done, part] of parts.entries()) {
    checkpoint(work.signal);
    report(done + 1);
    const outcome = await analyser.withModel(run, quiet, (model) => effectOf(model, whole, part, states, quiet), true);
    outcomes.set(part, outcome);
  }
  checkpoint(work.signal);
  const { kind, sequence, token, isHidden } = whole.at.place;
  const { before, watched, isGiven } = whole;
  const maps = analysis.maps.map(({ name }) => mapEffects(name, outcomes));
  return { place: { kind, sequence, token, isHidden }, before, watched, isGiven, maps };
}

/** The whole model: its logits, and what is watched. */
interface Whole {
  readonly at: PredictedAt;
  readonly row: Float32Array;
  readonly watched: Candidate;
}

function beforeOf(model: OpenModel, { analysis, place }: PredictedAt, row: Float32Array) {
  const read = readOf(model, row, place.given);
  const before = toldBy(model, analysis, place, read);
  const given = place.given;
  const [likeliest] = before;
  const own = given === null || !read.followed ? null : { id: given, probability: read.followed.probability };
  const [watched = likeliest] = own ? toldBy(model, analysis, place, { ...read, top: [own] }) : [];
  if (!watched) throw notFinite(model);
  return { before, watched, isGiven: own !== null };
}

/** The effect of one part; null of a feed-forward part that was not found. */
async function effectOf(
  model: OpenModel,
  { at, row: before, watched }: Whole,
  part: Part,
  states: SourceStates,
  work: Work,
): Promise<Outcome> {
  const row = await rowWithout(model, at, part, states, work).catch((thrown: unknown) => {
    if (part.head === null && thrown instanceof AttentionError && thrown.reason.code === 'edit-impossible') return null;
    throw thrown;
  });
  if (!row) return null;
  const kl = divergence(before, row);
  const read = readOf(model, row, watched.id);
  const [top] = toldBy(model, at.analysis, at.place, { ...read, top: read.top.slice(0, 1) });
  if (!top || !read.followed || !Number.isFinite(kl)) throw notFinite(model);
  return { kl, after: Math.min(1, read.followed.probability), top };
}

/** The logits of a place without a part; with the edits that the run has anyway. */
async function rowWithout(
  model: OpenModel,
  at: PredictedAt,
  part: Part | null,
  states: SourceStates,
  work: Work,
): Promise<Float32Array> {
  const plan = editPlan([...(at.texts.edits ?? []), ...(part ? [part.edit] : [])], at.analysis.maps);
  const network = plan.size === 0 ? model.network : await editedNetwork(model.network, model.folder.id, plan, work);
  return predictedRow({ ...model, network }, at, plan.has('encoder') ? new SourceStates() : states, work);
}

/** Every head, and the feed-forward part of every layer, of the maps in their order. */
function partsOf({ maps, model }: Analysis): Part[] {
  return maps.flatMap((info): Part[] => {
    const { name: map, shape } = info;
    const [layers, heads] = shape;
    const hasFeedForward = map !== 'cross' && model.family !== 'recurrent';
    return Array.from({ length: layers }, (_, layer) => layer).flatMap((layer): Part[] => {
      const number = layerNumber(info, layer);
      const off = Array.from({ length: heads }, (_, head): Part => ({
        map,
        layer,
        head,
        edit: { kind: 'off', map, layer: number, head },
      }));
      const feedForward: Part = { map, layer, head: null, edit: { kind: 'ffn-off', map, layer: number } };
      return hasFeedForward ? [...off, feedForward] : off;
    });
  });
}

function mapEffects(map: MapName, outcomes: ReadonlyMap<Part, Outcome>): MapEffects {
  const heads: Effect[][] = [];
  const feedForward: Outcome[] = [];
  for (const [part, outcome] of outcomes) {
    if (part.map !== map) continue;
    if (part.head === null) feedForward.push(outcome);
    else if (outcome) (heads[part.layer] ??= []).push(outcome);
  }
  return { map, heads, feedForward };
}

function readOf(model: OpenModel, row: Float32Array, followed: number | null): ReadRow {
  const read = readRow(row, candidatesCompared, followed);
  if (read) return read;
  throw notFinite(model);
}

/** Tokens as they would be read at the place; labels by their names. */
function toldBy({ tokenizer, folder }: OpenModel, { sequences }: Analysis, place: Place, read: ReadRow): Candidate[] {
  if (place.kind === 'label' || place.kind === 'tag')
    return read.top.map(({ id, probability }) => ({ id, text: labelName(folder.config.id2label, id), probability }));
  const end = place.kind === 'next' ? place.token + 1 : place.token;
  const before = itemAt(sequences, place.sequence).tokens.slice(0, end);
  // A word after [CLS] begins the text.
  const own = place.kind === 'masked' ? before.filter(({ special }) => !special) : before;
  return candidatesOf(
    tokenizer,
    own.map(({ id }) => id),
    read,
  );
}

function notFinite({ folder }: OpenModel): AttentionError {
  const detail = words().details.run.logitsNotFinite;
  return new AttentionError({ code: 'run-failed', model: folder.id, detail, cause: 'edits' });
}
