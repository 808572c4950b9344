import { english as plain } from '../../../../src/core/words/english.ts';
import { pseudo } from '../../../unit/words/pseudo.ts';

/** What the panel of a test speaks in place of English. */
export const english = pseudo(plain);
