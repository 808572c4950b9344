import { html, nothing, type TemplateResult } from 'lit';
import { termText } from '../../../src/core/attention/number-words.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import type { Box } from '../../../src/core/picture/marks.ts';
import type { ArithmeticContent } from '../../../src/core/views/arithmetic/content.ts';
import type { ArithmeticLayout } from '../../../src/core/views/arithmetic/layout.ts';
import type { Pointed } from '../../../src/core/views/arithmetic/marks.ts';
import { componentText, formulaTexts, pointedText } from '../../../src/core/views/arithmetic/readout.ts';
import { termOfPart, type PartId } from '../../../src/core/views/arithmetic/names.ts';
import type { Acting } from '../../act.ts';
import { placedTerms } from '../../controls/term.ts';
import { words } from '../../../src/core/words/words.ts';
import { arrowStep } from '../../controls/roving.ts';
import { withKey } from '../../state/keyboard.ts';
import { styled } from '../../styles/styled.ts';

/** What lies over the painted picture, for keyboard and screen reader. */
export interface Overlay {
  readonly content: ArithmeticContent;
  readonly layout: ArithmeticLayout;
  readonly pointed: Pointed;
  /** The symbol that has the one tab stop of the formula. */
  readonly symbol: PartId;
  /** The key of the pair. */
  readonly pair: number;
  readonly isSorted: boolean;
  readonly isWhole: boolean;
  readonly point: (pointed: Partial<Pointed>) => void;
  readonly choose: (key: number) => void;
  readonly sort: () => void;
  readonly whole: () => void;
  /** Asks why the score is what it is. */
  readonly why: () => void;
  readonly act: Acting;
}

/**
 * The symbols of the formula, a button each that opens the glossary, one tab stop; arrow keys lead from one to the next.
 */
export function symbols({ content, layout, pointed, symbol, point, act }: Overlay): TemplateResult {
  const first = layout.formula.filter(
    ({ segment }, at) => segment.id !== null && layout.formula.findIndex((one) => one.segment.id === segment.id) === at,
  );
  const stop = first.some(({ segment }) => segment.id === symbol) ? symbol : (content.formula[0]?.[0]?.id ?? '');
  const move = (event: KeyboardEvent): void => {
    const by = arrowStep(event);
    const group = event.currentTarget;
    if (by === 0 || !(group instanceof HTMLElement)) return;
    event.preventDefault();
    const buttons = [...group.querySelectorAll<HTMLElement>('button')];
    const now = buttons.findIndex((button) => button.matches(':focus'));
    buttons[(now + by + buttons.length) % buttons.length]?.focus();
  };
  return html`<div role="toolbar" aria-label=${words().arithmetic.formula} @keydown=${move}>${first.map(
    ({ segment: { id, says }, box }) => html`<button
      class="symbol" data-part=${id} title=${`${says}\n${meaningOf(id)}`} aria-label=${says} tabindex=${id === stop ? 0 : -1}
      aria-pressed=${pointed.part === id}
      @click=${() => act({ type: 'glossary', of: termOfPart(id ?? '') })}
      @focus=${() => point({ part: id })} @blur=${() => point({ part: null })} ${styled(placed(box))}></button>`,
  )}</div>`;
}

/** What the glossary says of a symbol. */
function meaningOf(id: PartId | null): string {
  return words().glossary.terms[termOfPart(id ?? '')].short;
}

/** Terms of the glossary that the picture names. */
export function namedTerms({ layout, act }: Overlay): TemplateResult {
  return placedTerms(layout.glossary, act);
}

