import * as vscode from 'vscode';
import { isRight, reasonOfAnswer, rightAnswer, typedNumber, wordChoices } from '../../core/lesson/answers.ts';
import type { Chapter, FenceOf } from '../../core/lesson/chapter.ts';
import { scopeAt, scopeOf, valueText } from '../../core/lesson/evaluate.ts';
import type { Scope, Value } from '../../core/lesson/facts.ts';
import { LessonError } from '../../core/lesson/places.ts';
import type { Question } from '../../core/lesson/question.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { tell } from '../window/messages.ts';
import {
  askText,
  pickRow,
  showInformation,
  showWarning,
  withProgress,
  type ProgressOptions,
} from '../window/window.ts';
import type { LessonProgress } from './progress.ts';
import type { LessonRuns } from './lesson-runs.ts';

/** A question in a document. */
export interface AskedQuestion {
  /** The name under which answers to the questions of the document are kept. */
  readonly file: string;
  readonly chapter: Chapter;
  readonly fence: FenceOf<'question'>;
}

/** Asks the questions of a lesson, and checks the answers against the live model. */
export class LessonQuestions {
  readonly #runs: LessonRuns;
  readonly #progress: LessonProgress;

  constructor(runs: LessonRuns, progress: LessonProgress) {
    this.#runs = runs;
    this.#progress = progress;
  }

  /**
   * Asks a question and tells whether the answer was right, and why. Resolves with whether the reader wants to see it;
   * a failure has been told.
   */
  async ask({ file, chapter, fence: { question, first } }: AskedQuestion): Promise<boolean> {
    return this.#telling(async () => {
      const scope = (options: ProgressOptions): Scope =>
        scopeOf(question, scopeAt(chapter, first, this.#runs.models(options)));
      const given = await this.#given(question, scope);
      if (given === null) return false;
      const { right, reason } = await this.#answer(question, scope);
      const isCorrect = isRight(question, given, right);
      await this.#progress.answer(file, question.ask, isCorrect);
      return (await tellVerdict({ given, right, reason, isCorrect }, offersPicture(question))) !== undefined;
    });
  }

  /** Asks the same about a sentence and a word of the reader's own; nothing of it is kept. */
  async askOwn({ chapter, fence: { question, first } }: AskedQuestion): Promise<void> {
    await this.#telling(async () => {
      const subject = scopeOf(question, scopeAt(chapter, first, this.#runs.models(never))).subject(null);
      const text = subject && (await askText({ title: question.ask, prompt: vscode.l10n.t('A sentence of your own') }));
      if (!subject || text === undefined || text === null || text.trim() === '') return false;
      const run = { model: subject.run.model, text };
      const choices = await this.#working((options) => this.#choices({ ...subject, run }, options));
      const word = await pickWord(choices, question.ask, vscode.l10n.t('From which word?'));
      const given = word && (await pickWord(choices, question.ask, vscode.l10n.t('Which word does it look at most?')));
      if (!word || !given) return false;
      const own = { run, head: subject.head, token: { word, turn: 1 }, key: null };
      const { right, reason } = await this.#working(async (options) => {
        const scope = { ...scopeAt(chapter, first, this.#runs.models(options)), subject: () => own };
        return { right: await rightAnswer(question, scope), reason: '' };
      });
      await tellVerdict({ given, right, reason, isCorrect: isRight(question, given, right) }, false);
      return false;
    });
  }

  /** The reader's answer; null when they left. */
  async #given(question: Question, scope: (options: ProgressOptions) => Scope): Promise<string | null> {
    const { ask, kind, options } = question;
    switch (kind) {
      case 'choice':
        return pickWord(options, ask, vscode.l10n.t('Your answer'));
      case 'number':
        return (
          (await askText({ title: ask, prompt: vscode.l10n.t('A number, with two digits') }, (typed) =>
            typedNumber(typed) === null ? vscode.l10n.t('A number is expected.') : null,
          )) ?? null
        );
      case 'word': {
        const choices = await this.#working(async (working) => {
          const subject = scope(working).subject(null);
          return subject ? this.#choices(subject, working) : [];
        });
        return pickWord(choices, ask, vscode.l10n.t('A word of the text'));
      }
    }
  }

  async #choices(
    subject: NonNullable<ReturnType<Scope['subject']>>,
    options: ProgressOptions,
  ): Promise<readonly string[]> {
    return wordChoices(await this.#runs.models(options).run(subject.run), subject);
  }

  #answer(
    question: Question,
    scope: (options: ProgressOptions) => Scope,
  ): Promise<{ readonly right: Value; readonly reason: string }> {
    return this.#working(async (options) => {
      const own = scope(options);
      return { right: await rightAnswer(question, own), reason: await reasonOfAnswer(question, own) };
    });
  }

  #working<T>(action: (options: ProgressOptions) => Promise<T>): Promise<T> {
    return withProgress(vscode.l10n.t('Asking the model'), ({ stage }) => stage, action);
  }

  /** Does something whose failure is told to the reader, and is a no then. */
  async #telling(action: () => Promise<boolean>): Promise<boolean> {
    try {
      return await action();
    } catch (thrown) {
      if (thrown instanceof LessonError) void showWarning(thrown.message);
      else tell(reasonOf(thrown));
      return false;
    }
  }
}

const never: ProgressOptions = { signal: new AbortController().signal, onProgress: () => undefined };

async function pickWord(words: readonly string[], title: string, placeholder: string): Promise<string | null> {
  const rows = words.map((label) => ({ label, word: label }));
  return (await pickRow(rows, { title, placeholder }))?.word ?? null;
}

/** Whether there is a picture that shows why. */
function offersPicture({ run, answer }: Question): boolean {
  return run !== null || answer.kind === 'either' || answer.expression.kind === 'fact';
}

interface Verdict {
  readonly given: string;
  readonly right: Value;
  readonly reason: string;
  readonly isCorrect: boolean;
}

async function tellVerdict(
  { given, right, reason, isCorrect }: Verdict,
  hasPicture: boolean,
): Promise<string | undefined> {
  const show = vscode.l10n.t('Show It');
  const verdict = isCorrect
    ? vscode.l10n.t({ message: 'Right: {0}.', args: [valueText(right)], comment: ['The right answer'] })
    : vscode.l10n.t({
        message: 'Not {0}: it is {1}.',
        args: [given, valueText(right)],
        comment: ['The answer that was given, and the right one'],
      });
  return showInformation(`${verdict} ${reason}`.trim(), ...(hasPicture ? [show] : []));
}
