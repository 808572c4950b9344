import { weightText } from '../attention/number-words.ts';
import { words } from '../words/words.ts';
import type { Evidence } from './evidence.ts';

/** A measured role as a label: `verb → subject`. */
export function evidenceName({ name }: Evidence): string {
  return words().probe.names[name];
}

/** The same with its score. */
export function evidenceText(evidence: Evidence): string {
  return `${evidenceName(evidence)} ${weightText(evidence.score)}`;
}

/** What was measured, with its baselines, in a sentence. */
export function evidenceSentence(evidence: Evidence): string {
  const { probe } = words();
  return evidence.kind === 'grammar' ? probe.found(evidence) : probe.follows(evidence);
}
