import type { AnalysisInfo } from '../attention/analysis.ts';
import type { MapName } from '../attention/map.ts';

/**
 * The map whose heads can be measured: that of one text, of an encoder-decoder the encoder's; null where a model has
 * none, as recurrent translators.
 */
export function measurableMap({ maps }: Pick<AnalysisInfo, 'maps'>): MapName | null {
  return maps.find(({ kind }) => kind !== 'cross')?.name ?? null;
}
