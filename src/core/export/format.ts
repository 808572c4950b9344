/** The files that an analysis can become; `svg` is the head view, `svg-matrix` the matrix view. */
export const fileFormats = ['csv', 'csv-matrix', 'html', 'json', 'npz', 'svg', 'svg-matrix'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** What a terminal can show beside the files: a table for eyes. */
export const textFormats = ['table', ...fileFormats] as const;
export type TextFormat = (typeof textFormats)[number];
