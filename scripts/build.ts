import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build as bundle, type BuildOptions, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** What to build: `production` minifies and leaves source maps out, otherwise maps stand beside the bundles. */
export interface BuildChoice {
  readonly production: boolean;
}

/**
 * transformers.js wants an image library at load time and calls it only for pictures, which this extension never reads:
 * a function that says so takes its place and keeps a native library out of the package.
 */
const withoutImages: Plugin = {
  name: 'without-images',
  setup(build) {
    build.onResolve({ filter: /^sharp$/ }, () => ({ path: 'sharp', namespace: 'without-images' }));
    build.onLoad({ filter: /.*/, namespace: 'without-images' }, () => ({
      contents: "module.exports = () => { throw new Error('Text Attention reads text, not pictures.'); };",
      loader: 'js',
    }));
  },
};

function common({ production }: BuildChoice): BuildOptions {
  return {
    absWorkingDir: root,
    bundle: true,
    minify: production,
    keepNames: production,
    sourcemap: !production,
    legalComments: 'none',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  };
}

/** Options of a CommonJS bundle for Node 20, the oldest Node that a supported VS Code brings. */
function forNode(choice: BuildChoice): BuildOptions {
  const base = common(choice);
  return {
    ...base,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha', 'onnxruntime-node'],
    plugins: [withoutImages],
    define: { ...base.define, 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  };
}

/** The tables of words, by the tag of their language; as `languages` of `core/words/words.ts`. */
const tables: Readonly<Record<string, string>> = { en: 'english', de: 'german' };

/** Leaves one table of words in a bundle: that of `tag` stands for the others, which an exported page would carry for nothing. */
function spoken(tag: string): Plugin {
  const own = tables[tag];
  return {
    name: 'spoken',
    setup(build) {
      const filter = new RegExp(`[\\\\/]core[\\\\/]words[\\\\/](${Object.values(tables).join('|')})\\.ts$`);
      build.onLoad({ filter }, ({ path }) => {
        const other = basename(path, '.ts');
        if (other === own) return undefined;
        return {
          contents: `export { ${own} as ${other} } from './${own}.ts';`,
          resolveDir: dirname(path),
          loader: 'ts',
        };
      });
    },
  };
}

/**
 * The scripts of exported pages, one a language, and their style sheet, in the folder `outdir`. They are copied into
 * every exported page: always small, without a map beside them.
 */
export function exportedPages(outdir: string): BuildOptions[] {
  const page = { ...common({ production: true }), keepNames: false, target: 'chrome122', outdir };
  const scripts = Object.keys(tables).map((tag): BuildOptions => ({
    ...page,
    entryPoints: { [`page.${tag}`]: 'webview/export/page.ts' },
    plugins: [spoken(tag)],
    platform: 'browser',
    format: 'iife',
  }));
  return [...scripts, { ...page, entryPoints: ['webview/export/page.css'] }];
}

/** How each bundle is built, entry points relative to the root. */
function bundles(choice: BuildChoice): BuildOptions[] {
  const node = forNode(choice);
  const parts: [string, string][] = [
    ['extension', 'src/extension.ts'],
    ['engine', 'src/engine/main.ts'],
    ['cli', 'src/cli.ts'],
    ['template', 'src/engine/process/template-worker.ts'],
  ];
  const extension = parts.map(([name, entry]): BuildOptions => ({
    ...node,
    entryPoints: [entry],
    outfile: `dist/${name}.cjs`,
  }));
  const panel: BuildOptions = {
    ...common(choice),
    entryPoints: ['webview/panel.ts'],
    platform: 'browser',
    format: 'iife',
    target: 'chrome122',
    loader: { '.svg': 'text', '.ttf': 'file' },
    outdir: 'dist/webview',
  };
  const hostTests: BuildOptions = {
    ...node,
    entryPoints: ['test/host/index.ts', ...globSync('test/host/**/*.test.ts', { cwd: root })],
    external: [...(node.external ?? []), 'tokenizers'],
    outdir: 'dist-test/host',
    outbase: 'test/host',
    outExtension: { '.js': '.cjs' },
  };
  return [...extension, panel, ...exportedPages('dist/export'), ...(choice.production ? [] : [hostTests])];
}

/**
 * Builds every bundle, and gives the files that went into them, relative to the root; rejects with all failures
 * together once each bundle has been tried.
 */
export async function build(choice: BuildChoice): Promise<string[]> {
  await rm(join(root, 'dist-test'), { recursive: true, force: true });
  const tried = await Promise.allSettled(
    bundles(choice).map(async (options) => {
      const { metafile } = await bundle({ ...options, metafile: true });
      return Object.keys(metafile.inputs);
    }),
  );
  const failures = tried.filter((one) => one.status === 'rejected').map((one) => one.reason as unknown);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} bundles could not be built`);
  return tried.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

if (process.argv[1] === import.meta.filename) {
  try {
    await build({ production: process.argv.includes('--production') });
  } catch (error) {
    console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
