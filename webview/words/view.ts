import type { ViewName } from '../../src/core/attention/view.ts';

/** What a view is called on its button, and what it is in full. */
export const viewNames: Readonly<Record<ViewName, { readonly name: string; readonly says: string }>> = {
  heads: { name: 'Head', says: 'Head view' },
  model: { name: 'All heads', says: 'All heads' },
  matrix: { name: 'Matrix', says: 'Matrix view' },
  layers: { name: 'Layers', says: 'Layer view' },
};
