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
  readonly arrived: number;
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
export function consentWords(plan: DownloadPlan, { folder, arrived, free }: Destination): ConsentWords {
  const lines = [
    `From: ${plan.host}`,
    `Files: ${filesOf(plan)}`,
    ...(arrived > 0
      ? [`An earlier download was interrupted: it goes on from the ${sizeOf(arrived)} that have arrived.`]
      : []),
    `Number format: ${plan.dtype}${fits(plan) ? '' : ', whose weights do not fit the memory that a model may take here'}`,
    `Model: ${modelOf(plan)}`,
    `Licence: ${plan.licence === null ? "not stated; see the model's page" : visibleLine(plan.licence, maxWords)}`,
    ...(plan.gated ? ['Terms: the host gives it only to accounts that accepted them, and needs an access token.'] : []),
    `Kept in: ${folder}${free === null ? '' : ` (${sizeOf(free)} free)`}`,
    '',
    'Your texts are not sent anywhere: the model runs on this machine.',
  ];
  return {
    question: `Download ${sizeOf(plan.missingBytes)} for “${nameOf(plan)}”?`,
    detail: lines.map((line) => visibleLine(line, maxLine)),
  };
}

function filesOf({ files, totalBytes, missingBytes }: DownloadPlan): string {
  const missing = files.filter(({ here }) => !here);
  const largest = missing.reduce(
    (most, file) => (file.bytes > most.bytes ? file : most),
    missing[0] ?? { path: '', bytes: 0 },
  );
  const kept = missingBytes < totalBytes ? `; ${sizeOf(totalBytes - missingBytes)} are here already` : '';
  return (
    `${missing.length === 1 ? '1,' : `${missing.length}, the largest is`} ${visibleName(largest.path, maxWords)} ` +
    `(${sizeOf(largest.bytes)})${kept}`
  );
}

function fits({ dtype, dtypes }: DownloadPlan): boolean {
  return dtypes.find((choice) => choice.dtype === dtype)?.fits ?? true;
}

function modelOf({ family, modelType, layers, heads }: DownloadPlan): string {
  const kind =
    [modelType === null ? null : visibleLine(modelType, maxWords), family].filter((part) => part !== null).join(', ') ||
    'of unknown kind';
  return layers === null || heads === null ? kind : `${kind}, ${layers} layers of ${heads} heads`;
}
