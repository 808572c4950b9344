import { css, html, nothing, type TemplateResult } from 'lit';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import { partsOf } from '../../src/core/export/effects.ts';
import { candidateText, klText, placeText } from '../../src/core/prediction/effect-words.ts';
import type { Effects } from '../../src/core/prediction/effects.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import type { EffectsState } from '../state/effects-source.ts';
import type { Frame } from '../state/frame.ts';
import { named } from './term.ts';

/** Parts that the line names. */
const maxNamed = 3;

/** What the line is made from. */
export interface EffectsScene {
  readonly frame: Frame;
  readonly effects: EffectsState;
  readonly act: Acting;
}

/** The button that measures the effect of every head; while that goes on, how far it is and a way to stop it. */
export function effectsButton({ effects: { isPredicted, progress }, act }: EffectsScene): TemplateResult {
  const { effects: says, notices } = words();
  if (!progress)
    return html`<button class="link effects" ?disabled=${!isPredicted} title=${isPredicted ? says.measureMeaning : says.noPrediction}
      @click=${() => act({ type: 'effects', ask: 'measure' })}>${says.measure}</button>`;
  const { done, total } = progress;
  const isKnown = done !== undefined && total !== undefined && total > 0;
  return html`<span class="effects">${
    isKnown ? html`<progress aria-label=${says.measure} max=${total} value=${done}></progress> ` : nothing
  }${isKnown ? says.runs(done, total) : says.measuring} <button class="link" title=${says.cancelMeaning}
    @click=${() => act({ type: 'effects', ask: 'cancel' })}>${notices.cancel}</button></span>`;
}

/** What was measured, in a line: on which token, and the parts with the largest effects. Nothing before. */
export function effectsLine({ frame, effects: { told, failure }, act }: EffectsScene): TemplateResult | typeof nothing {
  if (failure) {
    const { what, next } = sentenceOf(failure);
    return html`<p class="effects-line" role="alert">${what} ${next}</p>`;
  }
  if (!told) return nothing;
  const says = words().effects;
  const { info } = frame;
  const largest = largestOf(told, frame).map(({ name, kl }) => says.largest(name, klText(kl)));
  const heading = says.heading(placeText(told.place, info.sequences), candidateText(told.watched.text));
  return html`<p class="effects-line" role="status">${named('effect', heading, act, says.caution)}. ${says.most(largest)}</p>`;
}

function largestOf(told: Effects, { info }: Frame): { readonly name: string; readonly kl: number }[] {
  const { effects: says, pictures } = words();
  return partsOf(told, info)
    .flatMap(({ map, layer, head, effect }) => {
      const part = head === null ? says.feedForward(layer) : `${layer}.${head}`;
      const kind = info.maps.find(({ name }) => name === map)?.kind ?? 'self';
      return effect
        ? [{ name: info.maps.length > 1 ? says.ofMap(pictures.map(map, kind), part) : part, kl: effect.kl }]
        : [];
    })
    .sort((a, b) => b.kl - a.kl)
    .slice(0, maxNamed);
}

/** The looks of both. */
export const effectsStyles = css`
  .effects {
    white-space: nowrap;
  }

  .effects progress {
    width: 60px;
    height: 6px;
    vertical-align: middle;
    accent-color: var(--vscode-progressBar-background);
  }

  .effects-line {
    flex-basis: 100%;
    margin: 0;
    color: var(--ta-dim);
  }
`;
