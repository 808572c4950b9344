import type { HeadPlace } from '../../../src/core/attention/order.ts';
import type { Dot, LayerLayout } from '../../../src/core/views/layers/layout.ts';

/** Where a key leads from a head: left and right along its strip, up and down to the nearest head of the next strip. */
export function stepAlong(layout: LayerLayout, from: HeadPlace, key: string): HeadPlace {
  const strip = layout.strips[from.layer]?.dots ?? [];
  const at = strip.findIndex(({ head }) => head === from.head);
  const here = strip[at];
  if (!here) return from;
  const nearest = (layer: number): HeadPlace => {
    const dots = layout.strips[layer]?.dots ?? [];
    return dots.reduce<Dot>(
      (best, dot) => (best.layer !== layer || Math.abs(dot.x - here.x) < Math.abs(best.x - here.x) ? dot : best),
      here,
    );
  };
  switch (key) {
    case 'ArrowLeft':
      return strip[at - 1] ?? from;
    case 'ArrowRight':
      return strip[at + 1] ?? from;
    case 'ArrowUp':
      return nearest(from.layer - 1);
    case 'ArrowDown':
      return nearest(from.layer + 1);
    case 'Home':
      return strip[0] ?? from;
    case 'End':
      return strip.at(-1) ?? from;
    default:
      return from;
  }
}
