import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AttentionError } from '../../core/errors/reason.ts';
import type { PageParts } from '../../core/export/html.ts';
import { words } from '../../core/words/words.ts';
import { messageOf } from './json-file.ts';

/**
 * Reads the script of exported pages in the language that is spoken, and their style sheet, from the folder where the
 * build put them. Throws `file-failed`.
 */
export function pageParts(folder: string): PageParts {
  const script = read(join(folder, `page.${words().tag}.js`));
  const style = read(join(folder, 'page.css'));
  return { script, scriptHash: hashOf(script), style, styleHash: hashOf(style) };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (thrown) {
    throw new AttentionError({ code: 'file-failed', file, detail: messageOf(thrown) }, { cause: thrown });
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
