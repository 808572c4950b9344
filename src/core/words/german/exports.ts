import type { Words } from '../words.ts';
import { grouped, headsOf, layersOf, listOf } from './grammar.ts';

const maps = { attention: 'Attention', encoder: 'Encoder', decoder: 'Decoder', cross: 'Cross' } as const;
const kinds = { self: 'Self', causal: 'kausal', cross: 'Cross' } as const;

/** `3–5`, oder `3` allein. */
function range(first: number, end: number): string {
  return end - first === 1 ? String(first) : `${first}–${end - 1}`;
}

/** Die Formate des Panels. */
export const formats: Words['formats'] = {
  svg: { name: 'SVG', says: 'das Bild, bearbeitbar; Text bleibt Text' },
  png: { name: 'PNG', says: 'das Bild in doppelter Größe' },
  'csv-heads': {
    name: 'CSV der Heads',
    says: 'ein Datensatz für jeden Head: Rolle, Maße, Platz auf der Karte, nächster Head',
  },
  csv: { name: 'CSV', says: 'ein Datensatz für jedes Gewicht, das die Filter lassen' },
  'csv-matrix': { name: 'CSV-Matrix', says: 'Querys in Zeilen, Keys in Spalten, wie gefiltert' },
  'csv-parts': { name: 'CSV der Teile', says: 'ein Datensatz für jedes Paar von Teilen dieses Scores' },
  'json-parts': { name: 'JSON der Teile', says: 'die Teile dieses Scores und ihre Terme' },
  'csv-difference': { name: 'CSV der Unterschiede', says: 'ein Datensatz für jede Zelle: das Gewicht in jedem Lauf' },
  'json-difference': { name: 'JSON der Unterschiede', says: 'dasselbe, mit Divergenzen und Alignment-Fehler' },
  html: { name: 'HTML-Seite', says: 'alle Schichten und Heads, ungefiltert; öffnet sich in jedem Browser' },
  npz: { name: 'npz', says: 'alle Gewichte, ungefiltert, für numpy.load' },
  json: { name: 'JSON', says: 'alle Gewichte, ungefiltert, mit Tokens und Angaben zum Modell' },
};

/** Was in Bildern steht. */
export const pictures: Words['pictures'] = {
  title: (model) => `Attention von ${model}`,
  titleOf: (model, layer) => `Attention von ${model}, ${layer}`,
  matrix: (model) => `Attention von ${model} als Matrix`,
  allHeads: (model) => `Attention von ${model}, alle Heads`,
  layers: (model, axis) => `Attention von ${model}, Schichten nach ${axis}`,
  map: (name, kind) => `${maps[name]} (${kinds[kind]})`,
  everyHead: (axis) => `jeder Head nach ${axis}`,
  heads: headsOf,
  grid: (layers, heads, all) => `${layers}${all === layers ? '' : ` von ${layersOf(all)}`} × ${headsOf(heads)}`,
  window: (halfWidth) => `; gepunktet: Mitte des Fensters, ± ${halfWidth}`,
  rows: (rows) => `Zeilen: ${rows}`,
  colour: 'Farbe: √Gewicht; Zeilen: Querys, Spalten: Keys',
  colourOfStrongest: 'Farbe: √Gewicht der stärksten Verbindung jeder Zelle; Zeilen: Querys, Spalten: Keys',
  axis: (axis) => `${axis}; gestrichelt: Mittel der Schicht`,
  noMap: (map, count) => `Es gibt keine Karte ${map}: die Analyse hat ${count}, gezählt ab 0.`,
  noHead: (head, count) => `Es gibt keinen Head ${head}: die Karte hat ${count}, gezählt ab 0.`,
  noLayer: (layer, count) => `Es gibt keine Schicht ${layer}: die Karte hat ${count}, gezählt ab 0.`,
};

