import { html, nothing, type TemplateResult } from 'lit';
import { cssOf, type Rgb } from '../../../src/core/color/srgb.ts';
import { rampStep } from '../../../src/core/color/weight-ramp.ts';
import type { TermId } from '../../../src/core/glossary/terms.ts';
import type { Acting } from '../../act.ts';
import { named } from '../../controls/term.ts';
import type { Frame } from '../../state/frame.ts';
import { withKey } from '../../state/keyboard.ts';
import { styled } from '../../styles/styled.ts';
import { cellText } from '../../words/focus.ts';
import { nameOn } from '../../words/label.ts';
import { sightOf } from '../../../src/core/attention/sight.ts';
import { hatchWords } from '../../../src/core/views/matrix/marks.ts';
import type { Cell } from '../../../src/core/views/matrix/layout.ts';
import { words } from '../../../src/core/words/words.ts';

/** Stops of the legend's ramp: enough for the square root to look smooth. */
const legendStops = 12;
const zoomStep = 1.25;

/** What the line below a matrix speaks of. */
export interface LegendScene {
  readonly frame: Frame;
  /** The colours of weights from 0 to 1. */
  readonly ramp: readonly Rgb[];
  /** The colour where there is no ramp yet. */
  readonly surface: Rgb;
  /** The cell in focus. */
  readonly cell: Cell | null;
  /** Zooms by a factor; 0 fits the whole matrix into the view. */
  readonly zoom: (factor: number) => void;
  readonly act: Acting;
}

/** What the colours mean, the cell in focus in words, and buttons that zoom. */
export function legend({ frame, ramp, surface, cell, zoom, act }: LegendScene): TemplateResult {
  const says = words().views;
  const hatched = hatchWords(sightOf(frame.map, frame.layer));
  const stops = Array.from({ length: legendStops + 1 }, (_, stop) =>
    cssOf(ramp[rampStep(stop / legendStops)] ?? surface),
  );
  return html`
    <div class="legend">
      <span
        >0<span class="ramp" ${styled({ 'background-image': `linear-gradient(to right, ${stops.join(', ')})` })}></span
        >1</span
      >
      <span>${named('attention-weight', says.colour, act, says.colourMeaning)}</span>
      ${hatched === null ? nothing : html`<span>${named(maskTerm(frame), hatched, act)}</span>`}
      <span class="cell"
        >${cell ? `${nameOn(frame, 'query', cell.query)} → ${nameOn(frame, 'key', cell.key)} ${cellText(frame, cell.query, cell.key)}` : says.axes}</span
      >
      <span class="zoom" role="group" aria-label=${says.zoom}>
        <button
          title=${withKey(says.zoomOutMeaning, says.inMatrix('−'))}
          aria-label=${says.zoomOut}
          @click=${() => zoom(1 / zoomStep)}
        >
          −
        </button>
        <button
          title=${withKey(says.fitMeaning, says.inMatrix('0'))}
          aria-label=${says.fitName}
          @click=${() => zoom(0)}
        >
          ${says.fit}
        </button>
        <button
          title=${withKey(says.zoomInMeaning, says.inMatrix('+'))}
          aria-label=${says.zoomIn}
          @click=${() => zoom(zoomStep)}
        >
          +
        </button>
      </span>
    </div>
  `;
}

/** What the hatched cells are. */
function maskTerm({ map, layer }: Frame): TermId {
  const { kind, local, mask } = sightOf(map, layer);
  if (local) return 'local-attention';
  if (mask.kind !== 'full') return mask.kind === 'window' ? 'sliding-window' : 'mask';
  return kind === 'causal' ? 'causal-mask' : 'mask';
}
