import { setImmediate } from 'node:timers/promises';
import type { Analysis } from '../../core/attention/analysis.ts';
import { weightCount } from '../../core/attention/map.ts';
import { firstView, type ViewState } from '../../core/attention/view.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import { AttentionError, reasonOf } from '../../core/errors/reason.ts';
import { joined } from '../../core/picture/bytes.ts';
import { exportOf, type More } from '../../core/export/export-of.ts';
import type { Focus } from '../../core/scene/focus.ts';
import type { FileFormat } from '../../core/export/format.ts';
import type { PageParts } from '../../core/export/html.ts';
import type { Work } from '../../protocol/contract.ts';
import { checkpoint } from '../process/stage.ts';
import { words } from '../../core/words/words.ts';

/** Files above this do not cross the border between processes; the command line writes them piece by piece. */
const maxBytes = 256 << 20;
/** After so many bytes the process looks up: it tells how far it is, and whether it was cancelled. */
const turn = 1 << 20;
/** Least bytes that a weight takes, where that can be told before anything is written. */
const bytesAWeight: Partial<Record<FileFormat, number>> = { npz: 4, json: 16 / 3, html: 4 / 3 };

/**
 * An analysis as the bytes of a file, see {@link exportOf}, made in turns so that a cancel stops it. Throws
 * `cancelled`, `export-too-large`, and `argument-invalid` when there is no such map, layer or head.
 */
export async function exportBytes(
  analysis: Analysis,
  format: FileFormat,
  focus: Focus,
  page: () => PageParts,
  { signal, report }: Work,
  state: ViewState = firstView,
  more: More = {},
): Promise<ArrayBuffer> {
  checkSize(analysis.maps.reduce((sum, map) => sum + weightCount(map.shape), 0) * (bytesAWeight[format] ?? 0));
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let text = '';
  let done = 0;
  let next = turn;
  const flush = (): void => {
    if (text !== '') parts.push(encoder.encode(text));
    text = '';
  };
  for (const part of partsOf(format, analysis, focus, page, state, more)) {
    if (typeof part === 'string') text += part;
    else parts.push(part);
    done += part.length;
    if (done < next) continue;
    flush();
    checkSize(done);
    report({ stage: words().stages.exporting, done });
    next = done + turn;
    await setImmediate();
    checkpoint(signal);
  }
  flush();
  return joined(parts).buffer;
}

function* partsOf(
  format: FileFormat,
  analysis: Analysis,
  focus: Focus,
  page: () => PageParts,
  state: ViewState,
  more: More,
): Generator<string | Uint8Array> {
  try {
    yield* exportOf(format, analysis, focus, page, state, more);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    const { detail } = { detail: '', ...reasonOf(thrown) };
    throw new AttentionError(
      { code: 'argument-invalid', argument: 'export', detail: detail.replace(/\.$/, '') },
      { cause: thrown },
    );
  }
}

function checkSize(bytes: number): void {
  if (bytes > maxBytes) throw new AttentionError({ code: 'export-too-large', max: sizeOf(maxBytes) });
}
