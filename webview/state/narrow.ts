import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its host anew whenever the panel becomes narrow, 420 px at most, or is no more. */
export class NarrowWatch implements ReactiveController {
  readonly #query = matchMedia('(max-width: 420px)');
  readonly #turned: () => void;

  constructor(host: ReactiveControllerHost) {
    this.#turned = () => host.requestUpdate();
    host.addController(this);
  }

  /** Whether the panel is narrow now. */
  get isNarrow(): boolean {
    return this.#query.matches;
  }

  hostConnected(): void {
    this.#query.addEventListener('change', this.#turned);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener('change', this.#turned);
  }
}
