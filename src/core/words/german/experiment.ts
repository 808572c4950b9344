import type { Words } from '../words.ts';
import { countOf } from './grammar.ts';

function where(map: string | null, layer: number | null, head: number | null): string {
  const heads =
    layer === null
      ? head === null
        ? 'alle Schichten'
        : `Head ${head} aller Schichten`
      : head === null
        ? `Schicht ${layer}`
        : `${layer}.${head}`;
  return map === null ? heads : `${map} ${heads}`;
}

function heads(map: string | null, layer: number | null, head: number | null): string {
  const named = where(map, layer, head);
  if (layer !== null && head !== null) return `Head ${named}`;
  return head === null ? `Attention: ${named}` : named;
}

const signed = (value: number): string => (value < 0 ? `−${-value}` : `+${value}`);

/** Eingriffe im Panel versuchen. */
export const experiment: Words['experiment'] = {
  chips: {
    where,
    heads,
    off: (of) => `${of} aus`,
    scale: (of, factor) => `${of} × ${factor}`,
    temperature: (of, value) => `${of}, Temperatur ${value}`,
    feedForward: (map, layer) => `Feed-Forward: ${where(map, layer, null)} aus`,
    block: (query, key, at) => `${at} ${query} → ${key} gesperrt`,
    bias: (query, key, value, at) => `${at} ${query} → ${key} ${signed(value)}`,
    row: (query, at) => `${at} Zeile von ${query} von Hand`,
    zero: (key, map) => `${map === null ? '' : `${map} `}Values von ${key} aus`,
    mean: (key, map) => `${map === null ? '' : `${map} `}Values von ${key} durch Mittel ersetzt`,
    replace: (token, by) => `${token} ersetzt durch ${by}`,
  },
  name: 'Lauf mit Eingriffen',
  meaning: 'Diese Zahlen sind von einem Lauf, in dem etwas geändert wurde; die Modelldatei ist, wie sie war.',
  edits: 'Eingriffe',
  remove: (edit) => `Zurücknehmen: ${edit}`,
  undo: 'Rückgängig',
  undoMeaning: 'Zum Lauf vor dem letzten Eingriff zurück.',
  reset: 'Alle zurücknehmen',
  resetMeaning: 'Alle Eingriffe zurücknehmen: das Modell zeigen, wie es ist.',
  count: (edits) => countOf(edits, 'Eingriff', 'Eingriffe'),
  fold: 'Die Eingriffe in einer Zeile zeigen.',
  unfoldMeaning: 'Die Eingriffe zeigen, und was sie an der Vorhersage geändert haben.',
  add: 'Ausprobieren…',
  addMeaning:
    'Ein Token, einen Head, eine Schicht oder eine Verbindung ändern, während das Modell läuft, und sehen, was ' +
    'das bewirkt.',
  hide: 'Wirkung ausblenden',
  show: 'Wirkung zeigen',
  effectMeaning: 'Was die Eingriffe mit der Vorhersage machten, neben dem Lauf ohne sie.',
  effect: 'Wirkung der Eingriffe',
  atMask: (index) => `Vorhersage für die Maske bei Token ${index}`,
  after: (token) => `Vorhersage nach ${token}`,
  first: 'Vorhersage des ersten Tokens',
  label: 'Vorhergesagtes Label',
  kl: (kl) => `KL ${kl} nat`,
  klMeaning: 'KL(vorher ‖ nachher) über das ganze Vokabular: 0, wo die Vorhersage dieselbe ist.',
  columns: { token: 'Token', label: 'Label', before: 'Vorher', after: 'Nachher', rank: 'Rang' },
  ranks: (before, after) => (before === after ? `${after + 1}` : `${before + 1} → ${after + 1}`),
  rankMeaning: 'Platz unter allen Tokens nach Wahrscheinlichkeit, ab 1; vorher und nachher.',
  nothing:
    'Das Modell sagt hier nichts vorher, was sich vergleichen ließe: der Text hat keine Maske, und es schreibt ' +
    'kein nächstes Token.',
  nothingMasked: 'Es gibt keine Vorhersage, die sich vergleichen ließe: der Text hat keine Maske.',
  fillsNone:
    'Es gibt keine Vorhersage, die sich vergleichen ließe: das Modell sagt keine Wörter für Masken ' +
    'und kein Label voraus.',
  maskToken: (blank) => `Ersetzen Sie ein Token durch ${blank}, um zu sehen, was die Eingriffe dort ändern.`,
  maskThis: (token, blank) => `${token} durch ${blank} ersetzen`,
  same: 'Dieselbe Vorhersage wie ohne die Eingriffe.',
  written: 'Erzeugt',
  unchanged: 'Derselbe Text wie ohne die Eingriffe.',
  noText: '(nichts)',
  spokenEffect: (token, before, after) => `am wahrscheinlichsten: ${token}, ${after}, vorher ${before}`,
  box: 'Ausprobieren',
  token: (label) => `Token ${label}`,
  link: (query, key) => `Verbindung ${query} → ${key}`,
  head: (head) => `Head ${head}`,
  headsOfLayer: (layer) => `Attention: ${layer}`,
  layer: (layer) => `Schicht ${layer}`,
  reach: 'In',
  reachMeaning: 'Wo die Verbindung geändert wird.',
  reaches: {
    head: (head) => `Head ${head}`,
    layer: (layer) => `alle Heads: ${layer}`,
    map: 'alle Schichten',
  },
  mask: (blank) => `Durch ${blank} ersetzen`,
  maskMeaning: 'Das Modell liest dieses Token an seiner Stelle: was es dann vorhersagt, kennt das Wort nicht.',
  replaceBy: 'Ersetzen durch',
  replace: 'Ersetzen',
  replaceMeaning: 'Zeichen, die ein Token des Vokabulars sind, seine Schreibweise dort, oder # und seine ID.',
  noToken: (name) =>
    `„${name}“ ist nicht ein Token dieses Vokabulars. Versuchen Sie ein kürzeres Wort, oder # und eine ID.`,
  unreadable: 'Das Vokabular konnte nicht gefragt werden. Versuchen Sie es noch einmal.',
  zero: 'Values zurückhalten',
  zeroMeaning: 'Kein Token bekommt die Values von diesem; seine Gewichte gehen nicht an andere.',
  mean: 'Values durch Mittel ersetzen',
  meanMeaning:
    'Statt der Values dieses Tokens bekommt jede Query das Mittel der Values aller Tokens, die sie sieht; sein Gewicht ' +
    'erscheint gleichmäßig verteilt.',
  block: 'Sperren',
  blockMeaning: 'Den Key vor der Query verbergen: der Softmax teilt das Gewicht unter den anderen Keys.',
  bias: 'Verstärken',
  biasMeaning: 'Eine Zahl, die vor dem Softmax zum Score addiert wird.',
  hand: 'Von Hand gewichten…',
  handMeaning: 'Die Gewichte dieser Query selbst setzen, anstelle des Softmax.',
  off: 'Abschalten',
  offMeaning: 'Was der Head weitergibt, wird mit 0 multipliziert; seine Gewichte bleiben, wie sie sind.',
  on: 'Wieder einschalten',
  scale: 'Skalieren',
  scaleMeaning: 'Was der Head weitergibt, wird damit multipliziert.',
  temperature: 'Temperatur',
  temperatureMeaning: 'Scores werden vor dem Softmax dadurch geteilt: unter 1 schärfer, über 1 flacher.',
  attentionOff: 'Attention aus',
  attentionOffMeaning: 'Was alle Heads der Schicht weitergeben, wird mit 0 multipliziert.',
  feedForwardOff: 'Feed-Forward aus',
  feedForwardOffMeaning: 'Der Feed-Forward-Teil der Schicht fügt nichts hinzu.',
  quick: {
    off: (head) => `${head} abschalten`,
    on: (head) => `${head} wieder einschalten`,
    block: (query, key) => `${query} → ${key} sperren`,
    unblock: (query, key) => `${query} → ${key} entsperren`,
    unmask: (blank) => `${blank} zurücknehmen`,
  },
  more: 'Mehr…',
  signed,
  handTitle: (query, at) => `Von Hand gewichten: Zeile von ${query}, ${at}`,
  handAdvice: 'Die Summe der Zeile ist 1: die anderen Gewichte werden angepasst. Loslassen startet den Lauf.',
  handWeight: (key) => `Gewicht von ${key}`,
  handOthers: (count) => countOf(count, 'anderer Key', 'andere Keys'),
  handClose: 'Fertig',
  change: (before, after) => `${before} → ${after}`,
  drag: 'Ziehen Sie eine Zelle hinauf oder hinab, um ihre Verbindung zu verstärken oder zu schwächen.',
  dragHand: 'Ziehen Sie eine Zelle der Zeile hinauf oder hinab, um ihr Gewicht zu setzen.',
};
