import { views, viewTable, type PictureFormat, type ViewName } from '../views/table.ts';

const dataFormats = ['csv', 'csv-matrix', 'html', 'json', 'npz'] as const;

/** The files that an analysis can become: its numbers, and the picture of every view. */
export type FileFormat = (typeof dataFormats)[number] | PictureFormat;
export const fileFormats: readonly FileFormat[] = [...dataFormats, ...views.map((view) => viewTable[view].picture)];

/** What a terminal can show beside the files: a table for eyes. */
export type TextFormat = 'table' | FileFormat;

/** What a terminal can make of an analysis alone: no picture of one weight, which is to be explained first. */
export const textFormats: readonly TextFormat[] = [
  'table',
  ...fileFormats.filter((format) => !views.some((view) => isOfOneWeight(view) && viewTable[view].picture === format)),
];

function isOfOneWeight(view: ViewName): boolean {
  return viewTable[view].showsOneWeight;
}
