import type * as vscode from 'vscode';
import type { Picture } from '../../core/lesson/picture.ts';
import { selectionOf, viewOf } from '../../core/lesson/looks.ts';
import { LessonError } from '../../core/lesson/places.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import type { Selections } from '../analysis/selections.ts';
import type { ShowAttention } from '../analysis/show-attention.ts';
import type { Texts } from '../analysis/texts.ts';
import type { TrackedTexts } from '../analysis/tracked-texts.ts';
import { builtIns } from '../../core/catalogue/built-in.ts';
import type { Downloads } from '../models/downloads.ts';
import type { Panel } from '../panel/panel.ts';
import { showWarning } from '../window/window.ts';
import { spanIn } from './documents.ts';

/** What shows the picture of a fence. */
export interface PictureServices {
  readonly places: TrackedTexts;
  readonly selections: Selections;
  readonly view: PanelView;
  readonly show: ShowAttention;
  readonly panel: Panel;
  readonly downloads: Downloads;
}

/**
 * Runs what a fence of a document says and shows it in the panel as the fence wants it; a model of the hub that is not
 * on this machine is downloaded first, once the person has agreed to that. Resolves with null when that
 * failed (the person has been told) or was cancelled. In a text of the reader's own, words that it has not are not
 * looked for.
 */
export async function showPicture(
  services: PictureServices,
  document: vscode.TextDocument,
  picture: Picture,
  { isOwnText = false }: { readonly isOwnText?: boolean } = {},
): Promise<LiveAnalysis | null> {
  const { places, selections, view, show, panel, downloads } = services;
  const { model } = picture.run;
  if (!builtIns[model] && !(await downloads.ensure(model))) return null;
  const texts = textsOf(places, document, picture);
  if (!texts) return null;
  const run = show.run(texts, model, { edits: picture.run.edits });
  panel.show();
  const analysis = await run;
  if (!analysis) return null;
  view.request(viewOf(picture));
  try {
    selections.set(analysis, selectionOf(picture, analysis.info), 'command');
  } catch (thrown) {
    if (!(thrown instanceof LessonError)) throw thrown;
    if (isOwnText)
      selections.set(analysis, selectionOf({ ...picture, token: null, key: null }, analysis.info), 'command');
    else void showWarning(thrown.message);
  }
  return analysis;
}

/** The texts of a fence, followed where they stand in it. */
function textsOf(places: TrackedTexts, document: vscode.TextDocument, { places: at, run }: Picture): Texts | null {
  if (!at.text) return null;
  return {
    text: places.track(document, spanIn(document, at.text)),
    ...(at.pair ? { pair: places.track(document, spanIn(document, at.pair)) } : {}),
    ...(run.continue ? { continuation: run.continue } : {}),
    ...(at.target ? { target: places.track(document, spanIn(document, at.target)) } : {}),
  };
}
