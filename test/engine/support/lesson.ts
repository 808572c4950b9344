import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChapter, type Chapter } from '../../../src/core/lesson/chapter.ts';
import { root } from './models.ts';

/** The folder of the lesson. */
export const lesson = join(root, 'media', 'lesson');

/** A chapter of the built-in lesson. */
export interface WrittenChapter {
  readonly file: string;
  readonly text: string;
  readonly chapter: Chapter;
}

/** The chapters, in their order. */
export const chapters: readonly WrittenChapter[] = readdirSync(join(lesson, 'english'))
  .sort()
  .map((file) => {
    const text = readFileSync(join(lesson, 'english', file), 'utf8');
    return { file, text, chapter: readChapter(text) };
  });

/** The chapter of that number. Throws where there is none. */
export function chapterOf(number: number): WrittenChapter {
  const found = chapters.find(({ chapter }) => chapter.number === number);
  if (!found) throw new Error(`There is no chapter ${number}.`);
  return found;
}

/** What stands in fences of one language of a chapter. */
export function codeOf({ text }: WrittenChapter, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gmsu'))].map(([, code = '']) => code);
}

/** The prose of a chapter in one line: without front matter, fences and comments. */
export function proseOf({ text }: WrittenChapter): string {
  return text
    .replace(/^---\n.*?\n---\n/su, '')
    .replace(/^```.*?^```$/gmsu, ' ')
    .replace(/<!--.*?-->/gsu, ' ')
    .replace(/\s+/gu, ' ');
}
