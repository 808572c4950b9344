import { fileURLToPath } from 'node:url';
import { reasonOf, type Reason } from './core/errors/reason.ts';
import { lineOf } from './core/errors/sentence.ts';
import { speak, words, wordsIn } from './core/words/words.ts';
import { lastResort, stackOf } from './engine/process/last-resort.ts';
import { usualStore } from './engine/store/store-folder.ts';
import { analyseOptions } from './engine/terminal/analyse-options.ts';
import { Stops } from './engine/terminal/stops.ts';
import { readOptions, type Terminal, type TerminalCommand } from './engine/terminal/terminal.ts';
import { supervise, supervisor, work } from './engine/terminal/worker.ts';
import { appendFileSync } from 'node:fs';

type Load = () => Promise<TerminalCommand>;

/** What is run where no command is named. */
const analyse: Load = async () => (await import('./engine/terminal/analyse-command.ts')).analyseCommand;

/** Commands that run models: each in a process of its own, which can be ended at once. */
const supervised: Readonly<Record<string, Load>> = {
  block: async () => (await import('./engine/terminal/block-command.ts')).blockCommand,
  compare: async () => (await import('./engine/terminal/compare-command.ts')).compareCommand,
  check: async () => (await import('./engine/terminal/check-command.ts')).checkCommand,
  effects: async () => (await import('./engine/terminal/effects-command.ts')).effectsCommand,
  explain: async () => (await import('./engine/terminal/explain-command.ts')).explainCommand,
  heads: async () => (await import('./engine/terminal/heads-command.ts')).headsCommand,
  parts: async () => (await import('./engine/terminal/parts-command.ts')).partsCommand,
  lesson: async () => (await import('./engine/terminal/lesson-command.ts')).lessonCommand,
};

/**
 * The commands by name, each loaded when it is asked for: a process that only supervises another should start quickly.
 */
const commands: Readonly<Record<string, Load>> = {
  models: async () => (await import('./engine/terminal/store-commands.ts')).modelsCommand,
  download: async () => (await import('./engine/terminal/store-commands.ts')).downloadCommand,
  delete: async () => (await import('./engine/terminal/store-commands.ts')).deleteCommand,
  glossary: async () => (await import('./engine/terminal/glossary-command.ts')).glossaryCommand,
  ...supervised,
};

/** Splits the command line into a command, `analyse` where none is named, and its arguments. */
function commandOf(args: readonly string[]): { load: Load; rest: readonly string[] } {
  const [name = '', ...rest] = args;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return load ? { load, rest } : { load: analyse, rest: args };
}

function terminal(stops: Pick<Terminal, 'signal' | 'stoppedStatus'>, owner: number): Terminal {
  const { env } = process;
  const models = env['TEXT_ATTENTION_MODELS'] || fileURLToPath(new URL('../models', import.meta.url));
  const store = env['TEXT_ATTENTION_STORE'] || usualStore();
  const page = fileURLToPath(new URL('../dist/export', import.meta.url));
  return {
    places: { models, store, relative: true },
    page,
    sentences: fileURLToPath(new URL('../media/probe/english.tsv', import.meta.url)),
    ...stops,
    owner,
    env,
    // Looked up late: Node lets nobody wait for standard input once it was looked at, and the worker shares it.
    get input() {
      return process.stdin;
    },
    output: process.stdout,
    errors: process.stderr,
  };
}

async function run(args: readonly string[], stops: Stops, note: (details: string) => void): Promise<number> {
  const { load, rest } = commandOf(args);
  const values = load === analyse ? readOptions(rest, analyseOptions).values : null;
  if (values?.help ?? rest.some((arg) => arg === '--help' || arg === '-h')) {
    const { writeWords } = await import('./engine/terminal/output.ts');
    await writeWords(process.stdout, words().terminal.help);
    return 0;
  }
  if (load === analyse || Object.values(supervised).includes(load)) {
    return supervise({ file: fileURLToPath(import.meta.url), args, out: values?.out, signal: stops.signal, note });
  }
  const command = await load();
  return command(rest, terminal({ signal: stops.signal, stoppedStatus: () => stops.status }, process.pid));
}

/** The whole program as a person starts it. */
function start(args: readonly string[]): void {
  const stops = new Stops();
  const note = noteIn(process.env);
  const tell = (reason: Reason, stack: string | null): void => {
    if (stack !== null) note(stack);
    process.stderr.write(`${lineOf(reason, 'terminal')}\n`);
  };
  lastResort(tell);
  run(args, stops, note).then(
    (status) => {
      process.exitCode = status;
    },
    (thrown: unknown) => {
      const reason = reasonOf(thrown);
      // Who presses Ctrl-C knows why.
      if (reason.code === 'cancelled') process.stderr.write(`${words().terminal.stopped}\n`);
      else tell(reason, reason.code === 'unexpected' ? stackOf(thrown) : null);
      process.exitCode = reason.code === 'cancelled' ? stops.status : 1;
    },
  );
}

speak(wordsIn(Intl.DateTimeFormat().resolvedOptions().locale));
const args = process.argv.slice(2);
const owner = supervisor(process.env);
if (owner === null) start(args);
else {
  const { load, rest } = commandOf(args);
  // Whoever supervises this process ends it: nothing has to be aborted here.
  const never = { signal: new AbortController().signal, stoppedStatus: () => 1 };
  void work(async () => (await load())(rest, terminal(never, owner)));
}

/** Keeps the details of errors in the file that TEXT_ATTENTION_LOG names; nowhere without it. */
function noteIn(env: Readonly<Record<string, string | undefined>>): (details: string) => void {
  const file = env['TEXT_ATTENTION_LOG'];
  return (details) => {
    if (!file || details.trim() === '') return;
    try {
      appendFileSync(file, `${new Date().toISOString()} ${details.trimEnd()}\n`);
    } catch {
      // The error itself is told; a log that cannot be written must not hide it.
    }
  };
}
