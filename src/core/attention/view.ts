import * as v from 'valibot';
import { headMetrics } from '../measures/head-measures.ts';
import { plainSampling, sameSampling, samplingSettingsSchema } from '../prediction/sampling-settings.ts';
import { measuredRoles } from '../probe/roles.ts';
import { indexSchema, type Data } from '../schema.ts';
import type { AnalysisInfo } from './analysis.ts';
import { mergeSchema } from './merge.ts';
import { headOrders } from './order.ts';
import { rowChoices } from './row-names.ts';
import type { Selection } from './selection.ts';
import { shownEntries } from './shown.ts';
import { views } from '../views/table.ts';
import { sidesSchema, type Side } from '../compare/side.ts';
import { keyOf } from '../run/cache.ts';

/** Which links of the token in focus are shown: both ways, what it looks at (`from`), or what looks at it (`to`). */
export const directions = ['both', 'from', 'to'] as const;
export type Direction = (typeof directions)[number];

/** What is made of the weights before they are drawn, in every view alike. */
export type ViewOptions = Data<typeof viewOptionsSchema>;

/** The schema of {@link ViewOptions}. */
export const viewOptionsSchema = v.object({
  ...shownEntries,
  headMerge: mergeSchema,
  /** All layers merged into one; null for the layer of the selection alone. */
  layerMerge: v.nullable(mergeSchema),
  direction: v.picklist(directions),
  /** How the rows of a decoder are named; what was saved before they could be named otherwise had them all. */
  rows: v.optional(v.picklist(rowChoices), 'both'),
  /** The one query token whose row is shown, in maps that write step by step; null for all rows. */
  step: v.nullable(indexSchema),
});

/**
 * Which picture is shown, and how the weights are prepared for it. Where the person is in it is the selection's
 * business.
 */
export type ViewState = Data<typeof viewStateSchema>;

/** The charts of all heads that the layer view has. */
export const headCharts = ['measure', 'similarity'] as const;
export type HeadChart = (typeof headCharts)[number];

/** The schema of a {@link ViewState}. */
export const viewStateSchema = v.object({
  view: v.picklist(views),
  options: viewOptionsSchema,
  /** In which order the model view shows all heads. */
  order: v.picklist(headOrders),
  /** The role that heads have to have to be shown among all heads and in the side bar; null for all heads. */
  role: v.optional(v.nullable(v.picklist(measuredRoles)), null),
  /** What the layer view shows of every head. */
  metric: v.picklist(headMetrics),
  /** How the layer view shows heads: along the measure, or on a map where those with similar weights are near. */
  chart: v.optional(v.picklist(headCharts), 'measure'),
  /** How tokens are drawn, in the predictions and when the model writes on. */
  sampling: v.optional(samplingSettingsSchema, plainSampling),
  /** Whether the predictions stand beside the sentence. */
  predictions: v.optional(v.boolean(), true),
  /** What is shown beside the run, where runs are compared; what was saved before they could be had nothing. */
  compare: v.optional(sidesSchema, []),
});

/** The weights as the model gave them, all of them. */
export const plainOptions: ViewOptions = {
  unit: 'tokens',
  headMerge: 'mean',
  layerMerge: null,
  mass: null,
  topK: null,
  hideSpecial: false,
  hidePunctuation: false,
  renormalise: false,
  direction: 'both',
  pairs: 'all',
  step: null,
  rows: 'both',
};

/** The view that the panel opens with. */
export const firstView: ViewState = {
  view: 'heads',
  options: plainOptions,
  order: 'layer',
  role: null,
  metric: 'entropy',
  chart: 'measure',
  sampling: plainSampling,
  predictions: true,
  compare: [],
};

/**
 * `state` with everything taken out that would change nothing on this analysis, so that what it says is what is shown.
 * `model` is the name that its model was asked for by, as sides name theirs.
 */
export function fitView(state: ViewState, info: AnalysisInfo, model?: string): ViewState {
  const { options } = state;
  const longest = Math.max(0, ...info.maps.map(({ shape }) => shape[3]));
  const steps = Math.max(0, ...info.maps.filter(({ kind }) => kind !== 'self').map(({ shape }) => shape[2]));
  const hasPair = info.sequences.some((sequence) => sequence.pair !== undefined);
  const compare = state.compare.filter((side) => !repeats(side, model, info));
  return {
    ...state,
    compare: compare.length === state.compare.length ? state.compare : compare,
    options: {
      ...options,
      layerMerge: info.maps.some(({ shape }) => shape[0] > 1) ? options.layerMerge : null,
      mass: options.mass !== null && options.mass > 0 && options.mass < 1 ? options.mass : null,
      topK: options.topK !== null && options.topK >= 1 && options.topK < longest ? Math.floor(options.topK) : null,
      pairs: hasPair ? options.pairs : 'all',
      rows: info.maps.some(({ rows }) => rows) ? options.rows : 'both',
      step: options.step !== null && steps > 0 ? Math.min(options.step, steps - 1) : null,
    },
  };
}

/** Whether a side would show the run that it stands beside: the model as it is without edits, or the same model. */
function repeats({ model, text, unedited, at }: Side, shown: string | undefined, { edits }: AnalysisInfo): boolean {
  if (unedited) return edits === undefined;
  return model !== undefined && model === shown && text === undefined && at === undefined;
}

/**
 * `state` after the person has gone from one model to another, both by the names that they were asked for by: a side
 * that showed the second shows the first.
 */
export function followModel(state: ViewState, from: string | undefined, to: string | undefined): ViewState {
  if (from === undefined || to === undefined || from === to || !state.compare.some(({ model }) => model === to))
    return state;
  const compare = state.compare.map((side) => (side.model === to ? { ...side, model: from } : side));
  return { ...state, compare };
}

/**
 * `state` after the person has gone from one selection to another: a layer that is chosen ends the merge of all, and
 * the step is that of the token that looks.
 */
export function followSelection(
  state: ViewState,
  before: Selection | null,
  now: Selection,
  info: AnalysisInfo,
): ViewState {
  const { options } = state;
  const choseLayer = before !== null && before.map === now.map && before.layer !== now.layer;
  const layerMerge = choseLayer ? null : options.layerMerge;
  const isStep = options.step !== null && now.token?.side === 'query' && info.maps[now.map]?.kind !== 'self';
  const step = isStep ? now.token.index : options.step;
  return layerMerge === options.layerMerge && step === options.step
    ? state
    : { ...state, options: { ...options, layerMerge, step } };
}

/** The options that are not as in {@link plainOptions}, in their order. */
export function changedOptions(options: ViewOptions): (keyof ViewOptions)[] {
  return optionNames.filter((name) => options[name] !== plainOptions[name]);
}

/** Whether two states show the same. */
export function sameView(a: ViewState, b: ViewState): boolean {
  return (
    a.view === b.view &&
    a.order === b.order &&
    a.role === b.role &&
    a.metric === b.metric &&
    a.chart === b.chart &&
    a.predictions === b.predictions &&
    sameSampling(a.sampling, b.sampling) &&
    (a.compare === b.compare || keyOf(a.compare) === keyOf(b.compare)) &&
    optionNames.every((name) => a.options[name] === b.options[name])
  );
}

const optionNames = Object.keys(plainOptions) as (keyof ViewOptions)[];
