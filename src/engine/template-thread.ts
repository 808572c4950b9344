import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Message, RenderedChat } from '../core/text/chat.ts';

/** Milliseconds that a template may take once its thread runs: real ones take a few. */
const mostTime = 1500;
/** Megabytes that a template's values may take. */
const mostMemory = 128;

/** What a template is rendered from: its source, the conversation and the special tokens that it may name. */
export interface TemplateTask {
  readonly source: string;
  readonly messages: readonly Message[];
  readonly tokens: Readonly<Record<string, string>>;
}

/** What the thread answers: the conversation in text, or that the template is none, or that it refuses. */
export type TemplateAnswer =
  | { readonly state: 'rendered'; readonly chat: RenderedChat }
  | { readonly state: 'unreadable' | 'refused' | 'exceeded'; readonly why: string };

/** What the thread says: that it begins, then its answer. */
export type TemplateMessage = { readonly state: 'begins' } | TemplateAnswer;

/** Renders in a thread that has bounds of time and memory; a cancel ends it at once. */
export function renderInThread(task: TemplateTask, signal: AbortSignal): Promise<TemplateAnswer | { readonly state: 'cancelled' }> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ state: 'cancelled' });
      return;
    }
    const worker = new Worker(workerFile(), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: mostMemory, maxYoungGenerationSizeMb: 16 } });
    let timer: NodeJS.Timeout | undefined;
    const end = (answer: TemplateAnswer | { readonly state: 'cancelled' }): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(answer);
      void worker.terminate();
    };
    const cancel = (): void => end({ state: 'cancelled' });
    signal.addEventListener('abort', cancel);
    worker.on('message', (message: TemplateMessage) => {
      if (message.state === 'begins') timer = setTimeout(() => end({ state: 'exceeded', why: 'it does not come to an end' }), mostTime);
      else end(message);
    });
    worker.on('error', (error) => end('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? { state: 'exceeded', why: `it takes more than ${mostMemory} MB of memory` }
      : { state: 'refused', why: error.message }));
    worker.on('exit', () => end({ state: 'refused', why: 'its thread ended' }));
  });
}

/** The bundle beside this one, or the source as it is. */
function workerFile(): string {
  const source = fileURLToPath(new URL('./template-worker.ts', import.meta.url));
  return existsSync(source) ? source : fileURLToPath(new URL('./template.cjs', import.meta.url));
}
