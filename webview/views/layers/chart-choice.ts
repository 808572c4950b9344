import { html, type TemplateResult } from 'lit';
import { headCharts, type HeadChart, type ViewState } from '../../../src/core/attention/view.ts';
import { measurableMap } from '../../../src/core/probe/measurable.ts';
import { words } from '../../../src/core/words/words.ts';
import type { Acting } from '../../act.ts';
import { roveRadios } from '../../controls/roving.ts';
import type { Frame } from '../../state/frame.ts';

/** What the choice and the page below it need. */
interface ChartScene {
  readonly frame: Frame;
  readonly view: ViewState;
  readonly act: Acting;
}

/** The charts of all heads, one of which is pressed. */
export function chartChoice({ view, act }: Pick<ChartScene, 'view' | 'act'>): TemplateResult {
  const says = words().plane;
  const show = (chart: HeadChart): void => act({ type: 'view', view: { ...view, chart } });
  return html`<div class="views" role="radiogroup" aria-label=${says.chart}
    @keydown=${(event: KeyboardEvent) => roveRadios(event, headCharts, headCharts.indexOf(view.chart), show)}>${headCharts.map(
      (chart) =>
        html`<button role="radio" aria-checked=${view.chart === chart} tabindex=${view.chart === chart ? 0 : -1}
        title=${says.charts[chart].says} @click=${() => show(chart)}>${says.charts[chart].name}</button>`,
    )}</div>`;
}

/** Why there is no map of the heads, and how to get one. */
export function noPlane({ frame, act }: Pick<ChartScene, 'frame' | 'act'>): TemplateResult {
  const { plane: says, probe } = words();
  const isMeasured = frame.summaries?.[0]?.[0]?.measured !== undefined;
  if (isMeasured) return html`<div class="body"><p>${probe.notCompared}</p></div>`;
  if (measurableMap(frame.info) !== frame.map.name) return html`<div class="body"><p>${says.otherAttention}</p></div>`;
  return html`<div class="body"><h2>${says.notMeasured}</h2><p>${says.notMeasuredAdvice}</p>
    <button class="wanted" title=${says.measureMeaning}
      @click=${() => act({ type: 'command', command: 'measureHeads' })}>${says.measure}</button></div>`;
}
