import type { RelationName } from '../attention/relations.ts';
import type { ProbeKind } from './sentences.ts';

/** What a head can be measured to do by position, kind of token or repetition, whatever the words mean. */
export const patternRoles = [
  'previous',
  'next',
  'n-back',
  'n-ahead',
  'self',
  'same token',
  'first',
  'separator',
  'other-text',
  'induction',
  'duplicate-token',
  'no-op',
  'broad',
] as const;
export type PatternRole = (typeof patternRoles)[number];

/**
 * What a head can be measured to find of grammar: from which word to which. `next-noun` is the next noun or pronoun
 * after a word of any of the kinds of which that is the partner as a rule.
 */
export const grammarRoles = [
  'verb-to-subject',
  'subject-to-verb',
  'verb-to-object',
  'object-to-verb',
  'determiner-to-noun',
  'noun-to-determiner',
  'adjective-to-noun',
  'noun-to-adjective',
  'preposition-to-object',
  'object-to-preposition',
  'auxiliary-to-verb',
  'verb-to-auxiliary',
  'pronoun-to-antecedent',
  'antecedent-to-pronoun',
  'next-noun',
] as const;
export type GrammarRole = (typeof grammarRoles)[number];

/** Everything that a head is measured for; grammar first, as it says most. */
export const measuredRoles = [...grammarRoles, ...patternRoles] as const;
export type MeasuredRole = (typeof measuredRoles)[number];

/** The labelled link that a role follows, and whether against its direction. */
export const linkOfRole: Readonly<
  Record<Exclude<GrammarRole, 'next-noun'>, { readonly kind: ProbeKind; readonly reversed: boolean }>
> = {
  'verb-to-subject': { kind: 'subject', reversed: false },
  'subject-to-verb': { kind: 'subject', reversed: true },
  'verb-to-object': { kind: 'object', reversed: false },
  'object-to-verb': { kind: 'object', reversed: true },
  'determiner-to-noun': { kind: 'determiner', reversed: false },
  'noun-to-determiner': { kind: 'determiner', reversed: true },
  'adjective-to-noun': { kind: 'adjective', reversed: false },
  'noun-to-adjective': { kind: 'adjective', reversed: true },
  'preposition-to-object': { kind: 'preposition', reversed: false },
  'object-to-preposition': { kind: 'preposition', reversed: true },
  'auxiliary-to-verb': { kind: 'auxiliary', reversed: false },
  'verb-to-auxiliary': { kind: 'auxiliary', reversed: true },
  'pronoun-to-antecedent': { kind: 'antecedent', reversed: false },
  'antecedent-to-pronoun': { kind: 'antecedent', reversed: true },
};

/**
 * Links to a noun that follows. In English that is the next noun as a rule, so a head that looks at nouns nearby finds
 * them all: only one that finds the partners of *these* words clearly more often, or rests at others, is known for the
 * link. Kinds that are one thing to a head (any word before its noun) are one family.
 */
export const nounFamilies: Readonly<Partial<Record<GrammarRole, string>>> = {
  'verb-to-object': 'object',
  'determiner-to-noun': 'modifier',
  'adjective-to-noun': 'modifier',
  'preposition-to-object': 'preposition',
};

const relations: Readonly<Partial<Record<MeasuredRole, RelationName>>> = {
  'verb-to-subject': 'subject',
  'verb-to-object': 'object',
  'determiner-to-noun': 'modifier',
  'adjective-to-noun': 'modifier',
  'preposition-to-object': 'preposition',
  'pronoun-to-antecedent': 'antecedent',
};

/** The relation of a model's own description that a role is; null for a role that it has no word for. */
export function relationOfRole(role: MeasuredRole): RelationName | null {
  return relations[role] ?? null;
}
