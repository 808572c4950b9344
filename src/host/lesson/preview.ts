import * as vscode from 'vscode';
import { builtIns } from '../../core/catalogue/built-in.ts';
import { fenceKinds } from '../../core/lesson/blocks.ts';
import { readChapter, type Fence } from '../../core/lesson/chapter.ts';
import { byHandHtml, figureHtml, lineHtml, questionHtml, sentencesHtml } from '../../core/lesson/figure.ts';
import type { Picture } from '../../core/lesson/picture.ts';
import { termAnchor, termOfLink, termsHtml } from '../../core/lesson/terms.ts';
import { entryOf } from '../../core/glossary/entry.ts';
import type { TermId } from '../../core/glossary/terms.ts';
import { words } from '../../core/words/words.ts';
import type { LessonFigures } from './figures.ts';

/** As much of a token of markdown-it as is read here. */
interface MarkdownToken {
  readonly info: string;
  readonly content: string;
}
/** A token of a whole document; those of a paragraph are its children. */
interface InlineToken {
  readonly type: string;
  readonly children?: readonly InlineToken[] | null;
  content: string;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

/** A document while markdown-it makes tokens of it. */
interface MarkdownState {
  readonly tokens: InlineToken[];
  readonly Token: new (type: string, tag: string, nesting: 0) => InlineToken;
}

type Rule = (tokens: readonly MarkdownToken[], index: number, ...more: readonly unknown[]) => string;

/** As much of markdown-it as is changed here. */
export interface MarkdownIt {
  readonly renderer: { readonly rules: { fence?: Rule | undefined } };
  readonly core: { readonly ruler: { push(name: string, rule: (state: MarkdownState) => void): void } };
}

/** Makes the fences of lessons live pictures in the Markdown preview of VS Code. */
export class LessonPreview {
  readonly #figures: LessonFigures;
  /** Pictures that are being made: previews show them together. */
  #pending = 0;

  constructor(figures: LessonFigures) {
    this.#figures = figures;
  }

  /** Renders the fences of lessons; VS Code calls it with the renderer of its previews. */
  extend<T extends MarkdownIt>(renderer: T): T {
    const { rules } = renderer.renderer;
    const usual = rules.fence;
    rules.fence = (tokens, index, ...more) => {
      const token = tokens[index];
      const kind = fenceKinds.find((known) => known === token?.info.trim().split(/\s/u)[0]);
      const own = token && kind ? this.#html(kind, token.content) : null;
      return own ?? usual?.(tokens, index, ...more) ?? '';
    };
    renderer.core.ruler.push('text-attention-terms', explainTerms);
    return renderer;
  }

  /** The fence as HTML; null where it is not right, and shows as it is written. */
  #html(kind: Fence['kind'], content: string): string | null {
    const marks = '`'.repeat(20);
    const [fence] = readChapter(`${marks}${kind}\n${content}\n${marks}`).fences;
    switch (fence?.kind) {
      case undefined:
        return null;
      case 'attention':
        return this.#pictureHtml(fence.picture);
      case 'by-hand':
        return byHandHtml(content, fence);
      case 'sentences':
        return sentencesHtml(fence, null);
      case 'question':
        return questionHtml(fence.question, null);
    }
  }

  #pictureHtml(picture: Picture): string {
    const says = words().lesson.page;
    const { model } = picture.run;
    // A preview opens by itself: what it runs without being asked must have come with the extension or be trusted.
    if (!builtIns[model] && !vscode.workspace.isTrusted) return lineHtml(says.untrusted);
    const known = this.#figures.known(picture);
    if (known) return 'svg' in known ? figureHtml(picture, known) : lineHtml(says.none(known.problem));
    this.#pending += 1;
    const drawn = (): void => {
      this.#pending -= 1;
      if (this.#pending === 0) void vscode.commands.executeCommand('markdown.preview.refresh');
    };
    this.#figures.of(picture).then(drawn, drawn);
    return lineHtml(says.running(model));
  }
}

/** Leads links to terms of the glossary to what they mean, which is put below the text. */
function explainTerms({ tokens, Token }: MarkdownState): void {
  const used = new Set<TermId>();
  for (const link of tokens.flatMap(({ children }) => children ?? [])) {
    const term = link.type === 'link_open' ? termOfLink(link.attrGet('href') ?? '') : null;
    if (term === null) continue;
    used.add(term);
    link.attrSet('href', termAnchor(term));
    link.attrSet('title', entryOf(term).short);
  }
  if (used.size === 0) return;
  const terms = new Token('html_block', '', 0);
  terms.content = termsHtml([...used]);
  tokens.push(terms);
}
