import * as vscode from 'vscode';
import { dtypes, type Dtype } from '../../core/catalogue/dtype.ts';
import { nameOf } from '../../core/catalogue/hub-id.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import type { DownloadPlan, Inventory } from '../../protocol/hub.ts';
import type { RowWords } from '../window/inert.ts';
import { askModal, pickRow } from '../window/window.ts';
import { consentWords } from './consent-words.ts';
import { dtypeWords } from './descriptions.ts';

/** Yes, or the wish for another number format first. */
export type Consent = 'download' | 'formats';

/**
 * Asks the person to agree to a plan. Resolves with their answer, null for no. Nothing has been fetched by then but the
 * plan.
 */
export async function consentTo(plan: DownloadPlan, { stored, folder, free }: Inventory): Promise<Consent | null> {
  const here = stored.find((model) => nameOf(model) === nameOf(plan));
  const received = here?.state === 'unfinished' ? here.bytes : 0;
  const words = consentWords(plan, { folder, received, free });
  const download = vscode.l10n.t('Download');
  const formats = vscode.l10n.t('Other Formats…');
  const buttons = plan.dtypes.length > 1 ? [download, formats] : [download];
  const answer = await askModal('information', words, ...buttons);
  return answer === download ? 'download' : answer === formats ? 'formats' : null;
}

interface FormatItem extends RowWords {
  readonly dtype: Dtype;
}

/** Lets the person choose among the number formats that the host has. Resolves with null when they left it. */
export async function chooseFormat(plan: DownloadPlan): Promise<Dtype | null> {
  const sorted = [...plan.dtypes].sort((a, b) => dtypes.indexOf(a.dtype) - dtypes.indexOf(b.dtype));
  const items = sorted.map(({ dtype, bytes, fits }): FormatItem => ({
    dtype,
    label: dtype,
    description: [
      sizeOf(bytes),
      ...(fits ? [] : [vscode.l10n.t('does not fit in memory')]),
      ...(dtype === plan.dtype ? [vscode.l10n.t('selected')] : []),
    ].join(' · '),
    detail: dtypeWords(dtype),
  }));
  const chosen = await pickRow(items, {
    title: vscode.l10n.t('Attention: Number Format of “{0}”', nameOf(plan)),
    placeholder: vscode.l10n.t('Number format (dtype) of the weights'),
    ignoreFocusOut: true,
  });
  return chosen?.dtype ?? null;
}
