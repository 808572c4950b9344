/** What a file should be. */
export type FileKind = 'graph' | 'weights' | 'text';

const lfsPointer = /^version https:\/\/git-lfs\.github\.com\/spec\//;
const annexPointer = /^(\.\.\/)*\.git\/annex\/|^\/annex\/objects\//;
/** How other kinds of files begin, of those that people put in place of a graph. */
const others: readonly (readonly [RegExp | string, string])[] = [
  [/^\s*[{[]\s*["{[\]}]/, 'it is JSON, not a graph; it may be the message of a download that failed'],
  [/^\uFEFF?\s*<\?xml/i, 'it is XML, not a graph; it may be the message of a download that failed'],
  ['PK\u0003\u0004', 'it is an archive (zip) or a PyTorch file, not an ONNX graph'],
  ['\u001f\u008b', 'it is compressed (gzip); unpack it'],
  ['\u0089HDF', 'it is an HDF5 file, not an ONNX graph'],
  [/^[^]{8}\{"/, 'it is a safetensors file, not an ONNX graph'],
];

/** How many bytes of a file tell what it is. */
export const telling = 512;

/**
 * What a file is in place of what it should be (“it is …”, no full stop), told by its first bytes; null where nothing
 * speaks against it. Clones without Git LFS, web pages saved by mistake and broken downloads are what is met.
 */
export function impostorOf(start: Uint8Array, kind: FileKind): string | null {
  if (start.length === 0) return 'it is empty; download it again';
  const text = Buffer.from(start.subarray(0, telling)).toString('latin1');
  if (lfsPointer.test(text))
    return 'it is a Git LFS pointer, not the file itself; run “git lfs pull” in the folder of the model';
  if (annexPointer.test(text))
    return 'it is a git-annex pointer, not the file itself; run “git annex get” in the folder of the model';
  if (isWebPage(start)) return 'it is a web page (HTML), not the file itself; download it again';
  if (kind !== 'graph') return null;
  return others.find(([form]) => (typeof form === 'string' ? text.startsWith(form) : form.test(text)))?.[1] ?? null;
}

/** Neither a graph nor JSON begins like a page of HTML: such bytes come from a login page, a proxy or a browser. */
export function isWebPage(start: Uint8Array): boolean {
  return /^\uFEFF?\s*(<!--[^]*?-->\s*)?<(!doctype\s+html|html|head|body)[\s>]/i.test(
    Buffer.from(start.subarray(0, telling)).toString('utf8'),
  );
}
