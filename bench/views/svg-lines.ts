/**
 * Attention as known tools draw it: every weight a line of SVG. The sizes are BertViz's (Vig 2019): small pictures of
 * all heads in its model view, one large picture in which the heads of a layer lie above one another in its head view.
 */
const space = 'http://www.w3.org/2000/svg';
const small = { width: 80, row: 3, first: 5, last: 75 };
const large = { width: 335, row: 22.5, first: 110, last: 225 };

/** All heads of all layers, `[head][query][key]`. */
export function modelOfLines(weights: Float32Array, tokens: number): HTMLElement {
  const page = document.createElement('div');
  for (let start = 0; start < weights.length; start += tokens * tokens) {
    const svg = picture(small, tokens);
    draw(svg, weights.subarray(start, start + tokens * tokens), tokens, small);
    page.append(svg);
  }
  return page;
}

/** The heads of one layer, `[head][query][key]`. */
export function headsOfLines(weights: Float32Array, tokens: number): HTMLElement {
  const page = document.createElement('div');
  const svg = picture(large, tokens);
  for (let start = 0; start < weights.length; start += tokens * tokens)
    draw(svg, weights.subarray(start, start + tokens * tokens), tokens, large);
  page.append(svg);
  return page;
}

type Size = typeof small;

function picture({ width, row }: Size, tokens: number): SVGSVGElement {
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(tokens * row));
  return svg;
}

function draw(svg: SVGSVGElement, weights: Float32Array, tokens: number, { row, first, last }: Size): void {
  weights.forEach((weight, cell) => {
    const line = document.createElementNS(space, 'line');
    const attributes = {
      x1: first,
      y1: row * (Math.floor(cell / tokens) + 0.5),
      x2: last,
      y2: row * ((cell % tokens) + 0.5),
      stroke: 'steelblue',
      'stroke-width': 1,
      'stroke-opacity': weight,
    };
    for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, String(value));
    svg.append(line);
  });
}
