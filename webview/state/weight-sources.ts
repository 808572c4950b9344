import type { Explanation } from '../../src/core/block/explanation.ts';
import type { ScoreParts } from '../../src/core/block/score-parts.ts';
import { chainOf } from '../../src/core/views/arithmetic/chain.ts';
import { checkParts } from '../../src/core/views/parts/content.ts';
import type { ViewName } from '../../src/core/views/table.ts';
import type { PanelContract, PanelHostContract } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';
import { EffectsSource } from './effects-source.ts';
import { PairSource } from './pair-source.ts';

/**
 * What is asked for when the person wants it: how the weight in focus is computed, why its score is what it is, and
 * the effect of every head.
 */
export class WeightSources {
  readonly weights: PairSource<Explanation>;
  readonly parts: PairSource<ScoreParts>;
  readonly effects: EffectsSource;

  /** `changed` is called when something is known that was not. */
  constructor(peer: Peer<PanelContract, PanelHostContract>, changed: () => void) {
    this.effects = new EffectsSource(
      (analysis, position, options) => peer.ask('effects', { analysis, position }, options),
      changed,
    );
    this.weights = new PairSource(
      {
        ask: async ({ analysis, cell }, options) => {
          const told = await peer.ask('explain', { analysis, ...cell }, options);
          // One whose vectors do not fit together cannot be drawn: it throws here.
          chainOf(told);
          return told;
        },
        sizeOf: ({ scores }) => 8 * scores.byteLength,
      },
      changed,
    );
    this.parts = new PairSource(
      {
        ask: async ({ analysis, cell }, options) => {
          const told = await peer.ask('parts', { analysis, ...cell, by: 'head' }, options);
          checkParts(told);
          return told;
        },
        sizeOf: ({ terms, centred }) => terms.byteLength + centred.byteLength,
      },
      changed,
    );
  }

  /** Of what a view does not show nothing is waited for. */
  showing(view: ViewName): void {
    if (view !== 'parts') this.parts.rest();
    if (view !== 'arithmetic') this.weights.rest();
  }

  /** The one that a view of one weight shows. */
  of(view: ViewName): PairSource<Explanation> | PairSource<ScoreParts> {
    return view === 'parts' ? this.parts : this.weights;
  }

  /** Asks nothing any more. */
  close(): void {
    this.weights.close();
    this.parts.close();
    this.effects.close();
  }
}
