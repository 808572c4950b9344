import type { WeightSymbol } from '../../src/core/views/arithmetic/symbols.ts';
import type { PanelContract, PanelHostContract } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';

/** Ties the parts of the arithmetic to the words of a lesson that name them: either side tells what is pointed at. */
export class SymbolLink {
  readonly #peer: Peer<PanelContract, PanelHostContract>;
  #told: WeightSymbol | null = null;
  /** The part that a word of the text names, as long as the cursor is in it. */
  named: WeightSymbol | null = null;

  /** `changed` is called when a word names another part. */
  constructor(peer: Peer<PanelContract, PanelHostContract>, changed: () => void) {
    this.#peer = peer;
    peer.on('symbol', (symbol) => {
      this.named = symbol;
      changed();
    });
  }

  /** Tells what the person points at in the picture. */
  readonly tell = (symbol: WeightSymbol | null): void => {
    if (symbol === this.#told) return;
    this.#told = symbol;
    this.#peer.tell('symbol', symbol);
  };
}
