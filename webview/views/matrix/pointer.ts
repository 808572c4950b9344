import {
  cellAt,
  panned,
  zoomed,
  type Camera,
  type Cell,
  type MatrixLayout,
} from '../../../src/core/views/matrix/layout.ts';

/** Moves of the pointer shorter than this, in CSS pixels, still make a click. */
const clickReach = 4;
/** Zoom of one CSS pixel of a wheel, which is a hundredth of a notch. */
const wheelZoom = 0.0025;
/** Pixels that a wheel which counts in lines means by one. */
const lineHeight = 16;

/** What the pointer works on, and whom it tells. */
export interface PointerTarget {
  layout(): MatrixLayout;
  move(camera: Camera): void;
  point(cell: Cell | null): void;
  press(cell: Cell): void;
  /** A cell is dragged so many CSS pixels up, or no longer; false where it cannot be. */
  pull?(cell: Cell | null, up: number): boolean;
  /** A cell that was dragged is let go. */
  drop?(cell: Cell, up: number): void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The cell that is dragged up or down, where there is nothing to pan, or with Alt. */
class HeldCell {
  readonly #target: PointerTarget;
  #held: { readonly cell: Cell; readonly y: number } | null = null;
  #isPulled = false;

  constructor(target: PointerTarget) {
    this.#target = target;
  }

  take(cell: Cell | null, y: number, isMeant: boolean): void {
    const { most } = this.#target.layout();
    this.#held = cell && (isMeant || (most.x === 0 && most.y === 0)) ? { cell, y } : null;
  }

  /** Whether a cell is dragged now, and the picture is not. */
  drag(y: number): boolean {
    if (this.#held) this.#isPulled = this.#target.pull?.(this.#held.cell, this.#held.y - y) ?? false;
    return this.#isPulled;
  }

  drop(y: number, isMeant: boolean): void {
    const [held, wasPulled] = [this.#held, this.#isPulled];
    [this.#held, this.#isPulled] = [null, false];
    if (!held || !wasPulled) return;
    this.#target.pull?.(null, 0);
    if (isMeant) this.#target.drop?.(held.cell, held.y - y);
  }
}

/**
 * Hover, click, drag to pan, drag of a cell where there is nothing to pan (else with Alt), wheel to pan, wheel with Ctrl (which is what a touch pad sends for a pinch) and two
 * fingers to zoom, until `signal` is aborted. Wheels that have nothing to move are left to the page.
 */
export function followPointer(stage: HTMLElement, target: PointerTarget, signal: AbortSignal): void {
  const down = new Map<number, Point>();
  let dragged = 0;
  const held = new HeldCell(target);
  const at = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const cell = (event: MouseEvent): Cell | null => {
    const { x, y } = at(event);
    return cellAt(target.layout(), x, y);
  };
  const drag = (event: PointerEvent, before: Point): void => {
    const now = at(event);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    dragged += Math.hypot(now.x - before.x, now.y - before.y);
    down.set(event.pointerId, now);
    if (other)
      return target.move(
        zoomed(target.layout(), distance(now, other) / Math.max(1, distance(before, other)), middle(now, other)),
      );
    if (dragged < clickReach) return;
    if (held.drag(now.y)) return;
    target.move(panned(target.layout(), before.x - now.x, before.y - now.y));
  };
  const on = <K extends keyof HTMLElementEventMap>(name: K, heard: (event: HTMLElementEventMap[K]) => void): void =>
    stage.addEventListener(name, heard, { signal, passive: false });
  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    if (down.size === 0) dragged = 0;
    down.set(event.pointerId, at(event));
    held.take(cell(event), at(event).y, event.altKey);
    stage.setPointerCapture(event.pointerId);
  });
  on('pointermove', (event) => {
    const before = down.get(event.pointerId);
    if (before) drag(event, before);
    else target.point(cell(event));
  });
  for (const end of ['pointerup', 'pointercancel'] as const)
    on(end, (event) => {
      down.delete(event.pointerId);
      held.drop(at(event).y, end === 'pointerup');
    });
  on('pointerleave', () => {
    if (down.size === 0) target.point(null);
  });
  on('click', (event) => {
    const pressed = dragged < clickReach ? cell(event) : null;
    if (pressed) target.press(pressed);
  });
  on('wheel', (event) => wheel(event, target, at(event)));
}

function wheel(event: WheelEvent, target: PointerTarget, at: Point): void {
  const layout = target.layout();
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : lineHeight;
  const [x, y] =
    event.shiftKey && event.deltaX === 0 ? [event.deltaY * unit, 0] : [event.deltaX * unit, event.deltaY * unit];
  const camera = event.ctrlKey || event.metaKey ? zoomed(layout, Math.exp(-y * wheelZoom), at) : panned(layout, x, y);
  const moved = camera.x !== layout.camera.x || camera.y !== layout.camera.y;
  if (event.ctrlKey || event.metaKey || moved) event.preventDefault();
  if (event.ctrlKey || event.metaKey || moved) target.move(camera);
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
