import * as v from 'valibot';
import { itemAt } from '../item-at.ts';
import type { Data } from '../schema.ts';
import type { RoleRange, Token } from './token.ts';

/** A message of a conversation. */
export type Message = Data<typeof chatSchema>[number];

/** A conversation: at least one message. */
export const chatSchema = v.pipe(
  v.array(v.object({ role: v.pipe(v.string(), v.nonEmpty()), content: v.string() })),
  v.minLength(1),
);

/** Writes a conversation as a model's template does; `prompt` adds what asks the model for the next message. */
export type Render = (messages: readonly Message[], prompt: boolean) => string;

/** Who writes the message that a model is asked for. */
const writer = 'assistant';

/** A message in the rendered text: its characters [start, end) and those of its content. */
interface Turn {
  readonly role: string;
  /** Which of the given messages it is; null where the model is asked to write it. */
  readonly message: number | null;
  readonly end: number;
  readonly content: Span | null;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a content stands; `changed` when the template wrote it otherwise than it was given. */
interface FoundContent extends Span {
  readonly changed: boolean;
}

/** A conversation as one text, and where in it each message stands. */
export interface RenderedChat {
  readonly text: string;
  readonly turns: readonly Turn[];
}

/**
 * Renders a conversation and finds its messages in the text. It is rendered once more with a mark in place of every
 * content: what stands between the marks is the template's own, so that a content that looks like a part of the
 * template misleads nobody. The model is asked for the next message unless the last one is its own. Throws what
 * `render` throws.
 */
export function renderChat(messages: readonly Message[], render: Render): RenderedChat {
  const prompt = messages.at(-1)?.role !== writer;
  const text = render(messages, prompt);
  const marked = messages.map(({ role }, index) => ({ role, content: markOf(index) }));
  const template = attempt(() => render(marked, prompt));
  const places = (template !== null ? placesBetween(text, messages, template) : null) ?? placesSought(text, messages);
  const closed = template === null ? [] : closings(marked, template, render);
  const turns = messages.map(({ role }, index): Turn => {
    const place = places[index] ?? null;
    const content = place === null || place.changed ? null : { start: place.start, end: place.end };
    return { role, message: index, content, end: place ? place.end + (closed[index] ?? 0) : 0 };
  });
  let reached = 0;
  const inOrder = turns.map((turn) => ({ ...turn, end: (reached = Math.max(reached, turn.end)) }));
  const last = inOrder.at(-1);
  if (!last || last.end >= text.length) return { text, turns: inOrder };
  return {
    text,
    turns: prompt
      ? [...inOrder, { role: writer, message: null, end: text.length, content: null }]
      : [...inOrder.slice(0, -1), { ...last, end: text.length }],
  };
}

/** The tokens of each message: a token belongs to the message in which it begins. */
export function roleRanges({ turns }: RenderedChat, tokens: readonly Token[]): RoleRange[] {
  let first = 0;
  return turns.flatMap(({ role, message, end: to, content }, index) => {
    let next = index === turns.length - 1 ? tokens.length : first;
    while (next < tokens.length && itemAt(tokens, next).start < to) next += 1;
    const range = {
      role,
      ...(message === null ? {} : { message }),
      first,
      end: next,
      content,
    };
    first = range.end;
    return range.end > range.first ? [range] : [];
  });
}

/** Private characters, which no template knows or trims. */
function markOf(index: number): string {
  return `\ue000${index}\ue001`;
}

/**
 * Where the contents stand when the text is the marked one with every mark replaced by something; null when it is not.
 */
function placesBetween(text: string, messages: readonly Message[], template: string): FoundContent[] | null {
  const places: FoundContent[] = [];
  let [at, read] = [0, 0];
  for (const [index, { content }] of messages.entries()) {
    const mark = template.indexOf(markOf(index), read);
    if (mark < 0 || !text.startsWith(template.slice(read, mark), at)) return null;
    const start = at + mark - read;
    read = mark + markOf(index).length;
    const next = template.indexOf(markOf(index + 1), read);
    const between = template.slice(read, next < 0 ? template.length : next);
    const written = [content, content.trim(), content.trimStart(), content.trimEnd()].find((form) =>
      text.startsWith(form + between, start),
    );
    at = written === undefined ? text.indexOf(between, start) : start + written.length;
    if (at < 0) return null;
    places.push({ start, end: at, changed: written === undefined });
  }
  return places;
}

/** The contents one after the other as they are written; null for one that is not there. */
function placesSought(text: string, messages: readonly Message[]): (FoundContent | null)[] {
  let from = 0;
  return messages.map(({ content }) => {
    const sought = content.trim();
    const start = sought === '' ? -1 : text.indexOf(sought, from);
    if (start < 0) return null;
    from = start + sought.length;
    return { start, end: from, changed: false };
  });
}

/**
 * How many characters close each message after its content, a mark: those that are there already when it is the last
 * one; null where that is not known. The same characters between messages of the same roles are parted alike, which
 * spares a long conversation to be rendered once for every message.
 */
function closings(marked: readonly Message[], template: string, render: Render): (number | null)[] {
  const known = new Map<string, number | null>();
  let read = 0;
  return marked.map(({ role, content: mark }, index) => {
    const after = template.indexOf(mark, read);
    const at = after < 0 ? template.indexOf(mark) : after;
    if (at < 0) return null;
    const end = (read = at + mark.length);
    const next = marked[index + 1];
    const nextAt = next ? template.indexOf(next.content, end) : -1;
    const between = template.slice(end, nextAt < 0 ? template.length : nextAt);
    const key = JSON.stringify([role, next?.role ?? null, between]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const alone = attempt(() => render(marked.slice(0, index + 1), false));
    const close = alone !== null && template.startsWith(alone) && alone.length >= end ? alone.length - end : null;
    known.set(key, close);
    return close;
  });
}

/** A template may refuse the beginning of a conversation, or one whose contents are marks. */
function attempt(render: () => string): string | null {
  try {
    return render();
  } catch {
    return null;
  }
}
