import * as vscode from 'vscode';
import { headColor } from '../../core/color/head-color.ts';
import { probabilityText } from '../../core/attention/number-words.ts';
import { hexOf } from '../../core/color/srgb.ts';
import type { HeadSummary } from '../../core/attention/roles.ts';
import type { Selection } from '../../core/attention/selection.ts';
import type { HeadLink } from '../../core/attention/strongest-heads.ts';
import { unnamedFilterWords } from '../../core/attention/filter-words.ts';
import { editedText } from '../../core/attention/edited-words.ts';
import type { Edit } from '../../core/run/edits.ts';
import { visibleText } from '../../core/text/label.ts';
import type { Word } from '../../core/document/words.ts';
import { layerNumber } from '../../core/attention/layers.ts';
import { words } from '../../core/words/words.ts';
import { cellOf } from '../../core/scene/links.ts';
import { spokenName } from '../../core/scene/names.ts';
import type { Scene } from '../../core/scene/scene.ts';
import { linkLists, linksElsewhere } from '../../core/scene/word-links.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { sentenceOf } from '../../core/errors/sentence.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { elsewhereText, hoverText, type Elsewhere, type HoverSide } from './hover-text.ts';
import type { FoundWord, LiveAnalysis } from '../analysis/live-analysis.ts';
import { commandLink, joined, markdown, type Markdown } from '../window/markdown.ts';
import { rangeOf } from '../analysis/tracked-texts.ts';
import type { Selections } from '../analysis/selections.ts';
import type { SceneSource } from './scene-source.ts';
import { settings } from '../window/settings.ts';
import { isHighContrast, themeShade } from '../window/theme.ts';
import { hoverRole } from './hover-role.ts';
import { hoverOf } from '../window/window.ts';

/** The commands that a hover's links may run. */
const enabledCommands = [
  'textAttention.showAnalysis',
  'textAttention.showArithmetic',
  'textAttention.rerun',
  'textAttention.focusHead',
  'textAttention.tryEdit',
  'textAttention.openExample',
];

/** The probability from which on a hover tells that an answer begins or ends with a word. */
const leastTold = 0.005;

/** So many heads elsewhere are named. */
const maxElsewhere = 2;

/**
 * Over a word of an analysed text: the words it looks at most and those that look at it most, with their weights, and
 * the heads elsewhere in which it has its strongest links.
 */
export class AttentionHover implements vscode.HoverProvider {
  readonly #analyses: Analyses;
  readonly #selections: Selections;
  readonly #scenes: SceneSource;

  constructor(analyses: Analyses, selections: Selections, scenes: SceneSource) {
    this.#analyses = analyses;
    this.#selections = selections;
    this.#scenes = scenes;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | null> {
    if (this.#analyses.all.length === 0 || !settings.hovers) return null;
    const offset = document.offsetAt(position);
    const analysis = this.#analyses.at(document, offset);
    if (!analysis) return null;
    if (analysis.stale)
      return hover(
        markdown`${vscode.l10n.t('The text has changed since it was analysed.')} ${commandLink(vscode.l10n.t('Run again'), 'textAttention.rerun', [analysis.id])}`,
      );
    const uri = document.uri.toString();
    const unread = analysis.unread.find((span) => span.uri === uri && offset >= span.start && offset <= span.end);
    if (unread) {
      return hover(
        markdown`${vscode.l10n.t('Not analysed: the text is longer than the model accepts.')}`,
        rangeOf(document, unread),
      );
    }
    const found = analysis.wordAt(uri, offset);
    return found && this.#over(document, analysis, found);
  }

  async #over(document: vscode.TextDocument, analysis: LiveAnalysis, found: FoundWord): Promise<vscode.Hover | null> {
    const range = rangeOf(document, found.span);
    const { word, sequence } = found;
    const selection = analysis.selectionOn(this.#selections.of(analysis), sequence);
    const show = commandLink(vscode.l10n.t('Show in panel'), 'textAttention.showAnalysis', [
      analysis.id,
      word.tokens.first,
      sequence,
    ]);
    if (selection.heads.length === 0)
      return hover(markdown`${vscode.l10n.t('No heads selected. Pick one in the panel.')} ${show}`, range);
    try {
      const [scene, strongest, summary] = await Promise.all([
        this.#scenes.of(analysis, selection, { unit: 'words' }),
        this.#strongest(analysis, selection, found),
        this.#summary(analysis, selection),
      ]);
      if (!scene) return hover(markdown`${vscode.l10n.t('The filters in the panel hide everything.')} ${show}`, range);
      const text = hoverText({
        word: word.label,
        unknown: word.unknown,
        where: headName(scene),
        sides: hoverSides(analysis, scene, found),
        color: colorOf(selection),
      });
      return hover(
        joined(
          [
            text,
            typeof scene.source.layer === 'number' ? hoverRole(summary, selection.map) : markdown``,
            filterText(scene),
            answerText(analysis, found),
            elsewhereText(elsewhereOf(analysis, scene, found, strongest)),
            joined([show, ...arithmeticLink(analysis, scene, found), ...maskLink(analysis, found)], ' · '),
            markdown`${editedText(analysis.info)}`,
          ].filter((part) => part.text !== ''),
          '\n\n',
        ),
        range,
      );
    } catch (thrown) {
      const { what, next } = sentenceOf(reasonOf(thrown));
      return hover(markdown`${what} ${next}`, range);
    }
  }

  /** What is known of the head that numbers speak of, where they speak of one. */
  async #summary(analysis: LiveAnalysis, { map, layer, head }: Selection): Promise<HeadSummary | undefined> {
    return head === null ? undefined : (await this.#analyses.source.heads(analysis.id, map))[layer]?.[head];
  }

  /** The heads in which the word has its strongest links. */
  async #strongest(
    analysis: LiveAnalysis,
    { map }: Selection,
    { word, sequence }: FoundWord,
  ): Promise<readonly HeadLink[]> {
    const side = analysis.sideOf(map, sequence);
    return side ? this.#analyses.source.strongest(analysis.id, map, side, word.tokens) : [];
  }
}

