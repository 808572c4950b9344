import { words } from '../words/words.ts';
import type { Chapter, Statement } from './chapter.ts';
import { scopeAt, valueText, verdictOf } from './evaluate.ts';
import { LessonError } from './places.ts';
import type { LessonModels } from './row.ts';

/** What became of a statement of a chapter, and a sentence about it. */
export interface CheckedStatement {
  readonly statement: Statement;
  readonly holds: boolean;
  readonly says: string;
}

/** Evaluates every statement of a chapter on the models that it names. Rejects with an AttentionError. */
export async function checkChapter(chapter: Chapter, models: LessonModels): Promise<readonly CheckedStatement[]> {
  const checked: CheckedStatement[] = [];
  for (const statement of chapter.statements) checked.push(await check(chapter, statement, models));
  return checked;
}

async function check(chapter: Chapter, statement: Statement, models: LessonModels): Promise<CheckedStatement> {
  const says = words().lesson.statement;
  const { text, line, comparison } = statement;
  try {
    const { holds, left, right } = await verdictOf(comparison, scopeAt(chapter, line, models));
    return {
      statement,
      holds,
      says: holds ? says.holds(text) : says.fails(text, valueText(left), valueText(right)),
    };
  } catch (thrown) {
    if (!(thrown instanceof LessonError)) throw thrown;
    return { statement, holds: false, says: says.unknown(text, thrown.message) };
  }
}
