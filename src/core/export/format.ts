/** The files that an analysis can become; each `svg` is a view: `svg` alone the head view, `svg-model` all heads. */
export const fileFormats = [
  'csv',
  'csv-matrix',
  'html',
  'json',
  'npz',
  'svg',
  'svg-matrix',
  'svg-model',
  'svg-layers',
] as const;
export type FileFormat = (typeof fileFormats)[number];

/** What a terminal can show beside the files: a table for eyes. */
export const textFormats = ['table', ...fileFormats] as const;
export type TextFormat = (typeof textFormats)[number];
