import { aboutModel, catalogue, inCatalogue, type CatalogueModel } from '../../core/catalogue/catalogue.ts';
import { nameOf } from '../../core/catalogue/hub-id.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import { visibleLine, visibleName } from '../../core/text/foreign.ts';
import type { DownloadPlan, DownloadProgress, Inventory, StoredModel } from '../../protocol/hub.ts';
import { words } from '../../core/words/words.ts';

/**
 * The most characters of what a host wrote within a line: one that a terminal breaks in two could pass for two lines of
 * ours.
 */
const maxWords = 60;
const maxName = 100;
const maxCell = 200;

/** All that a person agrees to before a download, for a terminal. */
export function planWords(plan: DownloadPlan, store: string): string {
  const says = words().terminal;
  const others = plan.dtypes
    .filter(({ dtype }) => dtype !== plan.dtype)
    .map(({ dtype, bytes }) => `${dtype} ${sizeOf(bytes)}`);
  const size = [
    plan.family,
    plan.modelType === null ? null : visibleLine(plan.modelType, maxWords),
    plan.layers === null ? null : says.layers(plan.layers, plan.attending),
    plan.heads === null ? null : says.heads(plan.heads),
  ].filter((part) => part !== null);
  const known = inCatalogue(plan.id);
  const licence = plan.licence === null ? says.noLicence : visibleLine(plan.licence, maxWords);
  const rows: [string, string][] = [
    [says.plan.from, says.revision(visibleName(plan.host, maxName), plan.revision, plan.commit.slice(0, 12))],
    [says.plan.model, size.length > 0 ? size.join(', ') : says.noDescription],
    ...(known === null ? [] : [[says.plan.about, aboutModel(known)] satisfies [string, string]]),
    [says.plan.licence, plan.gated ? says.gated(licence) : licence],
    [says.plan.numbers, says.dtypes(plan.dtype, others)],
    ...plan.files.map(({ path, bytes, here }, index): [string, string] => [
      index === 0 ? says.plan.files : '',
      says.file(visibleName(path, maxName), sizeOf(bytes), here),
    ]),
    [says.plan.size, says.sizes(sizeOf(plan.totalBytes), sizeOf(plan.missingBytes))],
    [says.plan.into, store],
  ];
  return `${nameOf(plan)}\n${rows.map(([name, value]) => `  ${name.padEnd(8)} ${visibleLine(value)}`).join('\n')}\n`;
}

/** One line on how far a download is: it must stay one, since the next is written over it. */
export function progressLine({ stage, detail: file, done, total, bytesPerSecond }: DownloadProgress): string {
  const detail = visibleName(file, maxName);
  if (stage === 'waiting') return words().terminal.waiting(detail);
  const share = total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 100;
  const speed = bytesPerSecond === null ? null : sizeOf(Math.round(bytesPerSecond));
  return words().terminal.progress(sizeOf(done), sizeOf(total), share, speed, detail);
}

/** The models of this machine, and well-chosen ones that are not on it. */
export function inventoryWords({ builtIn, stored, folder, bytes, free }: Inventory): string {
  const says = words().terminal;
  const here = new Set(stored.map(({ id }) => id.toLowerCase()));
  const others = catalogue.filter(({ id }) => !here.has(id.toLowerCase()));
  return [
    says.builtIn,
    // There is nothing to choose: what their one file is named after is not what its numbers are stored as.
    ...columns(builtIn.map((model) => [model.id, model.family ?? '', sizeOf(model.bytes), model.licence ?? ''])),
    '',
    says.downloaded(sizeOf(bytes), folder, free === null ? null : sizeOf(free)),
    ...(stored.length > 0 ? columns(stored.map(storedRow)) : [`  ${says.none}`]),
    '',
    says.toDownload,
    ...columns(others.map((model) => [model.id, model.family, sizesOf(model), model.licence, aboutModel(model)])),
    '',
  ].join('\n');
}

function storedRow(model: StoredModel): string[] {
  const state = words().terminal.states[model.state];
  return [nameOf(model), model.family ?? '', sizeOf(model.bytes), model.dtypes.join(', '), model.licence ?? '', state];
}

/** The largest and the smallest form of a model of the catalogue. */
function sizesOf({ megabytes, derived }: CatalogueModel): string {
  const sizes = Object.values(megabytes);
  const says = words().terminal;
  const range = says.range(sizeOf(Math.min(...sizes) * 1e6), sizeOf(Math.max(...sizes) * 1e6));
  return derived ? says.aboutSize(range) : range;
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
