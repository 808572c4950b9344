import { viewTable, type ViewName } from '../views/table.ts';
import type { FileFormat } from './format.ts';

/**
 * What the panel can be exported as, in the order in which it is offered; `svg` and `png` show the view that is in
 * sight.
 */
export const panelFormats = ['svg', 'png', 'csv', 'csv-matrix', 'html', 'npz', 'json'] as const;
export type PanelFormat = (typeof panelFormats)[number];

/** What a format is called, what it is good for, and the ending of its files. */
export interface FormatWords {
  readonly name: string;
  readonly says: string;
  readonly ending: string;
}

/** Every format in words. */
export const formatWords: Readonly<Record<PanelFormat, FormatWords>> = {
  svg: { name: 'SVG', says: 'the picture, to be edited; text stays text', ending: 'svg' },
  png: { name: 'PNG', says: 'the picture, twice as large', ending: 'png' },
  csv: { name: 'CSV', says: 'a record for every weight that the filters leave', ending: 'csv' },
  'csv-matrix': { name: 'CSV matrix', says: 'queries down, keys across, as filtered', ending: 'csv' },
  html: {
    name: 'HTML page',
    says: 'all layers and heads, unfiltered, to look at without this extension',
    ending: 'html',
  },
  npz: { name: 'npz', says: 'all weights, unfiltered, for numpy.load', ending: 'npz' },
  json: { name: 'JSON', says: 'all weights, unfiltered, tokens and what is known of the model', ending: 'json' },
};

/** The file that shows a view; a PNG is drawn from the SVG. */
export function fileFormatOf(format: PanelFormat, view: ViewName): FileFormat {
  return format === 'svg' || format === 'png' ? viewTable[view].picture : format;
}
