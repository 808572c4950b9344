import type { Analysis } from '../attention/analysis.ts';
import { chosenLayer } from '../attention/merge.ts';
import { summariseHeads } from '../attention/roles.ts';
import { fitSelection, type Selection } from '../attention/selection.ts';
import type { ViewState } from '../attention/view.ts';
import { frameFrom, type Frame } from '../scene/frame.ts';
import { words } from '../words/words.ts';
import { Comparisons, type Comparison } from './comparison.ts';
import { comparedMap, sideSelection } from './place.ts';

/** A run that is compared, with the runs beside it, one for each side of its view. */
export interface Compared {
  readonly analysis: Analysis;
  readonly sides: readonly Analysis[];
  readonly selection: Selection;
  readonly view: ViewState;
}

/**
 * The comparison that a panel shows of analyses, for files. Throws RangeError where nothing is compared, or where the
 * filters hide everything.
 */
export function comparisonOf({ analysis, sides, selection: wanted, view }: Compared): Comparison {
  const says = words().compare;
  const selection = fitSelection(wanted, analysis);
  const map = analysis.maps[selection.map];
  if (!map || sides.length === 0 || sides.length !== view.compare.length) throw new RangeError(says.noPicture);
  const summariesOf = (one: Analysis, index: number): ReturnType<typeof summariseHeads> | null => {
    const own = one.maps[index];
    return own ? summariseHeads(own, one.sequences, one.model.relations, one.probe) : null;
  };
  const main = { info: analysis, summaries: summariesOf(analysis, selection.map) };
  const frames = view.compare.flatMap((side, at) => {
    const other = sides[at];
    if (!other) return [];
    const summaries = summariesOf(other, comparedMap(map, other));
    return [frameOf(other, sideSelection(selection, main, side, { info: other, summaries }), view)];
  });
  const comparison = new Comparisons().of(frameOf(analysis, selection, view), frames, view.options);
  if (!comparison) throw new RangeError(words().views.filterHidesAll);
  return comparison;
}

function frameOf(analysis: Analysis, selection: Selection, { options }: ViewState): Frame {
  const map = analysis.maps[selection.map];
  if (!map) throw new RangeError(words().pictures.noMap(selection.map, analysis.maps.length));
  const layer = options.layerMerge ?? selection.layer;
  const weights = chosenLayer(map, layer);
  return frameFrom({ info: analysis, map, selection, layer, headMerge: options.headMerge, weights });
}
