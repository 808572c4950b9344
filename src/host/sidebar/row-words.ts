import { amountText, countText } from '../../core/attention/number-words.ts';
import { relationSentences } from '../../core/attention/relations.ts';
import { roleSentence, roleText } from '../../core/attention/role-words.ts';
import type { HeadSummary } from '../../core/attention/roles.ts';
import { excerptOf } from '../../core/document/excerpt.ts';

/** `previous 0.74` or `verb → subject`; nothing for a head without a name. */
export function roleLabel(summary: HeadSummary): string {
  return roleText(summary) ?? '';
}

/** What a head does on this text, in sentences. */
export function headTooltip(summary: HeadSummary): string[] {
  const { layer, head, role, relation, entropy, maxEntropy, distance } = summary;
  const name = `Layer ${layer}, head ${head} (${layer}.${head})`;
  const does = role ? roleSentence(role) : 'No pattern that has a name.';
  const spread =
    maxEntropy > 0
      ? `Entropy ${amountText(entropy, 2)} of at most ${amountText(maxEntropy, 2)} nats: ` +
        `like ${Math.exp(entropy).toFixed(1)} tokens looked at evenly.`
      : 'Every token sees one token alone.';
  const far = distance > 0 ? `Looks ${amountText(distance, 1)} tokens far on average.` : '';
  return [
    name,
    ...(relation ? relationSentences(relation) : []),
    relation ? `On this text: ${does.charAt(0).toLowerCase()}${does.slice(1)}` : does,
    spread,
    far,
  ].filter((line) => line !== '');
}

/** What tells an analysis from others whose texts begin alike. Lines and columns count from 0. */
export interface Listed {
  readonly modelName: string;
  readonly tokenCount: number;
  readonly stale: boolean;
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
    ...(one.stale ? ['text changed'] : []),
    one.modelName,
    `${one.file}:${one.line + 1}${isAlone ? '' : `:${one.column + 1}`}`,
    ...(one.target === null ? [] : [`target “${excerptOf(one.target)}”`]),
    countText(one.tokenCount, 'token'),
  ].join(' · ');
}
