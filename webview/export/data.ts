import { inflateSync } from 'fflate';
import { weightsId, type PageInfo, type PageMap, type PageToken } from '../../src/core/export/html.ts';
import { restored } from '../../src/core/export/quantised.ts';
import { Last } from '../../src/core/scene/last.ts';

/** What is shown: a map, a layer, and a head or (null) the mean of all heads. */
export interface Shown {
  readonly map: number;
  readonly layer: number;
  readonly head: number | null;
}

/** The analysis that the page holds. */
export class PageData {
  readonly info: PageInfo;
  readonly #kept = new Last<Float32Array>();

  /** Reads what the exporter wrote into the page. */
  constructor() {
    this.info = JSON.parse(document.getElementById('info')?.textContent ?? '') as PageInfo;
  }

  map(index: number): PageMap {
    const map = this.info.maps[index];
    if (!map) throw new RangeError(`There is no map ${index}.`);
    return map;
  }

  /** The rows of a map: of a decoder what is read and written at each, else the tokens that look. */
  rows({ queries, steps }: PageMap): readonly PageToken[] {
    return this.tokens(queries).map((token, index) =>
      steps ? { ...token, text: steps[index] ?? token.text, joined: false } : token,
    );
  }

  tokens(sequence: number): readonly PageToken[] {
    return this.info.sequences[sequence] ?? [];
  }

  /** The weights of a head, or the mean of all heads, `[query][key]`. What was looked at last is kept. */
  weights({ map, layer, head }: Shown): Float32Array {
    return this.#kept.of([map, layer, head], () =>
      head === null ? this.#mean(map, layer) : this.#head(map, layer, head),
    );
  }

  #mean(map: number, layer: number): Float32Array {
    const [, heads, queries, keys] = this.map(map).shape;
    const mean = new Float32Array(queries * keys);
    for (let head = 0; head < heads; head++) {
      this.#head(map, layer, head).forEach((weight, cell) => {
        mean[cell] = (mean[cell] ?? 0) + weight / heads;
      });
    }
    return mean;
  }

  #head(map: number, layer: number, head: number): Float32Array {
    const text = document.getElementById(weightsId(map, layer, head))?.textContent ?? '';
    const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return restored(inflateSync(packed), this.info.bits);
  }
}
