import type { Words } from '../words.ts';
import { layersOf } from './grammar.ts';

const directionNames = { both: 'je nach Seite', from: 'als Query', to: 'als Key' } as const;
const rowNames = { both: 'gelesen ▸ geschrieben', read: 'gelesenes Token', written: 'geschriebenes Token' } as const;

/** Was mit den Gewichten geschieht, bevor sie gezeigt werden. */
export const filters: Words['filters'] = {
  pairs: { all: 'alle', aa: 'A → A', ab: 'A → B', ba: 'B → A', bb: 'B → B' },
  pairMeanings: {
    all: 'Die Querys und Keys beider Texte.',
    aa: 'Nur Querys im ersten Text (A) und Keys im ersten Text (A).',
    ab: 'Nur Querys im ersten Text (A) und Keys im zweiten Text (B).',
    ba: 'Nur Querys im zweiten Text (B) und Keys im ersten Text (A).',
    bb: 'Nur Querys im zweiten Text (B) und Keys im zweiten Text (B).',
  },
  directions: directionNames,
  directionMeanings: {
    both: 'Nach der Seite, auf die Sie zeigen: eine Query, links, mit ihren Keys; ein Key, rechts, mit seinen Querys.',
    from: 'Das Token als Query, auf beiden Seiten: seine Zeile, die Tokens, auf die es schaut.',
    to: 'Das Token als Key, auf beiden Seiten: seine Spalte, die Tokens, die auf es schauen.',
  },
  rowNames,
  words: 'Wörter',
  mergedLayers: (merge, layers) => `${merge === 'mean' ? 'Mittel' : 'Maximum'} von ${layersOf(layers)}`,
  maxOfHeads: 'Maximum der Heads',
  hidden: (special, punctuation) =>
    `${[...(special ? ['besondere Tokens'] : []), ...(punctuation ? ['Satzzeichen'] : [])].join(' und ')} ausgeblendet`,
  renormalised: 'Zeilen neu normiert',
  mass: (share) => `stärkste Verbindungen, die ${Number((share * 100).toFixed(1))} % abdecken`,
  topK: (links) => `die ${links} stärksten`,
  direction: (direction) => `Token im Fokus ${directionNames[direction]}`,
  rows: (rows) => `Zeilen: ${rowNames[rows]}`,
  oneStep: 'ein Schritt nach dem anderen',
  none: 'keine Filter',
};
