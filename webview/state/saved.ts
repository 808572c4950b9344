import * as v from 'valibot';
import type { Selection } from '../../src/core/attention/selection.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { views, type ViewName } from '../../src/core/views/table.ts';
import { layoutSchema, type Layout, type ScrollState } from '../../src/protocol/layout.ts';
import { viewStateSchema } from '../../src/core/attention/view.ts';
import type { VsCodeApi } from './port.ts';

/** The place where every view begins. */
export const initialScroll: ScrollState = { scroll: 0 };

const { analysis, scrollStates } = layoutSchema.entries;
const pixels = v.pipe(v.number(), v.minValue(0));

const firstVersion = v.object({ version: v.literal(1), analysis, scroll: pixels });
const secondVersion = v.object({
  version: v.literal(2),
  analysis,
  scroll: v.record(v.picklist(views), pixels),
  view: viewStateSchema,
});
const thirdVersion = v.object({ version: v.literal(3), analysis, vantages: scrollStates, view: viewStateSchema });
const { selection, view, pane } = layoutSchema.entries;
const fourthVersion = v.object({ version: v.literal(4), analysis, selection, vantages: scrollStates, view, pane });

/** The layout that survives hiding the panel and reloading the window; everything else is asked from the host again. */
export interface Saved {
  readonly analysis: string;
  readonly scrollStates: Readonly<Partial<Record<ViewName, ScrollState>>>;
  /** Null when it was saved by a version that had one view. */
  readonly view: ViewState | null;
  /** Null when it was saved by a version that left it to the host. */
  readonly selection: Selection | null;
  /** What the inspector takes where it stands below the view; absent until somebody has moved its edge. */
  readonly pane?: number;
}

/** The layout that was saved, or null: one of a later version, or a broken one, is forgotten. */
export function readSaved(api: VsCodeApi): Saved | null {
  const state = api.getState();
  const parsed = v.safeParse(layoutSchema, state);
  if (parsed.success) return parsed.output;
  const fourth = v.safeParse(fourthVersion, state);
  if (fourth.success) {
    const { vantages: scrollStates, version: _, ...rest } = fourth.output;
    return { ...rest, scrollStates };
  }
  const third = v.safeParse(thirdVersion, state);
  if (third.success) {
    const { analysis, vantages: scrollStates, view } = third.output;
    return { analysis, scrollStates, view, selection: null };
  }
  const second = v.safeParse(secondVersion, state);
  if (second.success) {
    const { analysis, scroll, view } = second.output;
    return {
      analysis,
      view,
      selection: null,
      scrollStates: Object.fromEntries(Object.entries(scroll).map(([name, far]) => [name, { scroll: far }])),
    };
  }
  const first = v.safeParse(firstVersion, state);
  if (!first.success) return null;
  return {
    analysis: first.output.analysis,
    scrollStates: { heads: { scroll: first.output.scroll } },
    view: null,
    selection: null,
  };
}

/** Saves the layout, and gives it. */
export function writeSaved(api: VsCodeApi, layout: Omit<Layout, 'version'>): Saved {
  api.setState({ version: 5, ...layout } satisfies Layout);
  return layout;
}
