import { html, type TemplateResult } from 'lit';
import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { predictedPlace, writtenIds, writtenTextOf } from '../../src/core/prediction/drawn-place.ts';
import { drawingOf, plainSampling, samplingOf } from '../../src/core/prediction/sampling-settings.ts';
import type { Progress } from '../../src/protocol/contract.ts';
import type { Act, Acting } from '../act.ts';
import type { Frame } from '../state/frame.ts';
import type { KeyAction } from '../state/keys.ts';
import type { Store } from '../state/store.ts';

/** What the model has written in the run that is under way and is not shown yet; null while it writes nothing. */
export function writingOf(busy: Progress | null, info: AnalysisInfo): string | null {
  if (busy?.detail === undefined) return null;
  const before = writtenTextOf(info);
  return busy.detail.startsWith(before) ? busy.detail.slice(before.length) : '';
}

/** Whether the run under way is told beside the sentence, where the model writes: then no line above has to come and go. */
export function isToldBeside({ busy, shown, view }: Pick<Store, 'busy' | 'shown' | 'view'>): boolean {
  const predicts = shown?.info.predictions?.some(({ kind }) => kind === 'next') === true;
  return busy?.detail !== undefined && predicts && view.predictions;
}

/** What a key of writing asks for: one token more, as many as are set, or one less; null for other keys. */
export function writeOnBy(
  action: KeyAction | null,
  { frame, view, busy }: { readonly frame: Frame | null; readonly view: ViewState; readonly busy: Progress | null },
): Act | null {
  if (!frame || busy || !frame.info.predictions?.some(({ kind }) => kind === 'next')) return null;
  const { sampling } = view;
  const written = writtenIds(frame.info);
  const write = (ids: readonly number[], tokens: number): Act => ({
    type: 'write',
    written: ids,
    tokens,
    sampling: samplingOf(sampling),
  });
  switch (action) {
    case 'write-one':
      return write(written, 1);
    case 'write-on':
      return write(written, sampling.tokens);
    case 'unwrite':
      return written.length > 0 ? write(written.slice(0, -1), 0) : null;
    default:
      return null;
  }
}

/** The sentence, and beside it what the model predicts where it predicts tokens. */
export function besidePredictions(
  sentence: unknown,
  { view, shown, busy, distributions }: Pick<Store, 'view' | 'shown' | 'busy' | 'distributions'>,
  frame: Frame,
  act: Acting,
): TemplateResult {
  const place = predictedPlace(frame.info, frame.map, frame.selection.token);
  if (!place) return html`<div class="top">${sentence}</div>`;
  // Masks are predicted, not drawn.
  const sampling = place.kind === 'masked' ? plainSampling : view.sampling;
  const known = distributions.of(frame.analysis, frame.info, place, drawingOf(sampling));
  return html`<div class="top ${view.predictions ? 'predicts' : 'hides'}">${sentence}<ta-predictions
      .frame=${frame} .place=${place} .known=${known} .view=${view} .act=${act}
      .inEditor=${shown?.inEditor.includes(place.sequence) === true} .isWriting=${busy?.detail !== undefined}
    ></ta-predictions></div>`;
}
