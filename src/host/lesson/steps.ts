import * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import type { Selections } from '../analysis/selections.ts';

/** Steps of the walkthrough that are no commands, by the context that completes each in package.json. */
type Step = 'focused' | 'computed';

/** Tells VS Code which steps of the walkthrough a person has done, whichever way they did them. */
export class WalkthroughSteps implements vscode.Disposable {
  readonly #done = new Set<Step>();
  readonly #subscriptions: vscode.Disposable;

  constructor(analyses: Analyses, selections: Selections, view: PanelView) {
    this.#subscriptions = vscode.Disposable.from(
      selections.onDidChange(({ selection, origin }) => {
        if (selection.token && origin !== 'command') this.#tell('focused');
      }),
      view.onDidChange(({ view: { view: name } }) => {
        if (analyses.current && name === 'arithmetic') this.#tell('computed');
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #tell(step: Step): void {
    if (this.#done.has(step)) return;
    this.#done.add(step);
    void vscode.commands.executeCommand('setContext', `textAttention.${step}`, true);
  }
}
