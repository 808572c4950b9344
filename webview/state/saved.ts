import * as v from 'valibot';
import { views, type ViewName, type ViewState } from '../../src/core/attention/view.ts';
import { viewStateSchema } from '../../src/protocol/shapes.ts';
import type { VsCodeApi } from './port.ts';

/**
 * From where a view is looked at: how far it is scrolled down and across, in CSS pixels, and how large it is, in the view's own
 * measure; without a size as large as it is at first.
 */
export interface Vantage {
  readonly scroll: number;
  readonly across?: number;
  readonly size?: number;
}

/** The place where every view begins. */
export const firstVantage: Vantage = { scroll: 0 };

const pixels = v.pipe(v.number(), v.minValue(0));

const firstVersion = v.object({ version: v.literal(1), analysis: v.string(), scroll: pixels });
const secondVersion = v.object({ version: v.literal(2), analysis: v.string(), scroll: v.record(v.picklist(views), pixels), view: viewStateSchema });

const savedSchema = v.object({
  version: v.literal(3),
  /** The analysis that the vantages belong to. */
  analysis: v.string(),
  vantages: v.record(v.picklist(views), v.object({ scroll: pixels, across: v.exactOptional(pixels), size: v.exactOptional(v.pipe(v.number(), v.finite())) })),
  view: viewStateSchema,
});

/** The layout that survives hiding the panel and reloading the window; everything else is asked from the host again. */
export interface Saved {
  readonly analysis: string;
  readonly vantages: Readonly<Partial<Record<ViewName, Vantage>>>;
  /** Null when it was saved by a version that had one view. */
  readonly view: ViewState | null;
}

/** The layout that was saved, or null: one of a later version, or a broken one, is forgotten. */
export function readSaved(api: VsCodeApi): Saved | null {
  const state = api.getState();
  const parsed = v.safeParse(savedSchema, state);
  if (parsed.success) return parsed.output;
  const second = v.safeParse(secondVersion, state);
  if (second.success) {
    const { analysis, scroll, view } = second.output;
    return { analysis, view, vantages: Object.fromEntries(Object.entries(scroll).map(([name, far]) => [name, { scroll: far }])) };
  }
  const first = v.safeParse(firstVersion, state);
  return first.success ? { analysis: first.output.analysis, vantages: { heads: { scroll: first.output.scroll } }, view: null } : null;
}

/** Saves the layout. */
export function writeSaved(api: VsCodeApi, analysis: string, vantages: Saved['vantages'], view: ViewState): void {
  api.setState({ version: 3, analysis, vantages, view });
}
