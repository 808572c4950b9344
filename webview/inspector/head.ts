import { html, nothing, type TemplateResult } from 'lit';
import { amountText, weightText } from '../../src/core/attention/number-words.ts';
import { relationLabels, relationSentences } from '../../src/core/attention/relations.ts';
import { relationMeaning, roleDefinition, scoreTitle } from '../../src/core/attention/role-titles.ts';
import { roleMeaning } from '../../src/core/attention/role-words.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import { sinkMeaning, sinkSentence } from '../../src/core/attention/sinks.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { cssOf } from '../../src/core/color/srgb.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import { headsName, layerName } from '../../src/core/scene/names.ts';
import type { Acting } from '../act.ts';
import type { Picture } from '../state/frame.ts';
import { styled } from '../styles/styled.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import { headName, patternSentence, spokenSummary } from '../words/head.ts';

const entropyMeaning =
  'How widely the head spreads its attention: 0 when every token looks at one token alone; at its maximum when every ' +
  'token looks at all alike. Mean over the text, in nats.';
const meanColours =
  'Each line has the colour of its head; words and bars are grey, since they show several heads at once.';
const meanPatterns = 'Each line keeps its head’s pattern.';

/** What the block needs. */
export interface HeadScene {
  readonly frame: Picture;
  readonly palette: Palette;
  readonly view: ViewState;
  readonly act: Acting;
}

/** The head that numbers speak of, or the heads merged: what it is known for, its role here, and where it rests. */
export function headBlock(scene: HeadScene): TemplateResult {
  const { frame, palette } = scene;
  const { head, heads } = frame.selection;
  if (head === null) {
    const merged =
      frame.headMerge === 'mean' ? 'mean over the heads shown' : 'highest of the heads shown; rows need not sum to 1';
    return html`
      <h3>${
        heads.length === 0
          ? nothing
          : html`<span class="swatch"
          ${styled({ 'background-color': cssOf(palette.colorOfAll(heads)) })}></span>`
      }${capital(headsName(frame))}, ${layerName(frame)}</h3>
      <p
        class="dim">${
          heads.length === 0
            ? 'No heads selected. Pick one, or All.'
            : html`Numbers are the ${merged}. ${palette.contrast ? meanPatterns : meanColours}`
        }</p>
    `;
  }
  const summary = spokenSummary(frame);
  return html`
    <h3><span class="swatch"
      ${styled({ 'background-color': cssOf(palette.colorOf(head)) })}></span>Head ${headName(frame.layer, head)}</h3>
    ${
      summary?.relation
        ? html`
      <p><b title=${relationMeaning}>${relationLabels[summary.relation.relation]}</b></p>
      ${relationSentences(summary.relation).map((sentence) => html`<p>${sentence}</p>`)}
    `
        : nothing
    }
    ${
      summary
        ? html`
      <p class="dim">
        ${
          summary.role
            ? html`<b
          title=${`${roleMeaning(summary.role.name)} ${roleDefinition}`}>${summary.role.name}</b> <span
          title=${scoreTitle(summary.role)}>${weightText(summary.role.score)}</span> on this text; `
            : nothing
        }<span
          title=${entropyMeaning}
          >entropy ${amountText(summary.entropy, 1)} of ${amountText(summary.maxEntropy, 1)} nats</span>
      </p>
      <p>${patternSentence(frame.source, summary)}</p>
      ${sinkBlock(scene, summary)}
    `
        : nothing
    }
  `;
}

/** That a head rests on a sink, and a way to see the rest of its attention where a filter shows it. */
function sinkBlock({ frame, view, act }: HeadScene, summary: HeadSummary): TemplateResult | typeof nothing {
  const sentence = sinkSentence(summary.sink, sequenceOn(frame.source, 'key'));
  if (sentence === null) return nothing;
  const { hideSpecial } = view.options;
  const show = (): void =>
    act({ type: 'view', view: { ...view, options: { ...view.options, hideSpecial: true, renormalise: true } } });
  return html`
    <p><b title=${sinkMeaning}>Sink.</b> ${sentence}${
      summary.sink?.on === 'first'
        ? ' No filter hides a word of the text; pin other words to see what is left.'
        : nothing
    }</p>
    ${
      summary.sink?.on === 'special' && !hideSpecial
        ? html`<p><button class="link"
      title="Hide special tokens, and let the remaining weights of each row sum to 1." @click=${show}
      >Show without special tokens</button></p>`
        : nothing
    }
  `;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
