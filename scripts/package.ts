import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { build } from './build.ts';
import { writeNotices } from './notices.ts';

const root = join(import.meta.dirname, '..');
const binaries = 'node_modules/onnxruntime-node/bin/napi-v6';

/**
 * The files of onnxruntime that each platform of VS Code needs: those that its binding loads, and no second copy of
 * them.
 */
const targets: Readonly<Record<string, string>> = {
  'linux-x64': `${binaries}/linux/x64/{onnxruntime_binding.node,libonnxruntime.so.1}`,
  'linux-arm64': `${binaries}/linux/arm64/{onnxruntime_binding.node,libonnxruntime.so.1}`,
  'darwin-arm64': `${binaries}/darwin/arm64/{onnxruntime_binding.node,libonnxruntime.1.dylib}`,
  'win32-x64': `${binaries}/win32/x64/*`,
  'win32-arm64': `${binaries}/win32/arm64/*`,
};

/** The platform of this machine, as VS Code names it. */
export const thisTarget = `${process.platform}-${process.arch}`;

/**
 * Builds for production and packages the extension for one platform; gives the path of the .vsix. Rejects with a
 * sentence.
 */
export async function packageExtension(target = thisTarget): Promise<string> {
  const library = targets[target];
  if (library === undefined)
    throw new Error(`onnxruntime has no library for ${target}; there is one for ${Object.keys(targets).join(', ')}.`);
  const folder = await mkdtemp(join(tmpdir(), 'text-attention-package-'));
  try {
    await writeNotices(await build({ production: true }));
    const ignoreFile = join(folder, 'ignore');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    const packagePath = join(root, `text-attention-${target}-${version}.vsix`);
    await writeFile(ignoreFile, `${await readFile(join(root, '.vscodeignore'), 'utf8')}\n!${library}\n`);
    await createVSIX({
      cwd: root,
      target,
      packagePath,
      ignoreFile,
      rewriteRelativeLinks: false,
      allowMissingRepository: true,
    });
    return packagePath;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const named = process.argv.indexOf('--target');
  try {
    const path = await packageExtension(named < 0 ? thisTarget : process.argv[named + 1]);
    if (!existsSync(path)) throw new Error(`vsce wrote no ${path}.`);
    console.log(`${path}: ${((await stat(path)).size / 1e6).toFixed(1)} MB`);
  } catch (error) {
    console.error(`package: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
