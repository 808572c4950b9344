import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeApi, reset } from './support.ts';

/** Every tab with the kind of its webview. */
function tabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs: own }) =>
    own.map(({ label, input }) => `${label} ${input instanceof vscode.TabInputWebview ? input.viewType : ''}`),
  );
}

/** Waits for a tab: what opens a preview does not say when it is there. */
async function tabLike(pattern: RegExp): Promise<void> {
  while (!tabs().some((tab) => pattern.test(tab)))
    await new Promise<void>((resolve) => {
      const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
        subscription.dispose();
        resolve();
      });
    });
}

describe('The glossary', () => {
  before(activeApi);
  afterEach(reset);

  it('opens as a preview, at a term or not, and what attention can tell as another', async () => {
    await vscode.commands.executeCommand('textAttention.openGlossary', 'Attention weights');
    await tabLike(/Glossary of attention.* .*markdown\.preview/u);
    await vscode.commands.executeCommand('textAttention.openLimits');
    await tabLike(/What attention can and cannot tell.* .*markdown\.preview/u);
  });

  it('is a document with every term', async () => {
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('text-attention-glossary:/terms/glossary.md'),
    );
    for (const heading of ['## Attention weight', '## Entropy', '## Query'])
      assert.ok(document.getText().split('\n').includes(heading), heading);
  });
});
