import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { weightCount } from '../../src/core/attention/map.ts';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, reset, sentence, showAttention } from './support.ts';

/** How often the panel is opened and closed; the first ones fill what is filled once. */
const times = 50;
const warm = 10;
/** Every so often the panel is closed only after its page has spoken; else in the middle of loading. */
const loaded = 5;

/** What the extension holds of VS Code while this watches: its panels, what they were told, and its listeners. */
class Watch {
  readonly panels = new Set<vscode.WebviewPanel>();
  readonly selects: vscode.WebviewPanel[] = [];
  listeners = 0;
  readonly #restore: (() => void)[] = [];

  constructor() {
    for (const owner of [vscode.window, vscode.workspace, vscode.languages, vscode.env]) {
      for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
        if (name.startsWith('onDid') && descriptor.configurable)
          this.#replace(owner, name, descriptor, (event: () => vscode.Event<unknown>) => this.#counted(event));
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(vscode.window, 'createWebviewPanel');
    assert.ok(descriptor);
    this.#replace(
      vscode.window,
      'createWebviewPanel',
      descriptor,
      (create: () => typeof vscode.window.createWebviewPanel) =>
        (...values: Parameters<typeof vscode.window.createWebviewPanel>) =>
          this.#watched(create()(...values)),
    );
  }

  dispose(): void {
    for (const restore of this.#restore) restore();
  }

  /** `by` gets what reads the property: some events may not even be read by every extension. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- each caller says what the property is
  #replace<T>(owner: object, name: string, descriptor: PropertyDescriptor, by: (read: () => T) => unknown): void {
    const read = (): T => (descriptor.get ? descriptor.get.call(owner) : descriptor.value) as T;
    Object.defineProperty(owner, name, { configurable: true, enumerable: true, writable: true, value: by(read) });
    this.#restore.push(() => Object.defineProperty(owner, name, descriptor));
  }

  #counted(event: () => vscode.Event<unknown>): vscode.Event<unknown> {
    return (listener, self, disposables) => {
      this.listeners++;
      const subscription = event()(listener, self);
      let listens = true;
      const counted = new vscode.Disposable(() => {
        if (listens) this.listeners--;
        listens = false;
        subscription.dispose();
      });
      disposables?.push(counted);
      return counted;
    };
  }

  #watched(panel: vscode.WebviewPanel): vscode.WebviewPanel {
    this.panels.add(panel);
    panel.onDidDispose(() => this.panels.delete(panel));
    const post = panel.webview.postMessage.bind(panel.webview);
    panel.webview.postMessage = (message: { name?: unknown }) => {
      if (message.name === 'select') this.selects.push(panel);
      return post(message);
    };
    return panel;
  }
}

describe('The panel, opened and closed fifty times', () => {
  let api: TextAttentionApi;
  let watch: Watch;
  before(async () => {
    api = await activeApi();
    await reset();
    watch = new Watch();
  });
  after(() => watch.dispose());
  afterEach(reset);

  const tabs = (): vscode.Tab[] =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('textAttention.panel'));

  /** Runs the model, which opens the panel; resolves once its page has spoken where that is waited for. */
  async function open(waits: boolean): Promise<vscode.WebviewPanel> {
    const shown = showAttention(api);
    const [panel] = watch.panels;
    assert.ok(panel, 'the panel opens with the run');
    const spoke = new Promise<void>((resolve) => {
      const subscription = panel.webview.onDidReceiveMessage(() => {
        subscription.dispose();
        resolve();
      });
    });
    await shown;
    if (waits) await spoke;
    return panel;
  }

  async function close(panel: vscode.WebviewPanel): Promise<void> {
    const closed = new Promise<void>((resolve) => panel.onDidDispose(() => resolve()));
    if (tabs().length === 0) {
      await new Promise<void>((resolve) => {
        const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
          if (tabs().length === 0) return;
          subscription.dispose();
          resolve();
        });
      });
    }
    await vscode.window.tabGroups.close(tabs());
    await closed;
  }

  /** Bytes of memory of the model process. */
  async function memory(pid: number): Promise<number> {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s*(\d+) kB/u.exec(status)?.[1] ?? Number.NaN) * 1024;
  }

  it('leaves no listener, no panel and no weights behind', async function () {
    // Fifty panels of a real workbench: seconds on a machine of one's own, more where others work on it.
    this.timeout(150_000);
    const text = Array.from({ length: 24 }, () => sentence).join(' ');
    await editorOn(text, text);
    await close(await open(true));
    const pid = api.enginePid;
    assert.ok(pid !== undefined);
    const { listeners } = watch;
    const ids: string[] = [];
    let before = 0;
    for (let time = 0; time < times; time++) {
      if (time === warm && process.platform === 'linux') before = await memory(pid);
      await close(await open(time % loaded === 0));
      ids.push(api.current?.id ?? '');
    }
    assert.equal(api.enginePid, pid, 'the model process is the same');
    assert.deepEqual(tabs(), []);
    assert.equal(watch.panels.size, 0);
    assert.equal(watch.listeners, listeners, 'no listener of VS Code’s events more than after the first time');

    assert.deepEqual(
      api.analyses.map(({ id }) => id),
      ids.slice(-1),
      'each run took the place of the one before',
    );
    await assert.rejects(api.weights(ids[0] ?? '', 0, 0), /analysis-gone/);
    if (process.platform === 'linux') {
      const bytes = (api.current?.info.maps ?? []).reduce(
        (sum, { shape }) => sum + weightCount(shape) * Float32Array.BYTES_PER_ELEMENT,
        0,
      );
      const grown = (await memory(pid)) - before;
      const kept = (times - warm) * bytes;
      assert.ok(grown < kept / 2, `the model process grew by ${grown} bytes; all weights together are ${kept}`);
    }

    const panel = await open(true);
    const { id, selection } = api.current ?? assert.fail();
    api.select(id, { ...selection, layer: selection.layer === 0 ? 1 : 0 });
    assert.deepEqual(
      watch.selects.map((told) => told === panel),
      [true],
      'a change is told once, to the panel that is there',
    );
  });
});
