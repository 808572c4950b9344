import * as vscode from 'vscode';
import { visibleLine } from '../../core/text/foreign.ts';
import type { Progress } from '../../protocol/contract.ts';
import { isHighContrast } from './theme.ts';
import { inert, inertLines, inertRow, type RowWords } from './inert.ts';
import type { Markdown } from './markdown.ts';

/**
 * Everything that the extension says in the windows of VS Code goes through here, since VS Code reads markup in plain
 * strings: no other file calls what shows words (lint sees to that). Words come in as they are and go out inert.
 */

/**
 * Characters of a message that VS Code surely shows in one line. Of a longer one without a button it shows no more than
 * that line; with a button it shows all.
 */
const oneLine = 55;

type ShowMessage = (message: string, ...buttons: readonly string[]) => Thenable<string | undefined>;

/** Shows all of a message: a long one without a button gets one that does nothing but close it. */
async function showWhole(show: ShowMessage, message: string, buttons: readonly string[]): Promise<string | undefined> {
  const text = inert(message);
  if (buttons.length > 0 || text.length <= oneLine) return show(text, ...buttons);
  await show(text, vscode.l10n.t('Close'));
  return undefined;
}

/** Shows a notification. Resolves with the button that was pressed. */
export function showInformation(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return showWhole((text, ...all) => vscode.window.showInformationMessage(text, ...all), message, buttons);
}

/** Shows a warning. Resolves with the button that was pressed. */
export function showWarning(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return showWhole((text, ...all) => vscode.window.showWarningMessage(text, ...all), message, buttons);
}

/** Shows an error. Resolves with the button that was pressed. */
export function showError(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return showWhole((text, ...all) => vscode.window.showErrorMessage(text, ...all), message, buttons);
}

/** What a modal message says: a question, and lines below it. */
export interface ModalWords {
  readonly question: string;
  readonly detail: readonly string[];
}

/** Asks what must be answered before anything else. Resolves with the button that was pressed; undefined for Cancel. */
export function askModal(
  kind: 'information' | 'warning',
  { question, detail }: ModalWords,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  const options = { modal: true, detail: inertLines(detail) };
  const show = kind === 'warning' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  return Promise.resolve(show(inert(question), options, ...buttons));
}

/** Says something in the status bar for a few seconds. */
export function flash(message: string, milliseconds: number): void {
  vscode.window.setStatusBarMessage(inert(message), milliseconds);
}

/**
 * Asks for a text. `problem` tells what is wrong with what was typed, null when nothing is. Resolves with undefined
 * when it was left.
 */
export function askText(
  {
    title,
    prompt,
    ...options
  }: Pick<vscode.InputBoxOptions, 'value' | 'password' | 'ignoreFocusOut'> & { title: string; prompt: string },
  problem?: (value: string) => string | null,
): Promise<string | undefined> {
  const validateInput = (value: string): string | null => {
    const wrong = problem?.(value) ?? null;
    return wrong === null ? null : inert(wrong);
  };
  return Promise.resolve(
    vscode.window.showInputBox({
      ...options,
      title: inert(title),
      prompt: inert(prompt),
      ...(problem ? { validateInput } : {}),
    }),
  );
}

/** What stands over a picker's rows. */
export interface PickerWords {
  readonly title: string;
  readonly placeholder: string;
  readonly matchOnDescription?: boolean;
  readonly ignoreFocusOut?: boolean;
}

/** Lets the person choose one of a few rows. Resolves with undefined when they left. */
export function pickRow<T extends RowWords>(
  rows: readonly T[],
  { title, placeholder, ...options }: PickerWords,
): Promise<T | undefined> {
  return Promise.resolve(
    vscode.window.showQuickPick(rows.map(inertRow), {
      ...options,
      title: inert(title),
      placeHolder: inert(placeholder),
    }),
  );
}

/** A picker that its owner fills with {@link fillPicker}, shows and disposes of. */
export function createPicker<T extends RowWords & vscode.QuickPickItem>({
  title,
  placeholder,
}: PickerWords): vscode.QuickPick<T> {
  const pick = vscode.window.createQuickPick<T>();
  pick.title = inert(title);
  pick.placeholder = inert(placeholder);
  return pick;
}

/** Puts rows into a picker. */
export function fillPicker<T extends RowWords & vscode.QuickPickItem>(
  pick: vscode.QuickPick<T>,
  rows: readonly T[],
): void {
  pick.items = rows.map(inertRow);
}

