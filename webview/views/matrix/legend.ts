import { html, nothing, type TemplateResult } from 'lit';
import { cssOf, type Rgb } from '../../../src/core/color/srgb.ts';
import { rampStep } from '../../../src/core/color/weight-ramp.ts';
import type { Frame } from '../../state/frame.ts';
import { withKey } from '../../state/keyboard.ts';
import { styled } from '../../styles/styled.ts';
import { cellText } from '../../words/focus.ts';
import { nameOn } from '../../words/label.ts';
import { hatchWords } from '../../../src/core/views/matrix/marks.ts';
import type { Cell } from '../../../src/core/views/matrix/layout.ts';

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
}

/** What the colours mean, the cell in focus in words, and buttons that zoom. */
export function legend({ frame, ramp, surface, cell, zoom }: LegendScene): TemplateResult {
  const hatched = hatchWords(frame.map);
  const stops = Array.from({ length: legendStops + 1 }, (_, stop) =>
    cssOf(ramp[rampStep(stop / legendStops)] ?? surface),
  );
  return html`
    <div class="legend">
      <span
        >0<span class="ramp" ${styled({ 'background-image': `linear-gradient(to right, ${stops.join(', ')})` })}></span
        >1</span
      >
      <span
        title="The opacity of a cell is the square root of its weight, so that weak weights are seen beside strong ones."
        >colour: √weight</span
      >
      ${hatched === null ? nothing : html`<span>${hatched}</span>`}
      <span class="cell"
        >${cell ? `${nameOn(frame, 'query', cell.query)} → ${nameOn(frame, 'key', cell.key)} ${cellText(frame, cell.query, cell.key)}` : 'rows look, columns are looked at'}</span
      >
      <span class="zoom" role="group" aria-label="Zoom">
        <button
          title=${withKey('Smaller cells.', '− in the matrix')}
          aria-label="Zoom out"
          @click=${() => zoom(1 / zoomStep)}
        >
          −
        </button>
        <button
          title=${withKey('Fit the whole matrix into the view.', '0 in the matrix')}
          aria-label="Fit the matrix into the view"
          @click=${() => zoom(0)}
        >
          fit
        </button>
        <button
          title=${withKey('Larger cells.', '+ in the matrix')}
          aria-label="Zoom in"
          @click=${() => zoom(zoomStep)}
        >
          +
        </button>
      </span>
    </div>
  `;
}