/** Has the model read its blank token in place of the word; nothing where it has none, or wrote the word itself. */
function maskLink({ id, info, hasTarget }: LiveAnalysis, { word, sequence }: FoundWord): readonly Markdown[] {
  const { blank } = info.model;
  const { generatedFrom = Infinity } = info.sequences[sequence] ?? {};
  const { first, end } = word.tokens;
  if (blank === undefined || end > generatedFrom) return [];
  const side = hasTarget && sequence > 0 ? 'target' : 'source';
  const edits = Array.from({ length: end - first }, (_, at): Edit => {
    return { kind: 'replace', side, token: first + at, by: blank };
  });
  const label = vscode.l10n.t({
    message: 'Replace by {0}',
    args: [visibleText(blank)],
    comment: ['A link that runs the model with another token in place of this word, such as [MASK]'],
  });
  return [commandLink(label, 'textAttention.tryEdit', [id, ...edits])];
}

/** How likely an answer begins and ends with a word, of a model that answers questions; nothing where hardly. */
function answerText({ info }: LiveAnalysis, { word, sequence }: FoundWord): Markdown {
  const prediction = info.predictions?.find((one) => one.kind === 'span');
  if (prediction?.sequence !== sequence) return markdown``;
  const { first, end } = word.tokens;
  const sum = (shares: readonly number[]): number => shares.slice(first, end).reduce((all, share) => all + share, 0);
  const [starts, ends] = [sum(prediction.starts), sum(prediction.ends)];
  if (Math.max(starts, ends) < leastTold) return markdown``;
  return markdown`${words().predictions.inAnswer(`‘${word.label}’`, probabilityText(starts), probabilityText(ends))}`;
}

/** Leads to how the weight of the word's strongest link is computed; nothing where it has none. */
function arithmeticLink(analysis: LiveAnalysis, scene: Scene, { word, sequence }: FoundWord): readonly Markdown[] {
  const { map, selection } = scene.source;
  const side = map.queries === sequence ? 'query' : 'key';
  const index = word.tokens.first;
  const lists = linkLists(scene, { side, index }, 1);
  const found = lists.flatMap(({ side: own, links }) => links.map(({ unit }) => ({ side: own, partner: unit.first })));
  const [first] = found;
  if (!first) return [];
  const { query, key } = cellOf({ side: first.side, index }, first.partner);
  const values = [analysis.id, selection.map, query, key];
  return [commandLink(vscode.l10n.t('How is this computed?'), 'textAttention.showArithmetic', values)];
}

/** The first of them, but for those that the scene speaks of already. */
function elsewhereOf(
  analysis: LiveAnalysis,
  scene: Scene,
  { word, sequence }: FoundWord,
  strongest: readonly HeadLink[],
): Elsewhere[] {
  const { map, selection } = scene.source;
  const looks = analysis.sideOf(selection.map, sequence) === 'query';
  const others = looks ? analysis.words(map.keys) : analysis.rowWords(map, scene.options.rows);
  return linksElsewhere(strongest, scene, maxElsewhere).map(({ token, ...one }) => ({
    head: words().names.place(layerNumber(map, one.layer), one.head),
    weight: one.weight,
    label: labelIn(others, token),
    looks,
    command: 'textAttention.focusHead',
    values: [selection.map, one.layer, one.head, analysis.id, word.tokens.first, sequence],
  }));
}

/** What the word looks at, and what looks at it, as far as its sequence stands on the sides of the map. */
function hoverSides(analysis: LiveAnalysis, scene: Scene, { word, sequence }: FoundWord): HoverSide[] {
  const { map } = scene.source;
  const side = map.queries === sequence ? 'query' : 'key';
  return linkLists(scene, { side, index: word.tokens.first }, settings.hoverCount).map(({ side: own, links, why }) => {
    const others = own === 'query' ? analysis.words(map.keys) : analysis.rowWords(map, scene.options.rows);
    return {
      title: own === 'query' ? vscode.l10n.t('looks at') : vscode.l10n.t('is looked at by'),
      links: links.flatMap(({ unit, weight }) => {
        const other = others[unit.at];
        return other ? [{ word: other, index: unit.at, weight }] : [];
      }),
      ...(why === undefined ? {} : { why }),
    };
  });
}

/**
 * What is filtered in the panel, and so here; a hover is always of words, and does not say so.
 */
function filterText({ options, source: { map } }: Scene): Markdown {
  const filters = unnamedFilterWords(options, map, { unit: 'tokens' });
  return filters.length === 0
    ? markdown``
    : markdown`${vscode.l10n.t('Filtered as in the panel')}: ${filters.join(', ')}`;
}

/** The label of the word that begins with a token; one that is not known with what the model reads in its place. */
function labelIn(words: readonly Word[], token: number): string {
  const word = words.find(({ tokens }) => tokens.first === token);
  return word?.unknown === undefined ? (word?.label ?? '') : `${word.label} ${word.unknown}`;
}

function headName(scene: Scene): string {
  const { info, source } = scene;
  return `${info.maps.length > 1 ? `${source.map.name}, ` : ''}${spokenName(scene)}`;
}

/** The head's colour in the theme; the mean of heads, and high contrast, use the theme's own. */
function colorOf({ head }: Selection): string | null {
  return head === null || isHighContrast() ? null : hexOf(headColor(head, themeShade()));
}

function hover(text: Markdown, range?: vscode.Range): vscode.Hover {
  return hoverOf(text, enabledCommands, range);
}
