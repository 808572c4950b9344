import { views, viewTable, type PictureFormat, type ViewName } from '../views/table.ts';

const partsFormats = ['csv-parts', 'json-parts'] as const;
const dataFormats = ['csv', 'csv-matrix', 'csv-heads', 'html', 'json', 'npz', ...partsFormats] as const;

/** The files of a comparison: the weights of all runs, and their differences. */
export const comparedFormats = ['csv-difference', 'json-difference'] as const;

/** The files that an analysis can become: its numbers, and the picture of every view. */
export type FileFormat = (typeof dataFormats)[number] | (typeof comparedFormats)[number] | PictureFormat;
const pictures = views.map((view) => viewTable[view].picture);
export const fileFormats: readonly FileFormat[] = [...dataFormats, ...comparedFormats, ...pictures];

/** What a terminal can show beside the files: a table for eyes. */
export type TextFormat = 'table' | FileFormat;

/**
 * What a terminal can make of an analysis alone: no file of one weight, which is to be explained first, and nothing of
 * several runs.
 */
export const textFormats: readonly TextFormat[] = [
  'table',
  ...fileFormats.filter((format) => weightOf(format) === null && !isCompared(format)),
];

/** What a file tells of the weight in focus: how it is computed, or also what its score is made of; null for others. */
export function weightOf(format: TextFormat): ViewName | null {
  if (partsFormats.some((each) => each === format)) return 'parts';
  return views.find((view) => viewTable[view].showsOneWeight && viewTable[view].picture === format) ?? null;
}

function isCompared(format: FileFormat): boolean {
  const isPicture = views.some((view) => viewTable[view].comparesRuns && viewTable[view].picture === format);
  return isPicture || comparedFormats.some((each) => each === format);
}
