import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { layerNumbers } from '../../../src/core/attention/layers.ts';
import type { Side } from '../../../src/core/compare/side.ts';
import { sentenceOf } from '../../../src/core/errors/sentence.ts';
import { headsName } from '../../../src/core/scene/names.ts';
import type { PaneContent } from '../../../src/core/views/compare/content.ts';
import { headHeight, type PlacedPane } from '../../../src/core/views/compare/layout.ts';
import { words } from '../../../src/core/words/words.ts';
import type { Acting } from '../../act.ts';
import { marked } from '../../controls/term.ts';
import type { SideState } from '../../state/comparison.ts';
import type { Frame } from '../../state/frame.ts';
import { styled } from '../../styles/styled.ts';

/** A picture and what belongs to it. */
export interface OverlayPane {
  readonly placed: PlacedPane;
  readonly content: PaneContent<Frame>;
  readonly lines: readonly string[];
  /** Null for the first run and for differences. */
  readonly side: SideState | null;
  /** What the cell in focus says; null where none is. */
  readonly spoken: string | null;
  /** Its place, by row and column. */
  readonly cell: { readonly query: number; readonly key: number } | null;
  readonly pressed: (event: KeyboardEvent) => void;
  readonly focused: () => void;
  readonly look: (at: Side['at'] | null) => void;
  readonly again: () => void;
  readonly cancel: () => void;
  readonly act: Acting;
}

/** The elements over a picture: its name, where it is looked at, its grid for the keyboard, and the lines below. */
export function paneOverlay(pane: OverlayPane): TemplateResult {
  const { placed, content, lines, side } = pane;
  const { box, notesTop } = placed;
  const [layers = 1, heads = 1] = side?.frame?.map.shape ?? [];
  const left = `${box.x}px`;
  const width = `${box.width}px`;
  return html`
    <h2 class="name" title=${content.title} .textContent=${content.title} ${styled({ left, width, top: `${box.y}px` })}></h2>
    <div class="place" ${styled({ left, width, top: `${box.y + 18}px` })}>${
      side?.frame && layers * heads > 1 ? placeChoice(side.frame, side.side, content.title, pane.look) : content.place
    }</div>
    ${content.picture ? grid(pane) : side ? sideStatus(side, pane) : nothing}
    ${
      lines.length === 0
        ? nothing
        : html`<p class="notes" ${styled({ left, width, top: `${notesTop}px` })}>${lines.map(
            (line) => html`<span>${noteOf(line, content, pane.act)} </span>`,
          )}</p>`
    }
  `;
}

/** A line below a picture, with the measure that it names. */
function noteOf(line: string, { isDifference }: PaneContent<Frame>, act: Acting): TemplateResult {
  const says = words().compare;
  const [term, meaning] = isDifference
    ? (['js-divergence', says.divergenceMeaning] as const)
    : (['alignment-error-rate', says.errorMeaning] as const);
  return marked(line, [term], act, meaning);
}

/** The matrix as a grid whose one cell is the one in focus. */
function grid({ placed, content, cell, spoken, pressed, focused }: OverlayPane): TemplateResult | typeof nothing {
  const { matrix, matrixAt } = placed;
  if (!matrix) return nothing;
  const says = words();
  const { left, top, width, height } = matrix.area;
  const id = `cell-${content.run}${content.isDifference ? 'd' : ''}`;
  const place = {
    left: `${matrixAt.x + left}px`,
    top: `${matrixAt.y + top}px`,
    width: `${width}px`,
    height: `${height}px`,
  };
  const label = content.isDifference
    ? says.compare.differenceMatrix(content.place)
    : says.compare.matrix(content.title);
  return html`
    <div class="grid" role="grid" tabindex="0" aria-label=${label} aria-rowcount=${matrix.rows.last + 1}
      aria-colcount=${matrix.columns.last + 1} aria-activedescendant=${id}
      @keydown=${pressed} @focus=${focused} ${styled(place)}>
      <div role="row" class="unseen" aria-rowindex=${cell ? cell.query + 1 : nothing}>
        <span role="gridcell" id=${id} aria-colindex=${cell ? cell.key + 1 : nothing}
          aria-selected=${cell !== null}>${spoken ?? says.views.noCell}</span>
      </div>
    </div>
  `;
}

/** Layer and head of a side: the first choice leaves both to what fits the first run. */
function placeChoice(
  { map, selection, headMerge }: Frame,
  { at }: Side,
  title: string,
  look: OverlayPane['look'],
): TemplateResult | string {
  const says = words().compare;
  const [layers, heads] = map.shape;
  const numbers = layerNumbers(map);
  const layer = numbers[selection.layer] ?? 0;
  const indexOf = ({ target }: Event): number =>
    target instanceof HTMLElement && 'selectedIndex' in target ? Number(target.selectedIndex) : -1;
  const chosen = at === undefined ? 0 : at.head === null ? 1 : at.head + 2;
  const current = selection.head === null ? headsName(selection.heads, heads, headMerge) : says.headOf(selection.head);
  const option = (text: string, index: number, now: number): TemplateResult =>
    html`<vscode-option value=${index} ?selected=${index === now}>${text}</vscode-option>`;
  return html`
    <span class="looked" role="group" aria-label=${says.place(title)}>
    ${
      layers > 1
        ? html`<vscode-single-select label=${says.layer} .selectedIndex=${selection.layer} @change=${(event: Event) => {
            const number = numbers[indexOf(event)];
            if (number !== undefined) look({ layer: number, head: selection.head });
          }}>${numbers.map((number, index) => option(says.layerOf(number), index, selection.layer))}</vscode-single-select>`
        : nothing
    }
    <vscode-single-select label=${says.head} title=${says.bestMeaning} .selectedIndex=${chosen} @change=${(
      event: Event,
    ) => {
      const index = indexOf(event);
      if (index === 0) look(null);
      else if (index > 0) look({ layer, head: index === 1 ? null : index - 2 });
    }}>
      ${[
        at === undefined ? says.best(current) : says.bestOf,
        says.allHeads,
        ...Array.from({ length: heads }, (_, head) => says.headOf(head)),
      ].map((text, index) => option(text, index, chosen))}
    </vscode-single-select></span>
  `;
}

/** In the place of a picture: how far its run is, or why there is none. */
function sideStatus({ progress, failure }: SideState, { placed, again, cancel }: OverlayPane): TemplateResult {
  const says = words().compare;
  const place = {
    left: `${placed.box.x}px`,
    top: `${placed.box.y + headHeight}px`,
    width: `${placed.box.width}px`,
  };
  if (failure) {
    const isCancelled = failure.code === 'cancelled';
    const { what, next } = isCancelled ? { what: says.cancelled, next: '' } : sentenceOf(failure);
    return html`<div class="status" role=${isCancelled ? 'status' : 'alert'} ${styled(place)}><p>${what} ${next}</p>
      <button class="link" title=${says.againMeaning} @click=${again}>${says.again}</button></div>`;
  }
  if (!progress) return html`<div class="status" ${styled(place)}><p>${says.hidden}</p></div>`;
  const { stage, done, total } = progress;
  const isKnown = done !== undefined && total !== undefined && total > 0;
  const name = stage === '' ? says.running : stage;
  return html`<div class="status" role="status" ${styled(place)}><p>${
    isKnown ? words().notices.percent(name, done / total) : name
  }</p><button class="link" title=${says.cancelMeaning} @click=${cancel}>${says.cancel}</button></div>`;
}
