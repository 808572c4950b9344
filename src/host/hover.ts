import * as vscode from 'vscode';
import { headColor } from '../core/color/head-color.ts';
import { hexOf } from '../core/color/srgb.ts';
import type { Selection } from '../core/attention/selection.ts';
import { wordAt, wordLookedAtBy, wordLooksAt, type Word } from '../core/document/words.ts';
import { reasonOf } from '../core/errors/reason.ts';
import { sentenceOf } from '../core/errors/sentence.ts';
import type { Analyses } from './analyses.ts';
import { focusWeights, type FocusWeights } from './focus-weights.ts';
import { escaped, hoverText, type HoverSide } from './hover-text.ts';
import { documentSequence, type LiveAnalysis } from './live-analysis.ts';
import { rangeOf } from './places.ts';
import type { Selections } from './selections.ts';
import { settings } from './settings.ts';

/** The commands that a hover's links may run. */
const enabledCommands = ['textAttention.showAnalysis', 'textAttention.rerun'];

/** Over a word of an analysed text: the words it looks at most and those that look at it most, with their weights. */
export class AttentionHover implements vscode.HoverProvider {
  readonly #analyses: Analyses;
  readonly #selections: Selections;

  constructor(analyses: Analyses, selections: Selections) {
    this.#analyses = analyses;
    this.#selections = selections;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | null> {
    if (this.#analyses.all.length === 0 || !settings.hovers) return null;
    const offset = document.offsetAt(position);
    const analysis = this.#analyses.at(document, offset);
    if (!analysis) return null;
    if (analysis.stale) return hover(`The text changed since it was analysed. ${link('Run Show Attention again', 'textAttention.rerun', [analysis.id])}`);
    const { unread } = analysis;
    if (unread && offset >= unread.start) {
      return hover('The model did not take this part of the text: it is longer than the model takes.', rangeOf(document, unread));
    }
    const { start } = analysis.place.range;
    const word = wordAt(analysis.words(documentSequence), offset - start);
    return word && this.#over(document, analysis, word);
  }

  async #over(document: vscode.TextDocument, analysis: LiveAnalysis, word: Word): Promise<vscode.Hover | null> {
    const { start } = analysis.place.range;
    const range = rangeOf(document, { start: start + word.start, end: start + word.end });
    const selection = this.#selections.of(analysis);
    try {
      const focus = await focusWeights(this.#analyses.source, analysis, selection);
      if (!focus) return null;
      const text = hoverText({
        word: word.label,
        where: whereOf(analysis, selection),
        sides: sidesOf(analysis, selection, focus, word),
        color: colorOf(selection),
      });
      return hover(`${text}\n\n${link('Show in panel', 'textAttention.showAnalysis', [analysis.id, word.tokens.first])}`, range);
    } catch (thrown) {
      const { what, next } = sentenceOf(reasonOf(thrown));
      return hover(escaped(`${what} ${next}`), range);
    }
  }
}

function sidesOf(analysis: LiveAnalysis, selection: Selection, focus: FocusWeights, word: Word): HoverSide[] {
  const map = analysis.map(selection.map);
  if (!map) return [];
  const { weights, keys } = focus;
  const count = settings.hoverCount;
  const looks = { title: 'looks at', links: wordLooksAt(weights, keys, word, analysis.words(map.keys), count) };
  const looked = { title: 'is looked at by', links: wordLookedAtBy(weights, keys, word, analysis.words(map.queries), count) };
  return [...(focus.looks ? [looks] : []), ...(focus.isLookedAt ? [looked] : [])];
}

function whereOf(analysis: LiveAnalysis, { map, layer, heads, head }: Selection): string {
  const name = analysis.info.maps.length > 1 ? `${analysis.map(map)?.name ?? ''}, ` : '';
  return `${name}layer ${layer}, ${head === null ? `mean of ${heads.length} heads` : `head ${head}`}`;
}

/** The head's colour in the theme; the mean of heads, and high contrast, use the theme's own. */
function colorOf({ head }: Selection): string | null {
  const { kind } = vscode.window.activeColorTheme;
  if (head === null || kind === vscode.ColorThemeKind.HighContrast || kind === vscode.ColorThemeKind.HighContrastLight) return null;
  return hexOf(headColor(head, kind === vscode.ColorThemeKind.Light ? 'light' : 'dark'));
}

function link(label: string, command: string, values: readonly unknown[]): string {
  return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(values))})`;
}

function hover(text: string, range?: vscode.Range): vscode.Hover {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = { enabledCommands };
  markdown.supportHtml = true;
  return new vscode.Hover(markdown, range);
}
