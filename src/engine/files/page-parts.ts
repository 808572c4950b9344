import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AttentionError } from '../../core/errors/reason.ts';
import type { PageParts } from '../../core/export/html.ts';
import { messageOf } from './json-file.ts';

/**
 * Reads the script and the style sheet of exported pages from the folder where the build put them. Throws
 * `file-failed`.
 */
export function pageParts(folder: string): PageParts {
  const script = read(join(folder, 'page.js'));
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
