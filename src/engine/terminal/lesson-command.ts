import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readChapter, type Chapter } from '../../core/lesson/chapter.ts';
import { checkChapter } from '../../core/lesson/check.ts';
import { words } from '../../core/words/words.ts';
import { decodeText } from '../files/decode-text.ts';
import { messageOf } from '../files/json-file.ts';
import { Analyser } from '../run/analyser.ts';
import { lessonModels } from '../run/lesson-models.ts';
import { memoryOption, wrong } from './command-line.ts';
import { writeWords } from './output.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';

const text = { type: 'string' } as const;

/**
 * `lesson FILE…`: checks lessons: what is not right in their fences, and whether what they say of numbers holds on the
 * models that they name. Exit status 1 where something does not.
 */
export const lessonCommand: TerminalCommand = async (args, { places, signal, output }) => {
  const { values, positionals } = readOptions(args, { memory: text });
  if (positionals.length === 0) throw wrong('FILE', words().details.options.missing);
  const files = positionals.flatMap(filesIn);
  const analyser = new Analyser(places, () => undefined, memoryOption(values.memory));
  const models = lessonModels(analyser, { signal, report: () => undefined });
  const says = words().lesson.statement;
  const count = { held: 0, all: 0, problems: 0 };
  try {
    for (const file of files) {
      const chapter = chapterIn(file);
      const lines = chapter.problems.map(({ line, message }) => says.place(file, line + 1, message));
      for (const { statement, holds, says: verdict } of await checkChapter(chapter, models)) {
        lines.push(says.place(file, statement.line + 1, verdict));
        if (!holds && statement.says) lines.push(says.saysSo(statement.says.line + 1, statement.says.text));
        count.held += holds ? 1 : 0;
        count.all += 1;
      }
      count.problems += chapter.problems.length;
      if (lines.length > 0) await writeWords(output, `${lines.join('\n')}\n`);
    }
    await writeWords(output, `${says.sum(count.held, count.all, count.problems)}\n`);
    return count.held === count.all && count.problems === 0 ? 0 : 1;
  } finally {
    await analyser.dispose();
  }
};

/** A Markdown file, or all of a folder in the order of their names. */
function filesIn(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => join(path, name));
  } catch (thrown) {
    throw wrong(path, messageOf(thrown));
  }
}

function chapterIn(file: string): Chapter {
  try {
    return readChapter(decodeText(readFileSync(file)));
  } catch (thrown) {
    throw wrong(file, messageOf(thrown));
  }
}
