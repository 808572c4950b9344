import { Worker } from 'node:worker_threads';

/** Milliseconds between two looks. */
const interval = 1000;

/** A thread of its own: the main one may be in a regular expression, a template or a native run when its owner dies. */
const watch = `
const { workerData: { parent, interval } } = require('node:worker_threads');
setInterval(() => {
  let gone = process.ppid !== parent;
  try { process.kill(parent, 0); } catch (error) { gone ||= error.code === 'ESRCH'; }
  if (gone) process.kill(process.pid, 'SIGKILL');
}, interval);
`;

/** Ends this process when the one that started it has gone, however busy this one is. */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit(0));
  const worker = new Worker(watch, {
    eval: true,
    workerData: { parent: process.ppid, interval },
    execArgv: [],
    env: {},
  });
  // Without the thread the process ends, too, as soon as it is not busy.
  worker.on('error', () => undefined);
  worker.unref();
}
