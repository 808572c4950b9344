import * as vscode from 'vscode';
import { speak, wordsIn } from './core/words/words.ts';
import { apiOf, type TextAttentionApi } from './host/api.ts';
import { buildServices } from './host/services.ts';

/**
 * Called by VS Code when a command or view of the extension is first used; what is built here is disposed of by VS
 * Code.
 */
export function activate(context: vscode.ExtensionContext): TextAttentionApi {
  speak(wordsIn(vscode.env.language));
  return apiOf(buildServices(context));
}
