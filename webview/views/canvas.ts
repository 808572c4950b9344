/** A size in CSS pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Fits a canvas to a view and the screen's pixels, empty, and gives its context in CSS pixels. A clip lasts until its
 * state is restored, so each picture restores the one before.
 */
export function clearedContext(
  canvas: HTMLCanvasElement,
  { width, height }: Size,
  pixelRatio: number,
): CanvasRenderingContext2D | null {
  const size = { width: Math.round(width * pixelRatio), height: Math.round(height * pixelRatio) };
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.restore();
  context.save();
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
