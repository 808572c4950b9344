import * as v from 'valibot';
import { panelFormats } from '../core/export/panel-format.ts';
import type { Contract } from './contract.ts';
import { mapRequests } from './map-requests.ts';
import { progressSchema } from './message.ts';
import { analysisInfoSchema } from '../core/attention/analysis.ts';
import { openingSchema } from '../core/attention/opening.ts';
import { selectionSchema } from '../core/attention/selection.ts';
import { sideSchema } from '../core/compare/side.ts';
import { viewStateSchema } from '../core/attention/view.ts';
import { termIds } from '../core/glossary/terms.ts';
import { exampleSchema } from '../core/probe/evidence.ts';
import { editsSchema } from '../core/run/edits.ts';
import { continuationSchema } from '../core/run/run-spec.ts';
import { indexSchema, type Data } from '../core/schema.ts';
import { weightSymbols } from '../core/views/arithmetic/symbols.ts';

const analysis = v.string();

/**
 * What the panel shows: an analysis under its name, where the person is in it, and whether its text has changed since.
 */
const shownSchema = v.object({
  analysis,
  /** The same for all runs of these texts by this model, however they are edited. */
  origin: analysis,
  /** Of an edited run: the analysis of the same texts without edits, where it lives; else null. */
  unedited: v.nullable(analysis),
  /** The name that its model was asked for by, an id or a folder; `info` has the one that it is called by. */
  model: v.string(),
  info: analysisInfoSchema,
  selection: selectionSchema,
  stale: v.boolean(),
  /** What the model did not take and was left out, a sentence each. */
  leftOut: v.array(v.string()),
  /** The sequences whose given characters stand in a document, where they can be shown. */
  inEditor: v.array(indexSchema),
  /**
   * The head that it opened with and why, or null where none stood out and all are shown; absent where it went on from
   * before.
   */
  opening: v.exactOptional(v.nullable(openingSchema)),
  /** How often models were measured in this window: with another number, what is known of heads is asked for again. */
  measurements: indexSchema,
  /** True the first time ever: the panel adds one line that says what to try next. */
  first: v.boolean(),
});

/** An example of what a head was measured to do, and which head of which map it is of. */
export const headExampleSchema = v.object({
  map: indexSchema,
  layer: indexSchema,
  head: indexSchema,
  example: exampleSchema,
});

/** The buttons that a failure may have. */
export const failureCommands = [
  'rerun',
  'log',
  'settings',
  'download',
  'token',
  'manage',
  'preferences',
  'dismiss',
] as const;

/** The buttons that run a command of the extension: what to compare with is asked, the heads are measured. */
export const hostCommands = ['compareModel', 'compareText', 'measureHeads'] as const;

/** What went wrong, in words, with the one thing to do about it. */
const failureSchema = v.object({
  what: v.string(),
  next: v.string(),
  action: v.nullable(v.object({ label: v.string(), command: v.picklist(failureCommands) })),
});

/** The panel's state as the host knows it. At most one of `busy` and `failure` is there; `shown` stays below either. */
const stateSchema = v.object({
  shown: v.nullable(shownSchema),
  busy: v.nullable(progressSchema),
  /** The edits of the run that is under way, where it is another run of what is shown; else null. */
  trying: v.nullable(editsSchema),
  failure: v.nullable(failureSchema),
  /**
   * The view that the host wants or last heard of; null in a new window, where the panel goes on with what it saved
   * itself.
   */
  view: v.nullable(viewStateSchema),
  /** The part of the arithmetic that the word with the cursor names; null when it names none. */
  symbol: v.nullable(v.picklist(weightSymbols)),
});

/** What the host answers to, and hears from, the panel. */
export const panelHostContract = {
  requests: {
    ...mapRequests,
    /** The whole state; asked when the panel is opened or shown again. */
    state: { params: v.null(), result: stateSchema },
    /**
     * The run of a side that is shown beside an analysis, under a name of its own, by which its weights and heads are
     * asked for; it is run where nobody has. Tells its progress, and ends when it is cancelled.
     */
    compare: {
      params: v.object({ analysis, side: sideSchema }),
      result: v.object({ analysis, info: analysisInfoSchema, leftOut: v.array(v.string()) }),
    },
    /** The picture of an analysis as it is shown. */
    picture: { params: v.object({ analysis }), result: v.object({ svg: v.string() }) },
  },
  events: {
    /** The person wants what is shown as a file. */
    export: v.picklist(panelFormats),
    /** The person wants a link to what is shown, on the clipboard. */
    link: v.null(),
    /** The picture was put onto the clipboard; or why it was not. */
    copied: v.nullable(v.string()),
    /** The person moved the focus in the panel. */
    select: v.object({ analysis, selection: selectionSchema }),
    /**
     * The person wants the texts of an analysis run with these edits, and no others, and the focus there as it is said;
     * without edits the analysis of the model as it is.
     */
    edit: v.object({ analysis, edits: editsSchema, selection: selectionSchema }),
    /** The panel shows another view, or the same one with other options. */
    view: viewStateSchema,
    /** The person points at a part of the arithmetic that words of a lesson name; null when at none any more. */
    symbol: v.nullable(v.picklist(weightSymbols)),
    /** The person asked to see a token's characters in the editor. */
    reveal: v.object({ analysis, sequence: indexSchema, token: indexSchema }),
    /** The person wants to see an example of what a head was measured to do, in the panel at that head. */
    example: headExampleSchema,
    /** The person wants the glossary at a term, or what attention can and cannot tell. */
    glossary: v.picklist([...termIds, 'limits']),
    /**
     * The person wants `tokens` more written after those that the model wrote before; neither gives the text as it was
     * given.
     */
    write: v.object({ analysis, ...continuationSchema.entries }),
    /** The person wants what the model wrote put into the document. */
    accept: v.object({ analysis }),
    /** The person wants a word put in place of a mask of the document. */
    fill: v.object({ analysis, token: indexSchema, text: v.string() }),
    /** The person pressed a button. */
    command: v.picklist([...failureCommands, 'cancel', 'target', 'example', ...hostCommands]),
  },
} satisfies Contract;

/** What the panel hears from the host. */
export const panelContract = {
  requests: {
    /** Paints a picture: a PNG of twice its size. */
    paint: { params: v.object({ svg: v.string() }), result: v.object({ png: v.instance(ArrayBuffer) }) },
  },
  events: {
    state: stateSchema,
    /** The focus moved elsewhere (editor, side panel). */
    select: v.object({ analysis, selection: selectionSchema }),
    /** The host wants another view shown (a link was opened). */
    view: viewStateSchema,
    /** The part of the arithmetic that the word with the cursor names; null when it names none. */
    symbol: v.nullable(v.picklist(weightSymbols)),
  },
} satisfies Contract;

export type PanelHostContract = typeof panelHostContract;
export type PanelContract = typeof panelContract;
export type PanelState = Data<typeof stateSchema>;
export type Shown = Data<typeof shownSchema>;
export type HostCommand = (typeof hostCommands)[number];
export type FailureCommand = (typeof failureCommands)[number];
export type Failure = Data<typeof failureSchema>;
export type HeadExample = Data<typeof headExampleSchema>;
