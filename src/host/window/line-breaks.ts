import * as vscode from 'vscode';

/** A text with the line breaks of a document: as long as it is there once it is inserted. */
export function inLinesOf({ eol }: vscode.TextDocument, text: string): string {
  return text.replace(/\r\n|\r|\n/gu, eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
}
