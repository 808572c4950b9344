/** One view: what it is called and shows, and what of an analysis it needs. */
interface ViewRow {
  /** What it is called on its button, and in full. */
  readonly name: string;
  readonly says: string;
  /** What it shows, in a sentence. */
  readonly meaning: string;
  /**
   * Whether it shows tokens of chosen heads; else it shows all heads of all layers and is where one is chosen.
   */
  readonly showsTokens: boolean;
  /** Whether it shows the small pictures of all heads. */
  readonly needsThumbnails: boolean;
  /** The format of its picture, as a terminal and the engine name it. */
  readonly picture: string;
}

/**
 * The views of an analysis, a row each, in the order in which they are offered; a key from 1 on chooses each. A view is
 * laid out and turned into marks in the folder of its name; `export/export-of.ts` has its picture in a file, and
 * `webview/views/shown.ts` its element.
 */
export const viewTable = {
  heads: {
    name: 'Head',
    says: 'Head view',
    meaning: 'Two columns of tokens, and a line for every attention weight of the heads shown.',
    showsTokens: true,
    needsThumbnails: false,
    picture: 'svg',
  },
  model: {
    name: 'All heads',
    says: 'All heads',
    meaning: 'Every head of every layer as a small picture of its weights.',
    showsTokens: false,
    needsThumbnails: true,
    picture: 'svg-model',
  },
  matrix: {
    name: 'Matrix',
    says: 'Matrix view',
    meaning: 'Queries in rows, keys in columns, a cell for every attention weight.',
    showsTokens: true,
    needsThumbnails: false,
    picture: 'svg-matrix',
  },
  layers: {
    name: 'Layers',
    says: 'Layer view',
    meaning: 'Every head as a dot on a scale: entropy, distance, or share on special tokens.',
    showsTokens: false,
    needsThumbnails: false,
    picture: 'svg-layers',
  },
} as const satisfies Readonly<Record<string, ViewRow>>;

export type ViewName = keyof typeof viewTable;
export type PictureFormat = (typeof viewTable)[ViewName]['picture'];

/** The names of all views, in their order. */
export const views = Object.keys(viewTable) as readonly ViewName[];
