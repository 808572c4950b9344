import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { words } from '../../src/core/words/words.ts';

/** Less than this many pixels out of sight is no line. */
const minRest = 6;

type Side = TokenFocus['side'];

/** What of a text is out of sight: lines below, or none any more where the text is longer than its box. */
interface Rest {
  readonly lines: number;
}

/** Knows which texts of a sentence are longer than their boxes, and says so under them. */
export class Overflow implements ReactiveController {
  readonly #host: LitElement;
  readonly #rests = new Map<Side, Rest>();
  readonly #watch = new ResizeObserver(() => this.#measure());
  readonly #scrolled = (): void => this.#measure();

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#watch.observe(this.#host);
    // Scrolling does not bubble, but can be seen on its way down.
    this.#host.renderRoot.addEventListener('scroll', this.#scrolled, { capture: true, passive: true });
  }

  hostDisconnected(): void {
    this.#watch.disconnect();
    this.#host.renderRoot.removeEventListener('scroll', this.#scrolled, { capture: true });
  }

  hostUpdated(): void {
    this.#measure();
  }

  /** The line under a text that goes on: how many lines there are to come; nothing under one that is seen whole. */
  cue(side: Side): TemplateResult | typeof nothing {
    const rest = this.#rests.get(side);
    if (!rest) return nothing;
    const says = rest.lines > 0 ? words().sentence.moreLinesMeaning : words().sentence.toBeginningMeaning;
    return html`<button class="more" tabindex="-1" aria-hidden="true" title=${says}
      @click=${() => this.#scroll(side, rest)}>${rest.lines > 0 ? words().sentence.moreLines(rest.lines) : words().sentence.toBeginning}</button>`;
  }

  #measure(): void {
    let changed = false;
    const texts = [...this.#host.renderRoot.querySelectorAll<HTMLElement>('.text')];
    for (const side of ['query', 'key'] as const) {
      const text = texts.find(({ id }) => id === `text-${side}`);
      const lines = text ? linesBelow(text) : null;
      if (lines === (this.#rests.get(side)?.lines ?? null)) continue;
      changed = true;
      if (lines === null) this.#rests.delete(side);
      else this.#rests.set(side, { lines });
    }
    if (changed) this.#host.requestUpdate();
  }

  #scroll(side: Side, { lines }: Rest): void {
    const text = this.#host.renderRoot.querySelector<HTMLElement>(`#text-${side}`);
    if (!text) return;
    text.scrollTop = lines > 0 ? text.scrollTop + text.clientHeight - lineHeight(text) : 0;
  }
}

/** How many lines of a text lie below its box, or null when all of it is seen at once. */
function linesBelow(text: HTMLElement): number | null {
  const { scrollHeight, clientHeight, scrollTop } = text;
  if (scrollHeight - clientHeight < minRest) return null;
  const rest = scrollHeight - clientHeight - scrollTop;
  return rest < minRest ? 0 : Math.ceil(rest / lineHeight(text));
}

function lineHeight(text: HTMLElement): number {
  return parseFloat(getComputedStyle(text).lineHeight) || 1;
}
