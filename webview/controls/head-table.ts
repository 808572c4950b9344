import { html, nothing, type TemplateResult } from 'lit';
import { othersSentence } from '../../src/core/attention/layer-words.ts';
import { layerNumber } from '../../src/core/attention/layers.ts';
import { knownMetrics, metricText } from '../../src/core/attention/metric-words.ts';
import { headMeasures } from '../../src/core/measures/head-measures.ts';
import { roleText } from '../../src/core/attention/role-words.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import type { Frame } from '../state/frame.ts';
import { words } from '../../src/core/words/words.ts';

/** The heads of the layer in focus as a table, for those who do not see the canvas. */
export function headTable({ summaries, map, selection: { layer } }: Frame): TemplateResult | typeof nothing {
  const heads = summaries?.[layer];
  if (!heads) return nothing;
  const { inspector: says, names } = words();
  const number = layerNumber(map, layer);
  const others = othersSentence(map);
  const metrics = knownMetrics(heads);
  const cells = (summary: HeadSummary): string[] => [
    roleText(summary) ?? words().roles.none,
    ...metrics.map((metric) => metricText(summary, metric, map.kind)),
  ];
  const columns = [
    says.headColumns.head,
    says.headColumns.role,
    ...metrics.map((metric) => headMeasures[metric].says().column),
  ];
  return html`
    <div class="unseen">
      <table>
        <caption>${says.headsOfLayer(number)}</caption>
        <thead><tr>${columns.map((name) => html`<th scope="col" .textContent=${name}></th>`)}</tr></thead>
        <tbody>${heads.map((summary) => rowOf(names.place(number, summary.head), cells(summary)))}${feedForwardRow(
          heads,
          number,
        )}</tbody>
      </table>
      ${others === null ? nothing : html`<p>${others}</p>`}
    </div>
  `;
}

/** The feed-forward part of the layer, of which nothing but the effect is measured; null before that was. */
function feedForwardRow(heads: readonly HeadSummary[], layer: number): HTMLTableRowElement | null {
  const effect = heads[0]?.feedForward?.effect.kl;
  if (effect === undefined) return null;
  const text = headMeasures.effect.text(effect, 'self');
  const cells = knownMetrics(heads).map((metric) => (metric === 'effect' ? text : ''));
  return rowOf(words().effects.feedForward(layer), ['', ...cells]);
}

/** A row of a table as elements of its own: a template would put two nodes more around every cell. */
export function rowOf(name: string, cells: readonly string[]): HTMLTableRowElement {
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = name;
  row.append(head);
  for (const text of cells) row.insertCell().textContent = text;
  return row;
}
