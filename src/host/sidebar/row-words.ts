import { l10n } from 'vscode';
import { layerNumber, type Layered } from '../../core/attention/layers.ts';
import { amountText } from '../../core/attention/number-words.ts';
import { knownOf, roleSentence, roleText } from '../../core/attention/role-words.ts';
import type { HeadSummary } from '../../core/attention/roles.ts';
import { sinkSentence } from '../../core/attention/sinks.ts';
import type { Sequence } from '../../core/text/token.ts';
import { effectSentence } from '../../core/prediction/effect-words.ts';
import { excerptOf } from '../../core/document/excerpt.ts';
import { words } from '../../core/words/words.ts';

/**
 * `previous 0.74` or `verb → subject`, after what was measured the role on this text, and `sink` for a head that rests
 * on one; nothing for a head without a name.
 */
export function roleLabel(summary: HeadSummary): string {
  const known = knownOf(summary)?.name ?? null;
  const here = known !== null && summary.measured && summary.role ? words().roles.scored(summary.role) : '';
  return [roleText(summary) ?? '', here, summary.sink ? words().sinks.name : '']
    .filter((part) => part !== '')
    .join(' · ');
}

/** What a head does on this text, in sentences; `keys` is the sequence that it looks at. */
export function headTooltip(summary: HeadSummary, map: Layered, keys?: Sequence): string[] {
  const known = knownOf(summary);
  const { head, role, entropy, maxEntropy, distance } = summary;
  const name = l10n.t('Layer {0}, head {1} ({0}.{1})', layerNumber(map, summary.layer), head);
  const does = role ? roleSentence(role) : l10n.t('No named pattern.');
  const spread =
    maxEntropy > 0
      ? l10n.t(
          'Entropy {0} of at most {1} nats: like equal weights on {2} tokens.',
          amountText(entropy, 2),
          amountText(maxEntropy, 2),
          Math.exp(entropy).toFixed(1),
        )
      : l10n.t('Every token sees only one token.');
  const far = distance > 0 ? l10n.t('Mean distance: {0} tokens.', amountText(distance, 1)) : '';
  return [
    name,
    ...(known?.sentences ?? []),
    known
      ? l10n.t({
          message: 'On this text: {0}',
          args: [`${does.charAt(0).toLowerCase()}${does.slice(1)}`],
          comment: ['A sentence about the role of a head, with a small first letter'],
        })
      : does,
    sinkSentence(summary.sink, keys) ?? '',
    spread,
    far,
    summary.ablated
      ? effectSentence(
          words().effects.head(words().names.place(layerNumber(map, summary.layer), head)),
          summary.ablated,
        )
      : '',
  ].filter((line) => line !== '');
}

/** What tells an analysis from others whose texts begin alike. Lines and columns count from 0. */
export interface Listed {
  readonly modelName: string;
  readonly tokenCount: number;
  readonly stale: boolean;
  /** Whether the model was changed while it ran. */
  readonly edited: boolean;
  /** The name of the file alone. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The target that was given; null where the model writes its own, or has none. */
  readonly target: string | null;
}

/**
 * What a list says beside the beginning of the text: `masked-lm-small · notes.md:3 · 11 tokens`, with the column where
 * others begin in the same line.
 */
export function listedWords(one: Listed, all: readonly Listed[]): string {
  const isAlone = all
    .filter(({ file, line }) => file === one.file && line === one.line)
    .every(({ column }) => column === one.column);
  return [
    ...(one.stale ? [l10n.t('text changed')] : []),
    // First: a narrow side bar shows the beginning alone.
    ...(one.edited ? [l10n.t('edited run')] : []),
    one.modelName,
    `${one.file}:${one.line + 1}${isAlone ? '' : `:${one.column + 1}`}`,
    ...(one.target === null ? [] : [l10n.t('target “{0}”', excerptOf(one.target))]),
    words().counts.tokens(one.tokenCount),
  ].join(' · ');
}
