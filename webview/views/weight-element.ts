import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ViewState } from '../../src/core/attention/view.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import type { ScrollState } from '../../src/protocol/layout.ts';
import type { Acting } from '../act.ts';
import { partOf } from '../part.ts';
import type { Picture } from '../state/frame.ts';
import type { PairState } from '../state/pair-source.ts';
import { chosenLine, emptyState, failedState, waitingLine } from './arithmetic/states.ts';
import { Lens } from './lens.ts';

/** A picture of a weight: of which answer, and for which width. */
export interface DrawnOf<T> {
  readonly of: PairState<T>['shown'];
  readonly width: number;
}

/** A view of the one weight in focus: what is said while there is no answer, and the picture of it in a lens. */
export abstract class WeightElement<T> extends LitElement {
  static override readonly properties = {
    frame: { attribute: false },
    weight: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    view: { attribute: false },
    scrollState: { attribute: false },
  };

  declare frame: Picture;
  declare weight: PairState<T>;
  declare palette: Palette;
  /** Takes what is asked for in tokens. */
  declare act: Acting;
  declare view: ViewState;
  /** From where to look at first. */
  declare scrollState: ScrollState;

  protected drawn: DrawnOf<T> | null = null;
  protected readonly lens = new Lens(this);

  /** Lays the picture of the answer out; leaves `drawn` where there is no room yet. */
  protected abstract lay(): void;
  protected abstract picture(): TemplateResult | typeof nothing;

  /** What stands above everything else. */
  protected heading(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.lens.scrollTo(this.scrollState.scroll);
    const { shown, wanted } = this.weight;
    const { drawn, lens } = this;
    const isOther = drawn?.of !== shown || drawn.width !== lens.size.width;
    if (!wanted || !shown) this.drawn = null;
    // Another theme can have other letters, and bars in place of colours.
    else if (isOther || changed.has('palette')) this.lay();
  }

  protected override render(): TemplateResult {
    const scene = { frame: this.frame, weight: this.weight, act: this.act };
    const { wanted, failure, progress } = this.weight;
    return html`
      ${this.heading()}
      ${chosenLine(scene, this.view.options.layerMerge !== null)}
      ${failure ? nothing : waitingLine(scene)}
      <div class="scroller ${progress ? 'old' : ''}" tabindex="-1" @scroll=${this.lens.scrolled} @scrollend=${this.#scrollEnded}>
        ${wanted ? (failure ? failedState(scene) : this.picture()) : emptyState(scene)}
      </div>
    `;
  }

  /** Where in the sheet the mouse is. */
  protected placeOf({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = partOf(this, '.sheet', HTMLElement).getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  readonly #scrollEnded = (): void => this.act({ type: 'looked', from: { scroll: this.lens.scroll } });
}
