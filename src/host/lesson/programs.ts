import { platform } from 'node:process';
import * as vscode from 'vscode';
import { programLinesIn, type ProgramLine } from '../../core/lesson/program-lines.ts';
import { lensOf, showWarning } from '../window/window.ts';
import type { LessonDocuments } from './documents.ts';

/** The folder of the programs of a lesson, seen from that of its chapters. */
const folder = ['..', 'programs'];

/** What a shell ends with that does not find a command; numbers above it are those of signals. */
const commandNotFound = 127;

/**
 * The line above each command of a lesson that runs one of its programs, in the reader's own Node or Python. The
 * terminal shows the command and what it prints.
 */
export class LessonPrograms implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #documents: LessonDocuments;
  readonly #registration: vscode.Disposable;

  constructor(documents: LessonDocuments) {
    this.#documents = documents;
    this.#registration = vscode.languages.registerCodeLensProvider({ language: 'markdown' }, this);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.#documents.of(document)) return [];
    return programLinesIn(document.getText()).map(({ line, start, end, runtime }) =>
      lensOf(
        new vscode.Range(line, start, line, end),
        {
          icon: 'play',
          title: runTitle({ runtime }),
          tooltip: vscode.l10n.t('Run this command in a terminal, in the folder of the programs'),
        },
        'textAttention.lesson.runProgram',
        [document.uri.toString(), line],
      ),
    );
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function runTitle({ runtime }: Pick<ProgramLine, 'runtime'>): string {
  return runtime === 'node' ? vscode.l10n.t('Run with Node.js') : vscode.l10n.t('Run with Python');
}

/** Runs the program that a line of a lesson names. What is wrong is told. */
export async function runProgram(document: vscode.TextDocument, line: number): Promise<void> {
  const found = programLinesIn(document.getText()).find((one) => one.line === line);
  if (!found) return;
  if (!vscode.workspace.isTrusted)
    return void showWarning(vscode.l10n.t('Programs of a lesson run only in a trusted workspace.'));
  const programs = vscode.Uri.joinPath(document.uri, '..', ...folder);
  const isThere = await vscode.workspace.fs.stat(vscode.Uri.joinPath(programs, found.file)).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const message = vscode.l10n.t({
      message: 'This lesson has no program {0}.',
      args: [found.file],
      comment: ['The name of a file'],
    });
    return void showWarning(message);
  }
  const execution = await vscode.tasks.executeTask(taskOf(found, programs.fsPath));
  const listener = vscode.tasks.onDidEndTaskProcess(({ execution: ended, exitCode }) => {
    if (ended !== execution) return;
    listener.dispose();
    if (isFailure(exitCode)) void tellFailure(document, found);
  });
}

/** Whether a program ended with an error; one that was stopped has none, or the number of a signal. */
function isFailure(exitCode: number | undefined): boolean {
  return exitCode !== undefined && exitCode !== 0 && exitCode <= commandNotFound;
}

/** Says what a program that ended with an error needs, and offers the same program in the other language. */
async function tellFailure(document: vscode.TextDocument, failed: ProgramLine): Promise<void> {
  const other = programLinesIn(document.getText()).find((one) => isSameProgram(one, failed));
  const message =
    failed.runtime === 'node'
      ? vscode.l10n.t({
          message: '{0} ended with the error that the terminal shows. TypeScript needs Node.js 22.18 or later.',
          args: [failed.file],
          comment: ['The name of a file'],
        })
      : vscode.l10n.t({
          message:
            '{0} ended with the error that the terminal shows. It needs Python 3, and the packages that the text names.',
          args: [failed.file],
          comment: ['The name of a file'],
        });
  const instead = other && runTitle(other);
  const pressed = await showWarning(message, ...(instead === undefined ? [] : [instead]));
  if (other && pressed === instead) await runProgram(document, other.line);
}

/** Whether two lines run a program in two languages: `attention-rnn.ts` and `attention_rnn.py`. */
function isSameProgram(one: ProgramLine, other: ProgramLine): boolean {
  const nameOf = ({ file }: ProgramLine): string => file.replace(/\.\w+$/u, '').replaceAll('_', '-');
  return one.runtime !== other.runtime && nameOf(one) === nameOf(other);
}

function taskOf({ runtime, file, args }: ProgramLine, cwd: string): vscode.Task {
  // Windows knows Python by its other name.
  const name = runtime === 'python3' && platform === 'win32' ? 'python' : runtime;
  const quoted = [file, ...args].map((value) => ({ value, quoting: vscode.ShellQuoting.Strong }));
  const task = new vscode.Task(
    { type: 'shell' },
    vscode.TaskScope.Workspace,
    file,
    'Text Attention',
    new vscode.ShellExecution(name, quoted, { cwd }),
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true, showReuseMessage: false };
  return task;
}
