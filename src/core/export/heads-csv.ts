import type { Analysis } from '../attention/analysis.ts';
import { editedText } from '../attention/edited-words.ts';
import { layerNumber } from '../attention/layers.ts';
import { rolesOf } from '../attention/role-filter.ts';
import { summariseHeads } from '../attention/roles.ts';
import { headMetrics } from '../measures/head-measures.ts';
import { mapsIn, type Focus } from '../scene/focus.ts';
import { fieldOf } from './csv.ts';

const end = '\r\n';
/** Digits of measures and places; those of a measured place are fewer. */
const digits = 9;

/**
 * Every head of the maps that `focus` picks as CSV (RFC 4180), one record a head, in pieces: `map, layer, head, role`
 * (its first one), its measures on this text, its place `x, y` on the map of all heads and the head most like it with
 * their distance. Layers have their numbers in the model; what is not known is empty. The records of an edited run end
 * in one more field, `edited`, which says how. Throws RangeError when there is no such map.
 */
export function* headsCsvOf(analysis: Analysis, focus: Focus): Generator<string> {
  const edited = analysis.edits ? [fieldOf(editedText(analysis))] : [];
  const nearestNames = ['nearest_layer', 'nearest_head', 'nearest_distance'];
  const names = ['map', 'layer', 'head', 'role', ...headMetrics, 'x', 'y', ...nearestNames];
  yield [...names, ...edited.map(() => 'edited')].join(',') + end;
  for (const map of mapsIn(analysis, focus)) {
    const { sequences, model, probe, effects } = analysis;
    for (const summary of summariseHeads(map, sequences, model.relations, probe, effects).flat()) {
      const { layer, head, place = [], similar: [nearest] = [] } = summary;
      const [x, y] = place;
      const measures = [...headMetrics.map((metric) => summary[metric]), x, y].map(numberOf);
      const like = nearest
        ? [layerNumber(map, nearest.layer), nearest.head, nearest.distance].map(String)
        : ['', '', ''];
      const first = [map.name, String(layerNumber(map, layer)), String(head), fieldOf(rolesOf(summary)[0] ?? '')];
      yield [...first, ...measures, ...like, ...edited].join(',') + end;
    }
  }
}

function numberOf(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(digits)));
}