/** The components of the strips as one value that the arrow keys move along. */
export function components(overlay: Overlay): TemplateResult {
  const { content, layout, pointed, point } = overlay;
  const says = words().arithmetic;
  const boxes = layout.strips.filter(({ strip }) => strip.meets).map(({ box }) => box);
  const [first, last] = [itemAt(boxes, 0), itemAt(boxes, boxes.length - 1)];
  const count = content.order.length;
  const now = pointed.component ?? 0;
  const to = (at: number): void => point({ component: Math.min(count - 1, Math.max(0, at)), part: null });
  const move = (event: KeyboardEvent): void => {
    const by = arrowStep(event);
    if (by !== 0) to(pointed.component === null ? now : now + by);
    else if (event.key === 'Home') to(0);
    else if (event.key === 'End') to(count - 1);
    else return;
    event.preventDefault();
  };
  return html`<div class="components" role="slider" tabindex="0" aria-label=${says.components}
    aria-valuemin="0" aria-valuemax=${count - 1} aria-valuenow=${now} aria-valuetext=${componentText(content, now)}
    @keydown=${move} @focus=${() => to(now)} @blur=${() => point({ component: null })}
    ${styled(placed({ ...first, height: last.y + last.height - first.y }))}></div>
    <button class="link sort" title=${says.sortMeaning} aria-pressed=${overlay.isSorted} @click=${overlay.sort}
      ${styled(placed(layout.buttons.sort, false))}>${overlay.isSorted ? says.inOrder : says.sortByProduct}</button>
    <div class="readout" aria-hidden="true" ${styled({ left: `${layout.readout.x}px`, top: `${layout.readout.y}px` })}>${pointedText(content, layout, pointed)}</div>`;
}

/** The keys of the row: Up and Down choose the key that is explained. */
export function rowKeys({ content, layout, pair, choose, isWhole, whole, why }: Overlay): TemplateResult {
  const says = words().arithmetic;
  const lines = content.rows.lines.flatMap((line) => (line.key === null ? [] : [{ ...line, key: line.key }]));
  const at = lines.findIndex(({ key }) => key === pair);
  const line = lines[at];
  const boxes = layout.rows.rows.map(({ box }) => box);
  const [first, last] = [itemAt(boxes, 0), itemAt(boxes, boxes.length - 1)];
  const move = (event: KeyboardEvent): void => {
    const by = arrowStep(event);
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? lines.length - 1 : by === 0 ? null : at + by;
    if (to === null) return;
    event.preventDefault();
    const next = lines[to];
    if (next && next.key !== pair) choose(next.key);
  };
  return html`<button class="link why" title=${withKey(words().scoreParts.whyMeaning, 'w')} @click=${why}
    ${styled(placed(layout.buttons.why, false))}>${words().scoreParts.why}</button><div class="rows" role="listbox" tabindex="0" aria-label=${says.rows} aria-activedescendant="key"
    @keydown=${move} ${styled(placed({ ...first, height: last.y + last.height - first.y }))}><span
    class="unseen" id="key" role="option" aria-selected="true" aria-setsize=${lines.length} aria-posinset=${at + 1}>${
      line ? says.row(line.name, line.score, line.weight) : nothing
    }</span></div>${
      layout.buttons.rows && content.rows.more !== null
        ? html`<button class="link more" title=${says.moreMeaning} aria-pressed=${isWhole} @click=${whole}
          ${styled(placed(layout.buttons.rows, false))}>${isWhole ? says.topKeys : says.everyKey(content.rows.more)}</button>`
        : nothing
    }`;
}

/** The same as text and as a table, for those who do not see the picture. */
export function twin({ content }: Overlay, caption: string): TemplateResult {
  const says = words().arithmetic;
  const { rows } = content;
  const lines = formulaTexts(content);
  return html`
    <div class="unseen">
      ${[...lines, ...content.sentences].map((line) => html`<p>${line}</p>`)}
      ${content.windowNote === null ? nothing : html`<p>${content.windowNote}</p>`}
      <table>
        <caption>${caption}</caption>
        <thead><tr>${[says.columns.key, says.columns.score, rows.powerHead, says.columns.weight].map(
          (name) => html`<th scope="col">${name}</th>`,
        )}</tr></thead>
        <tbody>${[...rows.lines, rows.total].map(
          ({ name, score, power, weight }) => html`<tr><th scope="row" .textContent=${name}></th><td
            .textContent=${score}></td><td .textContent=${power}></td><td .textContent=${weight}></td></tr>`,
        )}</tbody>
      </table>
      ${content.output.map((line) => html`<p>${line}</p>`)}
      ${content.lengths.map(({ name, length }) => html`<p>${says.lengthOf(name, termText(length))}</p>`)}
      ${content.check.map(({ name, value }) => html`<p>${says.named(name, value)}</p>`)}
    </div>`;
}

/** The place of an element over the picture. */
export function placed({ x, y, width, height }: Box, isSized = true): Record<string, string> {
  const size: Record<string, string> = isSized ? { width: `${width}px`, height: `${height}px` } : {};
  return { left: `${x}px`, top: `${y}px`, ...size };
}
