import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { strongest } from '../../src/core/attention/rows.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import type { Acting } from '../act.ts';
import { cssOf } from '../../src/core/color/srgb.ts';
import { unknownTitle } from '../../src/core/text/unknown-words.ts';
import { otherSide } from '../../src/core/scene/links.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import type { Picture } from '../state/frame.ts';
import { freeLinks } from '../../src/core/scene/sight.ts';
import { styled } from '../styles/styled.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import { spokenColor } from '../tint.ts';
import { isRepeated, labelOn } from '../words/label.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import { words } from '../../src/core/words/words.ts';

/** How many partners a list shows. Lists keep the height of them all, so that nothing jumps. */
const most = 5;

/**
 * The strongest partners of a token, each with a bar and a number; `weights` has one for every token of the other side.
 */
export function partnerList(
  frame: Picture,
  token: TokenFocus,
  weights: Float32Array,
  palette: Palette,
  act: Acting,
): TemplateResult {
  const side = otherSide(token.side);
  const links = strongest(weights, most);
  const color = cssOf(spokenColor(frame, palette));
  const title = words().arithmetic.howMeaning;
  return html`
    <ol ${styled({ 'min-height': `${most * 19}px` })}>
      ${links.map(({ index, weight }) => {
        const bar = {
          width: `${(100 * Math.min(1, weight)).toFixed(1)}%`,
          'background-color': color,
        };
        // No whitespace: each would be a node more in every row.
        return html`<li>${nameOf(frame, side, index)}<span class="bar" ${styled(bar)}></span><button class="weight"
          tabindex="-1" title=${title} @click=${() => act({ type: 'explain', token: { ...token, cell: index } })}
          .textContent=${weightText(weight)}></button></li>`;
      })}
    </ol>
  `;
}

/**
 * The strongest links of the whole picture, for when no token is in focus; a weight that cannot be another one is none
 * of them.
 */
export function strongestLinks(frame: Picture): TemplateResult {
  const keys = frame.map.shape[3];
  const links = strongest(freeLinks(frame), most);
  if (links.length === 0 && frame.spoken.some((weight) => weight > 0))
    return html`<p class="dim">${words().inspector.allForced}</p>`;
  return html`
    <ol>
      ${links.map(
        ({ index, weight }) => html`
        <li class="link">
          <span class="pair">${nameOf(frame, 'query', Math.floor(index / keys))}<span
            class="arrow">→</span>${nameOf(frame, 'key', index % keys)}</span>
          <span class="weight">${weightText(weight)}</span>
        </li>
      `,
      )}
    </ol>
  `;
}

/**
 * A token by its label, with its number where another one looks the same, dotted under where the model does not know
 * it.
 */
function nameOf(frame: Picture, side: TokenFocus['side'], index: number): TemplateResult {
  const token = sequenceOn(frame, side).tokens[index];
  const label = labelOn(frame, side, index);
  const number = isRepeated(frame, side, index) ? frame.sides[side][index]?.first : undefined;
  const title = [
    number === undefined ? label : words().inspector.numbered(label, number),
    token ? unknownTitle(token) : '',
  ]
    .filter((part) => part !== '')
    .join('\n');
  const classes = { name: true, special: token?.special === true, unknown: token?.unknown === true };
  return html`<span class=${classMap(classes)}
    title=${title}>${label}${number === undefined ? nothing : html`<sub>${number}</sub>`}</span>`;
}
