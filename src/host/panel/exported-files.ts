import { firstView, fitView } from '../../core/attention/view.ts';
import { layerNumber, type Layered } from '../../core/attention/layers.ts';
import type { Selection } from '../../core/attention/selection.ts';
import type { ViewName } from '../../core/views/table.ts';
import { words } from '../../core/words/words.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { focusOfSelection } from '../../core/scene/focus.ts';
import { fileEndings, fileFormatOf, type PanelFormat } from '../../core/export/panel-format.ts';
import type { AskOptions } from '../../protocol/peer.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { ComparedRuns } from '../analysis/compared-runs.ts';
import { viewTable } from '../../core/views/table.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import type { Selections } from '../analysis/selections.ts';

/** The files of what is shown, as bytes. The model process makes them: it has the weights. */
export class ExportedFiles {
  readonly #analyses: Analyses;
  readonly #selections: Selections;
  readonly #view: PanelView;
  readonly #compared: ComparedRuns;

  constructor(analyses: Analyses, selections: Selections, view: PanelView, compared: ComparedRuns) {
    this.#compared = compared;
    this.#analyses = analyses;
    this.#selections = selections;
    this.#view = view;
  }

  /** An analysis as it is shown; for a PNG the SVG that it is painted from. Rejects with an AttentionError. */
  async bytes(analysis: LiveAnalysis, format: PanelFormat, options: AskOptions): Promise<Uint8Array> {
    const shown = fitView(this.#view.now ?? firstView, analysis.info, analysis.model);
    const { view } = shown;
    const selection = this.#selections.of(analysis);
    const focus = focusOfSelection(selection, view === 'matrix' || format === 'csv-matrix');
    const sides = viewTable[view].comparesRuns ? await this.#compared.all(analysis.id, shown.compare, options) : [];
    const what = { focus, view: shown, selection, sides };
    return new Uint8Array(await this.#analyses.source.exported(analysis.id, fileFormatOf(format, view), what, options));
  }

  /** The view that is shown. */
  get view(): ViewName {
    return (this.#view.now ?? firstView).view;
  }

  /** The picture of an analysis as it is shown, as SVG. Rejects with an AttentionError. */
  async picture(id: string): Promise<string> {
    const analysis = this.#analyses.byId(id);
    if (!analysis) throw new AttentionError({ code: 'analysis-gone' });
    return new TextDecoder().decode(await this.bytes(analysis, 'svg', {}));
  }

  /** The name that is offered for a file of an analysis. */
  nameOf(analysis: LiveAnalysis, format: PanelFormat): string {
    const selection = this.#selections.of(analysis);
    const map = analysis.map(selection.map);
    return exportName(analysis.place.range.text, selection, map ?? null, format, analysis.edits.length > 0);
  }
}

/** Words of the text that a file is named by. */
const maxWords = 4;
const longest = 40;

/**
 * The name that is offered for a file: the first words of the text, what is shown, and what tells the file from others
 * of it that end alike: `attention-the-cat-that-was-3.7-edited-matrix.csv`.
 */
export function exportName(
  text: string,
  { layer, head }: Pick<Selection, 'layer' | 'head'>,
  map: Layered | null,
  format: PanelFormat,
  isEdited: boolean,
): string {
  const start = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, maxWords).join('-');
  const number = map && layerNumber(map, layer);
  const shown = number === null ? '' : head === null ? `layer-${number}` : words().names.place(number, head);
  const [, kind = ''] = format.split('-');
  const parts = ['attention', Array.from(start).slice(0, longest).join(''), shown, isEdited ? 'edited' : '', kind];
  return `${parts.filter((part) => part !== '').join('-')}.${fileEndings[format]}`;
}
