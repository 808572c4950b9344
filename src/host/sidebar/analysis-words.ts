import { countText } from '../../core/attention/number-words.ts';
import { excerptOf } from '../../core/document/excerpt.ts';

/** What tells an analysis from others whose texts begin alike. Lines and columns count from 0. */
export interface Listed {
  readonly modelName: string;
  readonly tokenCount: number;
  readonly stale: boolean;
  /** The name of the file alone. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The target that was given; null where the model writes its own, or has none. */
  readonly target: string | null;
}

/**
 * What a list says beside the beginning of the text: `masked-lm-small · notes.md:3 · 11 tokens`, with the column where
 * others begin in the same line.
 */
export function listedWords(one: Listed, all: readonly Listed[]): string {
  const isAlone = all
    .filter(({ file, line }) => file === one.file && line === one.line)
    .every(({ column }) => column === one.column);
  return [
    ...(one.stale ? ['text changed'] : []),
    one.modelName,
    `${one.file}:${one.line + 1}${isAlone ? '' : `:${one.column + 1}`}`,
    ...(one.target === null ? [] : [`target “${excerptOf(one.target)}”`]),
    countText(one.tokenCount, 'token'),
  ].join(' · ');
}
