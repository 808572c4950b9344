import { html, nothing, type TemplateResult } from 'lit';
import { layerNumber } from '../../src/core/attention/layers.ts';
import { maskOf } from '../../src/core/attention/mask.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import { knownOf, roleMeaning } from '../../src/core/attention/role-words.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import { sinkSentence } from '../../src/core/attention/sinks.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { candidateText, effectSentence, placeText } from '../../src/core/prediction/effect-words.ts';
import { cssOf, type Rgb } from '../../src/core/color/srgb.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import { spokenTitle } from '../../src/core/scene/names.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import type { Picture } from '../state/frame.ts';
import { styled } from '../styles/styled.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import { measuredBlock } from './measured.ts';
import { similarList } from './similar.ts';
import { patternSentence, spokenSummary } from '../words/head.ts';
import { breadthSentence } from '../words/plain.ts';
import { named, term } from '../controls/term.ts';
import { termOfRole } from './role-terms.ts';

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
  const { inspector: says, metrics, roles } = words();
  const { head, heads } = frame.selection;
  if (head === null) {
    const merged = frame.headMerge === 'mean' ? says.mean : says.max;
    const lines = palette.contrast ? says.meanPatterns : says.meanColours;
    // No whitespace: it would be nodes more.
    return html`<h3>${
      heads.length === 0
        ? nothing
        : html`<span class="swatch"
          ${styled({ 'background-color': cssOf(palette.colorOfAll(heads)) })}></span>`
    }${named('head', spokenTitle(frame), scene.act)}</h3>${maskLine(scene)}<p
        class="dim">${heads.length === 0 ? says.noHeads : `${merged} ${lines}`}</p>`;
  }
  const summary = spokenSummary(frame);
  const known = summary && knownOf(summary);
  const measured = summary && measuredOf(scene, summary, palette.colorOf(head));
  return html`
    <h3><span class="swatch"
      ${styled({ 'background-color': cssOf(palette.colorOf(head)) })}></span>${named('head', spokenTitle(frame), scene.act)}</h3>
    ${maskLine(scene)}
    ${
      measured ??
      (known
        ? html`
      ${known.name === null ? nothing : html`<p><b>${term('role', known.name, scene.act, known.meaning)}</b></p>`}
      ${known.sentences.map((sentence) => html`<p title=${known.meaning}>${sentence}</p>`)}
    `
        : nothing)
    }
    ${
      summary
        ? html`
      <p class="dim">
        ${
          summary.role
            ? html`<b>${term(
                termOfRole(summary.role.name),
                roles.names[summary.role.name],
                scene.act,
                `${roleMeaning(summary.role.name)} ${roles.definition}`,
              )}</b> <span
          title=${roles.scoreMeaning(summary.role.name)}>${weightText(summary.role.score)}</span>${says.onThisText}`
            : nothing
        }${named('entropy', metrics.entropyOf(summary.entropy, summary.maxEntropy), scene.act)}
      </p>
      <p>${[patternSentence(frame.source, summary), breadthSentence(summary) ?? ''].join(' ').trim()}</p>
      ${effectBlock(scene, summary)}
      ${sinkBlock(scene, summary)}
      ${similarList(scene, summary)}
    `
        : nothing
    }
  `;
}

/** What the head was measured to do; null where it was not. */
function measuredOf({ frame, act }: HeadScene, summary: HeadSummary, color: Rgb): TemplateResult | null {
  const { map } = frame.selection;
  return measuredBlock({ summary, map, layer: layerNumber(frame.source.map, summary.layer), color, act });
}

/** What a prediction becomes without the head, where that was measured. */
function effectBlock(
  {
    frame: {
      source: { map, info },
    },
    act,
  }: HeadScene,
  { layer, head, ablated }: HeadSummary,
): TemplateResult | typeof nothing {
  if (!ablated) return nothing;
  const { effects: says, names } = words();
  const part = says.head(names.place(layerNumber(map, layer), head));
  const place = placeText(ablated.place, info.sequences);
  const note = `${says.heading(place, candidateText(ablated.watched.text))}. ${says.caution}`;
  return html`<p>${named('effect', effectSentence(part, ablated), act, note)}</p>`;
}

/** What the layers shown leave to a token, where it is not all. */
function maskLine({
  frame: {
    source: { map, layer },
  },
  act,
}: HeadScene): TemplateResult | typeof nothing {
  const { inspector: says, names } = words();
  const mask = maskOf(map, layer);
  return mask.kind === 'full'
    ? nothing
    : html`<p class="dim">${named(
        mask.kind === 'window' ? 'sliding-window' : 'mask',
        says.masked(says.mask[mask.kind], names.seen(mask, map.kind)),
        act,
      )}</p>`;
}

/** That a head rests on a sink, and a way to see the rest of its attention where a filter shows it. */
function sinkBlock({ frame, view, act }: HeadScene, summary: HeadSummary): TemplateResult | typeof nothing {
  const sentence = sinkSentence(summary.sink, sequenceOn(frame.source, 'key'));
  if (sentence === null) return nothing;
  const { hideSpecial } = view.options;
  const says = words().sinks;
  const show = (): void =>
    act({ type: 'view', view: { ...view, options: { ...view.options, hideSpecial: true, renormalise: true } } });
  return html`
    <p><b>${term('sink', says.label, act)}</b> ${sentence}${summary.sink?.on === 'first' ? says.noFilter : nothing}</p>
    ${
      summary.sink?.on === 'special' && !hideSpecial
        ? html`<p><button class="link"
      title=${says.showMeaning} @click=${show}>${says.show}</button></p>`
        : nothing
    }
  `;
}
