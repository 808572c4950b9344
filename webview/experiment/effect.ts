import { css, html, nothing, type TemplateResult } from 'lit';
import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import { probabilityText, valueText } from '../../src/core/attention/number-words.ts';
import type { Change } from '../../src/core/prediction/change.ts';
import { wordDiff, type DiffPiece } from '../../src/core/prediction/word-diff.ts';
import { withEdits } from '../../src/core/run/edit-list.ts';
import { visibleText } from '../../src/core/text/label.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { named } from '../controls/term.ts';
import { styled } from '../styles/styled.ts';
import { labelAt, quoted } from '../words/label.ts';
import type { Masking } from './masking.ts';

/** So many of the likeliest tokens of both runs are told. */
const maxRows = 6;

/** One row: a token or label, and its probability in both runs. */
interface Row {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly ranks?: readonly [number, number];
}

/**
 * What the edits of a run did to what its model predicts, before and after side by side; where it predicts nothing for
 * want of a mask, `masking` is one press away.
 */
export function effectOf(info: AnalysisInfo, masking: Masking | null, act: Acting): TemplateResult {
  const { change, sequences } = info;
  const says = words().experiment;
  if (!change) return nothingPredicted(info, masking, act);
  const rows = rowsOf(change);
  const most = Math.max(...rows.flatMap(({ before, after }) => [before, after]));
  return html`
    <div class="effect">
      ${change.written ? writtenOf(change.written) : nothing}
      <p class="heading"><b>${named('prediction', placeName(change, sequences), act)}</b> <span
        >${named('kl-divergence', says.kl(valueText(change.kl)), act, says.klMeaning)}</span>${
          change.kl === 0 ? html` <span>${says.same}</span>` : nothing
        }</p>
      <table>
        <thead><tr><th>${
          change.kind === 'label' ? says.columns.label : says.columns.token
        }</th><th>${says.columns.before}</th><th>${says.columns.after}</th>${
          change.kind === 'label' ? nothing : html`<th>${says.columns.rank}</th>`
        }</tr></thead>
        <tbody ${styled({ '--most': most.toFixed(4) })}>${rows.map(rowOf)}</tbody>
      </table>
    </div>
  `;
}

/** Why there is nothing to compare, and what would change that. */
function nothingPredicted(
  { model, sequences, edits = [] }: AnalysisInfo,
  masking: Masking | null,
  act: Acting,
): TemplateResult {
  const says = words().experiment;
  const { blank } = model;
  const none = (why: string): TemplateResult => html`<p class="effect none" .textContent=${why}></p>`;
  if (blank === undefined || model.family !== 'encoder') return none(says.nothing);
  if (sequences[0]?.tokens.some(({ text }) => text === blank)) return none(says.fillsNone);
  if (!masking) return none(`${says.nothingMasked} ${says.maskToken(visibleText(blank))}`);
  return html`<p class="effect none">${says.nothingMasked} <button class="link" title=${says.maskMeaning}
    @click=${() => act({ type: 'edit', edits: withEdits(edits, masking.edits) })}>${says.maskThis(
      masking.token,
      masking.blank,
    )}</button></p>`;
}

/** Where the prediction is made. */
export function placeName(change: Change, sequences: AnalysisInfo['sequences']): string {
  const says = words().experiment;
  if (change.kind === 'label') return says.label;
  if (change.kind === 'masked') return says.atMask(change.token);
  const sequence = sequences[change.sequence];
  return change.token === 0 || !sequence ? says.first : says.after(quoted(labelAt(sequence, change.token - 1)));
}

/** The likeliest of both runs, as many as are told; every one of those that lead in either is among them. */
function rowsOf(change: Change): readonly Row[] {
  if (change.kind !== 'label')
    return kept(
      change.moved.map(({ text, before, after, ranks }) => ({ name: visibleText(text), before, after, ranks })),
    );
  const before = new Map(change.before.map(({ name, probability }) => [name, probability]));
  return kept(
    change.after.map(({ name, probability }) => ({
      name: visibleText(name),
      before: before.get(name) ?? 0,
      after: probability,
    })),
  );
}

function kept(rows: readonly Row[]): readonly Row[] {
  const best = new Set(
    [...rows].sort((a, b) => Math.max(b.before, b.after) - Math.max(a.before, a.after)).slice(0, maxRows),
  );
  return rows.filter((row) => best.has(row));
}

