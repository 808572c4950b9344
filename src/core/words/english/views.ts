import type { LayerNumber } from '../../attention/layers.ts';
import type { ViewName } from '../../views/table.ts';

/** What a view is called on its button, what it is in full, and what it shows. */
const viewNames: Readonly<
  Record<ViewName, { readonly name: string; readonly short?: string; readonly says: string; readonly meaning: string }>
> = {
  heads: {
    name: 'Head',
    says: 'Head view',
    meaning: 'Two columns of tokens, and a line for each attention weight of the heads shown.',
  },
  model: {
    name: 'All heads',
    short: 'All',
    says: 'All heads',
    meaning: 'Every head of every layer as a small matrix of its weights.',
  },
  matrix: {
    name: 'Matrix',
    says: 'Matrix view',
    meaning: 'Queries in rows, keys in columns, a cell for each attention weight.',
  },
  layers: {
    name: 'Layers',
    says: 'Layer view',
    meaning: 'Every head as a dot: on a scale of a measure, or on a map where similar heads are near each other.',
  },
  arithmetic: {
    name: 'Arithmetic',
    says: 'Arithmetic view',
    meaning: 'One weight computed step by step: query, key, score, softmax, value.',
  },
  parts: {
    name: 'Why',
    says: 'Why this score',
    meaning: 'One score by what was written to its query and its key.',
  },
  compare: {
    name: 'Compare',
    says: 'Compare view',
    meaning: 'Two or three runs side by side, and their difference.',
  },
};

/** The views. */
export const views = {
  names: viewNames,
  from: 'from token',
  to: 'to token',
  toSource: 'to source token',
  notAllLines: (weight: string) => `not all lines below ${weight} are drawn`,
  queries: 'Query tokens',
  keys: 'Key tokens',
  measured: 'What is measured',
  headsBy: (axis: string) => `Heads of each layer, ${axis}`,
  layer: (layer: LayerNumber) => `Layer ${layer}`,
  order: 'Order of the heads',
  colourOfStrongest:
    'The colour is the square root of the weight. Where a cell stands for several tokens it shows the strongest link ' +
    'among them.',
  colour: 'colour: √weight',
  colourMeaning: 'The opacity of a cell is the square root of its weight, so that weak weights stay visible.',
  size: 'Size',
  smaller: 'Smaller',
  smallerMeaning: 'Smaller pictures.',
  larger: 'Larger',
  largerMeaning: 'Larger pictures.',
  inGrid: (key: string) => `${key} in the grid`,
  tileMeaning: (line: string, role: string | null) =>
    `${line}\n${role === null ? '' : `${role}\n`}Click: select this head. Double-click: open it in the head view.`,
  filterHidesAll: 'The filters hide every token. Reset them to see the heads.',
  allHeads: 'All heads',
  grid: 'Matrix: each row is a query token, each column a key token',
  noCell: 'No cell in focus',
  hatchedWindow: 'Hatched: outside the window',
  hatchedMask: (seen: string) => `Hatched: masked (a token sees ${seen})`,
  hatchedMasked: 'Hatched: masked (later tokens)',
  axes: 'rows: queries, columns: keys',
  zoom: 'Zoom',
  zoomOut: 'Zoom out',
  zoomOutMeaning: 'Smaller cells.',
  zoomIn: 'Zoom in',
  zoomInMeaning: 'Larger cells.',
  fit: 'fit',
  fitName: 'Fit the matrix into the view',
  fitMeaning: 'Fit the whole matrix into the view.',
  inMatrix: (key: string) => `${key} in the matrix`,
};
