import type { Words } from '../words.ts';

/** Ein Gewicht, zerlegt. */
export const explanation: Words['explanation'] = {
  cell: (head, map, query, key) => `${head} der Karte „${map}“: Query ${query}, Key ${key}`,
  product: 'q·k',
  scale: '× Skalierung',
  softcap: 'Soft Cap',
  bias: (name) => `+ ${name}`,
  biases: {
    mask: 'Maske',
    position: 'relative Position',
    'content and position': 'Inhalt und Position',
    bound: 'Schranke',
    edit: 'Eingriff',
  },
  formula: 'Score durch',
  formulas: { additive: 'v·tanh(W s + U h)', concat: 'v·tanh(W s + U h)', dot: 's·h', general: 's·W h' },
  vector: (size, norm) => `${size} Zahlen, Länge ${norm}`,
  window: 'Fenster',
  windowOf: (centre, halfWidth, sigma) =>
    `${centre} ± ${halfWidth}${sigma === null ? '' : `, Gaußkurve mit σ = ${sigma}`}`,
  score: 'Score',
  mean: 'mittlerer Score der Zeile',
  weight: 'Gewicht',
  key: 'größte Keys',
  output: 'Länge der Ausgabe des Heads',
  ofKey: 'von diesem Key',
  share: (norm, share) => (share === null ? norm : `${norm} (${share} der Ausgabe)`),
  outputDifference: 'die Summe der Heads weicht vom Modell ab um',
  difference: 'die nachgerechnete Zeile weicht vom Modell ab um',
  missing: (part) => `${part} nicht gefunden`,
  parts: {
    scores: 'Scores',
    'query projection': 'Query-Projektion',
    'key projection': 'Key-Projektion',
    'value projection': 'Value-Projektion',
    'output projection': 'Ausgabeprojektion',
    'norm before': 'Norm vor der Attention',
    residual: 'Residualstrom',
    'feed-forward': 'Feed-Forward-Teil',
  },
};
