import * as v from 'valibot';
import type { VsCodeApi } from './port.ts';

const savedSchema = v.object({
  version: v.literal(1),
  /** The analysis that the scroll position belongs to. */
  analysis: v.string(),
  /** Scroll position of the view, in CSS pixels. */
  scroll: v.pipe(v.number(), v.minValue(0)),
});

/** The layout that survives hiding the panel; everything else is asked from the host again. */
export type Saved = v.InferOutput<typeof savedSchema>;

/** The layout saved by this version of the panel, or null: an older or broken one is forgotten. */
export function readSaved(api: VsCodeApi): Saved | null {
  const parsed = v.safeParse(savedSchema, api.getState());
  return parsed.success ? parsed.output : null;
}

/** Saves the layout. */
export function writeSaved(api: VsCodeApi, analysis: string, scroll: number): void {
  api.setState({ version: 1, analysis, scroll } satisfies Saved);
}
