import type { Words } from '../words.ts';
import { listOf } from './grammar.ts';

/** Was es mit einer Vorhersage macht, Heads abzuschalten. */
export const effects: Words['effects'] = {
  place: {
    masked: (token) => `anstelle von ${token}`,
    hidden: (token) => `wobei ${token} dafür maskiert ist`,
    next: (token) => `nach ${token}`,
    written: (token) => `beim Schreiben von ${token}`,
    tag: (token) => `das Label von ${token}`,
    label: 'das Label des Textes',
  },
  heading: (place, watched) => `Wirkung jedes Heads auf ${watched}, ${place}`,
  measure: 'Wirkung jedes Heads',
  measureMeaning:
    'Jeden Head und jeden Feed-Forward-Teil einzeln abschalten und die Vorhersage beim Token im Fokus ' +
    'vergleichen, oder dort, ' +
    'wo das Modell von selbst vorhersagt. Das braucht je einen Lauf.',
  noPrediction:
    'Dieses Modell sagt weder Tokens noch eines von mehreren Labels vorher, es gibt also nichts zu vergleichen.',
  measuring: 'Läuft ohne jeden Head',
  runs: (done, total) => `${done} von ${total} Läufen`,
  cancelMeaning: 'Die Messung abbrechen.',
  largest: (part, kl) => `${part} (${kl} nat)`,
  most: (parts) => `Am größten: ${listOf(parts)}.`,
  part: 'Teil',
  short: 'FF',
  shortOf: (layer) => `FF ${layer}`,
  feedForwardOf: (layer) => `Feed-Forward-Teil von Schicht ${layer}`,
  feedForward: (layer) => `Feed-Forward ${layer}`,
  ofMap: (map, part) => `${map} ${part}`,
  kl: 'KL, nat',
  before: 'vorher',
  after: 'nachher',
  top: 'dann am wahrscheinlichsten',
  likeliest: 'Am wahrscheinlichsten',
  notFound: 'nicht gefunden',
  caution:
    'Jeder Teil wird allein abgeschaltet: was er weitergibt, ist 0. Das prüft, was die Vorhersage hier braucht. ' +
    'Andere Teile ' +
    'können einen fehlenden ersetzen, und Wirkungen addieren sich nicht.',
  sentence: (part, watched, [before, after], moves, kl, top) =>
    `Ohne ${part} ${moves === 'stays' ? 'bleibt' : moves === 'falls' ? 'fällt' : 'steigt'} die Wahrscheinlichkeit ` +
    `von ${watched} ` +
    `${moves === 'stays' ? `bei ${before}` : `von ${before} auf ${after}`} (KL ${kl})` +
    (top === null ? '.' : `; am wahrscheinlichsten ist dann ${top}.`),
  head: (place) => `Head ${place}`,
  nats: (nats) => `${nats} nat`,
};
