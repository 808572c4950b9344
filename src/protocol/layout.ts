import * as v from 'valibot';
import type { Data } from '../core/schema.ts';
import { selectionSchema } from '../core/attention/selection.ts';
import { viewStateSchema } from '../core/attention/view.ts';
import { views } from '../core/views/table.ts';

const pixels = v.pipe(v.number(), v.minValue(0));

/**
 * From where a view is looked at: how far it is scrolled down and across, in CSS pixels, and how large it is, in the
 * view's own measure; without a size as large as it is at first.
 */
const scrollStateSchema = v.object({
  scroll: pixels,
  across: v.exactOptional(pixels),
  size: v.exactOptional(v.pipe(v.number(), v.finite())),
});

/**
 * What VS Code keeps for a panel while it is hidden and over a reload of its window, whatever else comes too late to be
 * kept. The host reads it when it is given a panel of an earlier window.
 */
export const layoutSchema = v.object({
  version: v.literal(5),
  /** The analysis that everything here belongs to. */
  analysis: v.string(),
  selection: selectionSchema,
  scrollStates: v.record(v.picklist(views), scrollStateSchema),
  view: viewStateSchema,
  /**
   * What the inspector takes of the room below the sentence where it stands below the view; absent until it was moved.
   */
  pane: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
});

export type Layout = Data<typeof layoutSchema>;
export type ScrollState = Data<typeof scrollStateSchema>;
