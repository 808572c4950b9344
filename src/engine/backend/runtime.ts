import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isAbsolute } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import type * as Transformers from '@huggingface/transformers';
import { decodeText } from '../files/decode-text.ts';
import { installTap } from './tap.ts';
import { words } from '../../core/words/words.ts';

/** The libraries that load and run models. */
export interface Runtime {
  readonly transformers: typeof Transformers;
  readonly ort: typeof Ort;
}

/**
 * Stands where the library looks for a kept file before it opens one: the JSON files of a folder come from here as
 * UTF-8.
 */
const descriptions = {
  match: async (path: string): Promise<Response | undefined> =>
    isAbsolute(path) && path.endsWith('.json') ? new Response(decodeText(await readFile(path))) : undefined,
  put: () => Promise.resolve(),
};

let loading: Promise<Runtime> | null = null;

/**
 * Loads transformers.js and onnxruntime on first use, with onnxruntime's telemetry off, everything remote forbidden and
 * the tap in place. Loading them is the only thing that this module does late, so that requiring the engine stays
 * cheap.
 */
export function runtime(): Promise<Runtime> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Runtime> {
  // onnxruntime reads this once, when its library is loaded: it must stand in the environment before, however we were
  // started.
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  const ort = createRequire(import.meta.url)('onnxruntime-node') as typeof Ort;
  installTap(ort);
  const transformers = await import('@huggingface/transformers');
  const { env } = transformers;
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  // The files that the library reads by itself are read as ours are: byte order marks, UTF-16.
  env.useCustomCache = true;
  env.customCache = descriptions;
  env.fetch = () => Promise.reject(new Error(words().details.run.offline));
  env.logLevel = transformers.LogLevel.NONE;
  return { transformers, ort };
}
