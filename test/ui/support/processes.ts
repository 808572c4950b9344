import { readdirSync, readFileSync } from 'node:fs';
import type { VsCodeServer } from '../../harness/server.ts';

/**
 * The ids of the processes that a VS Code has started, directly or not, and whose command line holds `part`. Reads
 * /proc.
 */
export function processesOf(server: VsCodeServer, part: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => read(id, 'cmdline').includes(part) && groupOf(id) === server.processGroup);
}

/** The id of the process that started another. Reads /proc. */
export function parentOf(id: number): number {
  return Number(/\)\s+\S+\s+(\d+)/.exec(read(id, 'stat'))?.[1]);
}

/** Whether a process still runs under the command line that holds `part`; one that has ended does not. */
export function isRunning(id: number, part: string): boolean {
  return read(id, 'cmdline').includes(part);
}

/** The process group: the third field after the command's closing parenthesis. */
function groupOf(id: number): number {
  return Number(/\)\s+\S+\s+\d+\s+(\d+)/.exec(read(id, 'stat'))?.[1]);
}

function read(id: number, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
