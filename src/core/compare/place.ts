import type { AnalysisInfo } from '../attention/analysis.ts';
import { nearestIndex } from '../attention/layers.ts';
import type { MapInfo } from '../attention/map.ts';
import type { HeadSummary } from '../attention/roles.ts';
import { allHeads, firstSelection, fitSelection, soloHead, type Selection } from '../attention/selection.ts';
import { builtIns } from '../catalogue/built-in.ts';
import type { Side } from './side.ts';

/** What is known of a run that is compared; its summaries are those of the map that is shown. */
export interface Placed {
  readonly info: AnalysisInfo;
  readonly summaries: readonly (readonly HeadSummary[])[] | null;
}

/** The map of an analysis that is compared with `map`: of the same name, else of the same kind, else its first. */
export function comparedMap(map: MapInfo, other: AnalysisInfo): number {
  const named = other.maps.findIndex(({ name }) => name === map.name);
  const alike = named < 0 ? other.maps.findIndex(({ kind }) => kind === map.kind) : named;
  return alike < 0 ? firstSelection(other).map : alike;
}

/**
 * Where a side is looked at while `selection` is looked at in the main run: where the person chose; in the same model
 * the same layer and head; in another translator that ships the head that aligns; else the head that fills the role of
 * the chosen one best; else the same layer, with all heads where it has no such head.
 */
export function sideSelection(selection: Selection, main: Placed, { at }: Side, side: Placed): Selection {
  const map = main.info.maps[selection.map];
  const index = map ? comparedMap(map, side.info) : firstSelection(side.info).map;
  const own = side.info.maps[index];
  const here: Selection = { ...selection, map: index, token: null };
  if (!map || !own) return firstSelection(side.info);
  const [, heads] = own.shape;
  const solo = (layer: number, head: number): Selection => soloHead({ ...here, layer }, head);
  const chosen = (): Selection => {
    if (at)
      return at.head === null
        ? allHeads({ ...here, layer: nearestIndex(own, at.layer) }, heads)
        : solo(nearestIndex(own, at.layer), at.head);
    if (side.info.model.id === main.info.model.id) return here;
    const aligns = own.kind === 'cross' ? builtIns[side.info.model.id]?.aligns : undefined;
    if (aligns) return solo(nearestIndex(own, aligns.layer), aligns.head);
    const alike = headOfRole(roleOf(selection, main), side);
    if (alike) return solo(alike.layer, alike.head);
    const { layer, head } = selection;
    return head !== null && head < heads ? solo(layer, head) : allHeads(here, heads);
  };
  return fitSelection(chosen(), side.info);
}

function roleOf({ layer, head }: Selection, { summaries }: Placed): HeadSummary['role'] {
  return head === null ? null : (summaries?.[layer]?.[head]?.role ?? null);
}

function headOfRole(role: HeadSummary['role'], { summaries }: Placed): HeadSummary | null {
  if (!role || !summaries) return null;
  const alike = summaries.flat().filter((one) => one.role?.name === role.name);
  return alike.reduce<HeadSummary | null>(
    (best, one) => (best && (best.role?.score ?? 0) >= (one.role?.score ?? 0) ? best : one),
    null,
  );
}
