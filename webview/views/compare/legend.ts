import { html, nothing, type TemplateResult } from 'lit';
import type { Palette } from '../../../src/core/color/palette.ts';
import { blend, cssOf } from '../../../src/core/color/srgb.ts';
import { hatchingOf, type PaneContent } from '../../../src/core/views/compare/content.ts';
import { runsColor } from '../../../src/core/views/compare/marks.ts';
import { words } from '../../../src/core/words/words.ts';
import type { Acting } from '../../act.ts';
import { marked, named } from '../../controls/term.ts';
import type { Frame } from '../../state/frame.ts';
import { styled } from '../../styles/styled.ts';

const stops = 12;

/** What the colours and dots mean. */
export function legend(
  contents: readonly PaneContent<Frame>[],
  isOfWords: boolean,
  { palette, act }: { readonly palette: Palette; readonly act: Acting },
): TemplateResult {
  const { compare, views } = words();
  const { surface, signed, contrast } = palette;
  const color = runsColor(contents, palette);
  const scene = contents[0]?.picture?.scene;
  const hatched = hatchingOf(contents);
  const root = (from: number): number => Math.sqrt(Math.abs(from));
  const weights = Array.from({ length: stops + 1 }, (_, at) => cssOf(blend(color, surface, root(at / stops))));
  const differences = Array.from({ length: 2 * stops + 1 }, (_, at) => {
    const value = at / stops - 1;
    return cssOf(blend(value < 0 ? signed.minus : signed.plus, surface, root(value)));
  });
  const hasDifference = contents.some(({ isDifference }) => isDifference);
  const notes = [
    ...(hatched === null ? [] : [hatched]),
    ...(contents.some(({ picture }) => picture !== null && picture.links.length > 0) ? [compare.dots] : []),
    ...(scene?.map.kind === 'cross' && scene.map.rows ? [compare.writes] : []),
    ...(isOfWords ? [compare.ofWords] : []),
  ];
  return html`
    <div class="legend">
      <span>0${ramp(weights)}1 ${named('attention-weight', views.colour, act, views.colourMeaning)}</span>
      ${
        hasDifference
          ? html`<span title=${compare.scale}>−1${ramp(differences)}+1 ${contrast ? compare.scaleContrast : compare.scale}</span>`
          : nothing
      }
      ${notes.map((note) => html`<span>${marked(note, ['alignment', 'mask'], act)}</span>`)}
    </div>
  `;
}

function ramp(colors: readonly string[]): TemplateResult {
  return html`<span class="ramp" ${styled({ 'background-image': `linear-gradient(to right, ${colors.join(', ')})` })}></span>`;
}
