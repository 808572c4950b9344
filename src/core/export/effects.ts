import type { AnalysisInfo } from '../attention/analysis.ts';
import { editedText } from '../attention/edited-words.ts';
import { layerNumber } from '../attention/layers.ts';
import type { MapInfo, MapName } from '../attention/map.ts';
import { probabilityText } from '../attention/number-words.ts';
import { itemAt } from '../item-at.ts';
import { candidateText, klText, placeText } from '../prediction/effect-words.ts';
import type { Effect, Effects } from '../prediction/effects.ts';
import type { Candidate } from '../prediction/prediction.ts';
import { editText } from '../run/edits.ts';
import { words } from '../words/words.ts';
import { aligned } from './columns.ts';
import { fieldOf } from './csv.ts';
import { jsonText } from './json-text.ts';

/** A part of a model: a head, or the feed-forward part of a layer. */
interface Part {
  readonly map: MapName;
  /** As the model numbers it. */
  readonly layer: number;
  /** Null for the feed-forward part. */
  readonly head: number | null;
  /** Null where the part was not found. */
  readonly effect: Effect | null;
}

function mapOf({ maps }: Pick<AnalysisInfo, 'maps'>, name: MapName): MapInfo {
  return itemAt(
    maps.filter((map) => map.name === name),
    0,
  );
}

/** Every part of a model with its effect, heads before feed-forward parts, in the order of the model. */
export function partsOf({ maps }: Effects, info: Pick<AnalysisInfo, 'maps'>): readonly Part[] {
  const heads = maps.flatMap(({ map, heads: layers }) =>
    layers.flatMap((own, layer) =>
      own.map((effect, head): Part => ({ map, layer: layerNumber(mapOf(info, map), layer), head, effect })),
    ),
  );
  const feedForward = maps.flatMap(({ map, feedForward: layers }) =>
    layers.map((effect, layer): Part => ({
      map,
      layer: layerNumber(mapOf(info, map), layer),
      head: null,
      effect,
    })),
  );
  return [...heads, ...feedForward];
}

/**
 * Effects as JSON: `{model, edits?, kind, position, hidden, watched, given, before: [{text, id, probability}],
 * heads: [{map?, layer, head, kl, before, after, top}], feedForward: [{map?, layer, kl, before, after, top}]}`.
 * `before` and `after` of a part are the probabilities of `watched`; `kl` is null where a part was not found. Maps are
 * named where there are several. `edits` are those of the run, as the command line writes them.
 */
export function effectsJson(told: Effects, info: AnalysisInfo): string {
  const edits = info.edits && { edits: info.edits.map(editText) };
  return `${jsonText({ model: info.model.id, ...edits, ...effectsData(told, info) })}\n`;
}

/** The same as plain data, without the model: a part of the file of an analysis. */
export function effectsData(told: Effects, info: AnalysisInfo): Readonly<Record<string, unknown>> {
  const { place, watched, isGiven, before } = told;
  const rows = partsOf(told, info).map(({ map, layer, head, effect }) => ({
    ...(info.maps.length > 1 ? { map: map } : {}),
    layer,
    ...(head === null ? {} : { head }),
    kl: effect?.kl ?? null,
    before: watched.probability,
    after: effect?.after ?? null,
    top: effect?.top ?? null,
  }));
  return {
    kind: place.kind,
    position: place.token,
    hidden: place.isHidden,
    watched,
    given: isGiven,
    before,
    heads: rows.filter((row) => 'head' in row),
    feedForward: rows.filter((row) => !('head' in row)),
  };
}

/**
 * Effects as CSV (RFC 4180), a record for each part: `map, layer, head, kl, before, after, top, top_probability`. The
 * head of a feed-forward part is empty, and so are the numbers of a part that was not found. The records of an edited
 * run end in one more field, `edited`, which says how. Text that a spreadsheet
 * would take for a formula gets an apostrophe in front.
 */
export function effectsCsv(told: Effects, info: AnalysisInfo): string {
  const edited = info.edits ? [fieldOf(editedText(info))] : [];
  const header = ['map,layer,head,kl,before,after,top,top_probability', ...edited.map(() => 'edited')].join(',');
  const records = partsOf(told, info).map(({ map, layer, head, effect }) =>
    [
      map,
      layer,
      head ?? '',
      effect?.kl ?? '',
      told.watched.probability,
      effect?.after ?? '',
      effect ? fieldOf(effect.top.text) : '',
      effect?.top.probability ?? '',
      ...edited,
    ].join(','),
  );
  return [header, ...records, ''].join('\r\n');
}

/** Effects to read: the parts by their effect, largest first. */
export function effectsTable(told: Effects, info: AnalysisInfo): string {
  const says = words().effects;
  const { watched, before } = told;
  const rows = [...partsOf(told, info)]
    .sort((a, b) => (b.effect?.kl ?? -1) - (a.effect?.kl ?? -1))
    .map(({ map, layer, head, effect }) => {
      const part = head === null ? says.feedForward(layer) : `${layer}.${head}`;
      const name = info.maps.length > 1 ? says.ofMap(map, part) : part;
      if (!effect) return [name, says.notFound];
      return [
        name,
        klText(effect.kl, 3),
        probabilityText(watched.probability),
        probabilityText(effect.after),
        candidateCell(effect.top),
      ];
    });
  return `${[
    `${info.model.id} · ${says.heading(placeText(told.place, info.sequences), candidateText(watched.text))}`,
    ...(info.edits ? [editedText(info)] : []),
    `${says.likeliest}: ${before.map(candidateCell).join(', ')}`,
    '',
    aligned([[says.part, says.kl, says.before, says.after, says.top], ...rows]),
    '',
    says.caution,
  ].join('\n')}\n`;
}

function candidateCell({ text, probability }: Candidate): string {
  return `${candidateText(text)} ${probabilityText(probability)}`;
}
