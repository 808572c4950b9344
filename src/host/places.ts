import * as vscode from 'vscode';
import { TrackedRange, type Read, type Span } from '../core/document/tracked-range.ts';

/** A text in a document, wherever edits have moved it. */
export interface Place {
  readonly uri: vscode.Uri;
  readonly range: TrackedRange;
}

/** Follows places through the edits of their documents. Offsets count the document's own characters, CRLF as two. */
export class Places implements vscode.Disposable {
  readonly #places = new Set<Place>();
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #subscriptions: vscode.Disposable;

  /** Fires after a document that holds places was edited, when they have moved. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#seeAgain(document)),
    );
  }

  /** Begins to follow the text of `span`. */
  track(document: vscode.TextDocument, span: Span): Place {
    const read = readerOf(document);
    const place = { uri: document.uri, range: new TrackedRange(read(span.start, span.end), span.start, read) };
    this.#places.add(place);
    return place;
  }

  forget(place: Place): void {
    this.#places.delete(place);
  }

  dispose(): void {
    this.#places.clear();
    this.#subscriptions.dispose();
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const here = this.#in(document);
    if (here.length === 0 || contentChanges.length === 0) return;
    const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({ start: rangeOffset, length: rangeLength, text }));
    for (const { range } of here) range.apply(edits, readerOf(document));
    this.#changed.fire(document);
  }

  /** A document that was closed may have changed before it was opened again. */
  #seeAgain(document: vscode.TextDocument): void {
    const here = this.#in(document);
    if (here.length === 0) return;
    for (const { range } of here) range.relocate(document.getText());
    this.#changed.fire(document);
  }

  #in(document: vscode.TextDocument): Place[] {
    const uri = document.uri.toString();
    return [...this.#places].filter((place) => place.uri.toString() === uri);
  }
}

/** The range of a span as the editor counts it. */
export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function readerOf(document: vscode.TextDocument): Read {
  return (start, end) => document.getText(rangeOf(document, { start, end }));
}
