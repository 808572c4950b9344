import { shareText } from '../../attention/number-words.ts';
import type { Words } from '../words.ts';
import { countOf } from './grammar.ts';

/** Die Karte aller Heads. */
export const plane: Words['plane'] = {
  chart: 'Diagramm',
  charts: {
    measure: { name: 'Skala', says: 'Jeder Head als Punkt auf einer Skala.' },
    similarity: {
      name: 'Karte',
      says:
        'Jeder Head als Punkt auf einer Karte: nah beieinander, wo ihre Gewichte auf englischen Testsätzen ' +
        'ähnlich sind.',
    },
  },
  name: 'Karte aller Heads: nah beieinander, wo ihre Gewichte ähnlich sind',
  heading: 'alle Heads nach der Ähnlichkeit ihrer Gewichte',
  picture: (model) => `Attention von ${model}, Karte aller Heads`,
  caption: ({ shown, sentences }) =>
    `Abstände: Jensen-Shannon, an ${countOf(sentences, 'englischen Satz', 'englischen Sätzen')}. ` +
    'Zwei Dimensionen zeigen ' +
    `${shareText(shown)} der quadrierten Abstände; die Achsen bedeuten für sich nichts.`,
  scale: (distance) => `Abstand ${distance}`,
  families: {
    grammar: 'Grammatik',
    position: 'Position',
    repetition: 'Wiederholung',
    special: 'besondere Tokens',
    pair: 'anderer Text',
    broad: 'breit',
    none: 'keine Rolle',
  },
  family: (name, heads) => `${name} ${heads}`,
  familiesMeaning: 'Formen und Farben: wovon die erste Rolle eines Heads handelt.',
  nearest: (heads) => `am nächsten: ${heads}`,
  columns: { place: 'Platz', nearest: 'Nächste Heads' },
  notMeasured: 'Die Heads dieses Modells sind noch nicht gemessen',
  notMeasuredAdvice:
    'Die Karte vergleicht ihre Gewichte auf englischen Testsätzen, die mit der Erweiterung kommen. ' +
    'Rollen werden im selben ' +
    'Lauf gemessen.',
  measure: 'Messen, was Heads tun',
  measureMeaning: 'Lässt das Modell die Testsätze lesen; das Ergebnis bleibt.',
  otherAttention:
    'Heads werden an einzelnen Texten verglichen. Diese Attention liest von einem Text in den anderen, ' +
    'oder beim Schreiben.',
};
