import type { LitElement } from 'lit';

/** A part of what an element has drawn. Throws TypeError when there is none of that kind. */
export function partOf<E extends Element>(host: LitElement, selector: string, kind: new () => E): E {
  const part = host.renderRoot.querySelector(selector);
  if (part instanceof kind) return part;
  throw new TypeError(`${host.localName} has no ${selector}.`);
}

/**
 * Brings an element into view. Where its component does not have the keyboard, only the part around the element that
 * scrolls is moved: the panel around, which is low at times, stays where the person looks.
 */
export function reveal(element: Element): void {
  if (hostOf(element)?.matches(':focus-within')) {
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return;
  }
  const scroller = scrollerOf(element);
  if (!scroller) return;
  const inner = element.getBoundingClientRect();
  const outer = scroller.getBoundingClientRect();
  scroller.scrollTop += moved(inner.top - outer.top, inner.bottom - outer.bottom);
  scroller.scrollLeft += moved(inner.left - outer.left, inner.right - outer.right);
}

/** The nearest part of the same component that scrolls, or the component itself. */
function scrollerOf(element: Element): Element | null {
  const scrolls = (each: Element): boolean => /auto|scroll/.test(getComputedStyle(each).overflow);
  for (let around = element.parentElement; around; around = around.parentElement) if (scrolls(around)) return around;
  const host = hostOf(element);
  return host && scrolls(host) ? host : null;
}

/** The component that an element is a part of. */
function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** How far to move so that neither end stands out; the beginning counts more. */
function moved(before: number, after: number): number {
  return before < 0 ? before : Math.max(0, Math.min(before, after));
}
