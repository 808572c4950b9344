import { l10n } from 'vscode';
import { nameOf } from '../../core/catalogue/hub-id.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import { visibleLine, visibleName } from '../../core/text/foreign.ts';
import type { DownloadPlan } from '../../protocol/hub.ts';

/** What a person is asked before a download: a question, and all that they need to know to answer it. */
export interface ConsentWords {
  readonly question: string;
  /** Line by line: what a host wrote never makes a line of its own. */
  readonly detail: readonly string[];
}

/** Where a download would go, and what the disk holds of the model already. */
export interface Destination {
  readonly folder: string;
  /** Bytes of an unfinished download of the same model. */
  readonly received: number;
  /** Bytes that the disk has left; null where it does not say. */
  readonly free: number | null;
}

/**
 * The most characters of a line, and of what a host wrote within it: a line that breaks in the window could pass for
 * two.
 */
const maxLine = 500;
const maxWords = 80;

/** The words of the consent to a plan: host, files, size, number format, licence, terms and place. */
export function consentWords(plan: DownloadPlan, { folder, received, free }: Destination): ConsentWords {
  const lines = [
    l10n.t('From: {0}', plan.host),
    l10n.t('Files: {0}', filesOf(plan)),
    ...(received > 0 ? [l10n.t('An earlier download was interrupted: it continues after {0}.', sizeOf(received))] : []),
    fits(plan)
      ? l10n.t('Number format: {0}', plan.dtype)
      : l10n.t('Number format: {0}, whose weights do not fit in the available memory', plan.dtype),
    l10n.t('Model: {0}', modelOf(plan)),
    plan.licence === null
      ? l10n.t('Licence: not stated; see the model’s page')
      : l10n.t('Licence: {0}', visibleLine(plan.licence, maxWords)),
    ...(plan.gated ? [l10n.t('Terms: access only for accounts that accepted them; needs an access token.')] : []),
    free === null ? l10n.t('Kept in: {0}', folder) : l10n.t('Kept in: {0} ({1} free)', folder, sizeOf(free)),
    '',
    l10n.t('Your texts are not sent anywhere: the model runs on this machine.'),
  ];
  return {
    question: l10n.t('Download {0} for “{1}”?', sizeOf(plan.missingBytes), nameOf(plan)),
    detail: lines.map((line) => visibleLine(line, maxLine)),
  };
}

function filesOf({ files, totalBytes, missingBytes }: DownloadPlan): string {
  const missing = files.filter(({ here }) => !here);
  const largest = missing.reduce(
    (most, file) => (file.bytes > most.bytes ? file : most),
    missing[0] ?? { path: '', bytes: 0 },
  );
  const name = visibleName(largest.path, maxWords);
  const wanted =
    missing.length === 1
      ? l10n.t({
          message: '1, {0} ({1})',
          args: [name, sizeOf(largest.bytes)],
          comment: ['The one file, and its size'],
        })
      : l10n.t('{0}, the largest is {1} ({2})', missing.length, name, sizeOf(largest.bytes));
  const kept = totalBytes - missingBytes;
  return kept > 0 ? `${wanted}; ${l10n.t('{0} already downloaded', sizeOf(kept))}` : wanted;
}

function fits({ dtype, dtypes }: DownloadPlan): boolean {
  return dtypes.find((choice) => choice.dtype === dtype)?.fits ?? true;
}

function modelOf({ family, modelType, layers, heads, attending }: DownloadPlan): string {
  const kind =
    [modelType === null ? null : visibleLine(modelType, maxWords), family].filter((part) => part !== null).join(', ') ||
    l10n.t('unknown type');
  if (layers === null || heads === null) return kind;
  return attending === null
    ? l10n.t('{0}, {1} layers of {2} heads', kind, layers, heads)
    : l10n.t('{0}, {1} layers, of which {2} have attention, of {3} heads', kind, layers, attending, heads);
}
