import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Port } from '../protocol/contract.ts';
import { engineContract, engineListenerContract } from '../protocol/engine.ts';
import { Peer } from '../protocol/peer.ts';
import { Analyser } from './analyser.ts';
import { pageParts } from './page-parts.ts';
import { handlersOf } from './service.ts';

/** Minutes without a message after which the process ends by itself. */
const defaultIdleMinutes = 10;

/**
 * Where the process finds its models, when it ends and how much a model may take: `--models FOLDER --idle MINUTES --memory BYTES`,
 * or (the first two) the environment.
 */
function choices(): { models: string; idleMinutes: number; memory: number | null } {
  const { values } = parseArgs({ options: { models: { type: 'string' }, idle: { type: 'string' }, memory: { type: 'string' } }, strict: false });
  const memory = Number(values.memory);
  const models = values.models ?? process.env['TEXT_ATTENTION_MODELS'];
  const idle = Number(values.idle ?? process.env['TEXT_ATTENTION_IDLE_MINUTES'] ?? defaultIdleMinutes);
  return {
    models: typeof models === 'string' && models !== '' ? models : fileURLToPath(new URL('../models', import.meta.url)),
    idleMinutes: Number.isFinite(idle) && idle > 0 ? idle : defaultIdleMinutes,
    memory: Number.isFinite(memory) && memory > 0 ? memory : null,
  };
}

/** The channel that `child_process.fork` opens. */
function processPort(send: (message: unknown) => void, heard: () => void): Port {
  return {
    post: send,
    listen: (listener) => {
      const receive = (message: unknown): void => {
        heard();
        listener(message);
      };
      process.on('message', receive);
      return () => process.off('message', receive);
    },
  };
}

/** Serves whoever forked this process until it goes away, or until nothing has been asked for a while. */
function serve(send: (message: unknown) => void): void {
  const { models, idleMinutes, memory } = choices();
  let working = 0;
  let idle: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => { if (working === 0) process.exit(0); else heard(); }, idleMinutes * 60_000);
  };
  const analyser = new Analyser(models, (level, message) => peer.tell('log', { level, message }), memory);
  const handlers = handlersOf(analyser, () => pageParts(fileURLToPath(new URL('../dist/export', import.meta.url))));
  const peer = new Peer(processPort(send, heard), engineContract, {
    ...handlers,
    analyse: async (params, work) => {
      working++;
      try {
        return await handlers.analyse(params, work);
      } finally {
        working--;
        heard();
      }
    },
  }, engineListenerContract);
  process.on('disconnect', () => process.exit(0));
  heard();
}

const send = process.send?.bind(process);
if (send) {
  // A message that cannot be sent means that the other side is gone: 'disconnect' follows.
  serve((message) => send(message, undefined, undefined, () => undefined));
} else {
  process.stderr.write('This is the model process of Text Attention: the extension starts it. For a terminal there is dist/cli.cjs.\n');
  process.exitCode = 1;
}
