import { layerNumber } from '../../core/attention/layers.ts';
import { headOf, type AttentionMap, type MapName } from '../../core/attention/map.ts';
import { valueRows } from '../../core/block/explain.ts';
import type { PartsBy } from '../../core/block/score-parts.ts';
import { ofEncoder, partKey } from '../../core/block/part-name.ts';
import type { SiteLabel } from '../../core/block/stream-leaf.ts';
import type { Parts } from '../../core/block/stream-parts.ts';
import { itemAt } from '../../core/item-at.ts';
import type { AttentionSite } from '../../core/onnx/site.ts';
import type { Work } from '../../protocol/contract.ts';
import type { BlockRun, PartsOfGraph } from '../backend/network.ts';
import type { SideParts } from '../backend/side-parts.ts';
import type { StreamExtras } from '../backend/stream-reader.ts';
import type { Tap } from '../backend/tap.ts';
import type { Step } from '../feeds/step.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { isOfDecoder, type Explained } from './cell-run.ts';

/** What the encoder of an encoder-decoder calls its result. */
const statesOutput = 'last_hidden_state';

/** Whose vectors are taken apart: the queries or keys of a head of one attention. */
export interface SideOf {
  readonly map: AttentionMap;
  readonly side: 'query' | 'key';
  readonly site: AttentionSite;
  readonly head: number;
}

/** The residual streams of a model's graphs on the texts of an analysis. Its owner disposes of it. */
export class StreamParts {
  readonly #model: LoadedModel;
  readonly #of: Explained;
  readonly #byToken: boolean;
  readonly #work: Work;
  readonly #graphs = new Map<Tap, PartsOfGraph>();
  #values: { readonly site: number; readonly step: Step; readonly run: BlockRun } | null = null;

  constructor(model: LoadedModel, of: Explained, by: PartsBy, work: Work) {
    this.#model = model;
    this.#of = of;
    this.#byToken = by === 'token';
    this.#work = work;
  }

  /** The parts of queries or keys at some tokens of their sequence, in a run of one step. */
  async side({ map, side, site, head }: SideOf, step: Step, tokens: readonly number[]): Promise<SideParts> {
    const tap = this.tapOf(map);
    const graph = this.graph(tap);
    const { feeds, extent } = await graph.feed(step);
    const isSource = side === 'key' && map.kind === 'cross';
    const stream = isSource ? tokens : tokens.map((token) => token - extent.past);
    const sizes = { heads: map.shape[1], queries: extent.filled };
    const rows = { stream, side: side === 'key' ? tokens : stream };
    const states = isSource ? await this.#states(tokens) : null;
    return graph.reader.side({ side, site: tap.sites.indexOf(site), head, sizes }, feeds, rows, {
      ...this.extras(tap, step, tokens),
      states,
    });
  }

  /** The graph that a map is of. */
  tapOf(map: AttentionMap): Tap {
    const { main, decoder } = this.#model.network;
    return isOfDecoder(map) && decoder ? decoder : main;
  }

  /** The stream of a graph. */
  graph(tap: Tap): PartsOfGraph {
    const known = this.#graphs.get(tap);
    if (known) return known;
    const kinds = this.#mapOf(this.#nameOf(tap, itemAt(tap.sites, 0)))?.layers ?? null;
    const graph = this.#model.network.readParts(tap, { labels: this.#labels(tap), kinds }, this.#work);
    this.#graphs.set(tap, graph);
    return graph;
  }

  /** What heads take from each token, for rows of these tokens. */
  extras(tap: Tap, step: Step, tokens: readonly number[]): StreamExtras {
    return { states: null, byToken: (site, head) => this.#taken(tap, step, tokens, site, head) };
  }

  async dispose(): Promise<void> {
    for (const { reader } of this.#graphs.values()) await reader.dispose();
  }

  #mapOf(name: MapName): AttentionMap | undefined {
    return this.#of.analysis.maps.find((map) => map.name === name);
  }

  #nameOf(tap: Tap, { kind }: AttentionSite): MapName {
    const { main, decoder } = this.#model.network;
    if (decoder === null) return 'attention';
    if (tap === main) return 'encoder';
    return kind === 'cross' ? 'cross' : 'decoder';
  }

  #labels(tap: Tap): readonly Omit<SiteLabel, 'site'>[] {
    const counts = new Map<MapName, number>();
    return tap.sites.map((site) => {
      const name = this.#nameOf(tap, site);
      const index = counts.get(name) ?? 0;
      counts.set(name, index + 1);
      const map = this.#mapOf(name);
      return { map: name, layer: map ? layerNumber(map, index) : index, heads: map?.shape[1] ?? site.heads ?? 1 };
    });
  }

  /** What the encoder wrote for tokens of the source. */
  async #states(tokens: readonly number[]): Promise<Parts> {
    const { main } = this.#model.network;
    const graph = this.graph(main);
    const step = { ids: itemAt(this.#of.analysis.sequences, 0).tokens.map(({ id }) => id) };
    const { feeds } = await graph.feed(step);
    const parts = await graph.reader.output(statesOutput, feeds, tokens, this.extras(main, step, tokens));
    return new Map(
      [...parts.values()].map(({ name, values }) => {
        const own = ofEncoder(name);
        return [partKey(own), { name: own, values }];
      }),
    );
  }

  async #taken(
    tap: Tap,
    step: Step,
    tokens: readonly number[],
    label: SiteLabel,
    head: number,
  ): Promise<readonly Float64Array[] | null> {
    const map = this.#mapOf(label.map);
    if (!this.#byToken || !map) return null;
    const site = itemAt(tap.sites, label.site);
    if (this.#values?.site !== label.site || this.#values.step !== step)
      this.#values = { site: label.site, step, run: await this.#model.network.readBlock(site, step, this.#work) };
    const { block, numbers, extent } = this.#values.run;
    const { past, tokens: fed, filled, source } = extent;
    const keys = map.kind === 'cross' ? (source ?? map.shape[3]) : past + fed;
    const sizes = { heads: map.shape[1], queries: filled, headsInside: block.headsInside, keys };
    const layer = tap.sites.filter((other) => this.#nameOf(tap, other) === label.map).indexOf(site);
    const weights = headOf(map, layer, head);
    const values = valueRows(block, numbers, head, sizes);
    return values.map((value, key) => {
      const rows = new Float64Array(tokens.length * value.length);
      for (const [at, token] of tokens.entries()) {
        const weight = itemAt(weights, token * map.shape[3] + key);
        for (const [d, one] of value.entries()) rows[at * value.length + d] = weight * one;
      }
      return rows;
    });
  }
}
