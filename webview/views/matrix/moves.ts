import { restingCamera, type Camera, type Cell } from '../../../src/core/views/matrix/layout.ts';
import type { ScrollState } from '../../../src/protocol/layout.ts';
import { initialScroll } from '../../state/saved.ts';

/** How many rows and columns there are, and how many rows a page is. */
export interface Extent {
  readonly queries: number;
  readonly keys: number;
  readonly page: number;
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** How much a key zooms: a factor, 0 for as large as fits, null for other keys. */
export function zoomOf({ key, ctrlKey, metaKey, altKey }: Key): number | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === '+' || key === '=') return 1.25;
  if (key === '-') return 0.8;
  return key === '0' ? 0 : null;
}

/**
 * The cell that a key leads to, as in any grid: arrows by one, Home and End in the row (with Ctrl or ⌘ in the whole
 * matrix), Page Up and Page Down by a page. Null for other keys.
 */
export function stepped(
  { key, ctrlKey, metaKey, altKey }: Key,
  from: Cell,
  { queries, keys, page }: Extent,
): Cell | null {
  const whole = ctrlKey || metaKey;
  if (altKey || (whole && key !== 'Home' && key !== 'End')) return null;
  const to = (query: number, at: number): Cell => ({ query: clamp(query, queries), key: clamp(at, keys) });
  switch (key) {
    case 'ArrowUp':
      return to(from.query - 1, from.key);
    case 'ArrowDown':
      return to(from.query + 1, from.key);
    case 'ArrowLeft':
      return to(from.query, from.key - 1);
    case 'ArrowRight':
      return to(from.query, from.key + 1);
    case 'Home':
      return to(whole ? 0 : from.query, 0);
    case 'End':
      return to(whole ? queries - 1 : from.query, keys - 1);
    case 'PageUp':
      return to(from.query - page, from.key);
    case 'PageDown':
      return to(from.query + page, from.key);
    default:
      return null;
  }
}

function clamp(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value));
}

/** The camera at a scroll state. */
export function cameraAt({ scroll, across = 0, size }: ScrollState): Camera {
  return size === undefined ? restingCamera : { cell: size, x: across, y: scroll };
}

/** From where a camera looks. */
export function scrollStateOf({ cell, x, y }: Camera): ScrollState {
  return cell === null ? initialScroll : { scroll: Math.max(0, y), across: Math.max(0, x), size: cell };
}
