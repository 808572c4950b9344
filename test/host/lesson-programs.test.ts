import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Answers } from './answers.ts';
import { lensesOf, lessonWith, press } from './lesson-support.ts';

/** The text of a file beside a document. */
async function beside(document: vscode.TextDocument, ...path: readonly string[]): Promise<string> {
  const file = vscode.Uri.joinPath(document.uri, '..', ...path);
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

describe('The programs of the lesson', () => {
  it('lie beside its chapters, know where the models are, and run in a terminal', async function () {
    await vscode.commands.executeCommand('textAttention.openLesson', '06-a-transformer-from-scratch.md');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.ok(document.fileName.endsWith('06-a-transformer-from-scratch.md'));
    for (const [, target = ''] of document.getText().matchAll(/\]\((?!#|https:)([^)\s]+)\)/gu))
      assert.ok((await beside(document, ...target.split('/'))).length > 0, target);
    const models = vscode.Uri.file((await beside(document, '..', 'programs', 'models.txt')).trim());
    const shipped = await vscode.workspace.fs.readDirectory(models);
    assert.ok(shipped.some(([name]) => name === 'masked-lm-small'));

    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      99,
    );
    const programs = lenses.filter(({ command }) => command?.command === 'textAttention.lesson.runProgram');
    assert.deepEqual(
      programs.map(({ range }) => document.getText(range)),
      ['node transformer.ts', 'python3 transformer.py', 'node tiny-transformer.ts', 'python3 tiny_transformer.py'],
    );
    // The server of the oldest version that the tests have brings no terminals.
    if (vscode.version.startsWith('1.100.')) this.skip();
    const ended = new Promise<vscode.Task>((resolve) => {
      const listener = vscode.tasks.onDidEndTask(({ execution }) => {
        listener.dispose();
        resolve(execution.task);
      });
    });
    const [first] = programs;
    assert.ok(first?.command);
    await vscode.commands.executeCommand(first.command.command, ...(first.command.arguments ?? []));
    const { execution } = await ended;
    assert.ok(execution instanceof vscode.ShellExecution);
    assert.equal(execution.command, 'node');
    assert.equal(
      vscode.Uri.file(execution.options?.cwd ?? '').path,
      vscode.Uri.joinPath(document.uri, '..', '..', 'programs').path,
    );
  });

  it('tells what a program needs that ends with an error, and offers the one in the other language', async function () {
    // The server of the oldest version that the tests have brings no terminals.
    if (vscode.version.startsWith('1.100.')) this.skip();
    const chapter = [
      '```attention',
      'text: A cat.',
      '```',
      '```sh',
      'node two-words.ts',
      'python3 two_words.py',
      '```',
    ];
    const { document } = await lessonWith(chapter, 'own-lesson/english');
    const programs = vscode.Uri.joinPath(document.uri, '..', '..', 'programs');
    for (const [name, text] of [
      ['two-words.ts', 'process.exit(3);'],
      ['two_words.py', 'raise SystemExit(4)'],
    ] as const)
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(programs, name), new TextEncoder().encode(text));
    const answers = new Answers({ to: /two-words\.ts ended with the error/u, with: 'Run with Python' });
    try {
      const ended = new Promise<void>((resolve) => {
        const listener = vscode.tasks.onDidEndTaskProcess(({ execution }) => {
          if (execution.task.name !== 'two_words.py') return;
          listener.dispose();
          resolve();
        });
      });
      await press(await lensesOf(document.uri), /Run with Node/u);
      await ended;
      const [node, python] = answers.seen(/ended with the error/u);
      assert.match(node?.text ?? '', /^two-words\.ts .* TypeScript needs Node\.js 22\.18 or later\.$/u);
      assert.match(python?.text ?? '', /^two_words\.py .* It needs Python 3, and the packages that the text names\.$/u);
      assert.deepEqual(python?.offered, ['Run with Node.js']);
    } finally {
      answers.dispose();
    }
  });
});
