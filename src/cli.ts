import { fileURLToPath } from 'node:url';
import type { Analysis } from './core/attention/analysis.ts';
import { reasonOf } from './core/errors/reason.ts';
import { lineOf } from './core/errors/sentence.ts';
import { exportOf } from './core/export/export-of.ts';
import type { Focus } from './core/export/focus.ts';
import { textFormats, type TextFormat } from './core/export/format.ts';
import { Analyser } from './engine/analyser.ts';
import { wrong } from './engine/command-line.ts';
import { writeFileWhole, writeStream } from './engine/output.ts';
import { pageParts } from './engine/page-parts.ts';
import { usualStore } from './engine/store-folder.ts';
import { checkCommand } from './engine/terminal/check-command.ts';
import { requestOf, requestOptions, type TerminalRequest } from './engine/terminal/request.ts';
import { deleteCommand, downloadCommand, modelsCommand } from './engine/terminal/store-commands.ts';
import { readOptions, type Terminal, type TerminalCommand } from './engine/terminal/terminal.ts';

const help = `Text Attention: what a transformer looks at, for one text.

node dist/cli.cjs [options] TEXT        TEXT is the text itself, or - to read it from standard input
node dist/cli.cjs models                the models on this machine, and well-chosen ones to download
node dist/cli.cjs download ID           shows what a model of the hub consists of, asks, and downloads it
node dist/cli.cjs delete ID             deletes a downloaded model
node dist/cli.cjs check [options] TEXT  compares what a model says with and without its attention exposed (table or json)
                                        (a TEXT that is one of these words goes behind --)

  --model ID|DIR    a built-in model, a downloaded one (organisation/name) or the folder of one (default: masked-lm-small)
  --dtype DTYPE     fp32, q8, fp16, … where the model has several (default: the most exact that fits the memory); for download, too
  --pair TEXT       the second text of a sentence pair, for encoders
  --target TEXT     the target of an encoder-decoder; without it the model writes one
  --continue N      let the model write up to N tokens after the text, or after the target of an encoder-decoder
  --seed S          draw those tokens instead of taking the likeliest; the same seed draws the same ones
  --temperature T   draw with logits divided by T (default: the model's own, or 1); --top-k K and --top-p P draw from
                    the likeliest alone
  --user TEXT       a message to a chat model in place of TEXT, with --system TEXT before it
  --chat FILE       a whole conversation: JSON, [{"role": "user", "content": "…"}, …]
  --memory BYTES    the most memory that the model and its attention may take (default: what the machine has to spare)
  --layer N         the layer to show, from 0 (json and npz hold all of them, html too but opens with this one)
  --head N          the head to show, from 0 (likewise)
  --format FORMAT   table (default: the strongest links, for eyes), csv (a record for every weight), csv-matrix (queries down,
                    keys across), html (a page to look at, which needs nothing else), json, npz (for numpy.load),
                    svg (the head view), svg-matrix, svg-model (all heads), svg-layers
  --out FILE        write to FILE instead of standard output
  --help            show this

download also takes --yes (do not ask) and --host URL (a mirror of the hub). Models lie in TEXT_ATTENTION_STORE, else in the cache
folder of the user. A token for gated models is taken from HF_TOKEN, a proxy from HTTPS_PROXY. Nothing else uses the network.
`;

/** What the command line asks for. */
interface Command extends TerminalRequest {
  readonly focus: Focus;
  readonly format: TextFormat;
  readonly out: string | undefined;
}

/** Reads the command line; null when it asks for help. Throws `argument-invalid`. */
function commandOf(args: readonly string[]): Command | null {
  const text = { type: 'string' } as const;
  const { values, positionals } = readOptions(args, { ...requestOptions, layer: text, head: text, format: text, out: text, help: { type: 'boolean', short: 'h' } });
  if (values.help) return null;
  const format = textFormats.find((name) => name === (values.format ?? 'table'));
  if (!format) throw wrong('--format', `“${values.format ?? ''}” is none of ${textFormats.join(', ')}`);
  const focus = focusOf(indexOf('--layer', values.layer), indexOf('--head', values.head));
  return { ...requestOf(values, positionals), focus, format, out: values.out };
}

function indexOf(argument: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  if (!/^\d{1,9}$/.test(value)) throw wrong(argument, `“${value}” is no number that counts from 0`);
  return Number(value);
}

function focusOf(layer: number | null, head: number | null): Focus {
  return { map: null, layer, heads: head === null ? null : [head] };
}

/** Layers and heads that no map has are refused before anything is written. */
function checkFocus({ maps }: Analysis, { layer, heads: chosen }: Focus): void {
  const head = chosen?.[0] ?? null;
  for (const { name, shape: [layers, heads] } of maps) {
    if (layer !== null && layer >= layers) throw wrong('--layer', `there is no layer ${layer}, the map “${name}” has ${layers}, counted from 0`);
    if (head !== null && head >= heads) throw wrong('--head', `there is no head ${head}, the map “${name}” has ${heads}, counted from 0`);
  }
}

const commands: Readonly<Record<string, TerminalCommand>> = { models: modelsCommand, download: downloadCommand, delete: deleteCommand, check: checkCommand };

async function analyse(args: readonly string[], { places, signal, output }: Terminal): Promise<number> {
  const command = commandOf(args);
  if (!command) {
    await writeStream(output, [help]);
    return 0;
  }
  if (command.format === 'npz' && command.out === undefined && output.isTTY) {
    throw wrong('--format npz', 'this would write binary data to the terminal; add --out FILE or a pipe');
  }
  const analyser = new Analyser(places, () => undefined, command.memory);
  try {
    const analysis = await analyser.analyse(command.request, { signal, report: () => undefined });
    checkFocus(analysis, command.focus);
    const parts = exportOf(command.format, analysis, command.focus, () => pageParts(fileURLToPath(new URL('../dist/export', import.meta.url))));
    if (command.out === undefined) await writeStream(output, parts);
    else writeFileWhole(command.out, parts);
    return 0;
  } finally {
    await analyser.dispose();
  }
}

function run(args: readonly string[]): Promise<number> {
  const [name = '', ...rest] = args;
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  const { env, stdin: input, stdout: output, stderr: errors } = process;
  const models = env['TEXT_ATTENTION_MODELS'] || fileURLToPath(new URL('../models', import.meta.url));
  const store = env['TEXT_ATTENTION_STORE'] || usualStore();
  const terminal = { places: { models, store }, signal: cancel.signal, env, input, output, errors };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command && !rest.some((arg) => arg === '--help' || arg === '-h')) return command(rest, terminal);
  return analyse(command ? ['--help'] : args, terminal);
}

run(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
}, (thrown: unknown) => {
  const reason = reasonOf(thrown);
  // Who presses Ctrl-C knows why; 130 is what shells expect then.
  process.stderr.write(reason.code === 'cancelled' ? 'Stopped.\n' : `${lineOf(reason, 'terminal')}\n`);
  process.exitCode = reason.code === 'cancelled' ? 130 : 1;
});
