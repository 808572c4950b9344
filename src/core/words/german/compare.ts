import type { Words } from '../words.ts';
import { countOf, listOf } from './grammar.ts';

const maxNamed = 3;

function named(labels: readonly string[]): string {
  const told = labels.length > maxNamed + 1 ? labels.slice(0, maxNamed) : labels;
  const others = labels.length - told.length;
  return listOf([...told.map((label) => `‚${label}‘`), ...(others > 0 ? [`${others} andere`] : [])]);
}

/** Läufe nebeneinander. */
export const compare: Words['compare'] = {
  bar: 'Verglichene Läufe',
  add: 'Vergleichen mit',
  addMeaning: 'Ein anderes Modell, einen anderen Text oder einen anderen Head neben diesen Lauf stellen.',
  anotherModel: { name: 'Anderes Modell…', says: 'auf demselben Text' },
  anotherText: { name: 'Anderer Text…', says: 'mit demselben Modell' },
  anotherHead: { name: 'Anderer Head', says: 'desselben Laufs' },
  unedited: { name: 'Ohne Eingriffe', says: 'das Modell, wie es ist' },
  remove: (title) => `${title} entfernen`,
  removeMeaning: 'Diesen Lauf aus dem Vergleich entfernen.',
  empty: 'Noch nichts verglichen',
  emptyAdvice:
    'Wählen Sie, was neben diesem Lauf stehen soll. Gemeinsame Wörter werden verbunden, Gewichte voneinander ' +
    'abgezogen.',
  withEdits: 'Mit Eingriffen',
  withoutEdits: 'Ohne Eingriffe',
  modelOn: (model, text) => `${model}: „${text}“`,
  text: (excerpt) => `„${excerpt}“`,
  place: (title) => `Schicht und Head von ${title}`,
  layer: 'Schicht',
  layerOf: (layer) => `Schicht ${layer}`,
  head: 'Head',
  headOf: (head) => `Head ${head}`,
  allHeads: 'Alle Heads',
  best: (head) => `${head} (passend)`,
  bestOf: 'Am besten passend',
  bestMeaning: 'Dieselbe Schicht und derselbe Head; in einem anderen Modell der Head mit derselben Rolle.',
  running: 'Das Modell läuft',
  cancel: 'Abbrechen',
  cancelMeaning: 'Diesen Lauf abbrechen.',
  cancelled: 'Abgebrochen.',
  again: 'Neu ausführen',
  againMeaning: 'Diese Seite noch einmal ausführen.',
  hidden: 'Die Filter blenden alle Tokens dieses Laufs aus.',
  matrix: (title) => `Matrix von ${title}: jede Zeile ist eine Query, jede Spalte ein Key`,
  differenceMatrix: (title) => `Unterschiede, ${title}: jede Zeile ist eine Query, jede Spalte ein Key`,
  differenceTitle: 'Unterschied',
  difference: (second, first) => `${second} − ${first}`,
  meanDifference: (mean, largest) => `Mittel |Unterschied| ${mean}, größter ${largest}`,
  divergence: (nats) => `Jensen-Shannon ${nats} nat je Zeile`,
  divergenceMeaning:
    'Die Jensen-Shannon-Divergenz zweier Zeilen: 0, wo sie gleich sind, 0.69 (ln 2), wo sie keinen Key teilen. ' +
    'Was eine Zeile ' +
    'Tokens gibt, die der andere Lauf nicht hat, zählt als ein weiterer Key.',
  noDifference: (first, second) => {
    const parts = [
      ...(first.length > 0 ? [`${named(first)} nur im ersten Lauf`] : []),
      ...(second.length > 0 ? [`${named(second)} nur in diesem`] : []),
    ];
    return `Keine Karte der Unterschiede, die Wörter sind verschieden: ${listOf(parts)}.`;
  },
  error: (rate, right, rows) => `Alignment-Fehler ${rate}, ${right} von ${countOf(rows, 'Wort', 'Wörtern')} richtig`,
  errorMeaning:
    'Alignment Error Rate (Och und Ney 2003) des Quellwortes mit dem größten Gewicht gegen die bekannte ' +
    'Zuordnung: 0 ist am besten.',
  otherTranslation: 'Alignment-Fehler unbekannt: diese Übersetzung ist nicht die bekannte',
  dots: 'Punkte: die bekannte Zuordnung dieses Satzes.',
  ofWords: 'Wort für Wort verglichen: die Modelle zerlegen den Text in verschiedene Tokens.',
  writes: 'Zeilen werden nach dem geschriebenen Wort verglichen.',
  scale: 'Farbe: √|Unterschied|',
  scaleContrast: 'Balken hinauf: größer; Balken hinab: kleiner',
  legend: (first) => `größer und kleiner als ${first}`,
  less: 'weniger',
  more: 'mehr',
  pointAt: 'Zeigen Sie auf eine Zelle, oder drücken Sie in einer Matrix die Pfeiltasten.',
  cell: (title, weight) => `${title} ${weight}`,
  noCell: 'nicht in diesem Lauf',
  maskedCell: 'maskiert',
  exact: (weight, difference) => (difference === null ? weight : `${weight} (${difference})`),
  table: (row) => `Gewichte von ${row}`,
  columns: { key: 'Key', difference: 'Unterschied' },
  written: {
    query: 'Query',
    divergence: 'Jensen-Shannon, Nats',
    key: 'Key',
    largest: 'größter Unterschied',
    link: 'Verbindung',
    first: 'erster',
    other: 'anderer',
    difference: 'Unterschied',
  },
  picture: (model) => `Attention von ${model}, verglichen`,
  noPicture: 'Noch nichts verglichen.',
};
