import * as vscode from 'vscode';
import { valueText } from '../../core/lesson/evaluate.ts';
import type { Value } from '../../core/lesson/facts.ts';
import { showInformation } from '../window/window.ts';

/** What became of an answer. */
export interface Verdict {
  readonly given: string;
  readonly right: Value;
  readonly reason: string;
  readonly isCorrect: boolean;
}

/** What a reader can do after a verdict. */
export type Step = 'show' | 'again' | 'next' | 'another';

/** Tells whether an answer was right, and why; resolves with the step that was pressed, null for none. */
export async function tellVerdict(verdict: Verdict, steps: readonly Step[]): Promise<Step | null> {
  const buttons = steps.map((step) => ({ step, label: labelOf(step) }));
  const message = `${sentenceOf(verdict)} ${verdict.reason}`.trim();
  const pressed = await showInformation(message, ...buttons.map(({ label }) => label));
  return buttons.find(({ label }) => label === pressed)?.step ?? null;
}

/** Texts are quoted, without the full stop that an option may end with; numbers are not. */
function sentenceOf({ given, right, isCorrect }: Verdict): string {
  if (typeof right === 'number') {
    return isCorrect
      ? vscode.l10n.t({ message: 'Right: {0}.', args: [valueText(right)], comment: ['The right answer, a number'] })
      : vscode.l10n.t({
          message: 'Not {0}: it is {1}.',
          args: [given, valueText(right)],
          comment: ['The number that was given, and the right one'],
        });
  }
  const [wrong, answer] = [withoutStop(given), withoutStop(right)];
  return isCorrect
    ? vscode.l10n.t({ message: 'Right: “{0}”.', args: [answer], comment: ['The right answer, a word or a sentence'] })
    : vscode.l10n.t({
        message: 'Not “{0}”: it is “{1}”.',
        args: [wrong, answer],
        comment: ['The answer that was given, and the right one: words or sentences'],
      });
}

function withoutStop(text: string): string {
  return text.trim().replace(/(?<!^)\.$/u, '');
}

function labelOf(step: Step): string {
  switch (step) {
    case 'show':
      return vscode.l10n.t('Show It');
    case 'again':
      return vscode.l10n.t('Answer Again');
    case 'next':
      return vscode.l10n.t('Next Question');
    case 'another':
      return vscode.l10n.t('Another Sentence');
  }
}
