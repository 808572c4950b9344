import type { Words } from '../words.ts';
import { grouped, listOf } from './grammar.ts';

/** Was ein Vorleseprogramm nach einer Bewegung sagt. */
export const announcements: Words['announcements'] = {
  role: (where, role) => `${where}: ${role}`,
  masked: (where, query, key) => `${where}: ${query} kann ${key} nicht sehen`,
  cell: (where, query, share, key) => `${where}: ${query} schaut ${share} auf ${key}`,
  forced: (where, query, key) => `${where}: ${query} kann nur auf ${key} schauen`,
  nothing: (where, token, isQuery, isHiding) =>
    `${where}: ${isQuery ? `${token} schaut auf nichts` : `nichts schaut auf ${token}`}${isHiding ? ' Sichtbares' : ''}`,
  strongest: (where, token, isQuery, share, each, partners) =>
    isQuery
      ? `${where}: ${token} schaut ${each ? 'je ' : ''}${share} auf ${partners}`
      : `${where}: auf ${token} ${each ? 'schauen je' : 'schaut'} ${share} ${partners}`,
  hidden: 'alle Tokens sind ausgeblendet',
  analysis: (model, tokens) => `${model}, ${tokens}`,
  title: (model) => `Attention in ${model}`,
};

function shownPrefix(shown: boolean): string {
  return shown ? 'Vom Gezeigten ' : '';
}

/** `‚a‘ schaut`, oder nach einem Vorsatz `schaut ‚a‘`. */
function looks(query: string, shown: boolean): string {
  return shown ? `${shownPrefix(true)}schaut ${query}` : `${query} schaut`;
}

/** Sätze über das Token im Fokus. */
export const focus: Words['focus'] = {
  itself: 'sich selbst',
  named: (tokenNames, others) => listOf([...tokenNames, ...(others > 0 ? [`${others} andere`] : [])]),
  forced: (query, key) => `${query} kann nur auf ${key} schauen, daher sagt dieses Gewicht nichts über den Head.`,
  looksAtNothing: (query, shown) => `${query} schaut hier auf nichts${shown ? ' von dem, was gezeigt wird' : ''}.`,
  nothingLooksAt: (key, shown, byForce) =>
    `Nichts${shown ? ' von dem, was hier gezeigt wird,' : ''} schaut${shown ? '' : ' hier'} auf ${key}` +
    `${byForce ? ', außer einem Token, das auf nichts anderes schauen kann' : ''}.`,
  weight: (weight, each) => `${each ? 'je ' : ''}${weight}`,
  lookedAtMost: (key, queries, weight, shown) =>
    `${shown ? 'Vom Gezeigten schauen auf' : 'Auf'} ${key} ${shown ? '' : 'schauen '}am meisten: ${queries} ` +
    `(${weight}).`,
  mostly: (query, keys, weight, shown) => `${looks(query, shown)} zum größten Teil auf ${keys} (${weight}).`,
  alike: (query, keys, weight, shown) => `${looks(query, shown)} gleich stark auf ${keys} (${weight}).`,
  most: (query, keys, weight, shown) => `${looks(query, shown)} am meisten auf ${keys} (${weight}).`,
  spreads: (query, keys, weight, isOne, shown) =>
    `${shown ? `Vom Gezeigten her verteilt ${query}` : `${query} verteilt`} seine Attention; ` +
    `${isOne ? 'das größte Gewicht' : 'die größten Gewichte'}, ${weight}, ${isOne ? 'geht' : 'gehen'} auf ${keys}.`,
  filteredOut: 'aus dem Bild gefiltert',
  masked: 'maskiert',
  lessThanOne: 'weniger als 1 %',
  moreThan99: 'mehr als 99 %',
  rowSum: (sum) => `Die Summe der Zeile ist ${sum}.`,
  rowBelow: (sum) => `Die Summe der Zeile ist ${sum}: der Rest bis 1 geht auf kein Token.`,
  rowAbove: (sum) => `Die Summe der Zeile ist ${sum}: das Modell ändert seine Gewichte nach dem Softmax.`,
  localM: (centre, token, isNear, halfWidth) =>
    `local-m: ein Fenster um Position ${centre}, ${isNear ? 'nahe ' : ''}${token}; ` +
    `nur Wörter, die höchstens ${halfWidth} Positionen entfernt sind, haben ein Gewicht.`,
  localP: (centre, token, isNear, sigma, halfWidth, sum) =>
    `local-p: eine Gaußkurve um Position ${centre}, ${isNear ? 'nahe ' : ''}${token}, mit Standardabweichung ` +
    `${sigma}, über Wörter, die höchstens ${halfWidth} Positionen entfernt sind. Die Summe der Zeile ist ${sum}: ` +
    'sie wird nicht ' +
    'neu normiert.',
};

