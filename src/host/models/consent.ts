import { nameOf } from '../../core/catalogue/hub-id.ts';
import type { DownloadPlan, Inventory } from '../../protocol/hub.ts';
import { askModal } from '../window/window.ts';
import { consentWords } from './consent-words.ts';

const download = 'Download';
const formats = 'Other Formats…';

/** Yes, or the wish for another number format first. */
export type Consent = 'download' | 'formats';

/**
 * Asks the person to agree to a plan. Resolves with their answer, null for no. Nothing has been fetched by then but the
 * plan.
 */
export async function consentTo(plan: DownloadPlan, { stored, folder, free }: Inventory): Promise<Consent | null> {
  const here = stored.find((model) => nameOf(model) === nameOf(plan));
  const arrived = here?.state === 'unfinished' ? here.bytes : 0;
  const words = consentWords(plan, { folder, arrived, free });
  const buttons = plan.dtypes.length > 1 ? [download, formats] : [download];
  const answer = await askModal('information', words, ...buttons);
  return answer === download ? 'download' : answer === formats ? 'formats' : null;
}
