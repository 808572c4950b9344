/** A line of a `sh` fence that runs a program of the lesson: `node transformer.ts "The dog that was old saw the bird." saw`. */
export interface ProgramLine {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly runtime: 'node' | 'python3';
  /** The name of a file in the folder of programs. */
  readonly file: string;
  readonly args: readonly string[];
}

const fenceMark = /^ {0,3}```(\w*)\s*$/u;
/** What it is given are plain words, or quoted ones without signs that a shell reads. */
const plainWord = /[\w.-]+/u.source;
const quotedWord = /"[^"\\$`!%\n]*"/u.source;
const command = new RegExp(
  String.raw`^(?:(node) ([\w-]+\.ts)|(python3) ([\w-]+\.py))((?: (?:${plainWord}|${quotedWord})){0,8})$`,
  'u',
);

/** The lines of a Markdown text that run programs of its lesson. Other commands are text. */
export function programLinesIn(text: string): readonly ProgramLine[] {
  const found: ProgramLine[] = [];
  let fence: string | null = null;
  for (const [line, whole] of text.split(/\r?\n/u).entries()) {
    const mark = fenceMark.exec(whole);
    if (mark) fence = fence === null ? (mark[1] ?? '') : null;
    else if (fence === 'sh') found.push(...programLine(line, whole));
  }
  return found;
}

function programLine(line: number, whole: string): readonly ProgramLine[] {
  const trimmed = whole.trim();
  const [, node, script, , module, rest = ''] = command.exec(trimmed) ?? [];
  const file = script ?? module;
  if (file === undefined) return [];
  const args = [...rest.matchAll(new RegExp(`${quotedWord}|${plainWord}`, 'gu'))].map(([word]) =>
    word.startsWith('"') ? word.slice(1, -1) : word,
  );
  const start = whole.indexOf(trimmed);
  const runtime = node === undefined ? 'python3' : 'node';
  return [{ line, start, end: start + trimmed.length, runtime, file, args }];
}
