import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { words } from '../../core/words/words.ts';
import type { Port } from '../../protocol/contract.ts';

/** The folder that the panel's files may come from. */
export function panelRoot(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/**
 * The panel's page: one script, one style sheet, and a policy that allows nothing else. It speaks the page's `lang`.
 */
export function panelPage(webview: vscode.Webview, extension: vscode.Uri): string {
  const root = panelRoot(extension);
  const file = (name: string): string => attribute(webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString());
  const nonce = randomBytes(24).toString('base64');
  const own = webview.cspSource;
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${own}; font-src ${own}; img-src ${own} data:`;
  return `<!DOCTYPE html>
<html lang="${words().tag}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('panel.css')}">
<title>${attribute(vscode.l10n.t('Attention'))}</title>
</head>
<body>
<script nonce="${nonce}" src="${file('panel.js')}"></script>
</body>
</html>`;
}

function attribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** The port to the page of a webview. */
export function panelPort(webview: vscode.Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    listen: (listener) => {
      const subscription = webview.onDidReceiveMessage(listener);
      return () => {
        subscription.dispose();
      };
    },
  };
}
