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
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Hover, click, drag to pan, wheel to pan, wheel with Ctrl (which is what a touch pad sends for a pinch) and two
 * fingers to zoom, until `signal` is aborted. Wheels that have nothing to move are left to the page.
 */
export function followPointer(stage: HTMLElement, target: PointerTarget, signal: AbortSignal): void {
  const down = new Map<number, Point>();
  let dragged = 0;
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
    if (dragged >= clickReach) target.move(panned(target.layout(), before.x - now.x, before.y - now.y));
  };
  stage.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      if (down.size === 0) dragged = 0;
      down.set(event.pointerId, at(event));
      stage.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  stage.addEventListener(
    'pointermove',
    (event) => {
      const before = down.get(event.pointerId);
      if (before) drag(event, before);
      else target.point(cell(event));
    },
    { signal },
  );
  for (const end of ['pointerup', 'pointercancel'] as const)
    stage.addEventListener(end, (event) => down.delete(event.pointerId), { signal });
  stage.addEventListener(
    'pointerleave',
    () => {
      if (down.size === 0) target.point(null);
    },
    { signal },
  );
  stage.addEventListener(
    'click',
    (event) => {
      const pressed = dragged < clickReach ? cell(event) : null;
      if (pressed) target.press(pressed);
    },
    { signal },
  );
  stage.addEventListener('wheel', (event) => wheel(event, target, at(event)), { signal, passive: false });
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
