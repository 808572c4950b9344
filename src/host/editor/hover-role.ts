import { l10n } from 'vscode';
import { weightText } from '../../core/attention/number-words.ts';
import type { HeadSummary } from '../../core/attention/roles.ts';
import type { Evidence } from '../../core/probe/evidence.ts';
import { evidenceName, exampleText } from '../../core/probe/probe-words.ts';
import { commandLink, joined, markdown, type Markdown } from '../window/markdown.ts';

/**
 * What the head of a hover was measured to do: its first role, the score beside its baselines, and an example to open;
 * nothing for a head without one. `map` is the map that it is of.
 */
export function hoverRole(summary: HeadSummary | undefined, map: number): Markdown {
  const evidence = summary?.measured?.[0];
  if (!summary || !evidence) return markdown``;
  const [example] = evidence.examples;
  const { layer, head } = summary;
  return joined(
    [
      markdown`<b>${evidenceName(evidence)}</b> ${weightText(evidence.score)}`,
      ...baselines(evidence).map((text) => markdown`${text}`),
      ...(example
        ? [commandLink(exampleText(example), 'textAttention.openExample', [{ map, layer, head, example }])]
        : []),
    ],
    ' · ',
  );
}

function baselines(evidence: Evidence): string[] {
  const equal = (share: number): string => l10n.t('equal weights {0}', weightText(share));
  if (evidence.kind === 'grammar')
    return [l10n.t('best fixed offset {0}', weightText(evidence.baseline)), equal(evidence.chance)];
  return evidence.baseline === null ? [] : [equal(evidence.baseline)];
}
