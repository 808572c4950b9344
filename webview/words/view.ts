import type { ViewName } from '../../src/core/attention/view.ts';

/** What a view is called on its button, what it is in full, and what it shows. */
export const viewNames: Readonly<
  Record<ViewName, { readonly name: string; readonly says: string; readonly meaning: string }>
> = {
  heads: {
    name: 'Head',
    says: 'Head view',
    meaning: 'Two columns of tokens, and a line for every attention weight of the heads shown.',
  },
  model: {
    name: 'All heads',
    says: 'All heads',
    meaning: 'Every head of every layer as a small picture of its weights.',
  },
  matrix: {
    name: 'Matrix',
    says: 'Matrix view',
    meaning: 'Queries in rows, keys in columns, a cell for every attention weight.',
  },
  layers: {
    name: 'Layers',
    says: 'Layer view',
    meaning: 'Every head as a dot on a scale: entropy, distance, or share on special tokens.',
  },
};
