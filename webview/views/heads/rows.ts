import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { TokenFocus } from '../../../src/core/attention/selection.ts';
import { continuesWord } from '../../../src/core/text/label.ts';
import { cellOf, otherSide, withinSight } from '../../../src/core/scene/links.ts';
import { sameToken, type Focus } from '../../state/focus.ts';
import { sequenceOn } from '../../../src/core/scene/frame.ts';
import type { Frame } from '../../state/frame.ts';
import { styled } from '../../styles/styled.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import { weightTint } from '../../tint.ts';
import { cellText } from '../../words/focus.ts';
import { labelOn, titleOn } from '../../words/label.ts';
import { weightText } from '../../../src/core/attention/number-words.ts';
import { words } from '../../../src/core/words/words.ts';
import { rowMiddle, type HeadLayout } from '../../../src/core/views/heads/layout.ts';

/** Partners below this get no number of their own: two digits would hardly tell them from nothing. */
const minNumber = 0.02;

/** What the rows of both columns are made from; `partners` are the weights of the token in focus, if there is one. */
export interface RowScene {
  readonly frame: Frame;
  readonly focus: Focus | null;
  readonly partners: Float32Array | null;
  readonly palette: Palette;
  readonly layout: HeadLayout;
}

/** The id of a row's element, which `aria-activedescendant` names. */
export function rowId(side: TokenFocus['side'], index: number): string {
  return `${side}-${index}`;
}

/** The rows of one column that are in view. */
export function rowsOf(scene: RowScene, side: TokenFocus['side']): unknown {
  const column = scene.layout[side];
  const indices = Array.from({ length: Math.max(0, column.last - column.first + 1) }, (_, at) => column.first + at);
  return repeat(
    indices,
    (index) => index,
    (index) => rowOf(scene, side, index),
  );
}

function rowOf(scene: RowScene, side: TokenFocus['side'], index: number): TemplateResult {
  const { frame, focus, palette, layout } = scene;
  const sequence = sequenceOn(frame, side);
  const label = labelOn(frame, side, index);
  const partner = focus?.token.side === otherSide(side) ? focus : null;
  const weight = partner ? (scene.partners?.[index] ?? 0) : null;
  const focused = sameToken(focus?.token ?? null, { side, index });
  const asked = partner?.cell === index;
  const [first, last] = partner ? withinSight(frame, partner.token) : [index, index];
  const tint = focus && weight !== null ? weightTint(frame, weight, palette) : { background: '', color: '' };
  const classes = {
    row: true,
    special: sequence.tokens[index]?.special === true,
    joined: continuesWord(sequence, index) && !(side === 'query' && frame.rows),
    unknown: sequence.tokens[index]?.unknown === true,
    focused,
    asked,
    'out-of-sight': index < first || index > last,
  };
  // No whitespace and no child parts where a property will do: each would be a node more in every row.
  return html`<div
      id=${rowId(side, index)}
      class=${classMap(classes)}
      role="option"
      data-index=${index}
      aria-selected=${focused || asked}
      aria-setsize=${layout[side].count}
      aria-posinset=${index + 1}
      ${styled({ transform: `translateY(${rowMiddle(layout, layout[side], index) - layout.rowHeight / 2}px)`, height: `${layout.rowHeight}px` })}
    ><span class="label" title=${titleOn(frame, side, index)} .textContent=${label}
    ${styled({ 'background-color': tint.background, color: tint.color })}></span>${partner && asked ? numberOf(exactAt(frame, partner, index)) : weightOf(weight)}</div>`;
}

function exactAt(frame: Frame, focus: Focus, partner: number): string {
  const { query, key } = cellOf(focus.token, partner);
  return cellText(frame, query, key);
}

function weightOf(weight: number | null): TemplateResult | typeof nothing {
  return weight === null || weight < minNumber ? nothing : numberOf(weightText(weight));
}

function numberOf(text: string): TemplateResult {
  return html`<span class="number" title=${words().arithmetic.howMeaning} .textContent=${text}></span>`;
}
