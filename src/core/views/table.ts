/** One view: what of an analysis it needs and shows; its names are in `words/english/views.ts`. */
interface ViewRow {
  /**
   * Whether it shows tokens of chosen heads; else it shows all heads of all layers and is where one is chosen.
   */
  readonly showsTokens: boolean;
  /** Whether it shows the small pictures of all heads. */
  readonly needsThumbnails: boolean;
  /** Whether it shows one weight alone: of one head, one layer and two tokens, whatever is merged. */
  readonly showsOneWeight: boolean;
  /** The view that leads to it, and whose button it shares; null for one that has its own. */
  readonly within: string | null;
  /** Whether it shows several runs beside each other. */
  readonly comparesRuns: boolean;
  /** The format of its picture, as a terminal and the engine name it. */
  readonly picture: string;
}

/**
 * The views of an analysis, a row each, in the order in which they are offered; a key from 1 on chooses each that has a button. A view is
 * laid out and turned into marks in the folder of its name; `export/export-of.ts` has its picture in a file, and
 * `webview/views/shown.ts` its element.
 */
export const viewTable = {
  heads: {
    showsTokens: true,
    needsThumbnails: false,
    showsOneWeight: false,
    within: null,
    comparesRuns: false,
    picture: 'svg',
  },
  model: {
    showsTokens: false,
    needsThumbnails: true,
    showsOneWeight: false,
    within: null,
    comparesRuns: false,
    picture: 'svg-model',
  },
  matrix: {
    showsTokens: true,
    needsThumbnails: false,
    showsOneWeight: false,
    within: null,
    comparesRuns: false,
    picture: 'svg-matrix',
  },
  layers: {
    showsTokens: false,
    needsThumbnails: false,
    showsOneWeight: false,
    within: null,
    comparesRuns: false,
    picture: 'svg-layers',
  },
  arithmetic: {
    showsTokens: true,
    needsThumbnails: false,
    showsOneWeight: true,
    within: null,
    comparesRuns: false,
    picture: 'svg-arithmetic',
  },
  parts: {
    showsTokens: true,
    needsThumbnails: false,
    showsOneWeight: true,
    within: 'arithmetic',
    comparesRuns: false,
    picture: 'svg-parts',
  },
  compare: {
    showsTokens: true,
    needsThumbnails: false,
    showsOneWeight: false,
    within: null,
    comparesRuns: true,
    picture: 'svg-compare',
  },
} as const satisfies Readonly<Record<string, ViewRow>>;

export type ViewName = keyof typeof viewTable;
export type PictureFormat = (typeof viewTable)[ViewName]['picture'];

/** The names of all views, in their order. */
export const views = Object.keys(viewTable) as readonly ViewName[];

/** The views that have a button, and a key, of their own. */
export const buttonViews: readonly ViewName[] = views.filter((view) => viewTable[view].within === null);

/** The view whose button a view has. */
export function buttonOf(view: ViewName): ViewName {
  return viewTable[view].within ?? view;
}
