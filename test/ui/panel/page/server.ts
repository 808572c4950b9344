import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..', '..', '..', '..');

/** What VS Code itself puts on every webview before the page's own styles. */
const vscodeDefaults = `
body { background-color: transparent; color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family);
  font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
html { scrollbar-color: var(--vscode-scrollbarSlider-background) transparent; }
`;

/** A server of the panel's page, with the same content security policy that the extension sets. */
export interface PageServer {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * What plays the host: a script of the page itself, and where it needs one a worker. Paths are relative to the root.
 */
export interface PageScripts {
  readonly host: string;
  readonly worker?: string;
}

/** Puts a made-up language where the table of words takes English. */
const pseudoWords: Plugin = {
  name: 'pseudo-words',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/english\.ts$/ }, () => ({ path: join(root, 'test/ui/panel/page/pseudo-english.ts') }));
  },
};

/** What the panel speaks: English, or a made-up language in which every string of the table is marked. */
export type Language = 'en' | 'pseudo';

/** Bundles the panel and the page's fake host, and serves both on a free port of this machine. */
export async function servePage(
  scripts: PageScripts = { host: 'test/ui/panel/page/host.ts' },
  language: Language = 'en',
): Promise<PageServer> {
  const files = await bundles(scripts, language);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path === '/' ? pageOf(randomBytes(16).toString('base64'), scripts) : files.get(path);
    const type = path === '/' ? 'text/html; charset=utf-8' : path.endsWith('.css') ? 'text/css' : 'text/javascript';
    if (file === undefined) response.writeHead(404).end();
    else response.setHeader('content-type', type).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The page server has no port.');
  return {
    address: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bundles(scripts: PageScripts, language: Language): Promise<Map<string, string | Uint8Array>> {
  const built = await build({
    absWorkingDir: root,
    entryPoints: { panel: 'webview/panel.ts', ...scripts },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome122',
    outdir: '/',
    logLevel: 'error',
    plugins: language === 'pseudo' ? [pseudoWords] : [],
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const files = new Map<string, string | Uint8Array>(
    built.outputFiles.map((file) => [`/${file.path.split(/[\\/]/).at(-1)}`, file.contents]),
  );
  return files.set('/vscode.css', vscodeDefaults);
}

function pageOf(nonce: string, { worker }: PageScripts): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Attention</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; img-src data:${worker === undefined ? '' : "; worker-src 'self'"}">
<link rel="stylesheet" href="/vscode.css"><link rel="stylesheet" href="/panel.css"></head>
<body><script nonce="${nonce}" src="/host.js"></script><script nonce="${nonce}" src="/panel.js"></script></body></html>`;
}
