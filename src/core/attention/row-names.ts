import { spellingOf, visibleText } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { markedLabelOf } from '../text/unknown-words.ts';
import type { DecoderRows, MapInfo } from './map.ts';
import { unitSequence } from './unit-sequence.ts';
import { allUnits, type UnitOptions } from './units.ts';

/**
 * How the rows of a decoder are named: by the token that it reads at a step, by the one that it writes then, or by
 * both.
 */
export const rowChoices = ['both', 'read', 'written'] as const;
export type RowChoice = (typeof rowChoices)[number];

/**
 * What a row of a decoder's map stands for: the token (or word) that is read at that step and the one that is written
 * then.
 */
export interface RowName {
  readonly read: string;
  readonly written: string;
}

/** What stands between the token that is read and the one that is written. */
export const writes = '▸';

/** What is not known to be read or written. */
const unknown = '…';

/**
 * What is read and what is written at every row of a decoder's map, hidden rows included: one for each unit of its
 * query sequence. Null for a map whose rows are no steps of writing. At the ends, where the sequence has no neighbour,
 * `edge` of the map stands in.
 */
export function rowNames(
  { rows, queries }: Pick<MapInfo, 'rows' | 'queries'>,
  sequences: readonly Sequence[],
  unit: UnitOptions['unit'],
): readonly RowName[] | null {
  const sequence = sequences[queries];
  if (!rows || !sequence) return null;
  const units = unitSequence(
    sequence,
    allUnits(sequence, unit).map((one, at) => ({ ...one, at })),
  );
  const labels = units.tokens.map((token) => markedLabelOf(units, token));
  const edge = edgeOf(rows);
  return labels.map((label, at) =>
    rows.tokens === 'written'
      ? { read: labels[at - 1] ?? edge, written: label }
      : { read: label, written: labels[at + 1] ?? edge },
  );
}

/** A row's name as it is chosen: `el ▸ rey`, `el` or `rey`. */
export function rowText({ read, written }: RowName, choice: RowChoice): string {
  return choice === 'both' ? `${read} ${writes} ${written}` : choice === 'read' ? read : written;
}

function edgeOf({ edge }: DecoderRows): string {
  return edge === null ? unknown : visibleText(spellingOf(edge));
}
