import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Message, RenderedChat } from '../../core/text/chat.ts';

/** Milliseconds that a template may take once its process runs: real ones take a few. */
const maxTime = 1500;
/** Megabytes that a template's values may take. */
export const maxMemory = 128;

/** What a template is rendered from: its source, the conversation and the special tokens that it may name. */
export interface TemplateTask {
  readonly source: string;
  readonly messages: readonly Message[];
  readonly tokens: Readonly<Record<string, string>>;
}

/** What a template takes or makes too much of. */
export type TemplateLimit = 'time' | 'memory' | 'recursion' | 'size' | 'text';

/**
 * What the process answers: the conversation in text, or that the template cannot be read or refuses, with the words of
 * the library or the template, or that it goes beyond a limit.
 */
export type TemplateAnswer =
  | { readonly state: 'rendered'; readonly chat: RenderedChat }
  | { readonly state: 'unreadable' | 'refused'; readonly why: string }
  | { readonly state: 'unreadable' | 'exceeded'; readonly limit: TemplateLimit };

/** What the process says: that it begins, then its answer. */
export type TemplateMessage = { readonly state: 'begins' } | TemplateAnswer;

/** Renders in a process that has bounds of time and memory; a cancel ends it at once. */
export function renderApart(
  task: TemplateTask,
  signal: AbortSignal,
): Promise<TemplateAnswer | { readonly state: 'cancelled' }> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ state: 'cancelled' });
      return;
    }
    // A thread would not do: one that asks for too much memory at once takes its whole process with it.
    const child = fork(workerFile(), {
      execArgv: [`--max-old-space-size=${maxMemory}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let timer: NodeJS.Timeout | undefined;
    const end = (answer: TemplateAnswer | { readonly state: 'cancelled' }): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(answer);
      child.kill('SIGKILL');
    };
    const cancel = (): void => end({ state: 'cancelled' });
    signal.addEventListener('abort', cancel);
    child.on('message', (message: TemplateMessage) => {
      if (message.state === 'begins') timer = setTimeout(() => end({ state: 'exceeded', limit: 'time' }), maxTime);
      else end(message);
    });
    child.on('error', (error) => end({ state: 'refused', why: error.message }));
    // Node aborts when its memory is used up; it has no other reason to end without an answer.
    child.on('exit', () => end({ state: 'exceeded', limit: 'memory' }));
    child.send(task);
  });
}

/** The bundle beside this one, or the source as it is. */
function workerFile(): string {
  const source = fileURLToPath(new URL('./template-worker.ts', import.meta.url));
  return existsSync(source) ? source : fileURLToPath(new URL('./template.cjs', import.meta.url));
}
