import { words, type Words } from '../../core/words/words.ts';

/** What a file should be. */
export type FileKind = 'graph' | 'weights' | 'text';

const lfsPointer = /^version https:\/\/git-lfs\.github\.com\/spec\//;
const annexPointer = /^(\.\.\/)*\.git\/annex\/|^\/annex\/objects\//;
/** How other kinds of files begin, of those that people put in place of a graph. */
const others: readonly (readonly [RegExp | string, keyof Words['details']['files']['instead']])[] = [
  [/^\s*[{[]\s*["{[\]}]/, 'json'],
  [/^\uFEFF?\s*<\?xml/i, 'xml'],
  ['PK\u0003\u0004', 'zip'],
  ['\u001f\u008b', 'gzip'],
  ['\u0089HDF', 'hdf5'],
  [/^[^]{8}\{"/, 'safetensors'],
];

/** How many bytes of a file tell what it is. */
export const telling = 512;

/**
 * What a file is in place of what it should be (“it is …”, no full stop), told by its first bytes; null where nothing
 * speaks against it. Clones without Git LFS, web pages saved by mistake and broken downloads are what is met.
 */
export function impostorOf(start: Uint8Array, kind: FileKind): string | null {
  const says = words().details.files.instead;
  if (start.length === 0) return says.empty;
  const text = Buffer.from(start.subarray(0, telling)).toString('latin1');
  if (lfsPointer.test(text)) return says.lfs;
  if (annexPointer.test(text)) return says.annex;
  if (isWebPage(start)) return says.html;
  if (kind !== 'graph') return null;
  const other = others.find(([form]) => (typeof form === 'string' ? text.startsWith(form) : form.test(text)));
  return other ? says[other[1]] : null;
}

/** Neither a graph nor JSON begins like a page of HTML: such bytes come from a login page, a proxy or a browser. */
export function isWebPage(start: Uint8Array): boolean {
  return /^\uFEFF?\s*(<!--[^]*?-->\s*)?<(!doctype\s+html|html|head|body)[\s>]/i.test(
    Buffer.from(start.subarray(0, telling)).toString('utf8'),
  );
}
