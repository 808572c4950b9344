import * as vscode from 'vscode';

/** How one window of the editor is answered: the first answer that fits a window is used up by it. */
export interface Answer {
  /** Fits the title of the window, or the text of the message. */
  readonly to: RegExp;
  /** The button, the row (a part of its label) or the text typed into an input box; null leaves the window. */
  readonly with: string | null;
  /** What is typed into a picker first. */
  readonly typing?: string;
  /** The tooltip of the button that is pressed at the row, in place of choosing it. */
  readonly press?: string;
  /** Hears the labels of a picker's rows, every time that they are replaced. */
  readonly rows?: (labels: readonly string[]) => void;
}

/** A window that was shown. */
export interface Asked {
  readonly text: string;
  readonly detail: string;
  /** The buttons of a message, the labels of a picker. */
  readonly offered: readonly string[];
}

type Windows = Record<string, unknown>;

/** Takes the place of the person before messages, pickers, input boxes and progress, and remembers what was shown. */
export class Answers implements vscode.Disposable {
  readonly asked: Asked[] = [];
  readonly progress: string[] = [];
  /** Hears every step of a progress, with a function that cancels it. */
  onProgress: (message: string, cancel: () => void) => void = () => undefined;
  readonly #answers: Answer[];
  readonly #usual: Windows = {};

  constructor(...answers: readonly Answer[]) {
    this.#answers = [...answers];
    const message = async (text: string, ...rest: readonly unknown[]): Promise<string | undefined> =>
      this.#message(text, rest);
    this.#replace({
      showInformationMessage: message,
      showWarningMessage: message,
      showErrorMessage: message,
      showInputBox: async ({ title = '', prompt = '' }: vscode.InputBoxOptions) =>
        this.#take({ text: title, detail: prompt, offered: [] })?.with ?? undefined,
      showQuickPick: async (rows: readonly vscode.QuickPickItem[], { title = '' }: vscode.QuickPickOptions) => {
        const answer = this.#take({ text: title, detail: '', offered: rows.map(labelOf) });
        const wanted = answer?.with ?? undefined;
        return wanted === undefined ? undefined : rowOf(rows, wanted);
      },
      createQuickPick: () => this.#picker(),
      withProgress: async (_: vscode.ProgressOptions, task: Parameters<typeof vscode.window.withProgress>[1]) =>
        this.#watch(task),
    });
  }

  /** Windows that were shown and whose text fits. */
  seen(text: RegExp): Asked[] {
    return this.asked.filter((one) => text.test(one.text));
  }

  dispose(): void {
    this.#replace(this.#usual);
  }

  #replace(windows: Windows): void {
    const all = vscode.window as unknown as Windows;
    for (const [name, window] of Object.entries(windows)) {
      this.#usual[name] ??= all[name];
      all[name] = window;
    }
  }

  #take(asked: Asked): Answer | undefined {
    this.asked.push(asked);
    const index = this.#answers.findIndex(({ to }) => to.test(asked.text));
    return index < 0 ? undefined : this.#answers.splice(index, 1)[0];
  }

  #message(text: string, rest: readonly unknown[]): string | undefined {
    const offered = rest.filter((one) => typeof one === 'string');
    const detail = rest
      .map((one) => (typeof one === 'object' && one !== null && 'detail' in one ? String(one.detail) : ''))
      .join('');
    const wanted = this.#take({ text, detail, offered })?.with ?? undefined;
    if (wanted !== undefined && !offered.includes(wanted))
      throw new Error(`“${text}” has no button “${wanted}”, but ${offered.join(', ')}`);
    return wanted;
  }

  async #watch<T>(
    task: (progress: vscode.Progress<{ message?: string }>, token: vscode.CancellationToken) => Thenable<T>,
  ): Promise<T> {
    const cancel = new vscode.CancellationTokenSource();
    const report = ({ message = '' }): void => {
      this.progress.push(message);
      this.onProgress(message, () => cancel.cancel());
    };
    try {
      return await task({ report }, cancel.token);
    } finally {
      cancel.dispose();
    }
  }

  /** A picker that a person uses as soon as the row that they want is there. */
  #picker(): vscode.QuickPick<vscode.QuickPickItem> {
    const value = new vscode.EventEmitter<string>();
    const accept = new vscode.EventEmitter<void>();
    const button = new vscode.EventEmitter<{ item: vscode.QuickPickItem; button: vscode.QuickInputButton }>();
    const hide = new vscode.EventEmitter<void>();
    let rows: readonly vscode.QuickPickItem[] = [];
    let answer: Answer | undefined;
    const act = (): void => {
      if (!answer) return;
      const { press, with: wanted } = answer;
      const row =
        wanted === null
          ? undefined
          : rowOf(
              rows.filter(({ kind }) => kind !== vscode.QuickPickItemKind.Separator),
              wanted,
            );
      if (!row) return;
      const pressed = row.buttons?.find(({ tooltip }) => tooltip === press);
      answer = undefined;
      picker.selectedItems = [row];
      if (pressed) button.fire({ item: row, button: pressed });
      else accept.fire();
    };
    const picker = {
      title: '',
      value: '',
      selectedItems: [] as readonly vscode.QuickPickItem[],
      onDidChangeValue: value.event,
      onDidAccept: accept.event,
      onDidTriggerItemButton: button.event,
      onDidHide: hide.event,
      get items() {
        return rows;
      },
      set items(now: readonly vscode.QuickPickItem[]) {
        rows = now;
        answer?.rows?.(now.map(labelOf));
        queueMicrotask(act);
      },
      show: (): void => {
        answer = this.#take({ text: picker.title, detail: '', offered: rows.map(labelOf) });
        if (!answer || answer.with === null) return queueMicrotask(() => hide.fire());
        if (answer.typing !== undefined) {
          picker.value = answer.typing;
          value.fire(answer.typing);
        }
        queueMicrotask(act);
      },
      hide: () => hide.fire(),
      dispose: () => {
        hide.fire();
        vscode.Disposable.from(value, accept, button, hide).dispose();
      },
    };
    return picker as unknown as vscode.QuickPick<vscode.QuickPickItem>;
  }
}

function labelOf({ label }: vscode.QuickPickItem): string {
  return label;
}

/** A row that is not there leaves the picker as it is. */
function rowOf(rows: readonly vscode.QuickPickItem[], label: string): vscode.QuickPickItem | undefined {
  return rows.find((one) => one.label.includes(label));
}
