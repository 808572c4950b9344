import { escape } from '../picture/svg.ts';
import type { Mark } from './marks.ts';
import type { Fence } from './chapter.ts';

/** The looks of an exported chapter: a column to read, in the colours of the system. */
const style = `
:root{color-scheme:light dark}
body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1f1f1f;background:#fff}
code,pre{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em}
pre,.text-attention{border:1px solid #d4d4d4;border-radius:4px;padding:.75rem 1rem;overflow-x:auto}
figure.text-attention,blockquote.text-attention{margin:1rem 0}
figcaption{font-weight:600}
.text-attention-text span{padding:0 .15em;border-radius:2px}
.text-attention-picture svg{max-width:100%;height:auto}
dt{font-weight:600}dd{margin:0 0 .5rem 1.2rem}
table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left}
iframe{width:100%;height:32rem;border:0}
@media(prefers-color-scheme:dark){body{color:#cccccc;background:#1f1f1f}a{color:#4daafc}
pre,.text-attention{border-color:#3c3c3c}.text-attention-picture svg{filter:invert(.88) hue-rotate(180deg)}}
`;

/**
 * An exported chapter as one HTML page that needs nothing else; `scripts` and the policy are those of its live parts.
 */
export function chapterPage(chapter: {
  readonly title: string;
  readonly language: string;
  readonly body: string;
  /** The SHA-256 hashes of scripts that may run, in base64. */
  readonly scripts: readonly string[];
}): string {
  const scripts = chapter.scripts.length === 0 ? "'none'" : chapter.scripts.map((hash) => `'sha256-${hash}'`).join(' ');
  const policy =
    `default-src 'none'; script-src ${scripts}; style-src 'unsafe-inline'; img-src data:; ` +
    "base-uri 'none'; form-action 'none'";
  return (
    `<!DOCTYPE html>\n<html lang="${escape(chapter.language)}">\n<head>\n<meta charset="utf-8">\n` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    `<title>${escape(chapter.title)}</title>\n<style>${style}</style>\n</head>\n<body>\n${chapter.body}\n</body>\n</html>\n`
  );
}

/** An exported analysis in a frame of a chapter's page, which answers hovers. */
export function liveHtml(summary: string, page: string): string {
  return (
    `<details><summary>${escape(summary)}</summary>` +
    `<iframe sandbox="allow-scripts" loading="lazy" title="${escape(summary)}" srcdoc="${attribute(page)}"></iframe></details>`
  );
}

/** The hash of the script of an exported analysis, as its own policy names it; null where it has none. */
export function scriptHash(page: string): string | null {
  return /script-src 'sha256-([\w+/=]+)'/u.exec(page)?.[1] ?? null;
}

/**
 * The text of a chapter for a renderer of Markdown: without its front matter, with a placeholder for each fence, and
 * with the plain words where words name something that only the editor can show.
 */
export function plainMarkdown(
  text: string,
  { fences, marks }: { readonly fences: readonly Fence[]; readonly marks: readonly Mark[] },
  placeholder: (fence: number) => string,
): string {
  const lines = text.replace(/^\ufeff/u, '').split(/\r\n|\r|\n/u);
  const frontEnd =
    lines[0]?.trimEnd() === '---' ? lines.findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)\s*$/u.test(line)) : -1;
  for (const { line, start, end, wordStart, wordEnd } of [...marks].reverse()) {
    const own = lines[line] ?? '';
    lines[line] = own.slice(0, start) + own.slice(wordStart, wordEnd) + own.slice(end);
  }
  return lines
    .flatMap((line, at) => {
      if (at <= frontEnd) return [];
      const fence = fences.findIndex(({ first, last }) => first <= at && at <= last);
      if (fence < 0) return [line];
      return fences[fence]?.first === at ? ['', placeholder(fence), ''] : [];
    })
    .join('\n');
}

/** A text as the value of an attribute in double quotation marks, with all its characters. */
function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
