import { deflateSync } from 'fflate';
import type { Analysis } from '../attention/analysis.ts';
import { othersSentences } from '../attention/layer-words.ts';
import { editedText, runText } from '../attention/edited-words.ts';
import { numbersText } from '../attention/model-words.ts';
import { headOf, weightCount, type AttentionMap } from '../attention/map.ts';
import { rowNames, rowText } from '../attention/row-names.ts';
import { continuesWord, labelOf, visibleText } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { base64Of } from '../picture/base64.ts';
import { headsIn, type Focus } from '../scene/focus.ts';
import { quantised, type Bits } from './quantised.ts';
import { escape } from '../picture/svg.ts';
import { words } from '../words/words.ts';
import type { ToldWeight } from '../views/arithmetic/paper.ts';
import { pagePredictions, type PagePrediction } from './page-predictions.ts';
import { weightSections } from './page-weight.ts';
import { remarksOf } from './table.ts';

/** Weights of this many bytes at 16 bits still leave the file well under a megabyte; more are kept in 8 bits. */
const fineBytes = 640_000;

/** The page's own script and style sheet, and their SHA-256 in base64, which the page's policy names. */
export interface PageParts {
  readonly script: string;
  readonly scriptHash: string;
  readonly style: string;
  readonly styleHash: string;
}

/** A token as the page shows it; `joined` when it carries on the word of the token before. */
export interface PageToken {
  readonly text: string;
  readonly special: boolean;
  /** What the model reads in place of characters that it does not know. */
  readonly unknown?: string;
  readonly joined: boolean;
}

/** What the page knows of a map. */
export type PageMap = Pick<
  AttentionMap,
  'name' | 'kind' | 'queries' | 'keys' | 'shape' | 'layers' | 'local' | 'masks' | 'normalised'
> & {
  /** Of a decoder's map: what is read and written at every row. */
  readonly steps?: readonly string[];
};

/** What the page knows beside the weights; it stands in the page as JSON. */
export interface PageInfo {
  readonly model: string;
  /** The number format of its weights; empty where it is not known. */
  readonly numbers: string;
  /** What is to be known: the layers without attention, where texts were cut, which words the model does not know. */
  readonly remarks: readonly string[];
  readonly bits: Bits;
  readonly sequences: readonly (readonly PageToken[])[];
  readonly maps: readonly PageMap[];
  readonly predictions: readonly PagePrediction[];
  /** What is shown first; `head` null shows the mean of all heads. */
  readonly start: { readonly map: number; readonly layer: number; readonly head: number | null };
}

/**
 * The whole analysis as one HTML page that needs nothing else, in pieces: it opens from disk, asks no network (its
 * policy forbids it) and shows any map, layer and head. At most 1 MB for 64 tokens and 144 heads.
 *
 * Weights stand in it deflated (RFC 1951) and as base64, a head at a time, in 16 bits where they take little room and
 * else in 8 (see {@link quantised}). `focus` is what the page opens with; of a `weight` it has the arithmetic below,
 * which adds up to 200 kB.
 */
export function* htmlOf(
  analysis: Analysis,
  focus: Focus,
  page: PageParts,
  weight: ToldWeight | null = null,
): Generator<string> {
  const says = words();
  const count = analysis.maps.reduce((sum, map) => sum + weightCount(map.shape), 0);
  const bits = count * 2 <= fineBytes ? 16 : 8;
  const title = escape(says.pictures.title(runText(analysis)));
  const policy =
    `default-src 'none'; script-src 'sha256-${page.scriptHash}'; style-src 'sha256-${page.styleHash}'; ` +
    `base-uri 'none'; form-action 'none'`;
  yield (
    `<!DOCTYPE html>\n<html lang="${escape(says.tag)}">\n<head>\n<meta charset="utf-8">\n` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    `<meta name="color-scheme" content="light dark">\n<title>${title}</title>\n` +
    `<style>${page.style}</style>\n</head>\n<body>\n<noscript>` +
    `${escape(says.page.noScript)}</noscript>\n`
  );
  yield `<script type="application/json" id="info">${jsonIn(infoOf(analysis, focus, bits))}</script>\n`;
  if (weight) yield* weightSections(analysis, weight);
  for (const [index, map] of analysis.maps.entries()) yield* weightsOf(map, index, bits);
  yield `<script>${page.script}</script>\n</body>\n</html>\n`;
}

/** The id of the element with the weights of a head. */
export function weightsId(map: number, layer: number, head: number): string {
  return `weights-${map}-${layer}-${head}`;
}

function* weightsOf(map: AttentionMap, index: number, bits: Bits): Generator<string> {
  const [layers, heads] = map.shape;
  for (let layer = 0; layer < layers; layer++) {
    for (let head = 0; head < heads; head++) {
      yield `<script type="application/octet-stream" id="${weightsId(index, layer, head)}">`;
      yield* base64Of(deflateSync(quantised(headOf(map, layer, head), bits)));
      yield '</script>\n';
    }
  }
}

function infoOf(analysis: Analysis, focus: Focus, bits: Bits): PageInfo {
  const { model, sequences, maps, edits } = analysis;
  const first = maps[focus.map ?? 0];
  const heads = first && focus.heads !== null ? headsIn(first, focus) : [];
  return {
    model: model.id,
    numbers: numbersText(model),
    remarks: [...(edits ? [editedText(analysis)] : []), ...othersSentences(maps), ...remarksOf(sequences)],
    bits,
    sequences: sequences.map(tokensOf),
    maps: maps.map((map) => pageMapOf(map, sequences)),
    predictions: pagePredictions(analysis),
    start: { map: focus.map ?? 0, layer: focus.layer ?? 0, head: heads.length === 1 ? (heads[0] ?? null) : null },
  };
}

function pageMapOf(map: AttentionMap, sequences: readonly Sequence[]): PageMap {
  const { name, kind, queries, keys, shape, layers, local, masks, normalised } = map;
  const steps = rowNames(map, sequences, 'tokens')?.map((step) => rowText(step, 'both'));
  return {
    name,
    kind,
    queries,
    keys,
    shape,
    ...(layers ? { layers } : {}),
    ...(local ? { local } : {}),
    ...(masks ? { masks } : {}),
    ...(normalised === false ? { normalised } : {}),
    ...(steps ? { steps } : {}),
  };
}

function tokensOf(sequence: Sequence): PageToken[] {
  return sequence.tokens.map((token, index) => ({
    text: labelOf(sequence, token),
    special: token.special,
    joined: continuesWord(sequence, index),
    ...(token.unknown ? { unknown: visibleText(token.text) } : {}),
  }));
}

/** JSON that cannot end the element it stands in. */
function jsonIn(value: PageInfo): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
