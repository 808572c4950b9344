import { createContext, Script } from 'node:vm';
import type { Bounded } from '../../core/text/tokenizer.ts';

/** How often an action is begun again when the machine had no time for it. */
const attempts = 4;
/** Which part of its time an action must have had of the processor to be called too slow. */
const share = 0.6;

const box: { action: () => void } = { action: () => undefined };
const context = createContext(box);
const script = new Script('action()');

/**
 * Runs an action that something else than JavaScript may hold up (a regular expression without end): it is ended when
 * its time is over. Time is the processor's: on a machine that is busy with other work the action is begun again, for
 * as long as the processor will take to give it its time.
 */
export const bounded: Bounded = (action, milliseconds, late) => {
  for (let attempt = 1, limit = milliseconds; ; attempt++) {
    const results: ReturnType<typeof action>[] = [];
    const before = process.cpuUsage();
    box.action = () => {
      results.push(action());
    };
    try {
      script.runInContext(context, { timeout: Math.ceil(limit) });
    } catch (thrown) {
      if (!isTimeout(thrown)) throw thrown;
    } finally {
      box.action = () => undefined;
    }
    for (const result of results) return result;
    const { user, system } = process.cpuUsage(before);
    const used = (user + system) / 1000;
    if (attempt === attempts || used >= share * milliseconds) throw late();
    limit *= Math.min(4, milliseconds / Math.max(used, 1));
  }
};

function isTimeout(thrown: unknown): boolean {
  return (
    typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
