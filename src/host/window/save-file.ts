import * as vscode from 'vscode';
import { AttentionError } from '../../core/errors/reason.ts';

/**
 * Writes a file, here or in a remote or virtual workspace, that is there in full or not at all: into a neighbour first,
 * which then takes its name. Rejects with `file-failed` and leaves nothing behind.
 */
export async function saveWhole(file: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const { fs } = vscode.workspace;
  const name = nameOf(file);
  const part = vscode.Uri.joinPath(file, '..', `.${name}.part`);
  try {
    await fs.writeFile(part, bytes);
    await fs.rename(part, file, { overwrite: true });
  } catch (thrown) {
    await fs.delete(part).then(undefined, () => undefined);
    const detail = (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/u, '');
    throw new AttentionError({ code: 'file-failed', file: name, detail }, { cause: thrown });
  }
}

/** The last part of a file's path. */
export function nameOf(file: vscode.Uri): string {
  return file.path.split('/').at(-1) ?? '';
}
