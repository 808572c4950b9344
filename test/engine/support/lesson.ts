import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { readChapter, type Chapter } from '../../../src/core/lesson/chapter.ts';
import type { LessonSentence } from '../../../src/core/lesson/sentences.ts';
import type { Candidate } from '../../../src/core/prediction/prediction.ts';
import { Analyser } from '../../../src/engine/run/analyser.ts';
import { builtInModels, root } from './models.ts';

/** The folder of the lesson. */
export const lesson = join(root, 'media', 'lesson');

/** A chapter of the built-in lesson. */
export interface WrittenChapter {
  readonly file: string;
  readonly text: string;
  readonly chapter: Chapter;
}

/** The chapters, in their order. */
export const chapters = chaptersIn('english');

/** Those of every language. */
export const allChapters = [...chapters, ...chaptersIn('german')];

function chaptersIn(language: string): readonly WrittenChapter[] {
  return readdirSync(join(lesson, language))
    .sort()
    .map((name) => {
      const text = readFileSync(join(lesson, language, name), 'utf8');
      return { file: language === 'english' ? name : `${language}/${name}`, text, chapter: readChapter(text) };
    });
}

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

/** The prose of a chapter in one line: without front matter, fences, comments and links to the glossary. */
export function proseOf({ text }: WrittenChapter): string {
  return text
    .replace(/^---\n.*?\n---\n/su, '')
    .replace(/^```.*?^```$/gmsu, ' ')
    .replace(/<!--.*?-->/gsu, ' ')
    .replace(/\[([^[\]]*)\]\(#term=[^)]*\)/gu, '$1')
    .replace(/\s+/gu, ' ');
}

/** Fails with the sentence to rewrite where a chapter does not say this. */
export function says(chapter: number, sentence: string): void {
  const one = chapterOf(chapter);
  if (!proseOf(one).includes(sentence)) throw new Error(`${one.file} should say: ${sentence}`);
}

/** The sentences of a fence of a chapter. Throws where there is none of that name. */
export function sentencesOf(chapter: number, name: string): readonly LessonSentence[] {
  for (const fence of chapterOf(chapter).chapter.fences)
    if (fence.kind === 'sentences' && fence.name === name) return fence.sentences.sentences;
  throw new Error(`Chapter ${chapter} has no sentences ${name}.`);
}

/** What a model would put in place of the first mask, the likeliest first. */
export function candidatesAtMask({ predictions = [] }: Analysis): readonly Candidate[] {
  const places = predictions.flatMap((each) => (each.kind === 'masked' ? each.places : []));
  return places[0]?.candidates ?? [];
}

/** Runs the models that ship in an analyser of its own. */
export async function withAnalyser<T>(use: (analyser: Analyser) => Promise<T>): Promise<T> {
  const store = join(root, 'test-results', 'no-store');
  const analyser = new Analyser({ models: builtInModels, store }, () => undefined);
  try {
    return await use(analyser);
  } finally {
    await analyser.dispose();
  }
}
