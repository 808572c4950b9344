import * as vscode from 'vscode';
import { chatLanguages, chatOf } from '../analysis/chat-at.ts';
import { lensOf } from '../window/window.ts';

/** The lines above the first turn of a chat: they run the model on all turns, and write its next one. */
export class ChatLenses implements vscode.CodeLensProvider {
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const found = chatOf(document);
    if (!found) return [];
    const { chat } = found;
    const start = document.positionAt(chat.start);
    const range = new vscode.Range(start, start);
    const at = [document.uri.toString()];
    const shows = {
      icon: 'eye',
      title: vscode.l10n.t('Show attention for this chat'),
      tooltip: vscode.l10n.t('Runs the model on all turns, with its own chat template'),
    };
    const writes = {
      icon: 'sparkle',
      title: vscode.l10n.t('Write the next turn'),
      tooltip: vscode.l10n.t('The model writes its turn, and the editor offers it'),
    };
    return [
      lensOf(range, shows, 'textAttention.showChat', at),
      ...(chat.answer ? [lensOf(range, writes, 'textAttention.continueChat', at)] : []),
    ];
  }
}

/** Shows these lines in Markdown. */
export function registerChatLenses(): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(
    chatLanguages.map((language) => ({ language })),
    new ChatLenses(),
  );
}
