import { viewTable, type ViewName } from '../views/table.ts';
import { comparedFormats, type FileFormat } from './format.ts';

/**
 * What the panel can be exported as, in the order in which it is offered; `svg` and `png` show the view that is in
 * sight.
 */
export const panelFormats = [
  'svg',
  'png',
  'csv-parts',
  'json-parts',
  ...comparedFormats,
  'csv-heads',
  'csv',
  'csv-matrix',
  'html',
  'npz',
  'json',
] as const;
export type PanelFormat = (typeof panelFormats)[number];

/** What is offered while a view is in sight: the parts of a score, differences, or heads, where they are shown. */
export function panelFormatsOf(view: ViewName): readonly PanelFormat[] {
  const { comparesRuns, showsTokens } = viewTable[view];
  const isCompared = (format: PanelFormat): boolean => comparedFormats.some((one) => one === format);
  const isOfParts = (format: PanelFormat): boolean => format === 'csv-parts' || format === 'json-parts';
  return panelFormats.filter(
    (format) =>
      (view === 'parts' || !isOfParts(format)) &&
      (comparesRuns || !isCompared(format)) &&
      (!showsTokens || format !== 'csv-heads'),
  );
}

/** The ending of the files of each format. */
export const fileEndings: Readonly<Record<PanelFormat, string>> = {
  svg: 'svg',
  png: 'png',
  'csv-parts': 'csv',
  'json-parts': 'json',
  'csv-difference': 'csv',
  'csv-heads': 'csv',
  'json-difference': 'json',
  csv: 'csv',
  'csv-matrix': 'csv',
  html: 'html',
  npz: 'npz',
  json: 'json',
};

/** The file that shows a view; a PNG is drawn from the SVG. */
export function fileFormatOf(format: PanelFormat, view: ViewName): FileFormat {
  return format === 'svg' || format === 'png' ? viewTable[view].picture : format;
}
