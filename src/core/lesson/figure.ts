import { headsColor } from '../color/head-color.ts';
import { cssOf } from '../color/srgb.ts';
import { exactText, weightText } from '../attention/number-words.ts';
import { wordsOf } from '../document/words.ts';
import { itemAt } from '../item-at.ts';
import { escape } from '../picture/svg.ts';
import { words } from '../words/words.ts';
import type { FenceOf } from './chapter.ts';
import { placeText } from './fields.ts';
import type { Picture } from './picture.ts';
import type { Question } from './question.ts';
import { findHead } from './places.ts';
import { Row, type RunNumbers } from './row.ts';
import type { FoundSentence } from './found.ts';

/** What a fence shows outside of the panel: a picture (SVG), and its text with the weights of the word in focus. */
export interface Figure {
  readonly svg: string;
  readonly text: readonly FigureWord[];
}

/** A word of the text; its weight where a word is in focus. */
export interface FigureWord {
  readonly text: string;
  /** What is shown of it under the mouse; empty where nothing is. */
  readonly title: string;
  readonly weight: number;
}

/** The text of a picture with the weights of the row in focus. Rejects as {@link Row.of} does. */
export async function figureText(picture: Picture, numbers: RunNumbers): Promise<readonly FigureWord[]> {
  const { head, token } = picture;
  const row = head && token ? await Row.of(numbers, head, token) : null;
  const keys = row?.keys ?? itemAt(numbers.info.sequences, head ? findHead(numbers.info, head).map.keys : 0);
  return wordsOf(keys).map(({ label, tokens }) => {
    if (!row || !token) return { text: label, title: '', weight: 0 };
    const weight = row.weight(tokens);
    return { text: label, title: `${placeText(token)} → ${label}: ${exactText(weight)}`, weight };
  });
}

/** A picture in a page: what it is called, its text in colour, the drawing, and `more` HTML of ours below it. */
export function figureHtml(picture: Picture, figure: Figure, more = ''): string {
  const head = picture.head?.head ?? null;
  const colour = headsColor(head === null ? [] : [head], 'light');
  const spans = figure.text.map(({ text, title, weight }) => {
    const style = weight < 0.005 ? '' : ` style="background-color:${cssOf(colour, weight)}"`;
    return `<span${title === '' ? '' : ` title="${escape(title)}"`}${style}>${escape(text)}</span>`;
  });
  return (
    `<figure class="text-attention"><figcaption>${escape(captionOf(picture))}</figcaption>` +
    `<p class="text-attention-text">${spans.join(' ')}</p>` +
    `<div class="text-attention-picture">${figure.svg}</div>${more}</figure>`
  );
}

/** What a picture is called where no line stands above it. */
export function captionOf({ title, run, head, token, key }: Picture): string {
  const says = words().lesson.page;
  if (title !== null) return title;
  return says.caption({
    model: run.model,
    head: head && `${head.map === null ? '' : `${head.map}/`}${head.layer}.${head.head ?? '*'}`,
    token: token && placeText(token),
    key: key && placeText(key),
  });
}

/** A line in place of a picture: that it is being made, or why there is none. */
export function lineHtml(text: string): string {
  return `<p class="text-attention"><em>${escape(text)}</em></p>`;
}

/** Numbers by hand with what each line comes to; `source` is the fence as it is written. */
export function byHandHtml(source: string, { byHand, first }: FenceOf<'by-hand'>): string {
  const lines = source.replace(/\n$/u, '').split('\n');
  const rows = lines.map((text, index) => {
    const result = byHand.results.find(({ line }) => line === first + 1 + index)?.text ?? '';
    return `<tr><td><code>${escape(text)}</code></td><td>${escape(result)}</td></tr>`;
  });
  return `<table class="text-attention"><tbody>${rows.join('')}</tbody></table>`;
}

/** The sentences of a fence, with what the head found where it was asked. */
export function sentencesHtml({ sentences }: FenceOf<'sentences'>, found: readonly FoundSentence[] | null): string {
  const says = words().lesson.page;
  const items = sentences.sentences.map((sentence, at) => {
    const one = found?.[at];
    const verdict = one ? ` <b>${one.found ? '✓' : '✗'}</b> ${escape(one.strongest)} ${weightText(one.weight)}` : '';
    return (
      `<li>${escape(sentence.text)} <small>${escape(placeText(sentence.query))} → ` +
      `${escape(placeText(sentence.key))}${verdict}</small></li>`
    );
  });
  const sum = found ? says.found(found.filter((one) => one.found).length, found.length) : says.sentences(items.length);
  return `<div class="text-attention"><p>${escape(sum)}</p><ul>${items.join('')}</ul></div>`;
}

/** A question, with the answer folded where it is known. */
export function questionHtml(question: Question, answer: string | null): string {
  const says = words().lesson.page;
  const options = question.options.map((option) => `<li>${escape(option)}</li>`).join('');
  const fold = (title: string, text: string): string =>
    `<details><summary>${escape(title)}</summary><p>${escape(text)}</p></details>`;
  return (
    `<blockquote class="text-attention"><p>${escape(question.ask)}</p>${options === '' ? '' : `<ul>${options}</ul>`}` +
    (question.hint === null ? '' : fold(says.hint, question.hint)) +
    (answer === null ? `<p><small>${escape(says.inEditor)}</small></p>` : fold(says.answer, answer)) +
    '</blockquote>'
  );
}
