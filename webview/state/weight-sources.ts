import type { Explanation } from '../../src/core/block/explanation.ts';
import type { LogitParts, ScoreParts } from '../../src/core/block/score-parts.ts';
import { chainOf } from '../../src/core/views/arithmetic/chain.ts';
import { checkParts } from '../../src/core/views/parts/content.ts';
import type { ViewName } from '../../src/core/views/table.ts';
import type { PanelContract, PanelHostContract } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';
import type { Act } from '../act.ts';
import { AnswerSource, type Answer } from './answer-source.ts';
import { EffectsSource } from './effects-source.ts';
import { PairSource } from './pair-source.ts';
import { SymbolLink } from './symbol-link.ts';

/** A token of the vocabulary whose logit after a token of an analysis is taken apart. */
export interface LogitPlace {
  readonly analysis: string;
  readonly token: number;
  readonly position: number;
}

/** What is known of the logit that was asked for. */
export type LogitState = Answer<LogitPlace, LogitParts>;

/**
 * What is asked for when the person wants it: how the weight in focus is computed, why its score and why a logit is what
 * it is, and the effect of every head.
 */
export class WeightSources {
  readonly weights: PairSource<Explanation>;
  readonly parts: PairSource<ScoreParts>;
  readonly logits: AnswerSource<LogitPlace, LogitParts>;
  readonly effects: EffectsSource;
  readonly symbols: SymbolLink;
  readonly #changed: () => void;
  #logit: LogitPlace | null = null;

  /** `changed` is called when something is known that was not. */
  constructor(peer: Peer<PanelContract, PanelHostContract>, changed: () => void) {
    this.#changed = changed;
    this.symbols = new SymbolLink(peer, changed);
    this.effects = new EffectsSource(
      (analysis, position, options) => peer.ask('effects', { analysis, position }, options),
      changed,
    );
    this.weights = new PairSource(
      async ({ analysis, cell }, options) => {
        const told = await peer.ask('explain', { analysis, ...cell }, options);
        // One whose vectors do not fit together cannot be drawn: it throws here.
        chainOf(told);
        return told;
      },
      ({ scores }) => 8 * scores.byteLength,
      changed,
    );
    this.parts = new PairSource(
      async ({ analysis, cell }, options) => {
        const told = await peer.ask('parts', { analysis, ...cell, by: 'head' }, options);
        checkParts(told);
        return told;
      },
      ({ terms, centred }) => terms.byteLength + centred.byteLength,
      changed,
    );
    this.logits = new AnswerSource(
      {
        ask: ({ analysis, token, position }, options) =>
          peer.ask('logit', { analysis, token: `#${token}`, position }, options),
        sizeOf: ({ values }) => values.byteLength,
      },
      changed,
    );
  }

  /** Of what a view does not show nothing is waited for. */
  showing(view: ViewName): void {
    if (view !== 'parts') this.parts.rest();
    if (view !== 'arithmetic') this.weights.rest();
  }

  /** Does what a part of the panel asks for: of the weight that a view shows, or of a logit. */
  take(act: Extract<Act, { type: 'weight' | 'logit' }>, view: ViewName): void {
    if (act.type === 'weight') return (view === 'parts' ? this.parts : this.weights)[act.ask]();
    if ('ask' in act) return this.logits[act.ask]();
    this.#logit = act.place;
    this.#changed();
  }

  /** What is known of the logit of an analysis that was asked for. */
  logitOf(analysis: string): LogitState {
    return this.logits.of(analysis, this.#logit?.analysis === analysis ? this.#logit : null);
  }

  /** Asks nothing any more. */
  close(): void {
    for (const source of [this.weights, this.parts, this.logits, this.effects]) source.close();
  }
}
