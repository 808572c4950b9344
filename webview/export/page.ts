import { sizeText } from '../../src/core/attention/model-words.ts';
import { looksAt } from '../../src/core/attention/rows.ts';
import { huePalette, type Palette } from '../../src/core/color/palette.ts';
import { blend, contrast, cssOf, minContrast, rgbOfCss, textOn, type Rgb } from '../../src/core/color/srgb.ts';
import { columnsSeen, sightOf } from '../../src/core/attention/sight.ts';
import { tokenUnits } from '../../src/core/attention/units.ts';
import type { Cell } from '../../src/core/views/matrix/layout.ts';
import type { PageToken } from '../../src/core/export/html.ts';
import type { Label } from '../../src/core/views/labels.ts';
import { unknownTitle } from '../../src/core/text/unknown-words.ts';
import { fillChoices } from './choices.ts';
import { PageData, type Shown } from './data.ts';
import { fillDetails, predictedLines } from './details.ts';
import { fillLayerRows } from './layer-rows.ts';
import { element } from './element.ts';
import { PageMatrix } from './matrix.ts';
import { speak, words, wordsIn } from '../../src/core/words/words.ts';

/** A page that shows one analysis by itself: choosers, the text, the matrix, and what is looked at in numbers. */
class Page {
  readonly #data = new PageData();
  readonly #choices = element('header');
  readonly #layers = element('ol', { class: 'layers', 'aria-label': words().page.layer });
  readonly #text = element('p', { class: 'text' });
  readonly #details = element('aside');
  readonly #matrix = new PageMatrix((cell) => this.#point(cell));
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  #shown: Shown = this.#data.info.start;
  #cell: Cell | null = null;

  constructor() {
    const { info } = this.#data;
    document.body.append(
      this.#choices,
      this.#layers,
      this.#text,
      ...predictedLines(this.#data),
      element('main', {}, this.#matrix.stage, this.#details),
      // What stood in the page already: the weight that was in focus when it was made.
      ...document.querySelectorAll('section.weight'),
      this.#foot(),
    );
    this.#dark.addEventListener('change', () => this.#draw());
    this.#show({ ...info.start });
  }

  #show(shown: Shown): void {
    const other = shown.map !== this.#shown.map;
    this.#shown = shown;
    if (other) this.#cell = null;
    fillChoices(this.#choices, this.#data, shown, (next) => this.#show(next));
    fillLayerRows(this.#layers, this.#data.map(shown.map), shown.layer, (layer) => this.#show({ ...shown, layer }));
    this.#fillText();
    this.#draw();
  }

  #point(cell: Cell | null): void {
    this.#cell = cell;
    this.#matrix.mark(cell);
    this.#tint();
    this.#tell();
  }

  #draw(): void {
    const map = this.#data.map(this.#shown.map);
    const [, , queries, keys] = map.shape;
    this.#matrix.show({
      seen: columnsSeen(sightOf(map, this.#shown.layer), tokenUnits(queries), tokenUnits(keys)),
      weights: this.#data.weights(this.#shown),
      palette: this.#palette(),
      color: this.#color(),
      queries: this.#data.rows(map).map(labelOf),
      keys: this.#data.tokens(map.keys).map(labelOf),
    });
    this.#point(this.#cell);
  }

  /** The page's own colours, as its style sheet writes them. */
  #palette(): Palette {
    const style = getComputedStyle(document.documentElement);
    const colorOf = (name: string): Rgb => {
      const color = rgbOfCss(style.getPropertyValue(name));
      if (!color) throw new TypeError(`The page has no colour ${name}.`);
      return color;
    };
    const [surface, foreground, focus] = [colorOf('--surface'), colorOf('--text'), colorOf('--focus')];
    return huePalette(this.#dark.matches ? 'dark' : 'light', { surface, foreground, focus });
  }

  #color(): Rgb {
    const { map, head } = this.#shown;
    const all = Array.from({ length: this.#data.map(map).shape[1] }, (_, index) => index);
    return this.#palette().colorOfAll(head === null ? all : [head]);
  }

  #fillText(): void {
    const map = this.#data.map(this.#shown.map);
    const tokens = this.#data.tokens(map.keys).map(({ text, special, unknown, joined }, index) => {
      const title = unknown === undefined ? {} : { title: unknownTitle({ unknown: true, text: unknown }) };
      const word = element(
        'span',
        { class: `token${special ? ' special' : ''}${unknown === undefined ? '' : ' unknown'}`, ...title },
        text,
      );
      word.addEventListener('pointerenter', () =>
        this.#point(
          map.kind === 'cross' ? { query: this.#cell?.query ?? 0, key: index } : { query: index, key: index },
        ),
      );
      return joined ? [word] : [' ', word];
    });
    this.#text.replaceChildren(...tokens.flat());
  }

  /** Colours the text by what the query in focus looks at. */
  #tint(): void {
    const { map } = this.#shown;
    const keys = this.#data.map(map).shape[3];
    const row = this.#cell ? looksAt(this.#data.weights(this.#shown), this.#cell.query, keys) : null;
    const self = this.#data.map(map).kind !== 'cross';
    const color = this.#color();
    const { surface, foreground } = this.#palette();
    this.#text.querySelectorAll<HTMLElement>('.token').forEach((word, key) => {
      const alpha = row?.[key] ?? 0;
      const under = blend(color, surface, alpha);
      word.style.backgroundColor = alpha > 0 ? cssOf(color, alpha) : '';
      word.style.color = alpha > 0 && contrast(foreground, under) < minContrast ? cssOf(textOn(under)) : '';
      word.classList.toggle('focused', self && this.#cell?.query === key);
    });
  }

  #tell(): void {
    fillDetails(this.#details, this.#data, this.#shown, this.#cell);
  }

  #foot(): HTMLElement {
    const { bits, model, numbers, remarks, maps } = this.#data.info;
    const [first] = maps;
    const size = first ? sizeText(first) : '';
    const says = words().page;
    return element(
      'footer',
      {},
      element('span', {}, `${model}${numbers === '' ? '' : `, ${numbers}`}: ${size}`),
      ...remarks.map((remark) => element('span', {}, remark)),
      element('span', {}, bits === 8 ? says.eightBits : says.sixteenBits),
      element('span', {}, says.keys),
    );
  }
}

/** A token as the matrix names it. */
function labelOf({ text, special, unknown }: PageToken): Label {
  return { text, special, unknown: unknown !== undefined };
}

speak(wordsIn(document.documentElement.lang));
new Page();
