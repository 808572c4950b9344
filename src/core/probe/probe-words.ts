import { weightText } from '../attention/number-words.ts';
import { words } from '../words/words.ts';
import type { Evidence, ExampleSpan, ProbeExample } from './evidence.ts';

/** A measured role as a label: `verb → subject`, `4 back`. */
export function evidenceName(evidence: Evidence): string {
  return distanceName(evidence) ?? words().probe.names[evidence.name];
}

/** The same under a small picture. */
export function evidenceCaption(evidence: Evidence): string {
  return distanceName(evidence) ?? words().probe.captions[evidence.name];
}

function distanceName(evidence: Evidence): string | null {
  if (evidence.kind !== 'pattern' || evidence.n === undefined) return null;
  const { name, n } = evidence;
  return name === 'n-back' || name === 'n-ahead' ? words().probe.distant(name, n) : null;
}

/** The same with its score. */
export function evidenceText(evidence: Evidence): string {
  return `${evidenceName(evidence)} ${weightText(evidence.score)}`;
}

/** What was measured, with its baselines, in a sentence. */
export function evidenceSentence(evidence: Evidence): string {
  const { probe } = words();
  switch (evidence.kind) {
    case 'grammar':
      return probe.found(evidence);
    case 'pattern':
      return probe.follows(evidence);
    case 'no-op':
      return probe.rests(evidence);
  }
}

/** An example as the two tokens or words: `ate → cat`. */
export function exampleText(example: ProbeExample): string {
  return `${spanText(example, example.query)} → ${spanText(example, example.key)}`;
}

/** What stands at one end of an example; a token without characters by its text in the vocabulary. */
export function spanText({ text, pair }: ProbeExample, { start, end, inPair, token }: ExampleSpan): string {
  return token ?? (inPair ? (pair ?? '') : text).slice(start, end).trim();
}
