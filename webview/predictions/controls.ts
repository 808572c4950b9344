import { html, nothing, type TemplateResult } from 'lit';
import {
  isPlainDrawing,
  maxWritten,
  plainSampling,
  samplingOf,
  type SamplingSettings,
} from '../../src/core/prediction/sampling-settings.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { term } from '../controls/term.ts';
import { withKey } from '../state/keyboard.ts';

/** What the buttons of writing need. */
export interface Writer {
  readonly sampling: SamplingSettings;
  /** The tokens that the model wrote so far, and their text. */
  readonly written: readonly number[];
  readonly text: string;
  readonly isWriting: boolean;
  /** Whether what it wrote can be put into the document. */
  readonly accept: boolean;
  readonly act: Acting;
  readonly set: (sampling: SamplingSettings) => void;
  /** Whether the settings are open in a narrow panel. */
  readonly settings: { readonly isOpen: boolean; readonly toggle: () => void };
}

/** The buttons with which the model writes on. Those that have nothing to do are there, so that none of them moves. */
export function writingRow({ sampling, written, text, isWriting, accept, act, set, settings }: Writer): TemplateResult {
  const says = words().written;
  const isEmpty = written.length === 0;
  const again = (): void => {
    const next = { ...sampling, seed: (sampling.seed ?? 0) + 1 };
    set(next);
    act({ type: 'write', written: [], tokens: Math.min(written.length, maxWritten), sampling: samplingOf(next) });
  };
  const write = (tokens: number) => (): void => act({ type: 'write', written, tokens, sampling: samplingOf(sampling) });
  return html`<div class="writing">${
    isWriting
      ? html`<button class="main" title=${says.cancelMeaning} @click=${() => act({ type: 'command', command: 'cancel' })}>${says.cancel}</button>`
      : html`<button class="main" title=${withKey(says.continueMeaning(sampling.tokens), 'C')}
        @click=${write(sampling.tokens)}>${says.continue} <span aria-hidden="true">▸</span></button>`
  }<label title=${says.countMeaning}>${number(
    says.count,
    sampling.tokens,
    { min: 1, max: maxWritten, step: 1 },
    (tokens) => {
      if (tokens !== null) set({ ...sampling, tokens });
    },
  )}<span aria-hidden="true"> ${says.tokens}</span></label>
    <button class="link" ?disabled=${isWriting} title=${withKey(says.oneMeaning, 'c')} @click=${write(1)}>${says.one}</button>
    <button class="link" ?disabled=${isWriting || isEmpty} title=${withKey(says.backMeaning, '⌫')}
      @click=${() => act({ type: 'write', written: written.slice(0, -1), tokens: 0, sampling: samplingOf(sampling) })}>${says.back}</button>
    <button class="link" ?disabled=${isWriting || isEmpty || sampling.seed === null} title=${says.anotherMeaning} @click=${again}>${says.another}</button>
    ${
      accept
        ? html`<button class="link" ?disabled=${isWriting} title=${`${says.acceptMeaning}\n${says.wrote(text)}`}
          @click=${() => act({ type: 'accept' })}>${says.accept}</button>`
        : nothing
    }<button class="link more" aria-expanded=${settings.isOpen ? 'true' : 'false'} @click=${settings.toggle}>${says.sampling}</button></div>`;
}

/** How tokens are drawn. */
export function settingsRow(
  sampling: SamplingSettings,
  isOpen: boolean,
  set: (sampling: SamplingSettings) => void,
  act: Acting,
): TemplateResult {
  const says = words().written;
  // No labels: a term that a label names would be chosen with its field. The fields have their names themselves.
  return html`<div class="settings ${isOpen ? 'open' : ''}">
    <span class="field">${term('temperature', says.temperature, act, says.temperatureMeaning)}${number(
      says.temperature,
      sampling.temperature,
      { min: 0.05, max: 100, step: 0.1 },
      (temperature) => set({ ...sampling, temperature: temperature ?? 1 }),
    )}</span>
    <span class="field">${term('sampling', says.topK, act, says.topKMeaning)}${number(
      says.topK,
      sampling.topK,
      { min: 1, max: 1_000_000, step: 1 },
      (topK) => set({ ...sampling, topK }),
    )}</span>
    <span class="field">${term('sampling', says.topP, act, says.topPMeaning)}${number(
      says.topP,
      sampling.topP,
      { min: 0.01, max: 1, step: 0.05 },
      (topP) => set({ ...sampling, topP }),
    )}</span>
    <label class="check" title=${says.sampleMeaning}><input type="checkbox" .checked=${sampling.seed !== null}
      @change=${() => set({ ...sampling, seed: sampling.seed === null ? 1 : null })}><span>${says.sample}</span></label>
    <label title=${says.seedMeaning}><span>${says.seed}</span>${number(
      says.seed,
      sampling.seed,
      { min: 0, max: 999_999_999, step: 1, empty: '–' },
      (seed) => set({ ...sampling, seed }),
    )}</label>
    <button class="link" ?disabled=${isPlainDrawing(sampling)} title=${says.resetMeaning}
      @click=${() => set({ ...plainSampling, seed: sampling.seed, tokens: sampling.tokens })}>${says.reset}</button>
  </div>`;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What an empty field says; without it, that nothing is cut off. */
  readonly empty?: string;
}

/** A field for a number of a range; empty is null. What is no such number is put back. */
function number(
  label: string,
  value: number | null,
  { min, max, step, empty = words().written.none }: Range,
  set: (value: number | null) => void,
): TemplateResult {
  const text = value === null ? '' : String(value);
  const changed = ({ currentTarget: field }: Event): void => {
    if (!(field instanceof HTMLInputElement)) return;
    const wanted = field.value.trim() === '' ? null : Number(field.value);
    const isWhole = Number.isInteger(step);
    if (wanted === null) set(null);
    else if (Number.isFinite(wanted)) set(Math.min(max, Math.max(min, isWhole ? Math.round(wanted) : wanted)));
    if (field.value !== text && (wanted === null || !Number.isFinite(wanted))) field.value = text;
  };
  return html`<input type="number" aria-label=${label} min=${min} max=${max} step=${step} placeholder=${empty}
    .value=${text} @change=${changed}>`;
}
