import { base64Of } from '../picture/base64.ts';
import { escape } from '../picture/svg.ts';
import { words } from '../words/words.ts';

/** Bytes of one picture and of all pictures that a page carries. */
export const imageLimits = { one: 4 << 20, all: 16 << 20 } as const;

/** The media types of pictures, by how their files begin. */
const beginnings: readonly (readonly [type: string, start: RegExp])[] = [
  ['image/png', /^\x89PNG\r\n/u],
  ['image/jpeg', /^\xff\xd8\xff/u],
  ['image/gif', /^GIF8[79]a/u],
  ['image/webp', /^RIFF.{4}WEBP/su],
  ['image/svg+xml', /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/u],
];

const image = /<img\b[^>]*>/giu;
const quotedSource = /(\ssrc=)"([^"]*)"/iu;

/** The pictures that a page shows, as their tags name them. */
export function imageSources(html: string): readonly string[] {
  const found = [...html.matchAll(image)].map(([tag]) => sourceOf(tag));
  return [...new Set(found.filter((source) => source !== null))];
}

/** A page whose pictures are part of it; in place of one that is null stands its text, and that it was left out. */
export function withImages(html: string, images: ReadonlyMap<string, string | null>): string {
  return html.replace(image, (tag) => {
    const source = sourceOf(tag);
    const data = source === null ? null : images.get(source);
    if (data) return tag.replace(quotedSource, (_, name: string) => `${name}"${escape(data)}"`);
    const alt = unescaped(/\salt="([^"]*)"/iu.exec(tag)?.[1] ?? '');
    return `<em>${escape(words().lesson.page.noImage(alt))}</em>`;
  });
}

/**
 * The parts of a path below the folder of a chapter that a source names; null for one that leads anywhere else, to an
 * address or to a place of its own in the file system.
 */
export function imagePath(source: string): readonly string[] | null {
  let path: string;
  try {
    path = decodeURIComponent(source.replace(/[?#].*$/su, ''));
  } catch {
    return null;
  }
  if (/^[a-z][a-z\d+.-]*:|^\/|[\\\p{Cc}]/iu.test(path)) return null;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return null;
      parts.pop();
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.length === 0 ? null : parts;
}

/** A picture as an address that holds it; null for what is no picture that browsers show. */
export function imageData(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 4096));
  const type = beginnings.find(([, form]) => form.test(start))?.[0];
  return type === undefined ? null : `data:${type};base64,${[...base64Of(bytes)].join('')}`;
}

function sourceOf(tag: string): string | null {
  const source = quotedSource.exec(tag)?.[2];
  return source === undefined ? null : unescaped(source);
}

/** The text of an attribute, as a renderer of Markdown writes it. */
function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
