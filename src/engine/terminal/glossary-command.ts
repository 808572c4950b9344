import { entryOf, termNamed } from '../../core/glossary/entry.ts';
import { entryBlocks, glossaryPage, limitsPage, type Block } from '../../core/glossary/page.ts';
import { plainText } from '../../core/glossary/plain.ts';
import { words } from '../../core/words/words.ts';
import { wrong } from './command-line.ts';
import { writeWords } from './output.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';

/** `glossary [TERM]`: a term, or all of them; `glossary --limits`: what attention can and cannot tell. */
export const glossaryCommand: TerminalCommand = async (args, { output }) => {
  const { values, positionals } = readOptions(args, { limits: { type: 'boolean' } });
  await writeWords(output, plainText(pageOf(positionals.join(' '), values.limits ?? false)));
  return 0;
};

/** Throws `argument-invalid` for what is no term. */
function pageOf(asked: string, isLimits: boolean): readonly Block[] {
  if (isLimits) return limitsPage();
  if (asked === '') return glossaryPage();
  const term = termNamed(asked);
  if (term === null) throw wrong('TERM', words().glossary.none(asked));
  return entryBlocks(entryOf(term));
}
