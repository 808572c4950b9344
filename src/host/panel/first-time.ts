import type * as vscode from 'vscode';

const key = 'textAttention.seen';

/** Knows the very first analysis that a person sees, which the panel greets with one line. */
export class FirstTime {
  readonly #memory: vscode.Memento;
  #first: string | null | undefined;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** Whether `analysis`, which is being shown, is the first one ever. */
  isFirst(analysis: string): boolean {
    if (this.#first === undefined) {
      this.#first = this.#memory.get(key) === true ? null : analysis;
      if (this.#first !== null) void this.#memory.update(key, true);
    }
    return this.#first === analysis;
  }
}
