import { unnamedFilterWords } from '../attention/filter-words.ts';
import type { AttentionMap, LocalWindow } from '../attention/map.ts';
import type { SeenKeys } from '../attention/mask.ts';
import { chosenLayer, type LayerChoice } from '../attention/merge.ts';
import { rowText, type RowName } from '../attention/row-names.ts';
import { columnsSeen, forcedRows, sightOf, type Sight } from '../attention/sight.ts';
import type { ShownUnit } from '../attention/units.ts';
import type { ViewOptions } from '../attention/view.ts';
import { arrange, arranged, shownStep, type Arrangement } from './arrangement.ts';
import { continuesWord } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { markedLabelOf } from '../text/unknown-words.ts';
import { words } from '../words/words.ts';
import { focusedWeights, headsIn, layersIn, type Focus } from './focus.ts';

/**
 * A row or column of a file: its place among all tokens or words of the sequence, hidden ones counted, and what is read
 * of it.
 */
export interface Labelled {
  readonly at: number;
  readonly label: string;
  readonly special: boolean;
  /** Whether the model does not know it. */
  readonly unknown: boolean;
  /** Whether it carries on the word of the row or column before. */
  readonly joined: boolean;
  /** Of a decoder's row: what is read and what is written at that step. */
  readonly step?: RowName;
}

/**
 * A map as the options show it in a file: its rows and columns are units (tokens or words, without hidden ones), and
 * its weights are those of the panel. A direction takes nothing away: it belongs to a token in focus, and a file is of
 * all tokens.
 */
export class ShownMap {
  readonly map: AttentionMap;
  readonly options: ViewOptions;
  readonly queries: readonly Labelled[];
  readonly keys: readonly Labelled[];
  /** The one row that is shown, null for all. */
  readonly step: number | null;
  readonly #arrangement: Arrangement;

  constructor(map: AttentionMap, sequences: readonly Sequence[], options: ViewOptions) {
    this.map = map;
    this.options = options;
    const arrangement = arrange(map, sequences, options);
    const { sides, steps } = arrangement;
    this.#arrangement = arrangement;
    this.queries = labelled(arrangement, sides.query, arrangement.map.queries).map((row, index) => {
      const step = steps?.[index];
      return step ? { ...row, label: rowText(step, options.rows), step, joined: false } : row;
    });
    this.keys = labelled(arrangement, sides.key, arrangement.map.keys);
    this.step = shownStep(arrangement, options);
  }

  /** Whether every row and column is the token at its place. */
  get isWhole(): boolean {
    const [, , queries, keys] = this.map.shape;
    return this.queries.length === queries && this.keys.length === keys;
  }

  /** The rows that have no choice in what `focus` shows: they see one column alone. */
  forcedRows(focus: Focus): ReadonlySet<number> {
    const { sides } = this.#arrangement;
    return forcedRows(sightOf(this.map, this.oneLayer(focus)), sides.query, sides.key);
  }

  /** Whether a threshold takes weights away: what is 0 is then not shown. */
  get isThinned(): boolean {
    return this.options.mass !== null || this.options.topK !== null;
  }

  /** What is filtered, in words behind a heading; merged heads and layers are named by it already. */
  get filters(): string {
    const others = unnamedFilterWords(this.options, this.map, { rows: 'both' });
    const rows = this.map.rows ? [words().filters.rows(this.options.rows)] : [];
    return [...rows, ...others].map((one, index) => `${index === 0 ? '; ' : ', '}${one}`).join('');
  }

  /** The window of local attention, which counts tokens: none where rows or columns are something else. */
  get window(): LocalWindow | undefined {
    return this.isWhole ? this.map.local : undefined;
  }

  /**
   * The columns that a row of a layer may see: in a causal map none that stand after it, in a local one what its window
   * holds, and of those what the mask of the layer leaves. Null where every row sees all.
   */
  seen(layer: LayerChoice): ((row: number) => SeenKeys) | null {
    const { query, key } = this.#arrangement.sides;
    return columnsSeen(this.sight(layer), query, key);
  }

  /** What is seen of a layer; the window of local attention only where rows and columns are tokens. */
  sight(layer: LayerChoice): Sight {
    return { ...sightOf(this.map, layer), local: this.window };
  }

  /** The layer that `focus` shows as one, or how it merges all. */
  oneLayer(focus: Focus): LayerChoice {
    return this.options.layerMerge ?? focus.layer ?? (this.map.shape[0] > 1 ? 'mean' : 0);
  }

  /** The layers that `focus` shows; one alone where they are merged. Throws RangeError when there is no such layer. */
  layers(focus: Focus): readonly LayerChoice[] {
    const layers = layersIn(this.map, focus);
    return this.options.layerMerge ? [this.options.layerMerge] : layers;
  }

  /**
   * The heads that `focus` shows of a layer, in its order, each `[query][key]`. Throws RangeError when there is no such
   * head.
   */
  *heads(layer: LayerChoice, focus: Focus): Generator<readonly [head: number, weights: Float32Array]> {
    const all = chosenLayer(this.map, layer);
    const [, , queries, keys] = this.map.shape;
    for (const head of headsIn(this.map, focus))
      yield [head, this.#shown(all.subarray(head * queries * keys, (head + 1) * queries * keys))];
  }

  /** All heads of a layer, `[head][query][key]`. */
  layer(layer: LayerChoice): Float32Array {
    return this.#shown(chosenLayer(this.map, layer));
  }

  /** What `focus` picks as one, `[query][key]`. Throws RangeError when there is no such layer or head. */
  merged(focus: Focus): Float32Array {
    return this.#shown(focusedWeights(this.map, focus, this.options));
  }

  /** Merged before they come here: a threshold is of what is drawn. */
  #shown(weights: Float32Array): Float32Array {
    return arranged(weights, this.#arrangement, this.options, this.step).weights;
  }
}

function labelled({ sequences }: Arrangement, units: readonly ShownUnit[], index: number): readonly Labelled[] {
  const sequence = sequences[index];
  return units.flatMap(({ at }, unit) => {
    const token = sequence?.tokens[unit];
    return sequence && token
      ? [
          {
            at,
            label: markedLabelOf(sequence, token),
            special: token.special,
            unknown: token.unknown === true,
            joined: continuesWord(sequence, unit),
          },
        ]
      : [];
  });
}
