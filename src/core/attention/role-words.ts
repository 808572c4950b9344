import { words } from '../words/words.ts';
import type { Evidence } from '../probe/evidence.ts';
import { evidenceCaption, evidenceName, evidenceSentence } from '../probe/probe-words.ts';
import { relationOfRole } from '../probe/roles.ts';
import type { HeadRelation } from './relations.ts';
import { broadThreshold, patternThreshold } from './patterns.ts';
import { roleNames, type HeadSummary, type Role, type RoleName } from './roles.ts';

/** What a head is known for whatever the text says. */
export interface Known {
  /** Its name: `verb → subject`; null where it was measured and nothing but patterns was found. */
  readonly name: string | null;
  /** The same under a small picture. */
  readonly caption: string | null;
  /** What it means to be known for something. */
  readonly meaning: string;
  /** The evidence. */
  readonly sentences: readonly string[];
}

/**
 * What a head is known for: what it was measured to do, or else what the model says of it. A measurement comes first:
 * it was made of these very weights, by the same sentences and rule for every model, where the model's word is a claim.
 * Null where the model was not measured and says nothing.
 */
export function knownOf({ measured, relation }: HeadSummary): Known | null {
  const { probe, relations } = words();
  if (measured) {
    const naming = measured.find(isNaming);
    const doubt = doubtOf({ measured, relation });
    return {
      name: naming ? evidenceName(naming) : null,
      caption: naming ? evidenceCaption(naming) : null,
      meaning: probe.meaning,
      sentences: [
        ...(measured.length > 0 ? measured.map(evidenceSentence) : [probe.nothing]),
        ...(doubt === null ? [] : [doubt]),
      ],
    };
  }
  if (!relation) return null;
  const { labels, captions, meaning } = relations;
  const { relation: name } = relation;
  return { name: labels[name], caption: captions[name], meaning, sentences: relationSentences(relation) };
}

/** That the measurement does not show what the model says of a head, in a sentence; null where it does. */
export function doubtOf({
  measured,
  relation,
}: {
  readonly measured?: HeadSummary['measured'] | undefined;
  readonly relation?: HeadRelation | undefined;
}): string | null {
  const { probe, relations } = words();
  const isShown = !relation || measured?.some(({ name }) => relationOfRole(name) === relation.relation);
  return isShown ? null : probe.notConfirmed(relations.labels[relation.relation]);
}

/** Whether a measured role names a head before its role on a text: not where a text shows the same pattern itself. */
function isNaming({ kind, name }: Evidence): boolean {
  return kind === 'grammar' || !roleNames.some((role) => role === name);
}

/**
 * What names a head: `verb → subject` where it is known for that, else its role on this text with the score, `previous
 * 0.84`; null when nothing does.
 */
export function roleText(summary: HeadSummary): string | null {
  return knownOf(summary)?.name ?? (summary.role && words().roles.scored(summary.role));
}

/** The same without the score, or a dash. */
export function roleCaption(summary: HeadSummary | null): string {
  const known = summary && knownOf(summary)?.caption;
  return known ?? (summary?.role ? words().roles.captions[summary.role.name] : '–');
}

/** What a role means, as the title of its name. */
export function roleMeaning(name: RoleName): string {
  return words().roles.meaning(name, name === 'broad' ? broadThreshold : patternThreshold);
}

/** What a head does on this text: *mostly* is said of more than half of its attention alone. */
export function roleSentence(role: Role): string {
  return words().roles.sentence(role, Number(role.score.toFixed(2)) > 0.5);
}

/** What names a head, explained line by line for a tooltip; null when nothing names it. */
export function headTitle(summary: HeadSummary): string | null {
  const known = knownOf(summary);
  const { roles } = words();
  if (known && known.name !== null) return [known.meaning, ...known.sentences].join('\n');
  return (
    summary.role &&
    [`${roles.definition} ${roles.scoreMeaning(summary.role.name)}`, ...(known?.sentences ?? [])].join('\n')
  );
}

/** What the model says that a head finds, and how it came to it, in sentences. */
export function relationSentences({ origin, scores }: HeadRelation): string[] {
  const { relations } = words();
  return [origin === 'taught' ? relations.taught : relations.emerged, ...scores.map(relations.score)];
}
