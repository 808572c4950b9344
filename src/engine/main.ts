import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { speak, words, wordsIn } from '../core/words/words.ts';
import type { Port } from '../protocol/contract.ts';
import { engineContract, engineListenerContract } from '../protocol/engine.ts';
import { Peer } from '../protocol/peer.ts';
import type { PageParts } from '../core/export/html.ts';
import { Analyser } from './run/analyser.ts';
import { lastResort } from './process/last-resort.ts';
import type { ModelPlaces } from './store/models.ts';
import { pageParts } from './files/page-parts.ts';
import { endWithParent } from './process/parent-watch.ts';
import { Probes } from './service/probes.ts';
import { handlersOf } from './service/service.ts';
import { usualStore } from './store/store-folder.ts';

/** Minutes without a message or work after which the process ends by itself. */
const defaultIdleMinutes = 10;

/**
 * Where the process finds its models, when it ends, how much a model may take, and the language of its words: `--models
 * FOLDER --store FOLDER --idle MINUTES --memory BYTES --language TAG`, or (all but the last two) the environment.
 */
function choices(): { places: ModelPlaces; idleMinutes: number; memory: number | null; language: string } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { models: text, store: text, idle: text, memory: text, language: text },
    strict: false,
  });
  const memory = Number(values.memory);
  const models = values.models ?? process.env['TEXT_ATTENTION_MODELS'];
  const store = values.store ?? process.env['TEXT_ATTENTION_STORE'];
  const idle = Number(values.idle ?? process.env['TEXT_ATTENTION_IDLE_MINUTES'] ?? defaultIdleMinutes);
  return {
    places: {
      models:
        typeof models === 'string' && models !== '' ? models : fileURLToPath(new URL('../models', import.meta.url)),
      store: typeof store === 'string' && store !== '' ? store : usualStore(),
    },
    idleMinutes: Number.isFinite(idle) && idle > 0 ? idle : defaultIdleMinutes,
    memory: Number.isFinite(memory) && memory > 0 ? memory : null,
    language: typeof values.language === 'string' ? values.language : 'en',
  };
}

type Send = (message: unknown, done: () => void) => void;

/** The channel that `child_process.fork` opens; `used` is called with each message that comes or goes. */
function processPort(send: (message: unknown) => void, used: () => void): Port {
  return {
    post: (message) => {
      used();
      send(message);
    },
    listen: (listener) => {
      const receive = (message: unknown): void => {
        used();
        listener(message);
      };
      process.on('message', receive);
      return () => process.off('message', receive);
    },
  };
}

/** Serves whoever forked this process until it goes away, or until there has been nothing to do for a while. */
function serve(send: Send): void {
  const { places, idleMinutes, memory, language } = choices();
  speak(wordsIn(language));
  let idle: NodeJS.Timeout | undefined;
  const used = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => {
      if (peer.isWorking) used();
      else process.exit(0);
    }, idleMinutes * 60_000);
  };
  const analyser = new Analyser(places, (level, message) => peer.tell('log', { level, message }), memory);
  const probes = new Probes(analyser, {
    store: places.store,
    sentences: fileURLToPath(new URL('../media/probe/english.tsv', import.meta.url)),
  });
  const page = (): PageParts => pageParts(fileURLToPath(new URL('../dist/export', import.meta.url)));
  const handlers = handlersOf(analyser, places, page, probes);
  let sent: Promise<void> = Promise.resolve();
  const post = (message: unknown): void => {
    sent = new Promise((resolve) => {
      send(message, resolve);
    });
  };
  const peer = new Peer(processPort(post, used), engineContract, handlers, engineListenerContract);
  endWithParent();
  lastResort(async (reason, stack) => {
    peer.tell('log', { level: 'error', message: words().log.uncaught(stack) });
    peer.tell('dying', { detail: 'detail' in reason ? reason.detail : reason.code });
    await sent;
  });
  used();
}

const send = process.send?.bind(process);
if (send) {
  // A message that cannot be sent means that the other side is gone: 'disconnect' follows.
  serve((message, done) => send(message, undefined, undefined, done));
} else {
  process.stderr.write(words().terminal.notForTerminals);
  process.exitCode = 1;
}
