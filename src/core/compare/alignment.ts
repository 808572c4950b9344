import { plainOptions } from '../attention/view.ts';
import { itemAt } from '../item-at.ts';
import { arrange, arranged } from '../scene/arrangement.ts';
import type { Frame } from '../scene/frame.ts';
import { labelOf } from '../text/label.ts';
import { strongest } from '../attention/rows.ts';
import { alignmentError, type AlignmentError } from './alignment-error.ts';
import { knownAlignmentOf, sameWords, type KnownAlignment } from './known-alignments.ts';

/** What is known of the alignment of a translation. */
export interface Alignment {
  readonly known: KnownAlignment;
  /** Null where the model writes another translation than the one whose alignment is known. */
  readonly error: AlignmentError | null;
  /** The query token and key token of every link that is known; none where the translation is another one. */
  readonly links: readonly { readonly query: number; readonly key: number }[];
}

/**
 * How far the cross-attention of a frame in tokens follows the alignment of its sentence, by all its weights; null for
 * every sentence whose alignment is not known, and for maps that are no cross-attention.
 */
export function alignmentOf(frame: Frame): Alignment | null {
  const { map, info } = frame;
  if (map.kind !== 'cross' || !map.rows) return null;
  const arrangement = arrange(map, info.sequences, { ...plainOptions, unit: 'words' });
  const { sides, steps, sequences } = arrangement;
  const keys = sequences[arrangement.map.keys];
  const source = (keys?.tokens ?? []).flatMap((token, at) =>
    token.special || !keys ? [] : [{ at, label: labelOf(keys, token) }],
  );
  const known = knownAlignmentOf(source.map(({ label }) => label));
  if (!known || !steps) return null;
  const written = steps.slice(0, known.target.length).map((step) => step.written);
  // What comes after the last word is the end of the text.
  const isKnown = sameWords(known.target, written) && steps.length <= known.target.length + 1;
  if (!isKnown) return { known, error: null, links: [] };
  const { whole } = arranged(frame.whole.spoken, arrangement, { ...plainOptions, unit: 'words' });
  const columns = sides.key.length;
  const looks = known.target.map((_, row) => {
    const at = strongest(whole.subarray(row * columns, (row + 1) * columns), 1)[0]?.index;
    return source.findIndex((one) => one.at === at);
  });
  const tokenOf = (place: number): number => itemAt(sides.key, itemAt(source, place).at).first;
  return {
    known,
    error: alignmentError(looks, known.links),
    links: known.links.flatMap((places, row) =>
      places.map((place) => ({ query: itemAt(sides.query, row).first, key: tokenOf(place) })),
    ),
  };
}
