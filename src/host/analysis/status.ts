import * as vscode from 'vscode';
import type { Progress } from '../../protocol/contract.ts';
import type { Analyses } from './analyses.ts';
import type { LiveAnalysis } from './live-analysis.ts';
import type { ShowAttention } from './show-attention.ts';
import { StatusItem } from '../window/window.ts';

/** The item in the status bar: the run while one is under way, the current analysis while one lives. */
export class Status implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #show: ShowAttention;
  readonly #item = new StatusItem('textAttention.status', 'Text Attention');
  readonly #subscriptions: vscode.Disposable;
  readonly #contexts = new Map<string, boolean>();

  constructor(analyses: Analyses, show: ShowAttention) {
    this.#analyses = analyses;
    this.#show = show;
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      analyses.onDidChange(() => this.#update()),
      show.onDidChange(() => this.#update()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #update(): void {
    const { busy } = this.#show;
    const { current } = this.#analyses;
    // The palette and the keys offer what there is something for: to cancel, to set a target, to go to the panel.
    this.#tell('running', busy !== null);
    this.#tell('hasTarget', current?.hasTarget === true);
    this.#tell('shown', current !== null);
    this.#tell('written', current?.texts.continuation !== undefined && !current.hasTarget);
    if (busy)
      this.#item.write({
        icon: 'loading~spin',
        text: vscode.l10n.t({
          message: 'Attention: {0}',
          args: [progressWords(busy)],
          comment: ['The stage of the run, such as Starting'],
        }),
        tooltip: vscode.l10n.t('Cancel run'),
        command: 'textAttention.cancel',
      });
    else if (current?.stale)
      this.#item.write({
        text: vscode.l10n.t('Attention: {0} · text changed', current.modelName),
        tooltip: vscode.l10n.t('Run again on the current text'),
        command: 'textAttention.rerun',
      });
    else if (current)
      this.#item.write({
        text: vscode.l10n.t({
          message: 'Attention: {0} · {1}',
          args: [edited(current), current.tokensText],
          comment: ['The model, and the number of tokens'],
        }),
        tooltip: vscode.l10n.t('Choose another model'),
        command: 'textAttention.chooseModel',
      });
    else this.#item.write(null);
  }

  #tell(name: string, holds: boolean): void {
    if (holds === (this.#contexts.get(name) ?? false)) return;
    this.#contexts.set(name, holds);
    void vscode.commands.executeCommand('setContext', `textAttention.${name}`, holds);
  }
}

/** The model, and that it was edited. */
function edited({ modelName, edits }: LiveAnalysis): string {
  return edits.length === 0 ? modelName : vscode.l10n.t('{0}, edited run', modelName);
}

/** How far a run is, in a few words: the stage, and a percentage where the total is known. */
function progressWords({ stage, done, total }: Progress): string {
  if (done === undefined || total === undefined || total <= 0) return stage;
  return `${stage} ${Math.min(100, Math.round((100 * done) / total))} %`;
}
