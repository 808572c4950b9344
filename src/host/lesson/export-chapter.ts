import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { rightAnswer, reasonOfAnswer } from '../../core/lesson/answers.ts';
import type { Chapter, Fence } from '../../core/lesson/chapter.ts';
import { scopeAt, scopeOf, valueText } from '../../core/lesson/evaluate.ts';
import { byHandHtml, figureHtml, lineHtml, questionHtml, sentencesHtml } from '../../core/lesson/figure.ts';
import { foundIn } from '../../core/lesson/found.ts';
import { chapterPage, liveHtml, plainMarkdown, scriptHash } from '../../core/lesson/page.ts';
import { AttentionError, reasonOf } from '../../core/errors/reason.ts';
import { words } from '../../core/words/words.ts';
import { tell } from '../window/messages.ts';
import { nameOf, saveWhole } from '../window/save-file.ts';
import { showInformation, withProgress, type ProgressOptions } from '../window/window.ts';
import { embedImages } from './chapter-images.ts';
import type { LessonFigures } from './figures.ts';
import type { LessonRuns } from './lesson-runs.ts';

/** What makes a page of a chapter. */
export interface ExportServices {
  readonly runs: LessonRuns;
  readonly figures: LessonFigures;
}

/** A chapter in a document. */
interface Exported {
  readonly document: vscode.TextDocument;
  readonly chapter: Chapter;
}

/**
 * Writes a chapter with its pictures and answers to one HTML file that answers hovers offline. A failure has been
 * told.
 */
export async function exportChapter(services: ExportServices, exported: Exported, place: unknown): Promise<void> {
  const file = place instanceof vscode.Uri ? place : await askPlace(exported.document);
  if (!file) return;
  try {
    const page = await withProgress(
      vscode.l10n.t('Exporting the chapter'),
      ({ done = 0, total = 0 }) => vscode.l10n.t('{0} of {1}', done, total),
      (options) => pageOf(services, exported, options),
    );
    await saveWhole(file, new TextEncoder().encode(page));
    void offer(file);
  } catch (thrown) {
    tell(reasonOf(thrown));
  }
}

async function pageOf(
  services: ExportServices,
  { document, chapter }: Exported,
  options: ProgressOptions,
): Promise<string> {
  const text = document.getText();
  const lines = text.split(/\r\n|\r|\n/u);
  const scripts = new Set<string>();
  const parts: string[] = [];
  for (const fence of chapter.fences) {
    options.onProgress({ stage: '', done: parts.length, total: chapter.fences.length });
    if (options.signal.aborted) throw new AttentionError({ code: 'cancelled' });
    parts.push(
      await partOf(services, chapter, fence, lines.slice(fence.first + 1, fence.last).join('\n'), options, scripts),
    );
  }
  // Nobody can write a placeholder into a chapter beforehand.
  const token = randomUUID();
  const plain = plainMarkdown(text, chapter, (fence) => `${token}-${fence}-`);
  const body = await vscode.commands.executeCommand<string>('markdown.api.render', plain);
  const whole = await embedImages(body, vscode.Uri.joinPath(document.uri, '..'));
  const filled = whole.replace(
    new RegExp(`<p[^>]*>${token}-(\\d+)-</p>`, 'gu'),
    (_, at: string) => parts[Number(at)] ?? '',
  );
  return chapterPage({
    title: chapter.title ?? nameOf(document.uri),
    language: chapter.language ?? words().tag,
    body: filled,
    scripts: [...scripts],
  });
}

async function partOf(
  { figures, runs }: ExportServices,
  chapter: Chapter,
  fence: Fence,
  source: string,
  options: ProgressOptions,
  scripts: Set<string>,
): Promise<string> {
  const says = words().lesson.page;
  const asking = { signal: options.signal };
  switch (fence.kind) {
    case 'attention': {
      const figure = await figures.of(fence.picture, asking);
      if ('problem' in figure) return lineHtml(says.none(figure.problem));
      const page = await figures.page(fence.picture, asking);
      const hash = scriptHash(page);
      if (hash !== null) scripts.add(hash);
      return figureHtml(fence.picture, figure, liveHtml(says.live, page));
    }
    case 'by-hand':
      return byHandHtml(source, fence);
    case 'sentences':
      return sentencesHtml(fence, await foundIn(fence.sentences, runs.models(asking)));
    case 'question': {
      const scope = scopeOf(fence.question, scopeAt(chapter, fence.first, runs.models(asking)));
      const right = valueText(await rightAnswer(fence.question, scope));
      return questionHtml(fence.question, `${right}. ${await reasonOfAnswer(fence.question, scope)}`.trim());
    }
  }
}

async function askPlace(document: vscode.TextDocument): Promise<vscode.Uri | null> {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri) ?? vscode.workspace.workspaceFolders?.[0];
  const name = nameOf(document.uri).replace(/\.[^.]*$/u, '.html');
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Chapter as HTML'),
    filters: { HTML: ['html'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, name) } : {}),
  });
  return chosen ?? null;
}

async function offer(file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  const line = vscode.l10n.t({ message: 'Exported {0}.', args: [nameOf(file)], comment: ['The name of the file'] });
  if ((await showInformation(line, open)) !== open) return;
  if (file.scheme === 'file' && vscode.env.remoteName === undefined) await vscode.env.openExternal(file);
  else await vscode.commands.executeCommand('vscode.open', file);
}
