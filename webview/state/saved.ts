import * as v from 'valibot';
import { views, type ViewName, type ViewState } from '../../src/core/attention/view.ts';
import { viewStateSchema } from '../../src/protocol/shapes.ts';
import type { VsCodeApi } from './port.ts';

/** Scroll position, in CSS pixels. */
const scroll = v.pipe(v.number(), v.minValue(0));

const firstVersion = v.object({ version: v.literal(1), analysis: v.string(), scroll });

const savedSchema = v.object({
  version: v.literal(2),
  /** The analysis that the scroll positions belong to. */
  analysis: v.string(),
  scroll: v.record(v.picklist(views), scroll),
  view: viewStateSchema,
});

/** The layout that survives hiding the panel and reloading the window; everything else is asked from the host again. */
export interface Saved {
  readonly analysis: string;
  readonly scroll: Readonly<Partial<Record<ViewName, number>>>;
  /** Null when it was saved by a version that had one view. */
  readonly view: ViewState | null;
}

/** The layout that was saved, or null: one of a later version, or a broken one, is forgotten. */
export function readSaved(api: VsCodeApi): Saved | null {
  const state = api.getState();
  const parsed = v.safeParse(savedSchema, state);
  if (parsed.success) return parsed.output;
  const old = v.safeParse(firstVersion, state);
  return old.success ? { analysis: old.output.analysis, scroll: { heads: old.output.scroll }, view: null } : null;
}

/** Saves the layout. */
export function writeSaved(api: VsCodeApi, analysis: string, positions: Saved['scroll'], view: ViewState): void {
  api.setState({ version: 2, analysis, scroll: positions, view });
}
