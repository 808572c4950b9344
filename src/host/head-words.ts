import type { HeadSummary, RoleName } from '../core/attention/roles.ts';

const roles: Readonly<Record<RoleName, string>> = {
  previous: 'the token before',
  next: 'the token after',
  self: 'the token itself',
  'same token': 'other places of the same token',
  first: 'the first token',
  separator: 'special tokens such as [SEP]',
  broad: 'many tokens at once',
};

/** `previous 0.74`, or nothing for a head without a role on this text. */
export function roleLabel({ role }: HeadSummary): string {
  return role ? `${role.name} ${role.score.toFixed(2)}` : '';
}

/** What a head does on this text, in sentences. */
export function headTooltip(summary: HeadSummary): string {
  const { layer, head, role, entropy, maxEntropy, distance } = summary;
  const name = `Layer ${layer}, head ${head} (${layer}.${head})`;
  const does = role ? `Looks mostly at ${roles[role.name]} (${role.name} ${role.score.toFixed(2)} of 1).` : 'No pattern that has a name.';
  const spread = `Entropy ${entropy.toFixed(2)} of at most ${maxEntropy.toFixed(2)} nats: like ${Math.exp(entropy).toFixed(1)} tokens looked at evenly.`;
  const far = distance > 0 ? `Looks ${distance.toFixed(1)} tokens far on average.` : '';
  return [name, does, spread, far].filter((line) => line !== '').join('\n');
}
