import { words } from '../../core/words/words.ts';
import type { Block, Piece } from '../../core/glossary/page.ts';
import type { TermId } from '../../core/glossary/terms.ts';
import { joined, Markdown, markdown } from '../window/markdown.ts';

/** A page of the glossary as Markdown; terms lead to their headings where the page has them. */
export function pageMarkdown(blocks: readonly Block[]): string {
  const here = new Set(blocks.flatMap((block) => (block.kind === 'heading' && block.term ? [block.term] : [])));
  return `${
    joined(
      blocks.map((block) => blockMarkdown(block, here)),
      '\n\n',
    ).text
  }\n`;
}

/** The end of an address that leads to a term: its heading as Markdown previews of VS Code name it. */
export function fragmentOf(term: TermId): string {
  return words().glossary.terms[term].name.toLowerCase().replace(/\s+/gu, '-');
}

function blockMarkdown(block: Block, here: ReadonlySet<TermId>): Markdown {
  switch (block.kind) {
    case 'title':
      return markdown`# ${block.text}`;
    case 'heading':
      return markdown`## ${block.text}`;
    case 'formula':
      return markdown`> ${block.text}`;
    case 'paragraph':
      return piecesMarkdown(block.pieces, here);
    case 'list':
      return joined(
        [markdown`**${block.label}**\n`, ...block.items.map((item) => markdown`- ${piecesMarkdown(item, here)}`)],
        '\n',
      );
  }
}

function piecesMarkdown(pieces: readonly Piece[], here: ReadonlySet<TermId>): Markdown {
  return joined(
    pieces.map((piece) => {
      if (typeof piece === 'string') return markdown`${piece}`;
      if ('url' in piece) return markdown`[${piece.text}](${new Markdown(piece.url)})`;
      return here.has(piece.term)
        ? markdown`[${piece.text}](${new Markdown(`#${encodeURIComponent(fragmentOf(piece.term))}`)})`
        : markdown`${piece.text}`;
    }),
    '',
  );
}
