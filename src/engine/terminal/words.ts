import { catalogue, inCatalogue } from '../../core/catalogue/catalogue.ts';
import { nameOf } from '../../core/catalogue/hub-id.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import { visibleLine, visibleName } from '../../core/text/foreign.ts';
import type { DownloadPlan, DownloadProgress, Inventory, StoredModel } from '../../protocol/hub.ts';

/**
 * The most characters of what a host wrote within a line: one that a terminal breaks in two could pass for two lines of
 * ours.
 */
const maxWords = 60;
const maxName = 100;
const maxCell = 200;

/** All that a person agrees to before a download, for a terminal. */
export function planWords(plan: DownloadPlan, store: string): string {
  const others = plan.dtypes
    .filter(({ dtype }) => dtype !== plan.dtype)
    .map(({ dtype, bytes }) => `${dtype} ${sizeOf(bytes)}`);
  const size = [
    plan.family,
    plan.modelType === null ? null : visibleLine(plan.modelType, maxWords),
    counted(plan.layers, 'layer'),
    counted(plan.heads, 'head'),
  ].filter((part) => part !== null);
  const about = inCatalogue(plan.id)?.about;
  const rows: [string, string][] = [
    ['from', `${visibleName(plan.host, maxName)}, revision ${plan.revision} (${plan.commit.slice(0, 12)})`],
    ['model', size.length > 0 ? size.join(', ') : 'its description does not say what it is'],
    ...(about === undefined ? [] : [['about', about] satisfies [string, string]]),
    [
      'licence',
      `${plan.licence === null ? 'not stated' : visibleLine(plan.licence, maxWords)}${plan.gated ? '; gated: only for accounts that accepted its terms' : ''}`,
    ],
    ['numbers', `${plan.dtype}${others.length > 0 ? ` (--dtype also takes ${others.join(', ')})` : ''}`],
    ...plan.files.map(({ path, bytes, here }, index): [string, string] => [
      index === 0 ? 'files' : '',
      `${visibleName(path, maxName)}  ${sizeOf(bytes)}${here ? ', here already' : ''}`,
    ]),
    ['size', `${sizeOf(plan.totalBytes)}, of which ${sizeOf(plan.missingBytes)} to download`],
    ['into', store],
  ];
  return `${nameOf(plan)}\n${rows.map(([name, value]) => `  ${name.padEnd(8)} ${visibleLine(value)}`).join('\n')}\n`;
}

/** One line on how far a download is: it must stay one, since the next is written over it. */
export function progressLine({ stage, detail: file, done, total, bytesPerSecond }: DownloadProgress): string {
  const detail = visibleName(file, maxName);
  if (stage === 'waiting') return `Waiting for ${detail}`;
  const share = total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 100;
  const speed = bytesPerSecond === null ? '' : `, ${sizeOf(Math.round(bytesPerSecond))}/s`;
  return `${sizeOf(done)} of ${sizeOf(total)} (${share} %)${speed}${detail === '' ? '' : `, ${detail}`}`;
}

/** The models of this machine, and well-chosen ones that are not on it. */
export function inventoryWords({ builtIn, stored, folder, bytes, free }: Inventory): string {
  const here = new Set(stored.map(({ id }) => id.toLowerCase()));
  const others = catalogue.filter(({ id }) => !here.has(id.toLowerCase()));
  return [
    'Built in',
    ...columns(
      builtIn.map((model) => [
        model.id,
        model.family ?? '',
        sizeOf(model.bytes),
        model.dtypes.join(', '),
        model.licence ?? '',
      ]),
    ),
    '',
    `Downloaded (${sizeOf(bytes)} in ${folder}${free === null ? '' : `, ${sizeOf(free)} free`})`,
    ...(stored.length > 0 ? columns(stored.map(storedRow)) : ['  none']),
    '',
    'To download (any other model of the hub that transformers.js loads will do, too)',
    ...columns(
      others.map(({ id, family, megabytes, licence, about }) => [id, family, sizesOf(megabytes), licence, about]),
    ),
    '',
  ].join('\n');
}

function storedRow(model: StoredModel): string[] {
  const state = {
    complete: '',
    damaged: 'damaged: download it again',
    unfinished: 'unfinished: download it again to go on',
  }[model.state];
  return [nameOf(model), model.family ?? '', sizeOf(model.bytes), model.dtypes.join(', '), model.licence ?? '', state];
}

/** The largest and the smallest form of a model of the catalogue. */
function sizesOf(megabytes: Readonly<Record<string, number>>): string {
  const sizes = Object.values(megabytes);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? sizeOf(most * 1e6) : `${sizeOf(least * 1e6)} to ${sizeOf(most * 1e6)}`;
}

/** Rows of cells, set in columns and indented. What stands in a cell may come from a model or a host. */
export function columns(cells: readonly (readonly string[])[]): string[] {
  const rows = cells.map((row) => row.map((cell) => visibleName(cell, maxCell)));
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}

function counted(count: number | null, what: string): string | null {
  return count === null ? null : `${count} ${what}${count === 1 ? '' : 's'}`;
}
