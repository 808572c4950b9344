import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { ESLint } from 'eslint';
import { configs } from 'typescript-eslint';

const root = join(import.meta.dirname, '..', '..', '..');

it('lint lets no file of the host but one show words in VS Code', async () => {
  // What is linted here is no file, so that nothing is known of its types.
  const eslint = new ESLint({ cwd: root, overrideConfig: configs.disableTypeChecked });
  const problems = async (code: string, file: string): Promise<number> => {
    const [result] = await eslint.lintText(`import * as vscode from 'vscode';\n${code}\n`, {
      filePath: join(root, 'src', 'host', file),
    });
    return (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'no-restricted-syntax').length;
  };
  const ways = [
    "export const a = vscode.window.showErrorMessage('x');",
    "export const a = vscode.window['showErrorMessage']('x');",
    'export const { showErrorMessage: a } = vscode.window;',
    "const { window } = vscode;\nexport const a = window.showQuickPick(['x']);",
    "export const a = vscode.window.setStatusBarMessage('x');",
    "export const a = new vscode.MarkdownString('x');",
    "export const a = new vscode.TreeItem('x');",
    "export const a = new vscode.Hover('x');",
    "export function f(item: vscode.StatusBarItem): void { item.text = 'x'; }",
    "export function f(panel: vscode.WebviewPanel): void { panel.title = 'x'; }",
    "export const a: vscode.DecorationOptions = { range: new vscode.Range(0, 0, 0, 0), hoverMessage: 'x' };",
  ];
  for (const code of ways) {
    assert.equal(await problems(code, 'other.ts'), 1, code);
    assert.equal(await problems(code, 'window/window.ts'), 0, code);
  }
  assert.equal(await problems("export const a = vscode.commands.executeCommand('x');", 'other.ts'), 0);
});
