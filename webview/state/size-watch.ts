import type { LitElement, ReactiveController } from 'lit';

/**
 * Watches the inner size of a part of an element, in CSS pixels, from its first rendering on, and renders the element
 * anew when it changes.
 */
export class SizeWatch implements ReactiveController {
  readonly #host: LitElement;
  readonly #part: () => Element;
  readonly #watch = new ResizeObserver(() => this.#measure());
  #size = { width: 0, height: 0 };

  constructor(host: LitElement, part: () => Element) {
    this.#host = host;
    this.#part = part;
    host.addController(this);
  }

  /** The size that was last measured; 0 × 0 before the first rendering. */
  get size(): { readonly width: number; readonly height: number } {
    return this.#size;
  }

  hostConnected(): void {
    void this.#host.updateComplete.then(() => {
      if (this.#host.isConnected) this.#watch.observe(this.#part());
    });
  }

  hostDisconnected(): void {
    this.#watch.disconnect();
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.#part();
    if (width === this.#size.width && height === this.#size.height) return;
    this.#size = { width, height };
    this.#host.requestUpdate();
  }
}
