import type { PartName } from '../../block/part-name.ts';
import type { Words } from '../words.ts';
import { countOf, keysOf, listOf } from './grammar.ts';
import { partNames } from './part-names.ts';

const everywhere: readonly PartName['kind'][] = [
  'output-bias',
  'norm-bias',
  'bias',
  'query-bias',
  'key-bias',
  'logit-bias',
];
const stored: readonly PartName['kind'][] = ['word', 'position', 'segment', 'embedding', 'states'];

/** Was ein Teil an einem Token ist: `Head 0.1 bei ‚ate‘`, `Positions-Embedding von ‚cat‘`. */
function wrote(part: PartName, at: string): string {
  const name = partNames.name(part, null);
  if (everywhere.includes(part.kind)) return name;
  if (stored.includes(part.kind)) return `${name} von ${at}`;
  return part.kind === 'stream' ? `Früheres bei ${at}` : `${name} bei ${at}`;
}

function short(part: PartName): string {
  return partNames
    .name(part, null)
    .replace(/-Embedding$/, '')
    .replace('Embedding', 'Embed\u00ADding')
    .replace('Attention', 'Atten\u00ADtion');
}

const terms = (count: number): string => countOf(count, 'Term', 'Terme');

/** Warum ein Score ist, was er ist. */
export const scoreParts: Words['scoreParts'] = {
  wrote,
  short,
  others: (count) => countOf(count, 'anderer', 'andere'),
  shortOthers: (count) => countOf(count, 'anderer', 'an\u00ADdere'),
  otherParts: (count, at) => `${countOf(count, 'anderer Teil', 'andere Teile')} von ${at}`,
  meeting: (query, key) => `${query} mal ${key}`,
  score: (query, key) => `Score von ${query} → ${key}`,
  side: (amount, isAbove) => `${amount} ${isAbove ? 'über' : 'unter'} dem Mittel der Zeile`,
  atMean: 'gleich dem Mittel der Zeile',
  inside: (score, apart, amount, parts) =>
    `Vom ${score} (${apart}) ${parts.length > 1 ? 'kommen je' : 'kommt'} ${amount} aus ${listOf(parts)}`,
  beyond: (score, apart, amount, adds, parts) =>
    `Der ${score} ist ${apart}. ${parts.length > 1 ? 'Je ' : ''}${amount} ` +
    `${adds ? (parts.length > 1 ? 'kommen' : 'kommt') : parts.length > 1 ? 'gehen ab' : 'geht ab'} durch ` +
    listOf(parts),
  many: (score, apart, amount, count) =>
    `Der ${score} ist ${apart}. Kein Term ragt heraus: die ${count} größten sind je ${amount}`,
  rest: (count, amount) =>
    count === 1 ? `; der andere Term ist ${amount}.` : `; die Summe der anderen ${terms(count)} ist ${amount}.`,
  noRest: '.',
  cancels: (score, count, amount, largest) =>
    `Der ${score} ist das Mittel der Zeile: seine ${terms(count)} heben sich auf. Der größte ist ${amount}, ` +
    `${largest}.`,
  still: (score) => `Der ${score} ist das Mittel der Zeile, und ebenso jeder seiner Terme.`,
  oneKey: (query, key) => `${query} schaut auf ${key} allein: es gibt keinen anderen Key zum Vergleich.`,
  noKeys: (query) => `${query} schaut auf keinen Key: es gibt keine Zeile zum Vergleich.`,
  bySide: (isAbove, clauses) =>
    `Nach Seiten ${clauses.length > 1 ? 'sind die' : 'ist die'} ` +
    `${isAbove ? 'höchste' : 'niedrigste'}${clauses.length > 1 ? 'n Summen' : ' Summe'} ` +
    `${listOf(clauses)}.`,
  ofQuery: (part, amount) => `${amount} für die Query (${part})`,
  ofKey: (part, amount) => `${amount} für den Key (${part})`,
  masked: (query, key) => `Die Maske nimmt ${query} den Key ${key}, was auch immer dieser Score ist.`,
  added: (names, apart) => `Nach ${listOf(names)} ist der Score, den der Softmax liest, ${apart}.`,
  softcap: 'Soft Cap',
  whole: (side, at, why) =>
    `${side === 'query' ? 'Die Query' : 'Der Key'} von ${at} ist ein Teil, da ${side === 'query' ? 'sie' : 'er'} ` +
    `nicht zerlegt werden konnte: ${why}.`,
  keySide: (key) => `Spalten: was zu ${key} geschrieben wurde, dem Key`,
  querySide: (query) => `Zeilen: was zu ${query} geschrieben wurde, der Query`,
  sum: 'Summe',
  legend: 'Farbe: √Größe; Orange hebt den Score über das Mittel der Zeile, Blau senkt ihn',
  legendOfBars: 'Balken hinauf heben den Score über das Mittel der Zeile, Balken hinab senken ihn',
  largest: 'Größte Terme',
  further: (count) => (count === 1 ? '1 weiterer Term' : `${count} weitere Terme zusammen`),
  check: 'Probe',
  terms: (count) => `Summe von ${countOf(count, 'Term', 'Termen')}`,
  excess: 'Score ohne das Mittel der Zeile',
  difference: 'Unterschied',
  product: 'Skalierung × q·k im Modell',
  mean: (keys) => `sein Mittel über ${keysOf(keys)}`,
  capped: 'nach dem Soft Cap',
  bias: (name) => `+ ${name}`,
  read: 'Score, den der Softmax liest',
  readMean: 'Mittel der Scores der Zeile',
  readout: (amount, what) => `${amount}: ${what}`,
  allOf: (part) => `${part}, über die ganze Zeile`,
  allOfKey: (part) => `${part}, über die ganze Spalte`,
  total: 'alle Terme: der Score ohne das Mittel der Zeile',
  grid: 'Terme des Scores: Teile der Query in Zeilen, Teile des Keys in Spalten',
  table: (query, key) => `Terme des Scores von ${query} → ${key}, Zeilenmittel abgezogen`,
  part: 'Teil',
  value: 'Term',
  heading: (head, query, key) => `${head}: warum dieser Score von ${query} → ${key}`,
  picture: (model) => `Warum ein Score von ${model}`,
  noPicture: 'Warum dieser Score braucht ein angeheftetes Token: ein Score hat eine Query und einen Key',
  why: 'Warum dieser Score?',
  whyMeaning: 'Zeigen, aus welchen Teilen der Query und des Keys dieser Score kommt.',
  whyLogit: (token) => `Warum dieses Logit von ${token}`,
  whyLogitMeaning: (token) => `Zeigen, aus welchen Teilen des Residualstroms das Logit von ${token} kommt.`,
  closeLogitMeaning: 'Die Teile dieses Logits ausblenden.',
  sumOfParts: (count) => `Summe von ${countOf(count, 'Teil', 'Teilen')}`,
  logit: 'Logit im Modell',
  logitCaution:
    'Direkte Wirkungen, mit der letzten Norm wie in diesem Lauf. Ein Teil, der alle Logits gleich hebt, ändert keine ' +
    'Wahrscheinlichkeit.',
  againMeaning: 'Das Modell noch einmal fragen.',
  cancelMeaning: 'Das Rechnen abbrechen.',
  back: 'Rechnung',
  backMeaning: 'Zeigen, wie dieses Gewicht berechnet wird.',
  frozen: 'Normen behalten die Statistik dieses Laufs, damit die Summe der Teile der Score ist.',
};
