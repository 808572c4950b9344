import { words } from '../words/words.ts';
import { otherLayers, type Layered, type LayerRun, type OtherKind, type OtherLayers } from './layers.ts';

/** Layers without attention that stand together, as a row of a view: `0–1 · convolution`. */
export function rowOfOthers(others: OtherLayers): string {
  const says = words().layers;
  return says.row(rangeOf(others), kindsOf(others));
}

/** The parts of {@link rowOfOthers}, where numbers and kinds stand apart. */
export function partsOfOthers(others: OtherLayers): { readonly range: string; readonly kinds: string } {
  return { range: rangeOf(others), kinds: words().layers.kinds(kindsOf(others)) };
}

/** What such a row means, each of its kinds with the numbers of its layers. */
export function meaningOfOthers({ runs }: OtherLayers): string {
  return words().layers.rowMeaning(runs.map((run) => ({ kind: run.kind, range: rangeOf(run) })));
}

/** The layers of a hybrid that have no attention, by kind, in a sentence; null where all layers attend. */
export function othersSentence(map: Pick<Layered, 'layers'>): string | null {
  const ranges = new Map<OtherKind, string[]>();
  for (const run of otherLayers(map).flatMap(({ runs }) => runs))
    ranges.set(run.kind, [...(ranges.get(run.kind) ?? []), rangeOf(run)]);
  return ranges.size === 0
    ? null
    : words().layers.without(Array.from(ranges, ([kind, ofKind]) => ({ kind, ranges: ofKind })));
}

/** {@link othersSentence} of every map that has such layers, each once. */
export function othersSentences(maps: readonly Pick<Layered, 'layers'>[]): readonly string[] {
  return [...new Set(maps.map(othersSentence).filter((sentence) => sentence !== null))];
}

function rangeOf({ first, last }: Pick<LayerRun, 'first' | 'last'>): string {
  return words().layers.range(first, last);
}

/** Each kind once, in the order in which they come. */
function kindsOf({ runs }: OtherLayers): readonly OtherKind[] {
  return [...new Set(runs.map(({ kind }) => kind))];
}
