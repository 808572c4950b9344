import * as vscode from 'vscode';
import { reasonOf } from '../../core/errors/reason.ts';
import { lineOf } from '../../core/errors/sentence.ts';
import type { Inventory } from '../../protocol/hub.ts';
import { settings } from '../window/settings.ts';
import { createPicker, fillPicker, showError } from '../window/window.ts';
import { choiceItems, type Choice, type ChoiceButton, type ChoiceItem } from './choices.ts';
import type { ModelStore } from './model-store.ts';
import { deleteAfterAsking, openFolder } from './stored-actions.ts';

/** What the person chose; `formats` when they want to choose the number format first. */
export interface Picked {
  readonly choice: Choice;
  readonly formats: boolean;
  /** Whether it is to be tried on an example sentence. */
  readonly example?: true;
}

/** Lets the person choose a model, or look after those that are here. Resolves with null when they left. */
export function pickModel(store: ModelStore, title = vscode.l10n.t('Attention: Choose Model')): Promise<Picked | null> {
  return new Promise((resolve) => {
    const picker = new ModelPicker(store, title, (picked) => {
      resolve(picked);
      picker.dispose();
    });
    void picker.load();
  });
}

class ModelPicker implements vscode.Disposable {
  readonly #store: ModelStore;
  readonly #pick: vscode.QuickPick<ChoiceItem>;
  readonly #subscriptions: vscode.Disposable;
  #inventory: Inventory | null = null;
  /** What is here has been read, or could not be. */
  #loaded = false;
  /** The rows that are shown, as text. */
  #rows = '';
  #busy = false;

  constructor(store: ModelStore, title: string, done: (picked: Picked | null) => void) {
    this.#store = store;
    const pick = createPicker<ChoiceItem>({
      title,
      placeholder: settings.offline
        ? vscode.l10n.t('A model on this machine (offline mode is on)')
        : vscode.l10n.t('A model, or organisation/name of any ONNX text model on the hub'),
    });
    this.#pick = pick;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.keepScrollPosition = true;
    this.#subscriptions = vscode.Disposable.from(
      pick.onDidChangeValue(() => this.#fill()),
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item?.choice) done({ choice: item.choice, formats: false });
      }),
      pick.onDidTriggerItemButton(({ item, button }) => {
        const act = (button as ChoiceButton).act;
        if (act === 'formats' && item.choice && item.choice.kind !== 'browse')
          done({ choice: { kind: 'download', model: item.choice.model }, formats: true });
        else if (act === 'example' && item.choice) done({ choice: item.choice, formats: false, example: true });
        else void this.#act(act, item);
      }),
      // A question about a row hides the picker for a moment; it comes back after the answer.
      pick.onDidHide(() => {
        if (!this.#busy) done(null);
      }),
      // Last, because it hides when it is disposed of.
      pick,
    );
    pick.show();
  }

  /** Reads what is on this machine. */
  async load(): Promise<void> {
    this.#pick.busy = true;
    try {
      this.#inventory = await this.#store.inventory();
    } catch (thrown) {
      void showError(lineOf(reasonOf(thrown)));
    }
    this.#pick.busy = false;
    this.#loaded = true;
    this.#fill();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /**
   * Rows appear all at once and are replaced only by others: the editor names an accepted row by its place, so that
   * Enter during a replacement takes the row that has come to that place, such as a download in place of a built-in
   * model.
   */
  #fill(): void {
    if (!this.#loaded) return;
    const items = choiceItems(this.#inventory, settings.model, this.#pick.value);
    const rows = JSON.stringify(items);
    if (rows === this.#rows) return;
    this.#rows = rows;
    fillPicker(this.#pick, items);
  }

  async #act(act: ChoiceButton['act'], { stored }: ChoiceItem): Promise<void> {
    if (!stored) return;
    if (act === 'open') return openFolder(stored);
    this.#busy = true;
    try {
      if (await deleteAfterAsking(this.#store, stored)) await this.load();
    } finally {
      this.#busy = false;
      this.#pick.show();
    }
  }
}