/** Der Inspektor. */
export const inspector: Words['inspector'] = {
  looksAt: 'Schaut auf',
  lookedAtBy: 'Wird angeschaut von',
  noToken: 'Kein Token im Fokus',
  noTokenAdvice: 'Zeigen Sie auf ein Token, um seine Attention zu sehen; ein Klick heftet es an.',
  strongest: 'Stärkste Verbindungen',
  allForced: 'Jedes Token sieht hier nur ein Token, daher sagt kein Gewicht etwas über den Head.',
  token: (index) => `Token ${index}`,
  tokens: (first, last) => `Tokens ${first}–${last}`,
  numbered: (label, index) => `${label}, Token ${index}`,
  noCharacters: 'keine eigenen Zeichen',
  characters: (start, end) => `Zeichen ${start}–${end}`,
  generatedCharacters: 'Das Modell hat diese Zeichen erzeugt: sie stehen in keinem Dokument.',
  templateCharacters: 'Die Chat-Vorlage hat diese Zeichen geschrieben: sie stehen in keinem Dokument.',
  goneCharacters: 'Diese Zeichen stehen so in keinem Dokument mehr.',
  reveal: 'Diese Zeichen im Editor zeigen.',
  where: (heads, where) => `${heads.charAt(0).toUpperCase()}${heads.slice(1)}, ${where}`,
  mask: {
    window: 'Gleitendes Fenster',
    chunk: 'Attention in Abschnitten',
    prefix: 'Attention mit Präfix',
    selection: 'Dünnbesetzte Attention',
  },
  masked: (mask, seen) => `${mask}: ein Token sieht ${seen}.`,
  noHeads: 'Keine Heads ausgewählt. Wählen Sie einen oder alle.',
  mean: 'Zahlen sind das Mittel der gezeigten Heads.',
  max: 'Zahlen sind das Maximum der gezeigten Heads; Zeilen müssen nicht 1 ergeben.',
  meanColours:
    'Jede Linie hat die Farbe ihres Heads; Wörter und Balken sind grau, da sie mehrere Heads auf einmal zeigen.',
  meanPatterns: 'Jede Linie behält das Muster ihres Heads.',
  onThisText: ' auf diesem Text; ',
  caution: { reads: 'Ein Gewicht sagt, wo dieser Head liest, nicht, ', not: 'warum das Modell so antwortet' },
  cautionOfSome: { reads: 'Ein Gewicht sagt, wo diese Heads lesen, nicht, ', not: 'warum das Modell so antwortet' },
  tableLooksAt: (token, where) => `${token} schaut auf (${where})`,
  tableLookedAtBy: (token, where) => `${token} wird angeschaut von (${where})`,
  cut: (where, links, of) => `${where}, die ${links} stärksten von ${of}`,
  tokenInTable: (label, index) => `${label} (Token ${index})`,
  columns: { token: 'Token', weight: 'Gewicht' },
  headsOfLayer: (layer) => `Heads von Schicht ${layer}`,
  headColumns: { head: 'Head', role: 'Rolle' },
  focusName: 'Fokus',
  edge: 'Höhe der Details',
  edgeMeaning: 'Ziehen gibt den Details mehr oder weniger Platz; ein Doppelklick stellt ihn zurück.',
  elsewhere: 'Anderswo am stärksten',
  elsewhereMeaning:
    'Die Heads aller Schichten, in denen dieses Wort seine stärkste Verbindung zu einem anderen Wort hat, außer ' +
    'den gezeigten.',
  goTo: (head) => `Zu Head ${head} gehen.`,
  vocabularyMeaning:
    'Wie das Vokabular des Modells das Token schreibt, und seine Nummer dort: ## setzt ein Wort fort, Ġ und ▁ ' +
    'stehen für ' +
    'ein Leerzeichen davor.',
  morePieces: (others) => `und ${others} weitere`,
  ids: (ids) => `${ids.length > 1 ? 'IDs' : 'ID'} ${ids.join(', ')}`,
  summary: {
    strongest: (query, key, weight) => `Stärkste Verbindung: ${query} → ${key} ${weight}`,
    nothing: (token, isQuery) =>
      isQuery ? `${token} schaut auf nichts Gezeigtes` : `nichts Gezeigtes schaut auf ${token}`,
    most: (token, isQuery, partner, weight) =>
      isQuery
        ? `${token} schaut am meisten auf ${partner} ${weight}`
        : `${token} wird am meisten angeschaut von ${partner} ${weight}`,
  },
};

/** Was das Modell vorhersagt. */
export const predictions: Words['predictions'] = {
  name: 'Vorhersage',
  meaning:
    'Was das Modell in diesem Lauf vorhersagt: die wahrscheinlichsten Tokens seines Vokabulars mit ihren ' +
    'Wahrscheinlichkeiten.',
  atMask: (index) => `Anstelle der Maske bei Token ${index}`,
  atThisMask: 'Anstelle dieser Maske',
  had: (token, probability, rank) => `${token} hatte hier die Wahrscheinlichkeit ${probability}: ${rank}.`,
  next: 'Nächstes Token',
  nextOfPart: 'Nächstes Token nach dem analysierten Teil',
  after: (token) => `Nach ${token}`,
  followed: (token, probability, rank) =>
    `Im Text steht hier ${token}, mit Wahrscheinlichkeit ${probability}: ${rank}.`,
  rank: (rank, vocabulary) => {
    if (rank === 0) return 'das wahrscheinlichste Token';
    if (vocabulary === undefined)
      return rank === 1 ? '1 Token war wahrscheinlicher' : `${grouped(rank)} Tokens waren wahrscheinlicher`;
    return `${grouped(rank)} von ${grouped(vocabulary)} Tokens ${rank === 1 ? 'war' : 'waren'} wahrscheinlicher`;
  },
  inAnswer: (token, start, end) =>
    `Eine Antwort beginnt mit ${token} mit Wahrscheinlichkeit ${start}, und endet damit mit ${end}.`,
  tagged: (token, label, probability) => [`${token} ist gekennzeichnet als `, label, ` ${probability}.`],
};
