import * as vscode from 'vscode';
import { fingerprint } from '../../core/document/fingerprint.ts';
import { readChapter } from '../../core/lesson/chapter.ts';
import { saveWhole } from '../window/save-file.ts';

/** A chapter of the built-in lesson. */
export interface BuiltInChapter {
  /** The name of its file. */
  readonly file: string;
  /** The folder of the language that it is written in. */
  readonly folder: string;
  readonly title: string;
  readonly number: number;
  /** The questions of the chapter as it ships. */
  readonly questions: readonly string[];
}

const english = 'english';
/** The folders of the languages that chapters are written in, by the tag of the language: files of the same names. */
const folders: Readonly<Record<string, string>> = { en: english, de: 'german' };
const programs = 'programs';

/** Says to the programs in which folder the models are; they look for it beside them. */
const note = 'models.txt';

/** Where prints of the copies are kept, as they were when they were made. */
const copiedKey = 'textAttention.lesson.copied';

/**
 * The built-in lesson. Its chapters are opened as copies that the reader may change; a copy that nobody has changed
 * follows the extension when that is updated.
 */
export class LessonLibrary {
  readonly #source: vscode.Uri;
  readonly #copies: vscode.Uri;
  readonly #models: vscode.Uri;
  readonly #memory: vscode.Memento;
  #chapters: Promise<readonly BuiltInChapter[]> | null = null;

  constructor({
    extensionUri,
    globalStorageUri,
    globalState,
  }: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri' | 'globalState'>) {
    this.#source = vscode.Uri.joinPath(extensionUri, 'media', 'lesson');
    this.#copies = vscode.Uri.joinPath(globalStorageUri, 'lesson');
    this.#models = vscode.Uri.joinPath(extensionUri, 'models');
    this.#memory = globalState;
  }

  /** The chapters, in their order. */
  chapters(): Promise<readonly BuiltInChapter[]> {
    return (this.#chapters ??= this.#read());
  }

  /** The chapter that a document is a copy of; null where it is none. */
  fileOf(uri: vscode.Uri): string | null {
    const folder = this.#copies.path;
    return uri.scheme === this.#copies.scheme && uri.path.startsWith(`${folder}/`) && uri.path.endsWith('.md')
      ? uri.path.slice(uri.path.lastIndexOf('/') + 1)
      : null;
  }

  /**
   * The copy of a chapter, made where there is none yet, with those of the others, which it links to, and of the
   * programs. Rejects with `file-failed`.
   */
  async copyOf(file: string): Promise<vscode.Uri> {
    await this.#copyPrograms();
    for (const other of await this.chapters()) await this.#copy(`${other.folder}/${other.file}`, false);
    return this.#copy(await this.#pathOf(file), false);
  }

  /** Makes the copy of a chapter anew, as it ships. Rejects with `file-failed`. */
  async reset(file: string): Promise<vscode.Uri> {
    return this.#copy(await this.#pathOf(file), true);
  }

  /** Chapters in the language that VS Code speaks, in English where one is not translated. */
  async #read(): Promise<readonly BuiltInChapter[]> {
    const own = folders[vscode.env.language.split('-')[0] ?? ''] ?? english;
    const translated = new Set(await filesIn(vscode.Uri.joinPath(this.#source, own)));
    const files = await filesIn(vscode.Uri.joinPath(this.#source, english));
    const chapters = await Promise.all(
      files
        .filter((file) => file.endsWith('.md'))
        .map(async (file): Promise<BuiltInChapter> => {
          const folder = translated.has(file) ? own : english;
          const { title, number, fences } = readChapter(await textOf(vscode.Uri.joinPath(this.#source, folder, file)));
          const questions = fences.flatMap((fence) => (fence.kind === 'question' ? [fence.question.ask] : []));
          return { file, folder, title: title ?? file, number: number ?? 0, questions };
        }),
    );
    return chapters.sort((a, b) => a.number - b.number || (a.file < b.file ? -1 : 1));
  }

  /** Where a chapter lies in the folder of the lesson. */
  async #pathOf(file: string): Promise<string> {
    const chapter = (await this.chapters()).find((one) => one.file === file);
    return `${chapter?.folder ?? english}/${file}`;
  }

  async #copyPrograms(): Promise<void> {
    for (const file of await filesIn(vscode.Uri.joinPath(this.#source, programs)))
      await this.#copy(`${programs}/${file}`, false);
    const place = vscode.Uri.joinPath(this.#copies, programs, note);
    const models = `${this.#models.fsPath}\n`;
    const known = await textOf(place).catch(() => null);
    if (known !== models) await saveWhole(place, new TextEncoder().encode(models));
  }

  async #copy(path: string, anew: boolean): Promise<vscode.Uri> {
    const copy = vscode.Uri.joinPath(this.#copies, ...path.split('/'));
    const source = await textOf(vscode.Uri.joinPath(this.#source, ...path.split('/')));
    const prints = this.#memory.get<Readonly<Record<string, string>>>(copiedKey) ?? {};
    const own = await textOf(copy).catch(() => null);
    const isOwn = own !== null && fingerprint(own) !== prints[path];
    if (own === source || (isOwn && !anew)) return copy;
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(copy, '..'));
    await saveWhole(copy, new TextEncoder().encode(source));
    await this.#memory.update(copiedKey, { ...prints, [path]: fingerprint(source) });
    return copy;
  }
}

async function textOf(file: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

/** The names of the files in a folder; none where there is no folder. */
async function filesIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
  } catch {
    return [];
  }
}
