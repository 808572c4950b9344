import assert from 'node:assert/strict';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { explanationSchema, type Explanation } from '../../src/core/block/explanation.ts';
import { chainOf } from '../../src/core/views/arithmetic/chain.ts';
import { activeApi, editorOn, hoverAt, reset, sentence, showAttention } from './support.ts';

/** What the host posts to panels that are opened while this listens. */
class Posted {
  readonly #descriptor: PropertyDescriptor;
  #heard: (told: Explanation) => void = () => undefined;

  constructor() {
    const descriptor = Object.getOwnPropertyDescriptor(vscode.window, 'createWebviewPanel');
    assert.ok(descriptor);
    this.#descriptor = descriptor;
    const create = (descriptor.value ?? descriptor.get?.call(vscode.window)) as typeof vscode.window.createWebviewPanel;
    const value = (...values: Parameters<typeof create>): vscode.WebviewPanel => this.#watched(create(...values));
    Object.defineProperty(vscode.window, 'createWebviewPanel', { ...writable, value });
  }

  /** The next explanation that is posted. */
  explanation(): Promise<Explanation> {
    return new Promise((resolve) => {
      this.#heard = resolve;
    });
  }

  dispose(): void {
    Object.defineProperty(vscode.window, 'createWebviewPanel', this.#descriptor);
  }

  #watched(panel: vscode.WebviewPanel): vscode.WebviewPanel {
    const post = panel.webview.postMessage.bind(panel.webview);
    panel.webview.postMessage = (message: { value?: unknown }) => {
      const told = v.safeParse(explanationSchema, message.value);
      if (told.success) this.#heard(told.output);
      return post(message);
    };
    return panel;
  }
}

const writable = { configurable: true, enumerable: true, writable: true } as const;

describe('Arithmetic', () => {
  let api: TextAttentionApi;
  before(async () => {
    api = await activeApi();
  });
  afterEach(reset);

  it('a hover leads to it; what the panel asks goes through the host to the model process and back', async () => {
    const posted = new Posted();
    try {
      const editor = await editorOn(sentence, sentence);
      await showAttention(api);
      const { text = '' } = (await hoverAt(editor.document, sentence.indexOf('ate'))) ?? {};
      const [, values = ''] =
        /\[How is this computed[^\]]*\]\(command:textAttention\.showArithmetic\?([^)]*)\)/u.exec(text) ?? [];
      const [id, map, query, key] = JSON.parse(decodeURIComponent(values)) as [string, number, number, number];
      const answer = posted.explanation();
      await vscode.commands.executeCommand('textAttention.showArithmetic', id, map, query, key);
      const told = await answer;
      assert.deepEqual([told.query, told.key], [query, key]);
      const weight = new Float32Array(told.weights)[key] ?? NaN;
      assert.ok(Math.abs(chainOf(told).weight - weight) <= 1e-4);
    } finally {
      posted.dispose();
    }
  });
});
