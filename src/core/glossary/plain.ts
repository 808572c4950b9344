import type { Block, Piece } from './page.ts';

/** Columns of a line. */
const width = 80;
const indent = '  ';

/** A page as lines of text, for a terminal: paragraphs broken at 80 columns, addresses of papers below their titles. */
export function plainText(blocks: readonly Block[]): string {
  return `${blocks.map(plainBlock).join('\n\n')}\n`;
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `${block.text}\n${'='.repeat(block.text.length)}`;
    case 'heading':
      return block.text;
    case 'formula':
      return `${indent}${block.text}`;
    case 'paragraph':
      return broken(block.pieces.map(textOf).join(''), '');
    case 'list':
      return block.items.some((item) => item.some(isPaper))
        ? [`${block.label}:`, ...block.items.map(plainPaper)].join('\n')
        : broken(`${block.label}: ${block.items.map((item) => item.map(textOf).join('')).join(', ')}`, '');
  }
}

function isPaper(piece: Piece): boolean {
  return typeof piece === 'object' && 'url' in piece;
}

function plainPaper(pieces: readonly Piece[]): string {
  const addresses = pieces.flatMap((piece) => (typeof piece === 'object' && 'url' in piece ? [piece.url] : []));
  return [
    broken(`${indent}${pieces.map(textOf).join('')}`, `${indent}${indent}`),
    ...addresses.map((url) => `${indent}${indent}${url}`),
  ].join('\n');
}

function textOf(piece: Piece): string {
  return typeof piece === 'string' ? piece : piece.text;
}

/** A text in lines of {@link width} columns at most, where its words fit; lines after the first begin with `hanging`. */
function broken(text: string, hanging: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) /u)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > width && line !== '') {
      lines.push(line);
      line = `${hanging}${word}`;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}
