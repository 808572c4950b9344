import type { Dtype } from '../../core/catalogue/dtype.ts';
import { nameOf, parseHubId } from '../../core/catalogue/hub-id.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import type { DownloadProgress, HubRequest } from '../../protocol/hub.ts';
import { dtypeOption, wrong } from './command-line.ts';
import { downloadModel } from '../hub/download.ts';
import { environmentToken } from '../hub/host.ts';
import { Hub } from '../hub/hub.ts';
import { deleteModel, storedModel } from '../store/library.ts';
import { planDownload } from '../hub/plan.ts';
import { redacted } from '../hub/redact.ts';
import { inventoryOf } from '../store/inventory.ts';
import { writeWords } from './output.ts';
import { consents, oneArgument, readOptions, type Terminal, type TerminalCommand } from './terminal.ts';
import { inventoryWords, planWords, progressLine } from './words.ts';
import { words } from '../../core/words/words.ts';

const text = { type: 'string' } as const;

/** `models`: what is on this machine, and what could be. */
export const modelsCommand: TerminalCommand = async (args, terminal) => {
  const { positionals } = readOptions(args, {});
  if (positionals.length > 0) throw wrong('models', words().details.options.noArgument);
  await writeWords(terminal.output, inventoryWords(await inventoryOf(terminal.places)));
  return 0;
};

/** `download ID`: shows what would come, asks, and brings it. */
export const downloadCommand: TerminalCommand = async (args, terminal) => {
  const { values, argument: model } = oneArgument(args, 'ID', {
    dtype: text,
    host: text,
    yes: { type: 'boolean', short: 'y' },
  });
  const dtype = dtypeOption(values.dtype);
  const yes = values.yes === true;
  parseHubId(model);
  if (!yes && !terminal.input.isTTY) throw wrong('download', words().details.options.approval);
  const host = values.host ?? (terminal.env['HF_ENDPOINT'] || undefined);
  const request: HubRequest = {
    host: host ?? null,
    token: environmentToken(host, terminal.env),
    proxy: null,
    offline: false,
  };
  try {
    return await bring(
      { model, dtype, yes },
      new Hub({ host, token: request.token ?? undefined }, undefined, terminal.env),
      terminal,
    );
  } catch (thrown) {
    throw redacted(thrown, request);
  }
};

/** `delete ID`: deletes a downloaded model, or what has arrived of it. */
export const deleteCommand: TerminalCommand = async (args, { places: { store }, signal, output }) => {
  const { argument } = oneArgument(args, 'ID', {});
  const model = parseHubId(argument);
  const bytes = (await storedModel(store, model))?.bytes ?? 0;
  await deleteModel(store, argument, signal);
  await writeWords(output, words().terminal.deleted(nameOf(model), sizeOf(bytes)));
  return 0;
};

interface Wanted {
  readonly model: string;
  readonly dtype: Dtype | undefined;
  readonly yes: boolean;
}

async function bring({ model, dtype, yes }: Wanted, hub: Hub, terminal: Terminal): Promise<number> {
  const {
    places: { store },
    signal,
    output,
    errors,
  } = terminal;
  const plan = await planDownload(hub, { model, store, dtype }, signal);
  await writeWords(output, planWords(plan, store));
  if (!yes && plan.missingBytes > 0 && !(await consents(words().terminal.download, terminal))) {
    errors.write(words().terminal.declined);
    return 1;
  }
  const progress = reporter(errors);
  try {
    await downloadModel(plan, { hub, store, signal, report: progress.report });
  } catch (thrown) {
    if (reasonOf(thrown).code !== 'cancelled') throw thrown;
    progress.end();
    errors.write(words().terminal.downloadStopped);
    return terminal.stoppedStatus();
  } finally {
    progress.end();
  }
  await writeWords(output, words().terminal.ready(nameOf(plan)));
  return 0;
}

/** Progress as one line that is written over in a terminal; elsewhere one line for each file. */
function reporter(errors: NodeJS.WriteStream): {
  readonly report: (progress: DownloadProgress) => void;
  readonly end: () => void;
} {
  let said: string | null = null;
  return {
    report: (progress) => {
      if (errors.isTTY) errors.write(`\r\u001b[2K${progressLine(progress)}`);
      else if (progress.detail !== said) errors.write(`${progressLine(progress)}\n`);
      said = progress.detail;
    },
    end: () => {
      if (errors.isTTY && said !== null) errors.write('\n');
      said = null;
    },
  };
}
