import { html, nothing, type TemplateResult } from 'lit';
import { doubtOf } from '../../src/core/attention/role-words.ts';
import type { LayerNumber } from '../../src/core/attention/layers.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import { cssOf, type Rgb } from '../../src/core/color/srgb.ts';
import type { Evidence } from '../../src/core/probe/evidence.ts';
import { evidenceName, evidenceSentence, exampleText } from '../../src/core/probe/probe-words.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { named, term } from '../controls/term.ts';
import { styled } from '../styles/styled.ts';
import { termOfRole } from './role-terms.ts';

/** What the block needs. */
export interface MeasuredScene {
  readonly summary: HeadSummary;
  /** Which map the head is of. */
  readonly map: number;
  /** The number of its layer in the model. */
  readonly layer: LayerNumber;
  readonly color: Rgb;
  readonly act: Acting;
}

/**
 * What a head was measured to do: each role with its score beside what a head without knowledge gets, and examples that
 * open; null for a head that was not measured.
 */
export function measuredBlock(scene: MeasuredScene): TemplateResult | null {
  const { measured } = scene.summary;
  if (!measured) return null;
  const doubt = doubtOf(scene.summary);
  return html`${
    measured.length === 0 ? html`<p>${words().probe.nothing}</p>` : measured.map((one) => roleOf(scene, one))
  }${doubt === null ? nothing : html`<p>${doubt}</p>`}${
    scene.summary.unread
      ? html`<p class="dim">${named('no-op', words().probe.unreadHere(scene.layer), scene.act)}</p>`
      : nothing
  }`;
}

function roleOf(scene: MeasuredScene, evidence: Evidence): TemplateResult {
  const { probe } = words();
  const sentence = evidenceSentence(evidence);
  const far = evidence.kind === 'grammar' ? evidence.notNeighbours : null;
  const { act } = scene;
  const line = (name: TemplateResult, score: number, ticks: readonly Tick[]): TemplateResult =>
    html`${name}<span
      class="weight" aria-hidden="true" .textContent=${weightText(score)}></span>${track(scene, score, ticks)}`;
  // What is seen is heard as a sentence; the terms in it are heard by themselves.
  return html`<div class="role">${line(
    html`<b>${term(termOfRole(evidence.name), evidenceName(evidence), act, probe.meaning)}</b>`,
    evidence.score,
    ticksOf(evidence),
  )}${
    far === null
      ? nothing
      : line(
          html`<span class="dim" aria-hidden="true">${probe.notNeighbours(far.cases)}</span>`,
          far.score,
          ticksOf({ ...evidence, ...far }),
        )
  }<span class="dim numbers" title=${sentence}>${numbersLine(evidence, act)}</span></div><p
    class="unseen">${sentence}</p>${examplesOf(scene, evidence)}`;
}

/** A baseline: of the best fixed offset, or of equal weights. */
interface Tick {
  readonly at: number;
  readonly isChance: boolean;
}

/** Where the baselines are: the best fixed offset as a tall mark, equal weights as a short one. */
function ticksOf(evidence: Evidence): readonly Tick[] {
  if (evidence.kind === 'grammar')
    return [
      { at: evidence.baseline, isChance: false },
      { at: evidence.chance, isChance: true },
    ];
  return evidence.baseline === null ? [] : [{ at: evidence.baseline, isChance: true }];
}

/** A line from 0 to 1 with the baselines, and the score as a dot at the end of what is above the highest of them. */
function track({ color }: MeasuredScene, score: number, ticks: readonly Tick[]): TemplateResult {
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const from = Math.max(0, ...ticks.map(({ at }) => at));
  const above = {
    left: percent(Math.min(from, score)),
    width: percent(Math.abs(score - from)),
    'background-color': cssOf(color),
  };
  return html`<span class="track" aria-hidden="true"><span class="above" ${styled(above)}></span>${ticks.map(
    ({ at, isChance }) => html`<span class="tick ${isChance ? 'chance' : ''}" ${styled({ left: percent(at) })}></span>`,
  )}<span class="score" ${styled({ left: percent(score), 'background-color': cssOf(color) })}></span></span>`;
}

/** The same in words, in one line: what a rule without knowledge gets is a baseline. */
function numbersLine(evidence: Evidence, act: Acting): TemplateResult {
  const text = evidenceNumbers(evidence);
  const phrase = words().probe.equalWeights;
  const at = text.indexOf(phrase);
  return at < 0
    ? html`${text}`
    : html`${text.slice(0, at)}${term('baseline', phrase, act)}${text.slice(at + phrase.length)}`;
}

function evidenceNumbers(evidence: Evidence): string {
  const { probe } = words();
  switch (evidence.kind) {
    case 'grammar':
      return probe.grammarNumbers(evidence);
    case 'pattern':
      return probe.patternNumbers(evidence);
    case 'no-op':
      return probe.noOpNumbers(evidence);
  }
}

/** Sentences in which the head does it, each a button that opens one. */
function examplesOf({ summary, map, act }: MeasuredScene, { examples }: Evidence): TemplateResult | typeof nothing {
  if (examples.length === 0) return nothing;
  const says = words().probe;
  const { layer, head } = summary;
  return html`<ul class="examples" aria-label=${says.examples}>${examples.map(
    (example) => html`<li class="link"><button class="link" title=${says.openExample(example.text)}
      @click=${() => act({ type: 'example', of: { map, layer, head, example } })}
      .textContent=${exampleText(example)}></button><span
      class="weight" .textContent=${weightText(Math.min(1, example.weight))}></span></li>`,
  )}</ul>`;
}
