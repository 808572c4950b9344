import * as vscode from 'vscode';
import type { LiveAnalysis } from './live-analysis.ts';
import { tell } from '../window/messages.ts';
import type { TrackedText, TrackedTexts } from './tracked-texts.ts';
import { askText } from '../window/window.ts';

/** Which of an analysis' sequences is the target. */
const targetSequence = 1;

/** Chooses a target for the decoder of an analysis. Resolves with null when the person gave up or was told why not. */
export async function chooseTarget(
  analysis: LiveAnalysis | null,
  places: TrackedTexts,
): Promise<{ readonly target: TrackedText | string | undefined } | null> {
  if (!analysis) {
    const detail = vscode.l10n.t('there is no analysis yet; run Show Attention first');
    tell({ code: 'argument-invalid', argument: 'analysis', detail });
    return null;
  }
  if (!analysis.hasTarget) {
    const detail = vscode.l10n.t('{0} takes none; only encoder-decoder models do', analysis.modelName);
    tell({ code: 'argument-invalid', argument: 'target', detail });
    return null;
  }
  const selected = selectedElsewhere(analysis, places);
  if (selected) return { target: selected };
  const typed = await askText({
    title: vscode.l10n.t('Target'),
    prompt: vscode.l10n.t('Text for the decoder. Leave it empty to let the model generate one.'),
    value: analysis.info.sequences[targetSequence]?.text ?? '',
  });
  return typed === undefined ? null : { target: typed.trim() === '' ? undefined : typed };
}

/** The selected text, when it is not a part of the analysed text itself. */
function selectedElsewhere({ place }: LiveAnalysis, places: TrackedTexts): TrackedText | null {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.selection.isEmpty || editor.document.getText(editor.selection).trim() === '') return null;
  const { document, selection } = editor;
  const span = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
  const isOwn =
    document.uri.toString() === place.uri.toString() && span.start < place.range.end && span.end > place.range.start;
  return isOwn ? null : places.track(document, span);
}
