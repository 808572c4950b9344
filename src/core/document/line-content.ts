/**
 * The words of one line: their span (UTF-16 code units of the line), the kind of marker before them, and whether the
 * line begins (`opens`) or ends (`closes`) a block by itself.
 */
export interface LineContent {
  readonly start: number;
  readonly end: number;
  readonly marker: string;
  readonly opens: boolean;
  readonly closes: boolean;
}

const markers: readonly { readonly marker: string; readonly pattern: RegExp; readonly opens?: true }[] = [
  { marker: '#', pattern: /^#{1,6}[ \t]+/u },
  { marker: '//', pattern: /^\/\/[/!]?[ \t]*/u },
  { marker: '/*', pattern: /^\/\*+[ \t]*/u, opens: true },
  { marker: '<!--', pattern: /^<!--[ \t]*/u, opens: true },
  { marker: '--', pattern: /^--[ \t]+/u },
  { marker: ';', pattern: /^;+[ \t]+/u },
  { marker: '%', pattern: /^%+[ \t]+/u },
  { marker: '"""', pattern: /^(?:"""|''')[ \t]*/u, opens: true },
  { marker: '>', pattern: /^(?:>[ \t]?)+/u },
  { marker: 'item', pattern: /^(?:[-+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/u, opens: true },
  { marker: 'tag', pattern: /^(?=@[a-z]|:[a-z]+\b[^:]*:)/iu, opens: true },
  { marker: '*', pattern: /^\*(?:[ \t]+|$)/u },
];

/** Comments that follow code on the same line begin after this. */
const trailingComment = /[ \t](?:\/\/|#|--)[ \t]+/gu;
const closing = /(?:\*\/|-->|"""|''')$/u;

/**
 * Finds the words of a line. With `column`, a comment that stands after code and holds the column is taken by itself.
 */
export function contentOf(line: string, column?: number): LineContent {
  const indent = line.length - line.trimStart().length;
  const end = line.trimEnd().length;
  const closed = closingAt(line.slice(0, end));
  const found = markers.find(({ pattern }) => pattern.test(line.slice(indent)));
  const length = found?.pattern.exec(line.slice(indent))?.[0].length ?? 0;
  const marker = found?.marker === '/*' ? '*' : (found?.marker ?? '');
  const content = {
    start: Math.min(indent + length, end),
    end: closed !== undefined && closed >= indent + length ? closed : end,
    marker: marker === '#' ? line.slice(indent, indent + length).trimEnd() : marker,
    // A star at the margin is a list item, an indented one goes on with a block comment.
    opens: found?.opens === true || (found?.marker === '*' && indent === 0),
    closes: closed !== undefined,
  };
  return column === undefined || found ? content : afterCode(line, column, content);
}

/** Where the end of a block begins that ends a line, its stars and the spaces before it included. */
function closingAt(line: string): number | undefined {
  let at = closing.exec(line)?.index;
  while (at !== undefined && line.endsWith('/') && line[at - 1] === '*') at--;
  return at === undefined ? undefined : line.slice(0, at).trimEnd().length;
}

function afterCode(line: string, column: number, content: LineContent): LineContent {
  for (const match of line.matchAll(trailingComment)) {
    const start = match.index + match[0].length;
    if (start <= column && start > content.start)
      return { ...content, start, marker: 'trailing', opens: true, closes: true };
  }
  return content;
}
