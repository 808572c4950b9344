import * as v from 'valibot';
import * as vscode from 'vscode';
import { fingerprint } from '../../core/document/fingerprint.ts';

const answeredKey = 'textAttention.lesson.answered';
const placeKey = 'textAttention.lesson.place';

/** Answers that are kept; the oldest leave first. */
const maxAnswers = 2000;

/** Whether an answer was right, by the file and the print of its question. */
const answersSchema = v.record(v.string(), v.boolean());
const placeSchema = v.object({ file: v.string(), line: v.pipe(v.number(), v.integer(), v.minValue(0)) });

/** Where a reader of the lesson is: what they have answered, and where they stopped. */
export class LessonProgress implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();

  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** Whether a question of a file was answered rightly; null where it was not answered. */
  answerTo(file: string, question: string): boolean | null {
    return this.#answers[nameOf(file, question)] ?? null;
  }

  /** How many questions of a file were answered rightly. */
  rightIn(file: string, questions: readonly string[]): number {
    return questions.filter((question) => this.answerTo(file, question) === true).length;
  }

  /** Keeps an answer; one that was right once stays right. */
  async answer(file: string, question: string, isRight: boolean): Promise<void> {
    const name = nameOf(file, question);
    const before = this.#answers;
    const others = Object.entries(before).filter(([known]) => known !== name);
    const all = [...others, [name, isRight || before[name] === true] as const].slice(-maxAnswers);
    await this.#memory.update(answeredKey, Object.fromEntries(all));
    this.#changed.fire();
  }

  /** Where the reader stopped; null before they have begun. */
  get place(): v.InferOutput<typeof placeSchema> | null {
    const known = v.safeParse(placeSchema, this.#memory.get(placeKey));
    return known.success ? known.output : null;
  }

  /** Keeps where the reader is. */
  async stop(file: string, line: number): Promise<void> {
    await this.#memory.update(placeKey, { file, line });
  }

  /** Forgets all answers, and where the reader stopped. */
  async reset(): Promise<void> {
    await this.#memory.update(answeredKey, undefined);
    await this.#memory.update(placeKey, undefined);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  get #answers(): Readonly<Record<string, boolean>> {
    const known = v.safeParse(answersSchema, this.#memory.get(answeredKey));
    return known.success ? known.output : {};
  }
}

function nameOf(file: string, question: string): string {
  return `${file}#${fingerprint(question)}`;
}
