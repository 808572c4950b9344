import { html, nothing, type TemplateResult } from 'lit';
import { exactText, signedText } from '../../../src/core/attention/number-words.ts';
import { strongest } from '../../../src/core/attention/rows.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import { weightAt } from '../../../src/core/scene/links.ts';
import { isSeen } from '../../../src/core/scene/sight.ts';
import type { PaneContent } from '../../../src/core/views/compare/content.ts';
import { linkedMarks } from '../../../src/core/views/compare/linked.ts';
import type { Marked } from '../../../src/core/views/matrix/marks.ts';
import { words } from '../../../src/core/words/words.ts';
import type { Frame } from '../../state/frame.ts';

/** A long row is cut to the keys that any run looks at most. */
const maxRows = 30;

/** What one run holds of what is in focus. */
interface Reading {
  readonly title: string;
  /** The weight, or why there is none. */
  readonly text: string;
  /** The weight less that of the first run; absent of this, and where either has none. */
  readonly difference?: string;
}

/** The weight of a cell in every run, by the row and column of the first one. */
export function readingsOf(contents: readonly PaneContent<Frame>[], first: Marked): readonly Reading[] {
  const marks = linkedMarks(contents, first);
  const weights = contents.map(({ picture }, at) => {
    const { query, key } = itemAt(marks, at);
    return picture && query !== null && key !== null ? weightAt(picture.scene, query, key) : null;
  });
  const own = weights[0] ?? null;
  return contents.flatMap(({ title, picture, isDifference }, at) => {
    if (isDifference || !picture) return [];
    const { query, key } = itemAt(marks, at);
    const weight = weights[at] ?? null;
    if (weight === null || query === null || key === null) return [{ title, text: words().compare.noCell }];
    const text = isSeen(picture.scene, query, key) ? exactText(weight) : words().compare.maskedCell;
    return [at === 0 || own === null ? { title, text } : { title, text, difference: signedText(weight - own) }];
  });
}

/** What is in focus of the first run in words: `‘rey’ → ‘king’`, or its row alone. */
export function focusName(contents: readonly PaneContent<Frame>[], { query, key }: Marked): string {
  const { picture } = contents[0] ?? {};
  if (!picture) return '';
  const quoted = (label: { readonly text: string } | undefined): string => words().texts.quoted(label?.text ?? '');
  const names = [
    ...(query === null ? [] : [quoted(picture.queries[query])]),
    ...(key === null ? [] : [quoted(picture.keys[key])]),
  ];
  return names.join(' → ');
}

/** All that is read of a cell in one sentence. */
export function spokenReadings(contents: readonly PaneContent<Frame>[], first: Marked): string {
  const says = words().compare;
  const readings = readingsOf(contents, first).map(({ title, text, difference }) =>
    says.cell(title, says.exact(text, difference ?? null)),
  );
  return `${focusName(contents, first)}: ${readings.join('; ')}`;
}

/** The line below the pictures: the cell in focus, in every run. */
export function readout(contents: readonly PaneContent<Frame>[], first: Marked, isSpoken: boolean): TemplateResult {
  const says = words().compare;
  const isCell = first.query !== null && first.key !== null;
  return html`
    <div class="readout" aria-live=${isSpoken ? 'polite' : 'off'}>
      <span class="name">${focusName(contents, first) || says.pointAt}</span>
      ${
        isCell
          ? readingsOf(contents, first).map(
              ({ title, text, difference }) =>
                html`<span class="reading"><b>${text}</b>${
                  difference === undefined ? nothing : html` <span class="signed">${difference}</span>`
                } <span class="title">${title}</span></span>`,
            )
          : nothing
      }
    </div>
  `;
}

/** The row in focus as a table, for those who do not see the canvas: every key with its weight in each run. */
export function rowTable(contents: readonly PaneContent<Frame>[], query: number): TemplateResult | typeof nothing {
  const { picture } = contents[0] ?? {};
  const says = words().compare;
  if (!picture || contents.length < 2) return nothing;
  const [, , , keys] = picture.scene.map.shape;
  const marks = linkedMarks(contents, { query, key: null });
  const largest = new Float32Array(keys);
  for (const [at, content] of contents.entries()) {
    const row = itemAt(marks, at).query;
    if (content.isDifference || !content.picture || row === null) continue;
    for (let key = 0; key < keys; key++) {
      const place = linkedMarks([content], { query: null, key })[0]?.key ?? null;
      if (place !== null) largest[key] = Math.max(largest[key] ?? 0, weightAt(content.picture.scene, row, place));
    }
  }
  const told = strongest(largest, maxRows).sort((a, b) => a.index - b.index);
  const titles = readingsOf(contents, { query, key: 0 }).map(({ title }) => title);
  return html`
    <div class="unseen"><table>
      <caption>${says.table(focusName(contents, { query, key: null }))}</caption>
      <thead><tr><th scope="col">${says.columns.key}</th>${titles.map(
        (title) => html`<th scope="col" .textContent=${title}></th>`,
      )}</tr></thead>
      <tbody>${told.map(
        ({ index }) =>
          html`<tr><th scope="row" .textContent=${picture.keys[index]?.text ?? ''}></th>${readingsOf(contents, {
            query,
            key: index,
          }).map(({ text, difference }) => html`<td .textContent=${says.exact(text, difference ?? null)}></td>`)}</tr>`,
      )}</tbody>
    </table></div>
  `;
}
