import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
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

/** The bundles: entry points relative to the root, and how they are built. */
function bundles(choice: BuildChoice): { entries: string[]; options: BuildOptions }[] {
  const node = forNode(choice);
  const parts: [string, string][] = [
    ['extension', 'src/extension.ts'],
    ['engine', 'src/engine/main.ts'],
    ['cli', 'src/cli.ts'],
    ['template', 'src/engine/process/template-worker.ts'],
  ];
  const extension = parts.map(([name, entry]) => ({
    entries: [entry],
    options: { ...node, outfile: `dist/${name}.cjs` },
  }));
  const panel = {
    entries: ['webview/panel.ts'],
    options: {
      ...common(choice),
      platform: 'browser' as const,
      format: 'iife' as const,
      target: 'chrome122',
      loader: { '.svg': 'text' as const, '.ttf': 'file' as const },
      outdir: 'dist/webview',
    },
  };
  const exported = {
    entries: ['webview/export/page.ts', 'webview/export/page.css'],
    options: {
      ...common(choice),
      // They are copied into every exported page: always small, and without a map beside them.
      minify: true,
      keepNames: false,
      sourcemap: false,
      platform: 'browser' as const,
      format: 'iife' as const,
      target: 'chrome122',
      outdir: 'dist/export',
    },
  };
  const hostTests = {
    entries: ['test/host/index.ts', ...globSync('test/host/**/*.test.ts', { cwd: root })],
    options: {
      ...node,
      external: [...(node.external ?? []), 'tokenizers'],
      outdir: 'dist-test/host',
      outbase: 'test/host',
      outExtension: { '.js': '.cjs' },
    },
  };
  return choice.production ? [...extension, panel, exported] : [...extension, panel, exported, hostTests];
}

/**
 * Builds every bundle, and gives the files that went into them, relative to the root; rejects with all failures
 * together once each bundle has been tried.
 */
export async function build(choice: BuildChoice): Promise<string[]> {
  await rm(join(root, 'dist-test'), { recursive: true, force: true });
  const tried = await Promise.allSettled(
    bundles(choice).map(async ({ entries, options }) => {
      const { metafile } = await bundle({ ...options, entryPoints: entries, metafile: true });
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