/** How an operation under a notification is told of a cancel, and tells how far it is. */
export interface ProgressOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Does something under a notification that tells in `words` how far it is; `signal` is aborted by the notification's
 * Cancel.
 */
export function withProgress<T>(
  title: string,
  words: (progress: Progress) => string,
  action: (options: ProgressOptions) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title: inert(title), cancellable: true };
  return Promise.resolve(
    vscode.window.withProgress(options, async (shown, cancel) => {
      const controller = new AbortController();
      const subscription = cancel.onCancellationRequested(() => controller.abort());
      let percent = 0;
      const onProgress = (progress: Progress): void => {
        const { done, total } = progress;
        const now = done !== undefined && total !== undefined && total > 0 ? (100 * done) / total : percent;
        shown.report({ message: inert(words(progress)), increment: Math.max(0, now - percent) });
        percent = Math.max(percent, now);
      };
      try {
        return await action({ signal: controller.signal, onProgress });
      } finally {
        subscription.dispose();
      }
    }),
  );
}

/** What the item in the status bar says and does. */
export interface StatusWords {
  readonly icon?: string;
  readonly text: string;
  readonly tooltip: string;
  readonly command: string;
}

/** An item of the status bar, hidden until it has words. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;

  constructor(id: string, name: string) {
    this.#item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left);
    this.#item.name = name;
  }

  /** Shows words, or nothing. */
  write(words: StatusWords | null): void {
    if (!words) return this.#item.hide();
    const { icon, text, tooltip, command } = words;
    this.#item.text = icon === undefined ? inert(text) : `$(${icon}) ${inert(text)}`;
    this.#item.tooltip = inert(tooltip);
    this.#item.command = command;
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** What a row of a tree says: its label, a dim description beside it, and lines under the mouse. */
export interface TreeRowWords {
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: readonly string[];
}

/** A row of a tree. */
export function treeRow(
  { label, description = '', tooltip }: TreeRowWords,
  state = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
  const item = new vscode.TreeItem(inert(label), state);
  item.description = inert(description);
  if (tooltip) item.tooltip = inertLines(tooltip);
  return item;
}

/** Says something in place of a tree's rows; nothing takes it away. */
export function tellInTree<T>(tree: vscode.TreeView<T>, message: string): void {
  tree.message = inert(message);
}

/** Names a panel in its tab. */
export function namePanel(panel: vscode.WebviewPanel, title: string): void {
  panel.title = visibleLine(title);
}

/** A hover; its links may run `enabledCommands` and no others. */
export function hoverOf({ text }: Markdown, enabledCommands: readonly string[], range?: vscode.Range): vscode.Hover {
  const shown = new vscode.MarkdownString(text);
  shown.isTrusted = { enabledCommands };
  shown.supportHtml = true;
  return new vscode.Hover(shown, range);
}

/** A line above a passage that runs a command of ours when it is chosen. */
export function lensOf(
  range: vscode.Range,
  { icon, title, tooltip }: { readonly icon: string; readonly title: string; readonly tooltip: string },
  command: string,
  values: readonly unknown[],
): vscode.CodeLens {
  return new vscode.CodeLens(range, {
    title: `$(${icon}) ${inert(title)}`,
    tooltip: inert(tooltip),
    command,
    arguments: [...values],
  });
}

/** A word of a document that runs a command of ours when it is followed. */
export function linkOf(
  range: vscode.Range,
  tooltip: string,
  command: string,
  values: readonly unknown[],
): vscode.DocumentLink {
  const query = encodeURIComponent(JSON.stringify(values));
  const link = new vscode.DocumentLink(range, vscode.Uri.parse(`command:${command}?${query}`));
  link.tooltip = inert(tooltip);
  return link;
}

/** Text that the editor shows at a place of a document which does not have it; `tooltip` is under the mouse. */
export function hintOf(place: vscode.Position, label: string, tooltip: string): vscode.InlayHint {
  const hint = new vscode.InlayHint(place, inert(label));
  hint.paddingLeft = true;
  hint.tooltip = inert(tooltip);
  return hint;
}

/**
 * A stretch of an editor that is decorated, with words after it that are no part of its text: dim, but for high
 * contrast.
 */
export function followedBy(range: vscode.Range, words: string): vscode.DecorationOptions {
  const color = new vscode.ThemeColor('editorCodeLens.foreground');
  return { range, renderOptions: { after: { contentText: inert(words), ...(isHighContrast() ? {} : { color }) } } };
}
