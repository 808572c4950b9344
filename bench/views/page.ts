import { synthetic } from '../../test/ui/panel/page/analyses.ts';
import { themes } from '../../test/ui/panel/page/themes.ts';
import { headsOfLines, modelOfLines } from './svg-lines.ts';
import type { Wanted } from './worker.ts';

/** Frames without drawing after which a picture is taken as finished. */
const quietFrames = 3;

/**
 * The page's side of the bench: hands the panel what its host answers, and tells when all of it is painted. What that
 * took is measured from outside.
 */
export class Bench {
  readonly #worker = new Worker('/worker.js');
  #saved: unknown = null;
  #waiting = 0;
  #ready: (() => void) | null = null;
  #holding: 'nothing' | 'after the state' | 'everything' = 'nothing';
  #held: unknown[] = [];
  #isPainted = false;
  /**
   * Frames are counted; one is open from its first callback until it is painted, or until a message of the host is
   * heard.
   */
  #frame = 0;
  #isOpen = false;
  /** The frame that paints what was drawn last, and the last one that has been painted. */
  #due = 0;
  #done = 0;
  #quiet = 0;
  #hovering = false;
  #hovered: (() => void) | null = null;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<unknown>) => this.#relay(data);
    const { bodyClass, variables } = themes.dark;
    for (const [name, value] of Object.entries(variables))
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    document.body.className = bodyClass;
    this.#watchDrawing();
    for (const type of ['pointerover', 'pointermove'])
      addEventListener(type, () => this.#watchHover(), { capture: true });
    Object.assign(window, {
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => {
          if (kindOf(message) === 'request') this.#waiting++;
          this.#worker.postMessage(message);
        },
        getState: () => this.#saved,
        setState: (state: unknown) => {
          this.#saved = state;
        },
      }),
    });
  }

  /** Makes the host ready to show. */
  prepare(wanted: Wanted): Promise<void> {
    return new Promise((resolve) => {
      this.#ready = resolve;
      this.#worker.postMessage(wanted);
    });
  }

  /** Opens the panel anew, until everything that it has asked for lies here, not yet in its hands. */
  async open(): Promise<void> {
    document.querySelector('ta-panel')?.remove();
    this.#saved = null;
    this.#isPainted = false;
    this.#holding = 'after the state';
    document.body.append(document.createElement('ta-panel'));
    while (this.#held.length === 0 || this.#held.length < this.#waiting) await new Promise(requestAnimationFrame);
  }

  /** Hands the panel what it has asked for, and waits until the last drawing of it is painted. */
  async hand(): Promise<void> {
    this.#holding = 'nothing';
    for (const message of this.#held.splice(0)) this.#pass(message);
    await this.settled();
  }

  /** Waits until everything asked for is here and drawn. */
  async settled(): Promise<void> {
    this.#quiet = 0;
    while (!this.#isPainted || this.#waiting > 0 || this.#done < this.#due || this.#quiet < quietFrames)
      await this.#nextFrame();
  }

  /** Waits until the next hover is painted; call it, move the pointer, and then await what it gave. */
  nextHover(): Promise<void> {
    return new Promise((resolve) => {
      this.#hovered = resolve;
    });
  }

  /**
   * Draws 12 × 12 heads, or those of one layer, with an SVG line for every weight, and waits until they are painted.
   */
  async lines(view: 'model' | 'heads', tokens: number): Promise<void> {
    document.querySelector('ta-panel')?.remove();
    const weights = synthetic(tokens, view === 'model' ? 12 : 1, 12).maps[0]?.weights ?? new Float32Array();
    const drawn = view === 'model' ? modelOfLines(weights, tokens) : headsOfLines(weights, tokens);
    document.body.append(drawn);
    await new Promise<void>(afterPaint);
    drawn.remove();
  }

  /** The time from one frame to the next, of so many frames in a row. */
  async frames(count: number): Promise<number[]> {
    const starts: number[] = [];
    while (starts.length <= count) starts.push(await new Promise(requestAnimationFrame));
    return starts.slice(1).map((start, at) => start - (starts[at] ?? NaN));
  }

  /** Every node of the page, shadow trees included. */
  nodes(root: Node = document): number {
    const shadow = root instanceof Element && root.shadowRoot ? this.nodes(root.shadowRoot) : 0;
    return [...root.childNodes].reduce((sum, child) => sum + this.nodes(child), 1 + shadow);
  }

  #relay(data: unknown): void {
    if (typeof data === 'object' && data !== null && 'ready' in data) return this.#ready?.();
    if (this.#holding === 'everything') return void this.#held.push(data);
    if (this.#holding === 'after the state') this.#holding = 'everything';
    this.#pass(data);
  }

  #pass(message: unknown): void {
    if (kindOf(message) !== 'event') this.#waiting--;
    window.postMessage(message, { targetOrigin: location.origin, transfer: buffersOf(message) });
  }

  /** One frame until it is painted. What was drawn in it, in the observers of its layout too, is painted with it. */
  #nextFrame(): Promise<void> {
    return new Promise((resolve) => {
      requestAnimationFrame(() => {
        const frame = ++this.#frame;
        this.#isOpen = true;
        soon(() => {
          this.#isOpen = false;
          this.#quiet++;
          if (this.#due > this.#done && this.#due <= frame) {
            this.#done = this.#due;
            this.#isPainted = true;
          }
          resolve();
        });
      });
    });
  }

  /** Every view begins its drawing with this. */
  #watchDrawing(): void {
    const drawn = (): void => {
      this.#quiet = 0;
      this.#due = this.#isOpen ? this.#frame : this.#frame + 1;
    };
    addEventListener(
      'message',
      () => {
        this.#isOpen = false;
      },
      { capture: true },
    );
    const { prototype } = CanvasRenderingContext2D;
    const { clearRect } = prototype;
    prototype.clearRect = function clear(...area): void {
      drawn();
      clearRect.apply(this, area);
    };
  }

  #watchHover(): void {
    if (this.#hovering) return;
    this.#hovering = true;
    afterPaint(() => {
      this.#hovering = false;
      this.#hovered?.();
    });
  }
}

/** Calls when the next frame has been painted. */
function afterPaint(then: () => void): void {
  requestAnimationFrame(() => soon(then));
}

/** Calls in the next task; asked for in a frame, that is after its painting. */
function soon(then: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = then;
  port2.postMessage(null);
}

function kindOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'type' in message ? message.type : null;
}

function buffersOf(value: unknown): ArrayBuffer[] {
  if (value instanceof ArrayBuffer) return [value];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.values(value).flatMap(buffersOf)
    : [];
}

window.bench = new Bench();