function rowOf({ name, before, after, ranks }: Row): TemplateResult {
  const says = words().experiment;
  const share = (probability: number, isAfter: boolean): TemplateResult =>
    html`<td class=${isAfter ? 'after' : 'before'}><span
      class="bar" ${styled({ '--share': probability.toFixed(4) })}></span><span
      class="number">${probabilityText(probability)}</span></td>`;
  return html`<tr><th scope="row" title=${name}>${name}</th>${share(before, false)}${share(after, true)}${
    ranks ? html`<td class="rank" title=${says.rankMeaning}>${says.ranks(...ranks)}</td>` : nothing
  }</tr>`;
}

/** What the model wrote in both runs, the words that differ marked. */
function writtenOf({ before, after }: NonNullable<Change['written']>): TemplateResult {
  const says = words().experiment;
  const [was, is] = wordDiff(before, after);
  const line = (name: string, pieces: readonly DiffPiece[]): TemplateResult => html`
    <dt>${name}</dt>
    <dd>${
      pieces.length === 0
        ? says.noText
        : pieces.map(({ text, isOwn }) => (isOwn ? html`${blanksOf(text)}<mark>${text.trimStart()}</mark>` : text))
    }</dd>`;
  return html`<dl>${line(says.columns.before, was)}${line(says.columns.after, is)}</dl>`;
}

/** The blanks before a word, which are not marked with it. */
function blanksOf(text: string): string {
  return text.slice(0, text.length - text.trimStart().length);
}

/** The looks of what edits did. */
export const effectStyles = css`
  .effect {
    max-height: max(150px, 32vh);
    padding: 4px 16px 8px;
    overflow: hidden auto;
    background: var(--vscode-editor-background);
  }

  .effect.none {
    margin: 0;
    color: var(--ta-dim);
  }

  .heading {
    margin: 0 0 2px;
    color: var(--ta-dim);
    font-size: 0.92em;
  }

  .heading b {
    color: var(--vscode-foreground);
    font-weight: 600;
  }

  .heading span {
    margin-inline-start: 8px;
    white-space: nowrap;
  }

  table {
    width: 100%;
    max-width: 640px;
    border-spacing: 0;
    table-layout: fixed;
    font-variant-numeric: tabular-nums;
    line-height: 19px;
  }

  tr {
    display: grid;
    grid-template-columns: minmax(3em, 8em) 1fr 1fr 5.5em;
    gap: 18px;
  }

  th {
    min-width: 0;
    overflow: hidden;
    padding: 0;
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.95em;
    font-weight: inherit;
    text-align: start;
    text-overflow: ellipsis;
    white-space: pre;
  }

  td {
    display: flex;
    align-items: center;
    min-width: 0;
    padding: 0;
  }

  thead th {
    color: var(--ta-dim);
    font-family: inherit;
  }

  thead th:nth-child(4) {
    text-align: end;
  }

  td .bar {
    position: relative;
    flex: 1 1 0;
    height: 8px;
  }

  td .bar::before {
    content: '';
    position: absolute;
    inset: 0 auto 0 0;
    width: calc(100% * var(--share) / var(--most));
    min-width: 2px;
    border-radius: 2px;
    background: var(--ta-dim);
  }

  td.after .bar::before {
    background: var(--vscode-foreground);
  }

  .number {
    width: 4.2em;
    color: var(--ta-dim);
    text-align: end;
  }

  td.after .number {
    color: var(--vscode-foreground);
  }

  .rank {
    justify-content: end;
    color: var(--ta-dim);
    white-space: nowrap;
  }

  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 2px 12px;
    margin: 0 0 6px;
  }

  dt {
    color: var(--ta-dim);
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  mark {
    border-bottom: 2px solid var(--vscode-foreground);
    background: none;
    color: inherit;
    font-weight: 600;
  }

  @media (max-width: 420px) {
    .effect {
      padding-inline: 8px;
    }

    tr {
      grid-template-columns: minmax(3em, 5.5em) 1fr 1fr;
      gap: 6px;
    }

    .rank,
    thead th:nth-child(4) {
      display: none;
    }

    .number {
      width: 3.4em;
    }
  }
`;
