import { reasonOf } from '../../core/errors/reason.ts';
import { lineOf } from '../../core/errors/sentence.ts';
import { figureText, type Figure } from '../../core/lesson/figure.ts';
import { selectionOf, viewOf } from '../../core/lesson/looks.ts';
import type { Picture } from '../../core/lesson/picture.ts';
import { LessonError } from '../../core/lesson/places.ts';
import { fileFormatOf } from '../../core/export/panel-format.ts';
import { Cache, keyOf } from '../../core/run/cache.ts';
import { focusOfSelection } from '../../core/scene/focus.ts';
import type { AskOptions } from '../../protocol/peer.ts';
import type { AnalysisSource } from '../analysis/analysis-source.ts';
import type { LessonRuns } from './lesson-runs.ts';

/** Characters of pictures that are kept. */
const kept = 16 << 20;

/** A figure, or a sentence that says why there is none. */
export type Drawn = Figure | { readonly problem: string };

/** Pictures of fences outside of the panel: in previews and exported pages. */
export class LessonFigures {
  readonly #source: AnalysisSource;
  readonly #runs: LessonRuns;
  readonly #drawn = new Cache<Drawn>({ most: kept, sizeOf: (drawn) => ('svg' in drawn ? drawn.svg.length : 100) });
  readonly #asked = new Map<string, Promise<Drawn>>();

  constructor(source: AnalysisSource, runs: LessonRuns) {
    this.#source = source;
    this.#runs = runs;
  }

  /** The figure of a fence if it is there already. */
  known(picture: Picture): Drawn | null {
    return this.#drawn.get(keyOfPicture(picture)) ?? null;
  }

  /** The figure of a fence; pictures are drawn one at a time. */
  of(picture: Picture, options: AskOptions = {}): Promise<Drawn> {
    const key = keyOfPicture(picture);
    const known = this.#drawn.get(key) ?? this.#asked.get(key);
    if (known) return Promise.resolve(known);
    const asked = this.#draw(picture, options).then((drawn) => {
      this.#drawn.set(key, drawn);
      return drawn;
    });
    this.#asked.set(key, asked);
    const forget = (): void => void this.#asked.delete(key);
    asked.then(forget, forget);
    return asked;
  }

  /** The whole analysis of a fence as a page that answers hovers. Rejects with an AttentionError or a LessonError. */
  async page(picture: Picture, options: AskOptions): Promise<string> {
    return new TextDecoder().decode(await this.#file(picture, 'html', options));
  }

  async #draw(picture: Picture, options: AskOptions): Promise<Drawn> {
    try {
      const svg = new TextDecoder().decode(await this.#file(picture, 'svg', options));
      const { numbers } = await this.#runs.named(picture.run, options);
      return { svg: svg.slice(svg.indexOf('<svg')), text: await figureText(picture, numbers) };
    } catch (thrown) {
      if (reasonOf(thrown).code === 'cancelled') throw thrown;
      return { problem: thrown instanceof LessonError ? thrown.message : lineOf(reasonOf(thrown)) };
    }
  }

  async #file(picture: Picture, format: 'svg' | 'html', options: AskOptions): Promise<ArrayBuffer> {
    const { id, numbers } = await this.#runs.named(picture.run, options);
    const selection = selectionOf(picture, numbers.info);
    const view = viewOf(picture);
    const focus = focusOfSelection(selection, view.view === 'matrix' || format === 'html');
    return this.#source.exported(id, fileFormatOf(format, view.view), { focus, view, selection, sides: [] }, options);
  }
}

function keyOfPicture({ run, view, options, head, token, key }: Picture): string {
  return keyOf({ run, view, options, head, token, key });
}
