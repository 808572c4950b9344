import * as vscode from 'vscode';
import { TrackedRange, type Read, type Span } from '../../core/document/tracked-range.ts';

/** A text in a document, wherever edits and renames have moved it. */
export interface TrackedText {
  readonly uri: vscode.Uri;
  readonly range: TrackedRange;
}

/** What {@link TrackedText} is to the one who moves it. */
interface Followed extends TrackedText {
  uri: vscode.Uri;
}

/** The scheme of a notebook's cells: their path is the notebook's, the fragment tells them apart. */
export const cellScheme = 'vscode-notebook-cell';

/**
 * Follows places through the edits and renames of their documents. Offsets count the document's own characters, CRLF as
 * two.
 */
export class TrackedTexts implements vscode.Disposable {
  readonly #places = new Set<Followed>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  /** Fires after a document that holds places was edited or renamed, when they have moved. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#seeAgain(document)),
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.#seeCells(notebook)),
      vscode.workspace.onDidRenameFiles(({ files }) => this.#rename(files)),
    );
  }

  /** Begins to follow the text of `span`. */
  track(document: vscode.TextDocument, span: Span): TrackedText {
    const read = readerOf(document);
    const place: Followed = {
      uri: document.uri,
      range: new TrackedRange(read(span.start, span.end), span.start, read),
    };
    this.#places.add(place);
    return place;
  }

  forget(place: TrackedText): void {
    this.#places.delete(place);
  }

  dispose(): void {
    this.#places.clear();
    this.#subscriptions.dispose();
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const here = this.#in(document);
    if (here.length === 0 || contentChanges.length === 0) return;
    const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      start: rangeOffset,
      length: rangeLength,
      text,
    }));
    for (const { range } of here) range.apply(edits, readerOf(document));
    this.#changed.fire();
  }

  /** A document that was closed may have changed before it was opened again. */
  #seeAgain(document: vscode.TextDocument): void {
    const here = this.#in(document);
    if (here.length === 0) return;
    for (const { range } of here) range.relocate(document.getText());
    this.#changed.fire();
  }

  /** A renamed document is another one to VS Code, which may be open already. */
  #rename(files: vscode.FileRenameEvent['files']): void {
    const moved = new Set<string>();
    for (const { oldUri, newUri } of files) {
      for (const place of this.#places) {
        const uri = uriAfter(place.uri, oldUri, newUri);
        if (!uri) continue;
        place.uri = uri;
        moved.add(uri.toString());
      }
    }
    if (moved.size === 0) return;
    for (const document of vscode.workspace.textDocuments)
      if (moved.has(document.uri.toString())) this.#seeAgain(document);
    for (const notebook of vscode.workspace.notebookDocuments) this.#seeCells(notebook);
    this.#changed.fire();
  }

  /**
   * VS Code names a notebook's cells anew, by their order, when it opens it: the cell that holds the text is the
   * place's.
   */
  #seeCells(notebook: vscode.NotebookDocument): void {
    const documents = notebook.getCells().map(({ document }) => document);
    for (const place of this.#places) {
      if (place.uri.scheme !== cellScheme || place.uri.path !== notebook.uri.path) continue;
      const named = documents.find(({ uri }) => uri.toString() === place.uri.toString());
      if (named && holds(named, place)) continue;
      const holder = documents.find((document) => holds(document, place));
      if (!holder) continue;
      place.uri = holder.uri;
      this.#seeAgain(holder);
    }
  }

  #in(document: vscode.TextDocument): Followed[] {
    const uri = document.uri.toString();
    return [...this.#places].filter((place) => place.uri.toString() === uri);
  }
}

/** The range of a span as the editor counts it. */
export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Where a document, or a notebook's cell, lies after a file or a folder was renamed; null when it is not in there. */
function uriAfter(uri: vscode.Uri, from: vscode.Uri, to: vscode.Uri): vscode.Uri | null {
  const inside = uri.path === from.path || uri.path.startsWith(`${from.path}/`);
  const same = uri.scheme === cellScheme || (uri.scheme === from.scheme && uri.authority === from.authority);
  return inside && same ? uri.with({ path: to.path + uri.path.slice(from.path.length) }) : null;
}

function holds(document: vscode.TextDocument, { range }: TrackedText): boolean {
  return document.getText().includes(range.text);
}

function readerOf(document: vscode.TextDocument): Read {
  return (start, end) => document.getText(rangeOf(document, { start, end }));
}
