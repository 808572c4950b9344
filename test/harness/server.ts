import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { installVsCode, type Installed } from './install.ts';
import { ProcessGroup, runToEnd, type Ended } from './process.ts';

/** How a VS Code is started. */
export interface ServerOptions {
  readonly version?: string;
  /** User settings on top of {@link quietSettings}. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packages (.vsix) that are installed before the start. */
  readonly packages?: readonly string[];
  /** Folders of extensions that are used where they are, as if they were installed. */
  readonly linked?: readonly string[];
  /** Lets a test suite run inside the extension host; it also suppresses notifications, so UI tests do without. */
  readonly smokeTestDriver?: boolean;
  /** Variables that reach the extension host and what it starts. */
  readonly env?: Readonly<Record<string, string>>;
}

/** User settings under which nothing but the extension asks for attention. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'security.workspace.trust.enabled': false,
  'window.commandCenter': false,
};

const startLimit = 60_000;

/** A running VS Code server with a home, settings and extensions of its own in one temporary folder. */
export class VsCodeServer {
  readonly address: string;
  readonly folder: string;
  readonly #group: ProcessGroup;
  readonly #token: string;

  private constructor(of: { port: number; folder: string; token: string; group: ProcessGroup }) {
    this.address = `http://127.0.0.1:${of.port}`;
    this.folder = of.folder;
    this.#token = of.token;
    this.#group = of.group;
  }

  /** Starts a VS Code, installing it first where needed; three tries, then it rejects with what the server said. */
  static async start(options: ServerOptions = {}): Promise<VsCodeServer> {
    const installed = await installVsCode(options.version);
    const folder = await mkdtemp(join(tmpdir(), 'text-attention-'));
    try {
      return await VsCodeServer.#startIn(folder, installed, options);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  static async #startIn(folder: string, installed: Installed, options: ServerOptions): Promise<VsCodeServer> {
    const env = await prepare(folder, { ...quietSettings, ...options.settings }, options.env ?? {});
    for (const file of options.packages ?? []) {
      const install = [installed.server, ...folderArguments(folder), '--install-extension', file, '--force'];
      await runToEnd(installed.node, install, { env, cwd: folder, limit: startLimit });
    }
    for (const extension of options.linked ?? []) {
      await mkdir(join(folder, 'extensions'), { recursive: true });
      await symlink(extension, join(folder, 'extensions', basename(extension)), 'junction');
    }
    const token = randomUUID();
    let said = '';
    for (let attempt = 1; attempt <= 3; attempt++) {
      const group = new ProcessGroup(installed.node, serverArguments(installed, folder, token, options), {
        env,
        cwd: folder,
      });
      removeWithThisProcess(folder);
      const port = await portOf(group);
      if (port !== null) return new VsCodeServer({ port, folder, token, group });
      said = (await group.stop()).output;
    }
    throw new Error(`VS Code ${installed.version} did not start:\n${said.slice(-3000)}`);
  }

  /** The address that opens a folder in the workbench; `payload` holds VS Code's own startup pairs. */
  open(workspace: string, payload: readonly (readonly [string, string])[] = []): string {
    const query = new URLSearchParams({ tkn: this.#token, folder: workspace });
    if (payload.length > 0) query.set('payload', JSON.stringify(payload));
    return `${this.address}/?${query}`;
  }

  /** A path on this machine as the browser names it. */
  remote(path: string): string {
    return `vscode-remote://${new URL(this.address).host}${path}`;
  }

  /** The process id that everything the server started belongs to. */
  get processGroup(): number | undefined {
    return this.#group.child.pid;
  }

  /** Resolves when the server has ended, for whatever reason. */
  get ended(): Promise<Ended> {
    return this.#group.ended;
  }

  /** What the server has written. */
  get output(): string {
    return this.#group.output;
  }

  /** Ends the server and everything it started, and removes its folder. */
  async stop(): Promise<void> {
    await this.#group.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    folders.delete(this.folder);
  }
}

const folders = new Set<string>();

/** Folders of servers that are not stopped go when this process ends, after the servers themselves. */
function removeWithThisProcess(folder: string): void {
  if (folders.size === 0) {
    process.once('exit', () => {
      for (const left of folders) rmSync(left, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    });
  }
  folders.add(folder);
}

function folderArguments(folder: string): string[] {
  return [
    '--user-data-dir',
    join(folder, 'user'),
    '--extensions-dir',
    join(folder, 'extensions'),
    '--server-data-dir',
    join(folder, 'server'),
  ];
}

function serverArguments(installed: Installed, folder: string, token: string, options: ServerOptions): string[] {
  const calm = installed.version.startsWith('1.100.') ? [] : ['--disable-experiments'];
  const driver = options.smokeTestDriver === true ? ['--enable-smoke-test-driver'] : [];
  return [
    installed.server,
    '--accept-server-license-terms',
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--connection-token',
    token,
    '--disable-telemetry',
    '--disable-workspace-trust',
    ...calm,
    ...folderArguments(folder),
    ...driver,
  ];
}

/** Makes the folders and settings of a VS Code, and the environment that keeps it inside them. */
async function prepare(
  folder: string,
  settings: object,
  extra: Readonly<Record<string, string>>,
): Promise<NodeJS.ProcessEnv> {
  const homes = {
    HOME: 'home',
    XDG_CONFIG_HOME: 'home/.config',
    XDG_DATA_HOME: 'home/.local/share',
    XDG_CACHE_HOME: 'home/.cache',
    TMPDIR: 'tmp',
  };
  const env: NodeJS.ProcessEnv = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^(npm_|VSCODE_|ELECTRON_|XDG_)/i.test(name) && name !== 'NODE_OPTIONS') env[name] = value;
  }
  for (const [name, path] of Object.entries(homes)) {
    env[name] = join(folder, path);
    await mkdir(join(folder, path), { recursive: true });
  }
  await mkdir(join(folder, 'user', 'User'), { recursive: true });
  await writeFile(join(folder, 'user', 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  return { ...env, ...extra };
}

/** The port that the server says it listens on; null when it ends first or takes longer than a minute. */
async function portOf(group: ProcessGroup): Promise<number | null> {
  const said = new Promise<number>((resolve) => {
    const look = (): void => {
      const port = /Extension host agent listening on (\d+)/.exec(group.output)?.[1];
      if (port === undefined) return;
      group.child.stdout?.off('data', look);
      resolve(Number(port));
    };
    group.child.stdout?.on('data', look);
  });
  const timeout = AbortSignal.timeout(startLimit);
  const late = new Promise<null>((resolve) => timeout.addEventListener('abort', () => resolve(null), { once: true }));
  return Promise.race([said, group.ended.then(() => null), late]);
}
