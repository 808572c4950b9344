import { html, nothing, type TemplateResult } from 'lit';
import { metricText } from '../../src/core/attention/metric-words.ts';
import { roleText } from '../../src/core/attention/role-words.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import type { Frame } from '../state/frame.ts';
import { headName } from '../words/head.ts';

/** The heads of the layer in focus as a table, for those who do not see the canvas. */
export function headTable({ summaries, map: { kind }, selection: { layer } }: Frame): TemplateResult | typeof nothing {
  const heads = summaries?.[layer];
  if (!heads) return nothing;
  const cells = (summary: HeadSummary): string[] => [
    roleText(summary) ?? 'none',
    metricText(summary, 'entropy', kind),
    metricText(summary, 'distance', kind),
    metricText(summary, 'special', kind),
  ];
  return html`
    <div class="unseen">
      <table>
        <caption>Heads of layer ${layer}</caption>
        <thead><tr><th scope="col">Head</th><th scope="col">Role</th><th scope="col">Entropy</th><th
          scope="col">Distance</th><th scope="col">On special tokens</th></tr></thead>
        <tbody>${heads.map((summary) => {
          const [role, entropy, distance, special] = cells(summary);
          return html`<tr><th scope="row" .textContent=${headName(layer, summary.head)}></th><td
            .textContent=${role}></td><td .textContent=${entropy}></td><td .textContent=${distance}></td><td
            .textContent=${special}></td></tr>`;
        })}</tbody>
      </table>
    </div>
  `;
}
