import { layerNumber, type Layered } from '../../attention/layers.ts';
import type { MapKind } from '../../attention/map.ts';
import { headCaption, headLine } from '../../attention/metric-words.ts';
import type { HeadOrder, HeadsPlace } from '../../attention/order.ts';
import { headTitle } from '../../attention/role-words.ts';
import type { HeadSummary } from '../../attention/roles.ts';
import { headMeasures } from '../../measures/head-measures.ts';
import { effectSentence } from '../../prediction/effect-words.ts';
import { words } from '../../words/words.ts';

/** What of a map the names of its parts need. */
type NamedMap = Layered & { readonly kind: MapKind };

type Summaries = readonly (readonly HeadSummary[])[] | null;

/** The summary of a head; null of a feed-forward part, and before heads are known. */
export function summaryOf(summaries: Summaries, { layer, head }: HeadsPlace): HeadSummary | null {
  return head === null ? null : (summaries?.[layer]?.[head] ?? null);
}

/** What a prediction changes without a part, in nats; null where that was not measured. */
export function effectOf(summaries: Summaries, place: HeadsPlace): number | null {
  const feedForward = summaries?.[place.layer]?.[0]?.feedForward?.effect.kl;
  return (place.head === null ? feedForward : summaryOf(summaries, place)?.effect) ?? null;
}

/** All that is known of a part, in one line. */
export function partLine(map: NamedMap, place: HeadsPlace, summaries: Summaries): string {
  const { layer, head } = place;
  if (head !== null) return headLine(map, { layer, head }, summaryOf(summaries, place));
  const kl = effectOf(summaries, place);
  const name = words().effects.feedForwardOf(layerNumber(map, layer));
  return kl === null ? name : `${name}, ${headMeasures.effect.phrase(kl, map.kind, 0)}`;
}

/** What stands under the picture of a part, line by line; of a feed-forward part its effect. */
export function partCaption(
  map: NamedMap,
  place: HeadsPlace,
  summaries: Summaries,
  order: HeadOrder,
): readonly string[] {
  const { layer, head } = place;
  if (head !== null) return headCaption(map, { layer, head }, summaryOf(summaries, place), order);
  const kl = effectOf(summaries, place);
  const effect = kl === null ? [] : [headMeasures.effect.text(kl, map.kind)];
  return order === 'layer' ? effect : [words().effects.shortOf(layerNumber(map, layer)), ...effect];
}

/** What a part is known for, for a tooltip; null where nothing is. */
export function partTitle(map: NamedMap, place: HeadsPlace, summaries: Summaries): string | null {
  const summary = summaryOf(summaries, place);
  if (summary) return headTitle(summary);
  const feedForward = summaries?.[place.layer]?.[0]?.feedForward;
  const part = words().effects.feedForward(layerNumber(map, place.layer));
  return place.head === null && feedForward ? effectSentence(part, feedForward) : null;
}
