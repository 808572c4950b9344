import { html, nothing, type TemplateResult } from 'lit';
import { termText } from '../../src/core/attention/number-words.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import { cssOf } from '../../src/core/color/srgb.ts';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import type { Candidate } from '../../src/core/prediction/prediction.ts';
import { visibleText } from '../../src/core/text/label.ts';
import { logitContent, type LogitContent } from '../../src/core/views/parts/logit.ts';
import { termOfPart } from '../../src/core/views/parts/terms.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import type { LogitState } from '../state/weight-sources.ts';
import { marked, named } from '../controls/term.ts';
import { styled } from '../styles/styled.ts';
import { quoted } from '../words/label.ts';

/** Where candidates are predicted, and what is known of the logit of one of them. */
export interface LogitScene {
  readonly analysis: string;
  readonly state: LogitState;
  readonly palette: Palette;
  readonly act: Acting;
}

/** Where a list of candidates stands: the row of the model that predicts them, and the token there by name. */
export interface LogitRow {
  readonly position: number;
  readonly name: string;
}

/** The name of a candidate as a button that shows why its logit is what it is, or no longer. */
export function candidateName(
  { id, text }: Candidate,
  { position }: LogitRow,
  { analysis, state, act }: LogitScene,
): TemplateResult {
  const says = words().scoreParts;
  const isOpen = state.wanted?.token === id && state.wanted.position === position;
  const place = { analysis, token: id, position };
  return html`<button class="name link" aria-expanded=${isOpen ? 'true' : 'false'}
    title=${isOpen ? says.closeLogitMeaning : says.whyLogitMeaning(quoted(visibleText(text)))}
    @click=${() => act({ type: 'logit', place: isOpen ? null : place })}>${visibleText(text)}</button>`;
}

/** What the logit of one of these candidates is made of, where that was asked for. */
export function logitBlock(
  candidates: readonly Candidate[],
  { position, name }: LogitRow,
  scene: LogitScene,
): TemplateResult | typeof nothing {
  const { wanted, shown, progress, failure } = scene.state;
  const candidate = candidates.find(({ id }) => id === wanted?.token);
  if (!candidate || wanted?.position !== position) return nothing;
  const says = words().scoreParts;
  const isHere = shown?.place.token === wanted.token && shown.place.position === position;
  return html`<section class="logit" aria-label=${says.whyLogit(quoted(visibleText(candidate.text)))}>
    <h4>${named('logit', says.whyLogit(quoted(visibleText(candidate.text))), scene.act)}</h4>${
      failure ? failed(scene) : isHere ? told(logitContent(shown.told, name), scene) : waiting(progress, scene.act)
    }</section>`;
}

function told({ lines, peak, check }: LogitContent, { palette, act }: LogitScene): TemplateResult {
  const says = words().scoreParts;
  const least = Math.min(0, ...lines.map(({ value }) => value)) / (peak || 1);
  const most = Math.max(0, ...lines.map(({ value }) => value)) / (peak || 1);
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const room = most - least || 1;
  const colors = { plus: cssOf(palette.signed.plus), minus: cssOf(palette.signed.minus) };
  return html`<ol class="parts">${lines.map(({ name, says: whole, value }, at) => {
    const id = termOfPart(lines, at);
    const start = (Math.min(0, value / (peak || 1)) - least) / room;
    const isMinus = value < 0;
    const bar = {
      'margin-inline-start': percent(start),
      width: percent(Math.abs(value) / (peak || 1) / room),
      'background-color': isMinus && palette.contrast ? 'transparent' : isMinus ? colors.minus : colors.plus,
      'outline-color': isMinus ? colors.minus : colors.plus,
    };
    return html`<li title=${says.readout(termText(value), whole)}><span class="name">${id ? named(id, name, act) : name}</span><span
      class="room"><span class="bar ${isMinus && palette.contrast ? 'outlined' : ''}" ${styled(bar)}></span></span><span
      class="weight">${termText(value)}</span></li>`;
  })}</ol><dl>${check.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  <p class="dim">${marked(says.logitCaution, ['layer-norm', 'probability'], act)}</p>`;
}

function failed({ state: { failure }, act }: LogitScene): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  const says = words().arithmetic;
  const isCancelled = failure.code === 'cancelled';
  const { what, next } = isCancelled ? { what: says.cancelled, next: '' } : sentenceOf(failure);
  return html`<p role=${isCancelled ? 'status' : 'alert'}>${what} ${next}</p><button class="link"
    title=${words().scoreParts.againMeaning} @click=${() => act({ type: 'logit', ask: 'again' })}>${says.again}</button>`;
}

function waiting(progress: LogitState['progress'], act: Acting): TemplateResult {
  const { arithmetic, notices } = words();
  const { stage = '', done, total } = progress ?? {};
  const name = stage === '' ? arithmetic.computing : stage;
  const isKnown = done !== undefined && total !== undefined && total > 0;
  return html`<p class="dim" role="status">${isKnown ? notices.percent(name, done / total) : name}</p><button
    class="link" title=${words().scoreParts.cancelMeaning}
    @click=${() => act({ type: 'logit', ask: 'cancel' })}>${arithmetic.cancel}</button>`;
}
