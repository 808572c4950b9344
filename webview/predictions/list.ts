import { html, nothing, type TemplateResult } from 'lit';
import { exactText, probabilityText } from '../../src/core/attention/number-words.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { term } from '../controls/term.ts';
import { styled } from '../styles/styled.ts';
import { quoted } from '../words/label.ts';
import { numberOf, type PredictionRow } from './rows.ts';

/** Candidates with a line of their own. */
const listed = 6;

/** The likeliest candidates: a line each, with a bar, or in a narrow panel one line of them all. */
export function candidateList(
  rows: readonly PredictionRow[],
  choice: { readonly says: string; readonly choose: (row: PredictionRow) => void } | null,
): TemplateResult {
  const says = words().written;
  const titleOf = (row: PredictionRow): string => {
    const what = says.candidate(row.label, probabilityText(row.probability), probabilityText(row.drawn));
    return [`${what}${row.isCut ? ` (${says.cut})` : ''}`, ...(choice ? [choice.says] : [])].join('\n');
  };
  return html`<ol class="candidates" title=${says.meaning}>${rows.slice(0, listed).map((row) => {
    const number = numberOf(row);
    return html`<li class="${row.isCut ? 'cut' : ''} ${row.rank === null ? '' : 'actual'}" title=${titleOf(row)}>${
      choice
        ? html`<button class="name" @click=${() => choice.choose(row)}>${row.label}</button>`
        : html`<span class="name">${row.label}</span>`
    }<span class="room"><span class="bar" ${styled({ width: `${(100 * (row.isCut ? 0 : row.drawn)).toFixed(1)}%` })}></span></span><span class="number">${number}</span></li>`;
  })}</ol>`;
}

/** The token that the text has at the place, with its probability and rank. The line is there without one, too. */
export function actualLine(rows: readonly PredictionRow[], act: Acting): TemplateResult {
  const says = words().written;
  const actual = rows.find(({ rank }) => rank !== null);
  return html`<p class="in-text">${
    actual && actual.rank !== null
      ? html`<span>${term('probability', says.actual, act, says.actualMeaning(quoted(actual.label), words().predictions.rank(actual.rank, undefined)))}: <b>${actual.label}</b> ${numberOf(actual)}, ${says.rank(actual.rank)}</span>`
      : nothing
  }</p>`;
}

/** All candidates as a table with exact numbers, for those who do not see the bars. */
export function candidateTable(rows: readonly PredictionRow[], where: string): TemplateResult {
  const says = words().written.table;
  return html`<div class="unseen"><table>
    <caption>${says.caption(where)}</caption>
    <thead><tr><th scope="col">${says.token}</th><th scope="col">${says.probability}</th><th scope="col">${says.drawn}</th></tr></thead>
    <tbody>${rows.map(
      ({ label, probability, drawn }) =>
        html`<tr><th scope="row" .textContent=${label}></th><td .textContent=${exactText(probability)}></td><td .textContent=${exactText(drawn)}></td></tr>`,
    )}</tbody>
  </table></div>`;
}
