import { createContext, Script } from 'node:vm';
import type { Bounded } from '../core/text/tokenizer.ts';

/** How often an action is begun again, with more time, when the machine had no time for it. */
const attempts = 4;
/** Which part of its time an action must have had of the processor to be called too slow. */
const share = 0.6;

const box: { action: () => void } = { action: () => undefined };
const context = createContext(box);
const script = new Script('action()');

/**
 * Runs an action that something else than JavaScript may hold up (a regular expression without end): it is ended when its time
 * is over. Time is the processor's: on a machine that is busy with other work the action is begun again, with more of it.
 */
export const bounded: Bounded = (action, milliseconds, late) => {
  for (let attempt = 1, limit = milliseconds; ; attempt++, limit *= 3) {
    const results: ReturnType<typeof action>[] = [];
    const before = process.cpuUsage();
    box.action = () => { results.push(action()); };
    try {
      script.runInContext(context, { timeout: Math.ceil(limit) });
    } catch (thrown) {
      if (!isTimeout(thrown)) throw thrown;
      const { user, system } = process.cpuUsage(before);
      if (attempt === attempts || (user + system) / 1000 >= share * milliseconds) throw late();
      continue;
    } finally {
      box.action = () => undefined;
    }
    for (const result of results) return result;
  }
};

function isTimeout(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
