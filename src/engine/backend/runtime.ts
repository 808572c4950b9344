import { createRequire } from 'node:module';
import type * as Ort from 'onnxruntime-node';
import type * as Transformers from '@huggingface/transformers';
import { words } from '../../core/words/words.ts';

/** The libraries that load and run models. */
export interface Runtime {
  readonly transformers: typeof Transformers;
  readonly ort: typeof Ort;
}

let loading: Promise<Runtime> | null = null;

/**
 * Loads transformers.js and onnxruntime on first use, with onnxruntime's telemetry off and everything remote forbidden.
 * Loading them is the only thing that this module does late, so that requiring the engine stays
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
  const transformers = await import('@huggingface/transformers');
  const { env } = transformers;
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.fetch = () => Promise.reject(new Error(words().details.run.offline));
  env.logLevel = transformers.LogLevel.NONE;
  return { transformers, ort };
}
