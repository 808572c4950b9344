import type { MapInfo } from '../../src/core/attention/map.ts';
import type { Selection, TokenFocus } from '../../src/core/attention/selection.ts';
import { AttentionError } from '../../src/core/errors/reason.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import type { Payload, Port, Result } from '../../src/protocol/contract.ts';
import {
  panelContract,
  panelHostContract,
  type PanelContract,
  type PanelHostContract,
  type Shown,
} from '../../src/protocol/panel.ts';
import { Peer } from '../../src/protocol/peer.ts';
import type { Act } from '../act.ts';
import { paintedSvg } from '../picture/png.ts';

/** The other end of the panel, and what is asked of it about the analysis that is shown. */
export class Host {
  readonly peer: Peer<PanelContract, PanelHostContract>;
  readonly #shown: () => Shown | null;

  /** `shown` tells the analysis that is shown now. */
  constructor(port: Port, shown: () => Shown | null) {
    this.#shown = shown;
    this.peer = new Peer(
      port,
      panelContract,
      { paint: async ({ svg }) => ({ png: await (await paintedSvg(svg)).arrayBuffer() }) },
      panelHostContract,
    );
  }

  /** Shows a token of a map in the editor. */
  reveal({ queries, keys }: MapInfo, { side, index }: TokenFocus): void {
    const shown = this.#shown();
    const sequence = side === 'query' ? queries : keys;
    if (shown) this.peer.tell('reveal', { analysis: shown.analysis, sequence, token: index });
  }

  /** Hands on what a part of the panel wants of the host. */
  want(act: Extract<Act, { readonly type: 'export' | 'example' | 'glossary' | 'link' }>): void {
    switch (act.type) {
      case 'export':
        return this.give('export', act.format);
      case 'example':
        return this.give('example', act.of);
      case 'glossary':
        return this.give('glossary', act.of);
      case 'link':
        return this.give('link', null);
    }
  }

  /**
   * Says that a button was pressed, that what is shown is wanted as a file or a link, how a picture was copied, which
   * example or which page of the glossary is wanted.
   */
  give<N extends 'command' | 'export' | 'link' | 'copied' | 'example' | 'glossary'>(
    name: N,
    payload: Payload<PanelHostContract, N>,
  ): void {
    this.peer.tell(name, payload);
  }

  /** Has the model write on after the text, what it wrote put into the document, or a word in place of a mask. */
  write(act: Extract<Act, { type: 'write' | 'accept' | 'fill' }>): void {
    const { analysis } = this.#shown() ?? {};
    if (analysis === undefined) return;
    if (act.type === 'accept') return this.peer.tell('accept', { analysis });
    if (act.type === 'fill') return this.peer.tell('fill', { analysis, token: act.token, text: act.text });
    const { written, tokens, sampling } = act;
    this.peer.tell('write', { analysis, tokens, sampling, ...(written.length > 0 ? { written: [...written] } : {}) });
  }

  /** Has the texts of an analysis run under these edits and no others, with the focus where it is said. */
  run({ analysis }: Shown, edits: readonly Edit[], selection: Selection): void {
    this.peer.tell('edit', { analysis, edits: [...edits], selection });
  }

  /** A token of the model's vocabulary by its name; null where it has none. Rejects with an AttentionError. */
  token(name: string): Promise<Result<PanelHostContract, 'token'>> {
    return this.peer.ask('token', { analysis: this.#analysis, name });
  }

  /** What is shown as an SVG. Rejects with an AttentionError. */
  async picture(): Promise<string> {
    return (await this.peer.ask('picture', { analysis: this.#analysis })).svg;
  }

  /** The name of the analysis that is shown. Throws `analysis-gone`. */
  get #analysis(): string {
    const shown = this.#shown();
    if (!shown) throw new AttentionError({ code: 'analysis-gone' });
    return shown.analysis;
  }
}
