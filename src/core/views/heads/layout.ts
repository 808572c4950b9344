/** Where the two columns are looked at from: the size of the view and how far it is scrolled, in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly scroll: number;
}

/**
 * One column of tokens. Row `i` lies at `i * rowHeight − offset` below `HeadLayout.top`; rows `first` to `last` are in
 * view.
 */
export interface Column {
  readonly count: number;
  readonly offset: number;
  readonly first: number;
  readonly last: number;
}

/** The head view in numbers, all in CSS pixels. */
export interface HeadLayout {
  readonly width: number;
  readonly height: number;
  readonly scroll: number;
  readonly top: number;
  readonly rowHeight: number;
  readonly contentHeight: number;
  readonly maxScroll: number;
  /** Right end of the tokens that look; the lines begin here. */
  readonly queryEdge: number;
  /** Left end of the tokens looked at; the lines end here. */
  readonly keyEdge: number;
  /** The room of a label; those of queries have more where they name two tokens. */
  readonly labelWidth: { readonly query: number; readonly key: number };
  /** Whether queries name what is read and what is written. */
  readonly named: boolean;
  readonly numberWidth: number;
  /** How far the lines of neighbouring heads stand apart; 0 where they meet at each token. */
  readonly fan: number;
  readonly query: Column;
  readonly key: Column;
}

const headerHeight = 34;
const bottomSpace = 10;
const minRow = 24;
const maxRow = 44;
const maxWidth = 680;
const sideSpace = 8;
/** The room that lines need to be followed. */
const minLines = 64;
const rowsAround = 2;
/** The room of the lines on paper, and that between a label and its column's edge. */
const paperLines = 240;
export const labelSpace = 6;
/** On paper the lines of all heads share so much of a row, and stand no further apart than so much. */
const fanHeight = 16;
const maxFan = 3;

/**
 * Lays out the view for so many tokens on each side. Both columns scroll together, each so far that its last token
 * comes into view just when the other's does; a column that fits stays where it is. `named` rows name two tokens and
 * get more room.
 */
export function layoutHeads(viewport: Viewport, queries: number, keys: number, named = false): HeadLayout {
  const { width, height, scroll } = viewport;
  const rows = Math.max(queries, keys, 1);
  const rowHeight = Math.min(maxRow, Math.max(minRow, Math.floor((height - headerHeight - bottomSpace) / rows)));
  const contentHeight = headerHeight + rows * rowHeight + bottomSpace;
  const maxScroll = Math.max(0, contentHeight - height);
  const progress = maxScroll > 0 ? Math.min(1, Math.max(0, scroll / maxScroll)) : 0;
  const column = (count: number): Column => {
    const offset = progress * Math.max(0, headerHeight + count * rowHeight + bottomSpace - height);
    const first = Math.max(0, Math.floor(offset / rowHeight) - rowsAround);
    const last = Math.min(count - 1, Math.ceil((offset + height - headerHeight) / rowHeight) + rowsAround);
    return { count, offset, first, last };
  };
  return {
    width,
    height,
    scroll,
    top: headerHeight,
    rowHeight,
    contentHeight,
    maxScroll,
    ...columnsAcross(width, named),
    named,
    fan: 0,
    query: column(queries),
    key: column(keys),
  };
}

function columnsAcross(
  width: number,
  named: boolean,
): Pick<HeadLayout, 'queryEdge' | 'keyEdge' | 'labelWidth' | 'numberWidth'> {
  const inner = Math.max(0, Math.min(maxWidth, width - 2 * sideSpace));
  const left = Math.round((width - inner) / 2);
  const numberWidth = inner < 320 ? 36 : 48;
  const key = Math.round(Math.min(150, Math.max(56, inner * 0.22)));
  const query = named ? Math.round(Math.min(240, inner * 0.36, inner - key - 2 * numberWidth - minLines)) : key;
  return {
    queryEdge: left + numberWidth + query,
    keyEdge: left + inner - numberWidth - key,
    labelWidth: { query, key },
    numberWidth,
  };
}

/**
 * Lays the view out on paper: as wide as its labels are in pixels, as high as its rows, and the lines of `heads` beside
 * each other, so that those that agree do not hide each other.
 */
export function layoutHeadsOnPaper(
  labels: { readonly query: number; readonly key: number },
  queries: number,
  keys: number,
  heads: number,
): HeadLayout {
  const width = 2 * (sideSpace + labelSpace) + labels.query + paperLines + labels.key;
  const height = headerHeight + Math.max(queries, keys, 1) * minRow + bottomSpace;
  return {
    ...layoutHeads({ width, height, scroll: 0 }, queries, keys),
    queryEdge: sideSpace + labels.query + labelSpace,
    keyEdge: width - sideSpace - labels.key - labelSpace,
    labelWidth: labels,
    numberWidth: 0,
    fan: heads < 2 ? 0 : Math.min(maxFan, fanHeight / heads),
  };
}

/** The middle of a row, in CSS pixels below the top of the view. */
export function rowMiddle(layout: HeadLayout, column: Column, index: number): number {
  return layout.top + (index + 0.5) * layout.rowHeight - column.offset;
}

/** How far to scroll so that a row of a column is wholly in view; the present position where it is already. */
export function scrollTo(layout: HeadLayout, column: Column, index: number, scroll: number): number {
  const range = layout.top + column.count * layout.rowHeight + bottomSpace - layout.height;
  if (range <= 0 || layout.maxScroll === 0) return scroll;
  const start = index * layout.rowHeight;
  const visible = layout.height - layout.top - bottomSpace;
  const offset = Math.min(start, Math.max(start + layout.rowHeight - visible, column.offset));
  return offset === column.offset ? scroll : (offset / range) * layout.maxScroll;
}
