import { AttentionError } from '../../src/core/errors/reason.ts';
import { words } from '../../src/core/words/words.ts';

/** Pictures are painted at twice their size, so that they stay sharp on any screen and in print. */
const scale = 2;
/** A canvas of more pixels than this takes more memory than a panel should; larger pictures are painted smaller. */
const maxPixels = 64e6;

/** An SVG picture as a PNG of twice its size. Rejects with an AttentionError when it cannot be painted. */
export async function paintedSvg(svg: string): Promise<Blob> {
  const picture = new Image();
  // A picture from a data URL may be painted from; the page's policy allows no other.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode().catch((thrown: unknown) => {
    throw failed(thrown);
  });
  const { naturalWidth: width, naturalHeight: height } = picture;
  const factor = Math.min(scale, Math.sqrt(maxPixels / (width * height)));
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: Math.round(width * factor), height: Math.round(height * factor) });
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw failed(words().details.files.picture(canvas.width, canvas.height));
  return blob;
}

/**
 * Puts an SVG picture onto the clipboard as a PNG, and gives why that failed, or null. Call it in answer to a click:
 * browsers allow it then alone.
 */
export function copyFailure(svg: Promise<string>): Promise<string | null> {
  const png = svg.then(paintedSvg);
  return navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]).then(
    () => null,
    (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, ''),
  );
}

function failed(cause: unknown): AttentionError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new AttentionError({ code: 'picture-failed', detail: detail.replace(/\.$/, '') });
}
