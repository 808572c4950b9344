import type { Analysis } from '../attention/analysis.ts';
import { itemAt } from '../item-at.ts';
import { runText } from '../attention/edited-words.ts';
import { firstView, type ViewState } from '../attention/view.ts';
import type { Compared } from '../compare/of-analyses.ts';
import { compareSvgOf } from '../views/compare/paper.ts';
import { differencesCsvOf, differencesJsonOf } from './differences.ts';
import { csvMatrixOf, csvOf } from './csv.ts';
import type { TextFormat } from './format.ts';
import type { Focus } from '../scene/focus.ts';
import { headsCsvOf } from './heads-csv.ts';
import { htmlOf, type PageParts } from './html.ts';
import { jsonOf } from './json.ts';
import { arithmeticSvgOf, type ToldWeight } from '../views/arithmetic/paper.ts';
import { layersSvgOf } from '../views/layers/paper.ts';
import { planeSvgOf } from '../views/layers/plane-paper.ts';
import { partsSvgOf, type ToldParts } from '../views/parts/paper.ts';
import { matrixSvgOf } from '../views/matrix/paper.ts';
import { modelSvgOf } from '../views/model/paper.ts';
import { scorePartsCsv } from './parts-csv.ts';
import { scorePartsJson } from './parts.ts';
import { npzOf } from './npz.ts';
import { headsSvgOf } from '../views/heads/paper.ts';
import { tableOf } from './table.ts';
import { words } from '../words/words.ts';

/**
 * An analysis in a format, in pieces. JSON, npz and HTML hold all of it, the others what `focus` picks; CSV and
 * pictures show of that what the options of `state` leave, all heads in its order and layers by its metric. `page` is
 * asked for HTML alone. Throws RangeError when there is no such map, layer or head, and where what the file needs is
 * not in `more`.
 */
export function exportOf(
  format: TextFormat,
  analysis: Analysis,
  focus: Focus,
  page: () => PageParts,
  state: ViewState = firstView,
  more: More = {},
): Iterable<string | Uint8Array> {
  return exporters[format]({ analysis, focus, page, state, ...more });
}

/** What some files show beside an analysis. */
export interface More {
  /** The weight that the picture of arithmetic shows. */
  readonly weight?: ToldWeight | null;
  /** The runs that are compared. */
  readonly compared?: Compared | null;
}

/** What a file is made from. */
interface Exported extends More {
  readonly analysis: Analysis;
  readonly focus: Focus;
  readonly page: () => PageParts;
  readonly state: ViewState;
}

const exporters: Readonly<Record<TextFormat, (exported: Exported) => Iterable<string | Uint8Array>>> = {
  table: ({ analysis, focus, state }) => [tableOf(analysis, focus, state.options)],
  csv: ({ analysis, focus, state }) => csvOf(analysis, focus, state.options),
  'csv-matrix': ({ analysis, focus, state }) => csvMatrixOf(analysis, focus, state.options),
  'csv-heads': ({ analysis, focus }) => headsCsvOf(analysis, focus),
  html: ({ analysis, focus, page, weight }) => htmlOf(analysis, focus, page(), weight),
  json: ({ analysis }) => jsonOf(analysis),
  npz: ({ analysis }) => [npzOf(analysis.maps, runText(analysis))],
  svg: ({ analysis, focus, state }) => [headsSvgOf(analysis, focus, state.options)],
  'svg-model': ({ analysis, focus, state }) => [modelSvgOf(analysis, focus, state)],
  'svg-matrix': ({ analysis, focus, state }) => [matrixSvgOf(analysis, focus, state.options)],
  'svg-layers': ({ analysis, focus, state }) => [
    state.chart === 'similarity' ? planeSvgOf(analysis, focus) : layersSvgOf(analysis, focus, state),
  ],
  'svg-arithmetic': ({ analysis, weight }) => {
    if (!weight) throw new RangeError(words().arithmetic.noPicture);
    return [arithmeticSvgOf(analysis, weight)];
  },
  'csv-parts': ({ analysis, weight }) => [scorePartsCsv(analysis, partsIn(weight))],
  'json-parts': ({ analysis, weight }) => {
    const { cell, told } = partsIn(weight);
    return [scorePartsJson(told, itemAt(analysis.maps, cell.map))];
  },
  'svg-parts': ({ analysis, weight }) => [partsSvgOf(analysis, partsIn(weight))],
  'svg-compare': ({ compared }) => [compareSvgOf(needed(compared))],
  'csv-difference': ({ compared }) => differencesCsvOf(needed(compared)),
  'json-difference': ({ compared }) => [differencesJsonOf(needed(compared))],
};

function needed(compared: Compared | null | undefined): Compared {
  if (!compared) throw new RangeError(words().compare.noPicture);
  return compared;
}

function partsIn(weight: ToldWeight | null | undefined): ToldParts {
  if (!weight?.parts) throw new RangeError(words().scoreParts.noPicture);
  return { cell: weight.cell, told: weight.parts };
}
