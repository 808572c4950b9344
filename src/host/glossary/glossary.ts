import * as vscode from 'vscode';
import { termNamed } from '../../core/glossary/entry.ts';
import { glossaryPage, limitsPage } from '../../core/glossary/page.ts';
import type { TermId } from '../../core/glossary/terms.ts';
import { words } from '../../core/words/words.ts';
import { fragmentOf, pageMarkdown } from './page-markdown.ts';

const scheme = 'text-attention-glossary';
/** The extension of VS Code that shows Markdown as it reads. */
const previews = 'vscode.markdown-language-features';

/** The pages there are, by the first part of their addresses. */
const pages = {
  terms: { title: () => words().glossary.title, blocks: glossaryPage },
  limits: { title: () => words().glossary.limits.title, blocks: limitsPage },
} as const;

type GlossaryPage = keyof typeof pages;

/** The glossary as documents that are only read, made from the table of words when they are opened. */
export class Glossary implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return pageMarkdown(pages[path.startsWith('/limits/') ? 'limits' : 'terms'].blocks());
  }

  /** Shows the glossary, at a term where one is named: by its id or as texts write it. */
  async openTerm(named: unknown): Promise<void> {
    const term = typeof named === 'string' ? termNamed(named) : null;
    await this.#open('terms', term);
  }

  /** Shows what attention can and cannot tell. */
  async openLimits(): Promise<void> {
    await this.#open('limits', null);
  }

  async #open(page: GlossaryPage, term: TermId | null): Promise<void> {
    const address = vscode.Uri.from({ scheme, path: `/${page}/${pages[page].title()}.md` });
    if (vscode.extensions.getExtension(previews)) {
      const fragment = term === null ? '' : fragmentOf(term);
      await vscode.commands.executeCommand('markdown.showPreview', address.with({ fragment }));
      return;
    }
    const document = await vscode.workspace.openTextDocument(address);
    const editor = await vscode.window.showTextDocument(document);
    const line = term === null ? 0 : lineOf(document, term);
    editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** The line of a term's heading. */
function lineOf(document: vscode.TextDocument, term: TermId): number {
  const lines = document.getText().split('\n');
  const wanted = fragmentOf(term);
  return Math.max(
    0,
    lines.findIndex((line) => line.startsWith('## ') && fragmentText(line.slice(3)) === wanted),
  );
}

function fragmentText(heading: string): string {
  return heading
    .replace(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)))
    .toLowerCase()
    .replace(/\s+/gu, '-');
}
