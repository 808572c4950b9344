import { amountText, weightText } from '../core/attention/number-words.ts';
import { roleSentence } from '../core/attention/role-words.ts';
import type { HeadSummary } from '../core/attention/roles.ts';

/** `previous 0.74`, or nothing for a head without a role on this text. */
export function roleLabel({ role }: HeadSummary): string {
  return role ? `${role.name} ${weightText(role.score)}` : '';
}

/** What a head does on this text, in sentences. */
export function headTooltip(summary: HeadSummary): string[] {
  const { layer, head, role, entropy, maxEntropy, distance } = summary;
  const name = `Layer ${layer}, head ${head} (${layer}.${head})`;
  const does = role ? roleSentence(role) : 'No pattern that has a name.';
  const spread = maxEntropy > 0
    ? `Entropy ${amountText(entropy, 2)} of at most ${amountText(maxEntropy, 2)} nats: like ${Math.exp(entropy).toFixed(1)} tokens looked at evenly.`
    : 'Every token sees one token alone.';
  const far = distance > 0 ? `Looks ${amountText(distance, 1)} tokens far on average.` : '';
  return [name, does, spread, far].filter((line) => line !== '');
}
