import { labelIn, wordsOf } from '../document/words.ts';
import type { AnalysisInfo } from './analysis.ts';
import { weightText } from './number-words.ts';
import { openingThreshold, type Opening } from './opening.ts';
import { relationLabels } from './relations.ts';

/** By which rule the head that an analysis opens with was chosen. */
export const openingRule =
  'Compared are links between two words that carry meaning: no special tokens, punctuation, function words or repeats ' +
  'of the same word. Heads with a known relation come first unless they look at a fixed offset; other heads that follow a position, rest on special tokens or ' +
  `spread over the text are left out. A link stands out with a weight of more than ${openingThreshold}.`;

/** Why an analysis opened as it did, in one sentence. */
export function openingSentence({ maps, sequences }: AnalysisInfo, opening: Opening | null): string {
  if (opening === null) return 'No head stands out on this text, so all of them are shown.';
  const { layer, head, query, key, weight, relation } = opening;
  const map = maps[opening.map];
  const name = (sequence: number | undefined, token: number): string => {
    const found = sequence === undefined ? undefined : sequences[sequence];
    return `‘${found ? labelIn(wordsOf(found), token) : ''}’`;
  };
  const known = relation === undefined ? '' : ` (${relationLabels[relation]})`;
  return (
    `Opened with head ${layer}.${head}${known}: its link ${name(map?.queries, query)} → ${name(map?.keys, key)} ` +
    `(${weightText(weight)}) stands out on this text.`
  );
}
