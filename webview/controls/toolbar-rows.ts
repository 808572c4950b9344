import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The toolbar with all of its controls at one width. */
interface Measured {
  readonly isStacked: boolean;
  readonly height: number;
}

/**
 * How many rows the toolbar takes, whichever view is shown: with no room for everything in one row, layer and heads
 * have the second one to themselves, and it stays while a view has neither, so that nothing jumps. Neither is known
 * before: the toolbar is drawn with everything once, measured and drawn again, before anything is painted.
 */
export class ToolbarRows implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #bar: () => HTMLElement | null;
  readonly #observer = new ResizeObserver(() => this.#resized());
  #measured: Measured | null = null;
  #width = 0;

  /** `bar` finds what holds the controls. */
  constructor(host: ReactiveControllerHost & HTMLElement, bar: () => HTMLElement | null) {
    this.#host = host;
    this.#bar = bar;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  /** Whether everything is to be drawn, since nothing has been measured. */
  get isMeasuring(): boolean {
    return this.#measured === null;
  }

  /** The classes of the bar. */
  get name(): string {
    return this.#measured === null ? 'measured' : this.#measured.isStacked ? 'stacked' : '';
  }

  /** The height that the bar keeps, as properties of CSS. */
  get style(): Readonly<Record<string, string>> {
    return this.#measured === null ? {} : { '--height': `${this.#measured.height}px` };
  }

  /** There is something else to choose from. */
  forget(): void {
    this.#measured = null;
  }

  hostUpdated(): void {
    const bar = this.#bar();
    if (this.#measured !== null || !bar || bar.offsetWidth === 0) return;
    const isStacked = bar.scrollWidth > bar.clientWidth;
    bar.classList.replace('measured', isStacked ? 'stacked' : 'one');
    this.#measured = { isStacked, height: bar.offsetHeight };
    bar.classList.replace(isStacked ? 'stacked' : 'one', 'measured');
    this.#host.requestUpdate();
  }

  #resized(): void {
    const { offsetWidth } = this.#host;
    if (offsetWidth === this.#width) return;
    this.#width = offsetWidth;
    this.forget();
    this.#host.requestUpdate();
  }
}
