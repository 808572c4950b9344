import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { ESLint } from 'eslint';
import { configs } from 'typescript-eslint';

const root = join(import.meta.dirname, '..', '..', '..');

// What is linted here is no file, so that nothing is known of its types.
const eslint = new ESLint({ cwd: root, overrideConfig: configs.disableTypeChecked });

/** How often lint refuses a way of showing words in a file of the host. */
async function problems(code: string, file: string): Promise<number> {
  const [result] = await eslint.lintText(`import * as vscode from 'vscode';\n${code}\n`, {
    filePath: join(root, 'src', 'host', file),
  });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'no-restricted-syntax').length;
}

it('lint lets no file of the host but one show words in VS Code', async () => {
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
    assert.equal(await problems(code, 'commands.ts'), 1, code);
    assert.equal(await problems(code, 'window/window.ts'), 0, code);
  }
  assert.equal(await problems("export const a = vscode.commands.executeCommand('x');", 'commands.ts'), 0);
});

it('lint lets no words past the translation', async () => {
  const untranslated = [
    "export const a = 'Choose another model';",
    'export const a = (name: string): string => `Looking up ${name}`;',
    "export const a = { label: 'Open' };",
    'export const a = (name: string): object => ({ title: `Attention: ${name}` });',
    "export const a = (is: boolean): object => ({ description: is ? 'current' : '' });",
    "showInformation('Done');",
    "commandLink('Show', 'textAttention.show', []);",
    'tellInTree(tree, `Gone ${name}`);',
    'export const a = markdown`<b>Filtered</b> ${name}`;',
  ];
  for (const code of untranslated) assert.equal(await problems(code, 'commands.ts'), 1, code);
  const translated = [
    "export const a = vscode.l10n.t('Choose another model');",
    "export const a = { label: vscode.l10n.t('Open'), comment: vscode.l10n.t({ message: 'a b', comment: ['said of a b'] }) };",
    "showInformation(vscode.l10n.t('{0} is gone', name));",
    "commandLink(vscode.l10n.t('Show'), 'textAttention.show', []);",
    'export const a = markdown`<td align="right"><b>${name}</b></td>`;',
    'log.info(`Downloading the model ${name} from the hub.`);',
  ];
  for (const code of translated) assert.equal(await problems(code, 'commands.ts'), 0, code);
});
