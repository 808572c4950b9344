import { html, type TemplateResult } from 'lit';
import { termText } from '../../../src/core/attention/number-words.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import type { WeightNames } from '../../../src/core/views/arithmetic/names.ts';
import type { PartsContent } from '../../../src/core/views/parts/content.ts';
import { boxOfPlace, type PartsLayout } from '../../../src/core/views/parts/layout.ts';
import { readoutOf, steppedIn, type PartsTable, type TablePlace } from '../../../src/core/views/parts/table.ts';
import { words } from '../../../src/core/words/words.ts';
import { styled } from '../../styles/styled.ts';
import { placed } from '../arithmetic/overlay.ts';

/** The table as keyboard and screen reader meet it. */
export interface GridScene {
  readonly layout: PartsLayout;
  readonly cursor: TablePlace;
  readonly move: (place: TablePlace) => void;
  readonly leave: () => void;
}

/** The table as a grid of one tab stop: the arrow keys move in it, and the cell that they come to is read. */
export function grid({ layout, cursor, move, leave }: GridScene): TemplateResult {
  const { table } = layout;
  const [rows, columns] = [table.rows.length, table.columns.length];
  const first = boxOfPlace(layout, { row: 0, column: 0 });
  const last = boxOfPlace(layout, { row: rows, column: columns });
  const box = { ...first, width: last.x + last.width - first.x, height: last.y + last.height - first.y };
  const pressed = (event: KeyboardEvent): void => {
    const next = steppedIn(cursor, event, { rows, columns });
    if (!next) return;
    event.preventDefault();
    move(next);
  };
  return html`<div class="grid" role="grid" tabindex="0" aria-label=${words().scoreParts.grid} aria-rowcount=${rows + 1}
    aria-colcount=${columns + 1} aria-activedescendant="place" @keydown=${pressed} @focus=${() => move(cursor)}
    @blur=${leave} ${styled(placed(box))}><div role="row" class="unseen" aria-rowindex=${cursor.row + 1}><span
    role="gridcell" id="place" aria-colindex=${cursor.column + 1} aria-selected="true">${readoutOf(table, cursor)}</span></div></div>`;
}

/** What is pointed at, in words. */
export function readout({ readout: box, table }: PartsLayout, pointed: TablePlace | null): TemplateResult {
  return html`<div class="readout" aria-hidden="true" ${styled(placed(box))}>${
    pointed ? readoutOf(table, pointed) : ''
  }</div>`;
}

/** The same as text and as a table, for those who do not see the picture. */
export function twin(content: PartsContent, table: PartsTable, { query, key }: WeightNames): TemplateResult {
  const says = words().scoreParts;
  const { rows, columns, values } = table;
  return html`
    <div class="unseen">
      ${content.sentences.map((line) => html`<p .textContent=${line}></p>`)}
      <table>
        <caption .textContent=${says.table(query, key)}></caption>
        <thead><tr><th scope="col">${says.part}</th>${columns.map(
          ({ name }) => html`<th scope="col" .textContent=${name}></th>`,
        )}<th scope="col">${says.sum}</th></tr></thead>
        <tbody>${rows.map(
          ({ name, sum }, at) =>
            html`<tr><th scope="row" .textContent=${name}></th>${itemAt(values, at).map(
              (value) => html`<td .textContent=${termText(value)}></td>`,
            )}<td .textContent=${termText(sum)}></td></tr>`,
        )}<tr><th scope="row">${says.sum}</th>${columns.map(
          ({ sum }) => html`<td .textContent=${termText(sum)}></td>`,
        )}<td .textContent=${termText(table.total)}></td></tr></tbody>
      </table>
      <ol>${content.largest.map(
        ({ value, query: one, key: other }) =>
          html`<li .textContent=${says.readout(termText(value), says.meeting(one.says, other.says))}></li>`,
      )}</ol>
      ${
        content.further
          ? html`<p .textContent=${says.readout(termText(content.further.value), says.further(content.further.count))}></p>`
          : ''
      }
      ${content.check.map(({ name, value }) => html`<p .textContent=${says.readout(name, value)}></p>`)}
    </div>`;
}
