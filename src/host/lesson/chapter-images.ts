import * as vscode from 'vscode';
import { imageData, imageLimits, imagePath, imageSources, withImages } from '../../core/lesson/images.ts';

/**
 * A page whose pictures, files beside the chapter or in folders below it, are part of it. What lies elsewhere, is too
 * large or is no picture is left out, and the page says so.
 */
export async function embedImages(html: string, folder: vscode.Uri): Promise<string> {
  const images = new Map<string, string | null>();
  let left: number = imageLimits.all;
  for (const source of imageSources(html)) {
    const bytes = await read(folder, source, Math.min(left, imageLimits.one));
    if (bytes) left -= bytes.length;
    images.set(source, bytes && imageData(bytes));
  }
  return withImages(html, images);
}

/** The bytes of a file below a folder; null where there is none, where a link leads to it, or where it is larger. */
async function read(folder: vscode.Uri, source: string, limit: number): Promise<Uint8Array | null> {
  const parts = imagePath(source);
  if (!parts) return null;
  try {
    let place = folder;
    let size = 0;
    for (const part of parts) {
      place = vscode.Uri.joinPath(place, part);
      const found = await vscode.workspace.fs.stat(place);
      if ((found.type & vscode.FileType.SymbolicLink) !== 0) return null;
      size = found.size;
    }
    return size <= limit ? await vscode.workspace.fs.readFile(place) : null;
  } catch {
    return null;
  }
}
