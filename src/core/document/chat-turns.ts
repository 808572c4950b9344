import type { Message } from '../text/chat.ts';
import { fenceOf, fencesOf, type Line } from './fences.ts';
import type { Span } from './tracked-range.ts';

/**
 * A turn of a conversation in a document: the characters of its mark (`user:`), and those of what is said, without
 * blanks around it (UTF-16 code units of the text).
 */
export interface ChatTurn extends Span {
  readonly role: string;
  readonly mark: Span;
}

/**
 * A conversation in a text: its turns with words, and the characters from its first mark to the end of its last turn.
 */
export interface DocumentChat extends Span {
  readonly turns: readonly ChatTurn[];
  /** Where the model's next turn is inserted; null if the model wrote the last turn. */
  readonly answer: AnswerPlace | null;
}

/** A place in a text, and what is written there before an answer. */
export interface AnswerPlace {
  readonly at: number;
  readonly before: string;
  /** The fences that nothing closes in the text before: one of them in an answer would close it, over the mark. */
  readonly open: readonly string[];
}

/** Who may speak. */
const speakers = ['system', 'user', 'assistant'] as const;
/** Who writes the turn that a model is asked for. */
const writer = 'assistant';

/**
 * The forms of a mark at the start of a line; a heading is the whole line. Their blanks are bounded: lines may be
 * long.
 */
const marks = [
  /^(system|user|assistant)[ \t]{0,9}:(?=\s|$)/iu,
  /^\*\*(system|user|assistant)(?::\*\*|\*\*[ \t]{0,9}:)(?=\s|$)/iu,
  /^#{1,6}[ \t]{1,9}(system|user|assistant)[ \t]{0,9}:?(?:[ \t]{1,9}#{1,9})?$/iu,
] as const;

const frontMatter = /^---[ \t]*\r?\n(?:[^]*?\r?\n)?---[ \t]*(?:\r?\n|$)/u;
const heading = /^#{1,6}[ \t]/u;
const comment = { begins: '<!--', ends: '-->' } as const;

/**
 * The conversation that a text is written as; null where it is none. This is the one place that says how a chat is
 * written:
 *
 * - A turn begins at the start of a line with `user:`, `assistant:` or `system:`, in capitals or not, with `**User:**`
 *   or with a heading, `## User`. All until the next turn is said in it; a fenced block hides the marks in it.
 * - Only front matter, headings and comments come before the first turn, and somebody is the user.
 * - A turn without words is left out. An empty `assistant:` at the end is where the model's answer goes.
 */
export function chatIn(text: string): DocumentChat | null {
  const all = turnsIn(text, prefaceEnd(text));
  const [first] = all;
  if (!first) return null;
  const turns = all.filter((turn) => turn.end > turn.start);
  const last = turns.at(-1);
  if (!last || !turns.some((turn) => turn.role === 'user')) return null;
  const next = all[all.indexOf(last) + 1];
  const waiting = next?.role === writer ? next : null;
  return {
    turns,
    start: first.mark.start,
    end: waiting ? waiting.mark.end : last.end,
    answer: last.role === writer ? null : answerPlace(text, all, last, waiting),
  };
}

/** The turns as the messages that a model is given. */
export function messagesOf(text: string, { turns }: DocumentChat): Message[] {
  return turns.map(({ role: name, start, end }) => ({ role: name, content: text.slice(start, end) }));
}

/**
 * What is inserted for a model's answer. A line of it that would begin a turn, or close a fence of the text before, is
 * indented, and a fence that it leaves open is closed: what a model writes is its own turn, whatever it is. Nothing
 * where it wrote nothing.
 */
export function answerTurn({ before, open }: AnswerPlace, written: string): string {
  const trimmed = written.trim();
  if (trimmed === '') return '';
  const ownLine = before.endsWith('\n');
  const told = trimmed
    .split(/\r\n|\r|\n/u)
    .map((line, at) => (at > 0 || ownLine ? plainLine(line, open) : line))
    .join('\n');
  // After a mark, the first line is no fence.
  const [left] = fencesOf(linesIn(ownLine ? told : `: ${told}`)).open;
  return `${before}${told}${left === undefined ? '' : `\n${left}`}`;
}

