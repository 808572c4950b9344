import { synthetic } from '../../test/ui/panel/page/analyses.ts';
import { themes } from '../../test/ui/panel/page/themes.ts';
import type { Wanted } from './worker.ts';

/** Frames without drawing after which a picture is taken as finished. */
const quietFrames = 3;

/**
 * The page's side of the bench: hands the panel what its host answers, and measures until it is painted. Times in
 * milliseconds.
 */
class Bench {
  readonly #worker = new Worker('/worker.js');
  #saved: unknown = null;
  #waiting = 0;
  #ready: ((pooled: number) => void) | null = null;
  #holding: 'nothing' | 'after the state' | 'everything' = 'nothing';
  #held: unknown[] = [];
  #painted = NaN;
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
  #hovers: number[] = [];
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

  /** Makes the host ready to show; gives how long its thumbnails took. */
  prepare(wanted: Wanted): Promise<number> {
    return new Promise((resolve) => {
      this.#ready = resolve;
      this.#worker.postMessage(wanted);
    });
  }

  /** Opens the panel anew, until everything that it has asked for lies here, not yet in its hands. */
  async open(): Promise<void> {
    document.querySelector('ta-panel')?.remove();
    this.#saved = null;
    this.#painted = NaN;
    this.#holding = 'after the state';
    document.body.append(document.createElement('ta-panel'));
    while (this.#held.length === 0 || this.#held.length < this.#waiting) await new Promise(requestAnimationFrame);
  }

  /** Hands the panel what it has asked for, and gives the time until the last drawing of it is painted. */
  async hand(): Promise<number> {
    const start = performance.now();
    this.#holding = 'nothing';
    for (const message of this.#held.splice(0)) this.#pass(message);
    await this.settled();
    return this.#painted - start;
  }

  /** Waits until everything asked for is here and drawn. */
  async settled(): Promise<void> {
    this.#quiet = 0;
    while (Number.isNaN(this.#painted) || this.#waiting > 0 || this.#done < this.#due || this.#quiet < quietFrames)
      await this.#nextFrame();
  }

  /** Waits for the next hover and forgets those before; call it, move the pointer, and then await what it gave. */
  nextHover(): Promise<number> {
    const before = this.#hovers.length;
    return new Promise((resolve) => {
      this.#hovered = () => resolve(this.#hovers[before] ?? NaN);
    });
  }

  /**
   * Draws attention as known tools do, every weight of every head a line of SVG, and gives the time until it is
   * painted.
   */
  async naive(tokens: number, layers: number, heads: number): Promise<number> {
    document.querySelector('ta-panel')?.remove();
    const weights = synthetic(tokens, layers, heads).maps[0]?.weights ?? new Float32Array();
    const start = performance.now();
    const page = document.createElement('div');
    for (let head = 0; head < layers * heads; head++)
      page.append(naiveHead(weights.subarray(head * tokens * tokens, (head + 1) * tokens * tokens), tokens));
    document.body.append(page);
    const painted = await new Promise<number>(afterPaint);
    page.remove();
    return painted - start;
  }

  /** Every node of the page, shadow trees included. */
  nodes(root: Node = document): number {
    const shadow = root instanceof Element && root.shadowRoot ? this.nodes(root.shadowRoot) : 0;
    return [...root.childNodes].reduce((sum, child) => sum + this.nodes(child), 1 + shadow);
  }

  #relay(data: unknown): void {
    if (typeof data === 'object' && data !== null && 'ready' in data) return this.#ready?.(Number(data.ready));
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
            this.#painted = performance.now();
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
    const start = performance.now();
    afterPaint((time) => {
      this.#hovering = false;
      this.#hovers.push(time - start);
      this.#hovered?.();
    });
  }
}

/** Calls when the next frame has been painted. */
function afterPaint(then: (time: number) => void): void {
  requestAnimationFrame(() => soon(() => then(performance.now())));
}

/** Calls in the next task; asked for in a frame, that is after its painting. */
function soon(then: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = then;
  port2.postMessage(null);
}

function naiveHead(weights: Float32Array, tokens: number): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  for (const [name, value] of Object.entries({ width: 80, height: tokens * 3 })) svg.setAttribute(name, String(value));
  weights.forEach((weight, cell) => {
    const line = document.createElementNS(space, 'line');
    const ends = {
      x1: 5,
      y1: 3 * Math.floor(cell / tokens) + 1,
      x2: 75,
      y2: 3 * (cell % tokens) + 1,
      stroke: 'steelblue',
      'stroke-width': 1,
      'stroke-opacity': weight,
    };
    for (const [name, value] of Object.entries(ends)) line.setAttribute(name, String(value));
    svg.append(line);
  });
  return svg;
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

declare global {
  interface Window {
    bench: Bench;
  }
}

window.bench = new Bench();
