import type { FileHandle } from 'node:fs/promises';
import { dirname, join, posix, win32 } from 'node:path';
import { AttentionError } from '../../core/errors/reason.ts';
import type { ExternalFile } from '../../core/onnx/external.ts';
import { impostorOf, telling } from '../files/impostor.ts';
import { invalid, isNotFound, messageOf, type NamedFile } from '../files/json-file.ts';
import { openFile } from '../files/read-file.ts';
import { words } from '../../core/words/words.ts';

/**
 * Looks for the files of weights that a graph names, before anything opens them: names lead nowhere but into the folder
 * of the graph. Throws `model-file-missing` for one that is not there, `model-file-invalid` for one that cannot be it
 * or that lies elsewhere.
 */
export async function checkExternalFiles(graph: NamedFile, files: readonly ExternalFile[]): Promise<void> {
  for (const file of files) await checkExternalFile(graph, file);
}

async function checkExternalFile(graph: NamedFile, { location, bytes }: ExternalFile): Promise<void> {
  if (!isInside(location)) throw invalid(graph, words().details.files.outside(location));
  const file = posix.join(posix.dirname(graph.file), location.replaceAll('\\', '/'));
  const named = { model: graph.model, file };
  const handle = await opened(join(dirname(join(graph.folder, graph.file)), location), named);
  try {
    const stats = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(telling), 0, telling, 0);
    const impostor = impostorOf(buffer.subarray(0, bytesRead), 'weights');
    if (impostor !== null) throw invalid(named, impostor);
    if (stats.size < bytes) throw invalid(named, words().details.files.short(stats.size, bytes));
  } finally {
    await handle.close();
  }
}

async function opened(path: string, named: Omit<NamedFile, 'folder'>): Promise<FileHandle> {
  try {
    return await openFile(path);
  } catch (thrown) {
    if (isNotFound(thrown)) throw new AttentionError({ code: 'model-file-missing', ...named }, { cause: thrown });
    throw invalid(named, messageOf(thrown), thrown);
  }
}

/** Whether a name stays in its folder, by the rules of every system. */
function isInside(location: string): boolean {
  return (
    location !== '' &&
    !location.includes('\0') &&
    !posix.isAbsolute(location) &&
    !win32.isAbsolute(location) &&
    !/^[a-z]:/i.test(location) &&
    !location.split(/[\\/]/).includes('..')
  );
}
