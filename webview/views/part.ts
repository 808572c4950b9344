import type { LitElement } from 'lit';

/** A part of what an element has drawn. Throws TypeError when there is none of that kind. */
export function partOf<E extends Element>(host: LitElement, selector: string, kind: new () => E): E {
  const part = host.renderRoot.querySelector(selector);
  if (part instanceof kind) return part;
  throw new TypeError(`${host.localName} has no ${selector}.`);
}
