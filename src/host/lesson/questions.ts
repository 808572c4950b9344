import * as vscode from 'vscode';
import { isRight, reasonOfAnswer, rightAnswer, typedNumber, wordChoices } from '../../core/lesson/answers.ts';
import type { Chapter, FenceOf } from '../../core/lesson/chapter.ts';
import { scopeAt, scopeOf } from '../../core/lesson/evaluate.ts';
import { asksModel } from '../../core/lesson/expression.ts';
import type { Scope, Subject, Value } from '../../core/lesson/facts.ts';
import { LessonError } from '../../core/lesson/places.ts';
import type { Question } from '../../core/lesson/question.ts';
import { Row } from '../../core/lesson/row.ts';
import { weightText } from '../../core/attention/number-words.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { tell } from '../window/messages.ts';
import { askText, pickRow, showWarning, withProgress, type ProgressOptions } from '../window/window.ts';
import type { LessonProgress } from './progress.ts';
import type { LessonRuns } from './lesson-runs.ts';
import { tellVerdict, type Step } from './verdict.ts';

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
   * Asks a question and tells whether the answer was right, and why. Resolves with what the reader wants to do then; a
   * failure has been told.
   */
  async ask(asked: AskedQuestion): Promise<Step | null> {
    const { file, chapter, fence } = asked;
    const { question, first } = fence;
    return this.#telling(async () => {
      const scope = (options: ProgressOptions): Scope =>
        scopeOf(question, scopeAt(chapter, first, this.#runs.models(options)));
      const given = await this.#given(question, scope);
      if (given === null) return null;
      const { right, reason } = await this.#answer(question, scope);
      const isCorrect = isRight(question, given, right);
      await this.#progress.answer(file, question.ask, isCorrect);
      const then: readonly Step[] = isCorrect ? (this.#isDone(asked) ? [] : ['next']) : ['again'];
      const steps: readonly Step[] = offersPicture(question) ? ['show', ...then] : then;
      return tellVerdict({ given, right, reason, isCorrect }, steps);
    });
  }

  /**
   * Asks the same about a sentence and a word of the reader's own; nothing of it is kept. Resolves as {@link ask} does.
   */
  async askOwn({ chapter, fence: { question, first } }: AskedQuestion): Promise<Step | null> {
    return this.#telling(async () => {
      const subject = scopeOf(question, scopeAt(chapter, first, this.#runs.models(never))).subject(null);
      if (!subject) return null;
      // The question names a word of the chapter's sentence.
      const { head } = subject;
      const title = head
        ? vscode.l10n.t('Head {0} on your own sentence', `${head.layer}.${head.head ?? '*'}`)
        : vscode.l10n.t('On My Own Sentence');
      const text = await askText({ title, prompt: vscode.l10n.t('A sentence of your own') });
      if (text === undefined || text.trim() === '') return null;
      const run = { model: subject.run.model, text };
      const choices = await this.#working((options) => this.#choices({ ...subject, run }, options));
      const word = await pickWord(choices, title, vscode.l10n.t('From which word?'));
      if (word === null) return null;
      const given = await pickWord(choices, title, vscode.l10n.t('Which word does ‘{0}’ look at most?', word));
      if (given === null) return null;
      const own = { run, head, token: { word, turn: 1 }, key: null };
      const { right, reason } = await this.#working((options) =>
        this.#answerOwn(question, own, { ...scopeAt(chapter, first, this.#runs.models(options)), subject: () => own }),
      );
      return tellVerdict({ given, right, reason, isCorrect: isRight(question, given, right) }, ['another']);
    });
  }

  /** The right answer about a sentence of the reader's own, and its weight. */
  async #answerOwn(
    question: Question,
    { run, head, token }: Subject,
    scope: Scope,
  ): Promise<{ readonly right: Value; readonly reason: string }> {
    const right = await rightAnswer(question, scope);
    const row = await Row.of(await scope.models.run(run), head, token);
    const most = row.ranking.find(({ word: { label } }) => label === right);
    return {
      right,
      reason: most ? vscode.l10n.t('The weight of ‘{0}’ is {1}.', most.word.label, weightText(most.weight)) : '',
    };
  }

  /** Whether every question of the chapter was answered rightly. */
  #isDone({ file, chapter: { fences } }: AskedQuestion): boolean {
    return fences.every(
      (fence) => fence.kind !== 'question' || this.#progress.answerTo(file, fence.question.ask) === true,
    );
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
      const right = await rightAnswer(question, own);
      // What is wrong in the reason that somebody wrote leaves the answer as it is.
      const reason = await reasonOfAnswer(question, own).catch((thrown: unknown) => {
        if (thrown instanceof LessonError) return thrown.message;
        throw thrown;
      });
      return { right, reason };
    });
  }

  #working<T>(action: (options: ProgressOptions) => Promise<T>): Promise<T> {
    return withProgress(vscode.l10n.t('Asking the model'), ({ stage }) => stage, action);
  }

  /** Does something whose failure is told to the reader, and comes to nothing then. */
  async #telling<T>(action: () => Promise<T>): Promise<T | null> {
    try {
      return await action();
    } catch (thrown) {
      if (thrown instanceof LessonError) void showWarning(thrown.message);
      else tell(reasonOf(thrown));
      return null;
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
  return run !== null || answer.kind === 'either' || asksModel(answer.expression);
}
