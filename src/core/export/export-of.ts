import type { Analysis } from '../attention/analysis.ts';
import { modelText } from '../attention/model-words.ts';
import { firstView, type ViewState } from '../attention/view.ts';
import { csvMatrixOf, csvOf } from './csv.ts';
import type { TextFormat } from './format.ts';
import type { Focus } from '../scene/focus.ts';
import { htmlOf, type PageParts } from './html.ts';
import { jsonOf } from './json.ts';
import { layersSvgOf } from '../views/layers/paper.ts';
import { matrixSvgOf } from '../views/matrix/paper.ts';
import { modelSvgOf } from '../views/model/paper.ts';
import { npzOf } from './npz.ts';
import { headsSvgOf } from '../views/heads/paper.ts';
import { tableOf } from './table.ts';

/**
 * An analysis in a format, in pieces. JSON, npz and HTML hold all of it, the others what `focus` picks; CSV and
 * pictures show of that what the options of `state` leave, all heads in its order and layers by its metric. `page` is
 * asked for HTML alone. Throws RangeError when there is no such map, layer or head.
 */
export function exportOf(
  format: TextFormat,
  analysis: Analysis,
  focus: Focus,
  page: () => PageParts,
  state: ViewState = firstView,
): Iterable<string | Uint8Array> {
  const { options } = state;
  switch (format) {
    case 'table':
      return [tableOf(analysis, focus, options)];
    case 'csv':
      return csvOf(analysis, focus, options);
    case 'csv-matrix':
      return csvMatrixOf(analysis, focus, options);
    case 'html':
      return htmlOf(analysis, focus, page());
    case 'json':
      return jsonOf(analysis);
    case 'npz':
      return [npzOf(analysis.maps, modelText(analysis.model))];
    case 'svg':
      return [headsSvgOf(analysis, focus, options)];
    case 'svg-matrix':
      return [matrixSvgOf(analysis, focus, options)];
    case 'svg-model':
      return [modelSvgOf(analysis, focus, state)];
    case 'svg-layers':
      return [layersSvgOf(analysis, focus, state)];
  }
}
