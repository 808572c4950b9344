import type { Words } from '../words.ts';

/** Die Ansichten. */
export const views: Words['views'] = {
  names: {
    heads: {
      name: 'Head',
      says: 'Head-Ansicht',
      meaning: 'Zwei Spalten von Tokens und eine Linie für jedes Attention-Gewicht der gezeigten Heads.',
    },
    model: {
      name: 'Alle Heads',
      short: 'Alle',
      says: 'Alle Heads',
      meaning: 'Jeder Head jeder Schicht als kleine Matrix seiner Gewichte.',
    },
    matrix: {
      name: 'Matrix',
      says: 'Matrix-Ansicht',
      meaning: 'Querys in Zeilen, Keys in Spalten, eine Zelle für jedes Attention-Gewicht.',
    },
    layers: {
      name: 'Schichten',
      says: 'Schichten-Ansicht',
      meaning:
        'Jeder Head als Punkt: auf der Skala eines Maßes, oder auf einer Karte, wo ähnliche Heads nah beieinander sind.',
    },
    arithmetic: {
      name: 'Rechnung',
      says: 'Rechnungs-Ansicht',
      meaning: 'Ein Gewicht Schritt für Schritt berechnet: Query, Key, Score, Softmax, Value.',
    },
    compare: {
      name: 'Vergleich',
      says: 'Vergleichs-Ansicht',
      meaning: 'Zwei oder drei Läufe nebeneinander, und ihr Unterschied.',
    },
    parts: {
      name: 'Warum',
      says: 'Warum dieser Score',
      meaning: 'Ein Score nach dem, was zu seiner Query und seinem Key geschrieben wurde.',
    },
  },
  from: 'von Token',
  to: 'zu Token',
  toSource: 'zu Quell-Token',
  notAllLines: (weight) => `nicht alle Linien unter ${weight} sind gezeichnet`,
  queries: 'Query-Tokens',
  keys: 'Key-Tokens',
  measured: 'Was gemessen wird',
  headsBy: (axis) => `Heads jeder Schicht, ${axis}`,
  layer: (layer) => `Schicht ${layer}`,
  order: 'Ordnung der Heads',
  colourOfStrongest:
    'Die Farbe ist die Quadratwurzel des Gewichts. Wo eine Zelle für mehrere Tokens steht, zeigt sie die stärkste ' +
    'Verbindung unter ihnen.',
  colour: 'Farbe: √Gewicht',
  colourMeaning:
    'Die Deckkraft einer Zelle ist die Quadratwurzel ihres Gewichts, damit schwache Gewichte sichtbar bleiben.',
  size: 'Größe',
  smaller: 'Kleiner',
  smallerMeaning: 'Kleinere Bilder.',
  larger: 'Größer',
  largerMeaning: 'Größere Bilder.',
  inGrid: (key) => `${key} im Raster`,
  tileMeaning: (line, role) =>
    `${line}\n${role === null ? '' : `${role}\n`}Klick: diesen Head wählen. Doppelklick: in der Head-Ansicht öffnen.`,
  filterHidesAll: 'Die Filter blenden alle Tokens aus. Setzen Sie sie zurück, um die Heads zu sehen.',
  allHeads: 'Alle Heads',
  grid: 'Matrix: jede Zeile ist ein Query-Token, jede Spalte ein Key-Token',
  noCell: 'Keine Zelle im Fokus',
  hatchedWindow: 'Schraffiert: außerhalb des Fensters',
  hatchedMask: (seen) => `Schraffiert: maskiert (ein Token sieht ${seen})`,
  hatchedMasked: 'Schraffiert: maskiert (spätere Tokens)',
  axes: 'Zeilen: Querys, Spalten: Keys',
  zoom: 'Zoom',
  zoomOut: 'Verkleinern',
  zoomOutMeaning: 'Kleinere Zellen.',
  zoomIn: 'Vergrößern',
  zoomInMeaning: 'Größere Zellen.',
  fit: 'einpassen',
  fitName: 'Die Matrix in die Ansicht einpassen',
  fitMeaning: 'Die ganze Matrix in die Ansicht einpassen.',
  inMatrix: (key) => `${key} in der Matrix`,
};