/** Die Tabelle für ein Terminal. */
export const table: Words['table'] = {
  milliseconds: (time) => `${Math.round(time)} ms`,
  messages: (roles) =>
    `Nachrichten: ${roles.map(({ role, first, end }) => `${role} ${range(first, end)}`).join(', ')}.`,
  generated: (first, end) => {
    if (first >= end) return 'Das Modell hat keine Tokens erzeugt.';
    return end - first === 1
      ? `Token ${first} hat das Modell erzeugt.`
      : `Die Tokens ${range(first, end)} hat das Modell erzeugt.`;
  },
  topKeys: {
    step: (rows) => `jeder Schritt (${rows}) und seine größten Keys`,
    token: 'jedes Token und seine größten Keys',
    word: 'jedes Wort und seine größten Keys',
  },
  seesOnly: (key) => `sieht nur ${key}`,
  nothing: 'nichts',
  centre: (place, halfWidth) => `Mitte ${place.toFixed(1)} ± ${halfWidth}`,
  sum: (sum) => `Summe ${sum}`,
  masks: 'Vorhersage: die wahrscheinlichsten Tokens für jede Maske',
  oneLabel: 'Vorhersage: eines dieser Labels',
  eachLabel: 'Vorhersage: jedes dieser Labels für sich',
  score: (name, value) => `Vorhersage: ${name} ${value}`,
  tags: 'Vorhersage: ein Label für jedes Token',
  next: 'nächstes',
  rank: (rank) => `Rang ${rank}`,
  nextTokens: (vocabulary) =>
    'Vorhersage: Wahrscheinlichkeit und Rang jedes Tokens nach denen davor, und die wahrscheinlichsten Tokens dort ' +
    `(Rang 0 ist das wahrscheinlichste${vocabulary === undefined ? '' : ` von ${grouped(vocabulary)} Tokens`})`,
  drawn: ({ temperature = 1, topK, topP }) =>
    'in Klammern: die Wahrscheinlichkeit, mit der ein Token gezogen wird, mit ' +
    listOf([
      `Temperatur ${temperature}`,
      ...(topK === undefined ? [] : [`top-k ${topK}`]),
      ...(topP === undefined ? [] : [`top-p ${topP}`]),
    ]),
  answer: 'Vorhersage: die Antwort (ihre Wahrscheinlichkeit ist die ihres Anfangs × die ihres Endes)',
  answerText: (text) => `„${text}“`,
  answerAt: (start, end, isSecond) => `Zeichen ${start}–${end}${isSecond ? ' des zweiten Textes' : ''}`,
  answerEnds: (start, end) => `Anfang ${start} × Ende ${end}`,
  noAnswer: 'keine Antwort im Text',
};

/** Die Seite, die eine Analyse ohne die Erweiterung zeigt. */
export const page: Words['page'] = {
  noScript: 'Diese Seite zeichnet die Attention mit ihrem eigenen Skript. Erlauben Sie Skripte, um das Bild zu sehen.',
  heading: (model) => `Attention von ${model}`,
  map: 'Karte',
  maps,
  layer: 'Schicht',
  head: 'Head',
  meanOf: (heads) => `Mittel von ${heads}`,
  matrix: 'Attention-Matrix: Zeilen sind Querys, Spalten sind Keys. Pfeiltasten gehen von Zelle zu Zelle.',
  pointAt: 'Zeigen Sie auf eine Zelle der Matrix oder auf ein Wort des Textes.',
  where: (layer, head) => `Schicht ${layer}, ${head === null ? 'Mittel aller Heads' : `Head ${head}`}`,
  masked: (where, query, key) => `${where}: ${query} kann ${key} nicht sehen.`,
  forced: (where, query, key) => `${where}: ${query} kann nur auf ${key} schauen.`,
  weight: (where, query, weight, key) => `${where}: ${query} schaut ${weight} auf ${key}.`,
  looksAt: (query) => `${query} schaut auf`,
  lookedAtBy: (key) => `${key} wird angeschaut von`,
  eightBits: 'Die Gewichte stehen hier in 8 Bit: auf 0.004 genau.',
  sixteenBits: 'Die Gewichte stehen hier in 16 Bit: auf 0.00002 genau.',
  keys:
    'In der Matrix: Pfeile gehen weiter, + − 0 zoomen, Ziehen verschiebt. Ein Gewicht sagt, wo ein Head liest, ' +
    'nicht, warum das Modell so antwortet.',
};
