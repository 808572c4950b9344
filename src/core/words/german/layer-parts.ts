import type { Words } from '../words.ts';

/** Die Tensoren einer Schicht. */
export const layerParts: Words['layerParts'] = {
  layer: (map, layer) => `Schicht ${layer} der Karte „${map}“`,
  columns: ['Teil', 'Form', 'mittlere Länge', ''],
  meanings: {
    q: 'Querys, wie sie auf die Keys treffen',
    k: 'Keys, wie sie auf die Querys treffen',
    v: 'Values',
    scores: 'was der Softmax liest',
    context: 'Values, nach ihren Gewichten addiert',
    output: 'dasselbe nach der Ausgabeprojektion',
  },
  missing: (part, why) => `Nicht gefunden: ${part} (${why}).`,
  files: 'Die Zahlen: --format npz --out DATEI (für numpy.load), oder --format json.',
};
