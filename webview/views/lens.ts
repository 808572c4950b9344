import { css, html, type LitElement, type TemplateResult } from 'lit';
import type { Mark } from '../../src/core/picture/marks.ts';
import { partOf } from '../part.ts';
import { familiesOf } from '../picture/families.ts';
import { paint } from '../picture/paint.ts';
import { SizeWatch } from '../state/size-watch.ts';
import { clearedContext } from './canvas.ts';

/** The part of a picture that is in view, in its pixels from the top. */
interface InView {
  readonly top: number;
  readonly bottom: number;
}

/**
 * Two canvases as large as what is seen of a picture that scrolls; they lie over each other and stay while what they
 * show moves: the picture, and what is pointed at. The host has a `.scroller` around them.
 */
export class Lens {
  readonly #host: LitElement;
  readonly #watch: SizeWatch;
  #isOld = true;
  /** The size that the picture was painted in. */
  #painted: SizeWatch['size'] | null = null;
  #wanted = 0;

  constructor(host: LitElement) {
    this.#host = host;
    this.#watch = new SizeWatch(host, () => this.#scroller());
  }

  /** The inner size of what scrolls; 0 × 0 before it was measured. */
  get size(): SizeWatch['size'] {
    return this.#watch.size;
  }

  /** How far the picture is scrolled. */
  get scroll(): number {
    return this.#scroller().scrollTop;
  }

  /** Has the picture scrolled so far once it is there. */
  scrollTo(top: number): void {
    this.#wanted = top;
  }

  /** The picture is another one, or has other colours: it is painted anew at the next {@link paint}. */
  age(): void {
    this.#isOld = true;
  }

  /** What scrolls was moved. */
  readonly scrolled = (): void => {
    this.#isOld = true;
    this.#host.requestUpdate();
  };

  /** Paints what is pointed at, and the picture where it is not as it was. */
  paint(picture: (view: InView) => readonly Mark[], pointed: readonly Mark[]): void {
    const scroller = this.#scroller();
    if (this.#wanted > 0) scroller.scrollTop = this.#wanted;
    this.#wanted = 0;
    const top = scroller.scrollTop;
    if (this.#isOld || this.#painted !== this.size)
      this.#draw('picture', picture({ top, bottom: top + this.size.height }), top);
    this.#isOld = false;
    this.#painted = this.size;
    this.#draw('pointed', pointed, top);
  }

  #draw(name: 'picture' | 'pointed', marks: readonly Mark[], top: number): void {
    const canvas = partOf(this.#host, `canvas.${name}`, HTMLCanvasElement);
    Object.assign(canvas.style, { width: `${this.size.width}px`, height: `${this.size.height}px` });
    const context = clearedContext(canvas, this.size, devicePixelRatio);
    if (context) paint(context, [{ kind: 'group', y: -top, marks }], familiesOf(this.#host));
  }

  #scroller(): HTMLElement {
    return partOf(this.#host, '.scroller', HTMLElement);
  }
}

/** The canvases of a lens, to stand first in what scrolls. */
export function lensCanvases(): TemplateResult {
  return html`<div class="lens"><canvas class="picture" aria-hidden="true"></canvas><canvas class="pointed" aria-hidden="true"></canvas></div>`;
}

/** The looks of what a lens lies in and over: canvases as large as what is seen of the picture, over its beginning. */
export const lensStyles = css`
  .sheet {
    position: relative;
    overflow: hidden;
  }

  .lens {
    position: sticky;
    top: 0;
    height: 0;
  }

  canvas {
    position: absolute;
    top: 0;
    left: 0;
    pointer-events: none;
  }
`;