/** A line that begins no turn and closes none of some fences. */
function plainLine(line: string, open: readonly string[]): string {
  if (markOf(line)) return ` ${line}`;
  const kind = fenceOf(line)?.charAt(0);
  return kind !== undefined && open.some((fence) => fence.startsWith(kind)) ? `    ${line}` : line;
}

/** The mark that a line begins with; null where it begins with none. */
function markOf(line: string): { readonly role: string; readonly length: number } | null {
  const trimmed = line.trimEnd();
  for (const form of marks) {
    const [mark, name] = form.exec(trimmed) ?? [];
    // Letters that are the same but for their case may be others: `ſ` is an s.
    const role = speakers.find((one) => one === name?.toLowerCase());
    if (mark !== undefined && role) return { role, length: mark.length };
  }
  return null;
}

/** The turns of a text from an offset on, empty ones too; no turns if the text at the offset is not a mark. */
function turnsIn(text: string, from: number): ChatTurn[] {
  const lines = linesIn(text.slice(from));
  if (!markOf(lines[0]?.text ?? '') || /[^\r\n]/u.test(text.charAt(from - 1))) return [];
  const { fenced } = fencesOf(lines);
  const found = lines.flatMap(({ text: line, start }, at) => {
    const mark = fenced.has(at) ? null : markOf(line);
    return mark ? [{ role: mark.role, start: from + start, end: from + start + mark.length }] : [];
  });
  return found.map(({ role: name, ...own }, index) => {
    const until = found[index + 1]?.start ?? text.length;
    const said = text.slice(own.end, until);
    const start = own.end + said.length - said.trimStart().length;
    return { role: name, mark: own, start, end: Math.max(start, own.end + said.trimEnd().length) };
  });
}

/** Where front matter, headings, comments and blanks at the beginning of a text end. */
function prefaceEnd(text: string): number {
  let rest = text.replace(frontMatter, '').trimStart();
  for (let length = prefaceLength(rest); length > 0; length = prefaceLength(rest))
    rest = rest.slice(length).trimStart();
  return text.length - rest.length;
}

/** The length of the comment or heading that a text begins with; 0 where it begins with neither, or with a turn. */
function prefaceLength(text: string): number {
  const [line = ''] = /^[^\r\n]*/u.exec(text) ?? [];
  if (!line.startsWith(comment.begins)) return !markOf(line) && heading.test(line) ? line.length : 0;
  const end = text.indexOf(comment.ends);
  return end < 0 ? 0 : end + comment.ends.length;
}

/** After the empty mark that waits for it, or after the last turn with a mark in the form of that one. */
function answerPlace(text: string, all: readonly ChatTurn[], last: ChatTurn, waiting: ChatTurn | null): AnswerPlace {
  const form = text.slice((waiting ?? last).mark.start, (waiting ?? last).mark.end);
  const gap = form.startsWith('#') ? '\n\n' : ' ';
  const { open } = fencesOf(linesIn(text.slice(all[0]?.mark.start, last.end)));
  if (waiting) return { at: waiting.mark.end, before: gap, open };
  const before = all[all.indexOf(last) - 1];
  const between = before ? text.slice(before.end, last.mark.start) : '';
  const isTight = between.trim() === '' && between.replaceAll('\r', '') === '\n';
  return { at: last.end, before: `${isTight ? '\n' : '\n\n'}${markLike(form)}${gap}`, open };
}

/** The mark of the model's turn in the form of another: `**User:**` gives `**Assistant:**`. */
function markLike(form: string): string {
  return form.replace(/[a-z]+/iu, (name) => {
    if (name === name.toLowerCase()) return writer;
    return name === name.toUpperCase() ? writer.toUpperCase() : `${writer.charAt(0).toUpperCase()}${writer.slice(1)}`;
  });
}

function linesIn(text: string): Line[] {
  return Array.from(text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/gu), ({ 0: line, index }) => ({
    text: line.replace(/[\r\n]+$/u, ''),
    start: index,
  }));
}
