import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import { withEdits } from '../../src/core/run/edit-list.ts';
import { reachesOf, type HandRow, type Reach } from '../../src/core/scene/try.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import type { Picture } from '../state/frame.ts';
import { sharedStyles } from '../styles/shared.ts';
import { sliderStyles } from '../styles/slider.ts';
import { boxStyles } from './box-styles.ts';
import { headPart, layerPart } from './head-part.ts';
import { linkPart } from './link-part.ts';
import { steppedStyles } from './stepped.ts';
import { pairOf } from './target.ts';
import { tokenPart, type NamedToken } from './token-part.ts';

/** Pixels between the box and the edge of the panel. */
const edge = 8;

/** What the parts of the box need. */
export interface TryScene {
  readonly frame: Picture;
  readonly edits: readonly Edit[];
  readonly reach: Reach;
  /** Runs with some more edits. */
  readonly add: (more: readonly Edit[]) => void;
  /** Runs with other edits. */
  readonly set: (edits: readonly Edit[]) => void;
  readonly act: Acting;
}

/**
 * The box that offers edits of what is in focus: a token, a link, a head, its layer. It is the browser's own popover: a
 * click elsewhere or Escape closes it, and the keyboard goes back to where it was.
 */
export class TryBox extends LitElement {
  static override readonly styles = [sharedStyles, sliderStyles, steppedStyles, boxStyles];
  static override readonly properties = {
    frame: { attribute: false },
    edits: { attribute: false },
    named: { attribute: false },
    act: { attribute: false },
  };

  declare frame: Picture | null;
  /** The edits of the run that is shown, or of the one under way. */
  declare edits: readonly Edit[];
  /** Asks for a token of the vocabulary. */
  declare named: NamedToken;
  declare act: Acting;
  #target: TokenFocus | null = null;
  #reach: Reach | null = null;
  #isOpen = false;
  #problem = '';
  #from: HTMLElement | null = null;

  /** Opens for a token or a link, in units of the picture, at a point of the panel or in its middle. */
  async open(target: TokenFocus | null, at: { readonly x: number; readonly y: number } | null): Promise<void> {
    const box = this.#box();
    if (!this.frame || !box) return;
    this.#target = target;
    this.#reach = null;
    this.#problem = '';
    this.#isOpen = true;
    this.#from = deepActive();
    this.requestUpdate();
    await this.updateComplete;
    box.showPopover();
    const { offsetWidth: width, offsetHeight: height } = box;
    const { x, y } = at ?? { x: (innerWidth - width) / 2, y: (innerHeight - height) / 3 };
    box.style.left = `${Math.max(edge, Math.min(x, innerWidth - width - edge))}px`;
    box.style.top = `${Math.max(edge, Math.min(y, innerHeight - height - edge))}px`;
    box.querySelector<HTMLElement>(':is(button,input,select)')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('frame') && !this.frame) this.#close();
  }

  protected override render(): TemplateResult {
    return html`<div popover role="dialog" aria-label=${words().experiment.box} @keydown=${this.#pressed}
      @toggle=${this.#toggled}>${this.#isOpen && this.frame ? this.#content(this.frame) : nothing}</div>`;
  }

  #content(frame: Picture): TemplateResult {
    const offered = reachesOf(frame);
    const reach = this.#reach !== null && offered.includes(this.#reach) ? this.#reach : (offered[0] ?? 'map');
    const set = (edits: readonly Edit[]): void => this.act({ type: 'edit', edits });
    const add = (more: readonly Edit[]): void => set(withEdits(this.edits, more));
    const scene: TryScene = { frame, edits: this.edits, reach, set, add, act: this.act };
    const target = this.#target;
    const pair = pairOf(target);
    const choose = (wanted: Reach): void => {
      this.#reach = wanted;
      this.requestUpdate();
    };
    return html`
      ${pair ? linkPart(scene, pair, { offered, choose, hand: () => this.#byHand({ ...pair, reach }) }) : nothing}
      ${
        target
          ? tokenPart(scene, target, {
              problem: this.#problem,
              named: this.named,
              tell: (problem) => {
                this.#problem = problem;
                this.requestUpdate();
              },
              hand:
                target.side === 'query' && !pair ? () => this.#byHand({ query: target.index, key: null, reach }) : null,
            })
          : nothing
      }
      ${headPart(scene)}
      ${layerPart(scene)}
    `;
  }

  #byHand(row: HandRow): void {
    this.#close();
    this.act({ type: 'hand', row });
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    // The keys of the panel rest while the box is open.
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.#close();
  };

  readonly #toggled = (event: ToggleEvent): void => {
    if (event.newState !== 'closed') return;
    this.#isOpen = false;
    this.requestUpdate();
    this.#from = null;
  };

  #close(): void {
    const from = this.#from;
    this.#box()?.hidePopover();
    from?.focus();
  }

  #box(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[popover]');
  }
}

/** The element that has the keyboard, however deep. */
function deepActive(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}
