import type { Words } from '../words.ts';
import { charactersOf, grouped, listOf, tokensOf } from './grammar.ts';

/** Die Werkzeugleiste. */
export const toolbar: Words['toolbar'] = {
  view: 'Ansicht',
  map: 'Attention-Karte',
  mapMeaning: 'Attention-Karte: Encoder (Quelle zu Quelle), Decoder (Ziel zu Ziel) oder Cross (Ziel zu Quelle).',
  maps: { attention: 'Attention', encoder: 'Encoder', decoder: 'Decoder', cross: 'Cross' },
  onlyOne: 'eine Schicht, ein Head',
  layer: 'Schicht',
  layerBelow: 'Schicht darunter',
  layerBelowMeaning: 'Schicht darunter: die vorige im Modell.',
  layerAbove: 'Schicht darüber',
  layerAboveMeaning: 'Schicht darüber: die nächste im Modell.',
  layerWord: 'Schicht ',
  range: (layers) => `0–${layers - 1}`,
  rangeMeaning: (layers, attending) =>
    `Dieses Modell hat die Schichten 0 bis ${layers - 1}` +
    (attending ? `; Attention haben ${listOf(attending.map(String))}` : ''),
  allLayers: 'Alle Schichten',
  allLayersMeaning: 'Das Mittel aller Schichten, Head für Head.',
  allLayersButton: ['alle', ' Schichten'],
  mergedLayers: (merge) => ['Alle', ' Schichten, ', merge === 'mean' ? 'Mittel' : 'Maximum'],
  heads: 'Heads',
  inFocus: (head) => `${head}, im Fokus`,
  namedHead: (head, role) => `${head}, ${role}`,
  headMeaning: (head, role) =>
    `${head}: eine Attention-Karte dieser Schicht.\n${role === null ? '' : `${role}\n`}` +
    'Klick: an oder aus. Doppelklick: nur dieser Head.',
  all: 'alle',
  allName: 'Alle Heads',
  allMeaning: 'Jeden Head der Schicht zeigen.',
  none: 'keine',
  noneName: 'Keinen der Heads',
  noneMeaning: 'Alle Heads ausblenden, um neu auszuwählen.',
  merges: { mean: 'Mittel', max: 'Max' },
  mergeNames: { mean: 'Mittel der Heads', max: 'Maximum der Heads' },
  mergeMeanings: {
    mean: 'Zahlen zeigen das Mittel der gezeigten Heads.',
    max: 'Zahlen zeigen das Maximum der gezeigten Heads.',
  },
  back: 'Zurück',
  backMeaning: 'Zurück zur Auswahl und Ansicht vor dieser.',
  backKey: 'Alt+←',
  forwardKey: 'Alt+→',
  forward: 'Vor',
  forwardMeaning: 'Wieder vor, nachdem Sie zurückgegangen sind.',
  link: 'Link kopieren',
  linkMeaning:
    'Einen Link kopieren, der diesen Text, dieses Modell, diese Auswahl und Ansicht wieder öffnet; er enthält ' +
    'nichts vom Text.',
  linkHolds: 'Text, Auswahl und Ansicht',
  help: 'Hilfe',
  helpName: 'Hilfe: Tasten, und wie das Bild zu lesen ist',
  helpMeaning: 'Hilfe: wie das Bild zu lesen ist, und seine Tasten.',
  more: 'Mehr',
  moreMeaning: 'Mehr: zurück und vor, Link kopieren, Hilfe.',
  export: 'Export',
  exportMeaning: 'Export: das Gezeigte als Datei speichern oder als Bild kopieren.',
  copyImage: 'Als Bild kopieren',
  copyImageMeaning: 'das Bild, in die Zwischenablage',
  withKey: (meaning, key) => `${meaning} Taste: ${key}`,
};

/** Das Filtermenü und die Zeile, die sagt, was gefiltert ist. */
export const filterMenu: Words['filterMenu'] = {
  name: 'Filter',
  meaning: (on) => `Filter${on > 0 ? ` (${on} an)` : ''}: welche Gewichte gezeigt und wie sie zusammengefasst werden.`,
  reset: 'Alle zurücksetzen',
  resetMeaning: 'Alle Gewichte zeigen, wie das Modell sie berechnet hat.',
  units: 'Einheiten',
  tokens: { label: 'Tokens', says: 'Eine Zeile und eine Spalte für jedes Token, wie das Modell den Text liest.' },
  words: {
    label: 'Wörter',
    says:
      'Die Tokens eines Wortes zusammen: Summe über seine Key-Tokens, Mittel über seine Query-Tokens. Zeilen ergeben ' +
      'weiterhin 1.',
  },
  layers: 'Schichten',
  oneLayer: { label: 'eine', says: 'Nur die gewählte Schicht.' },
  meanOfLayers: { label: 'Mittel aller', says: 'Das Mittel über alle Schichten, Head für Head.' },
  maxOfLayers: {
    label: 'Maximum aller',
    says: 'Das größte Gewicht einer der Schichten: Zeilen müssen nicht 1 ergeben.',
  },
  combine: 'Heads zusammenfassen',
  mean: { label: 'Mittel', says: 'Das Mittel der gezeigten Heads: Zeilen ergeben weiterhin 1.' },
  max: { label: 'Maximum', says: 'Das größte Gewicht eines der gezeigten Heads: Zeilen müssen nicht 1 ergeben.' },
  hide: 'Ausblenden',
  special: {
    label: 'besondere Tokens',
    says: 'Tokens, die der Tokenizer oder das Modell hinzufügt, wie [CLS] und [SEP].',
  },
  punctuation: { label: 'Satzzeichen', says: 'Tokens, die nur aus Satzzeichen bestehen.' },
  rows: 'Zeilen',
  renormalise: {
    label: 'Die übrigen Gewichte neu normieren',
    says: 'Teilt jede Zeile durch ihre Summe, sodass sie wieder 1 ergibt. Sonst sind die Gewichte die des Modells.',
  },
  limit: 'Verbindungen je Token begrenzen',
  mass: {
    label: 'stärkste Verbindungen, die',
    says: 'Die wenigsten Verbindungen einer Zeile, die zusammen diesen Anteil ihres Gewichts haben.',
  },
  massAmount: 'Anteil der Zeile in Prozent',
  massUnit: '% der Zeile abdecken',
  topK: { label: 'höchstens', says: 'Höchstens so viele Verbindungen jeder Zeile, die stärksten.' },
  topKAmount: 'Zahl der Verbindungen',
  topKUnit: 'Verbindungen',
  amount: (label, min, max) => `${label}, von ${min} bis ${max}.`,
  focus: 'Token im Fokus',
  pair: 'Paar',
  both: {
    label: 'beide',
    says: 'Zeilen nennen das Token, das der Decoder in einem Schritt liest, und das, das er dann schreibt.',
  },
  read: { label: 'gelesen', says: 'Zeilen nennen das Token, das der Decoder in einem Schritt liest.' },
  written: { label: 'geschrieben', says: 'Zeilen nennen das Token, das der Decoder in einem Schritt schreibt.' },
  step: { label: 'ein Schritt nach dem anderen', says: 'Nur die Zeile eines Tokens, das der Decoder schreibt.' },
  on: 'Eingeschaltete Filter',
  resetLine: 'Zurücksetzen',
  nothingLeft: 'Alle Tokens sind ausgeblendet',
  nothingLeftAdvice: 'Die Filter blenden alle Tokens aus. Setzen Sie sie zurück, oder blenden Sie weniger aus.',
  stepName: 'Schritt',
  stepBefore: 'Voriger Schritt',
  stepBeforeMeaning: 'Die Zeile des vorigen Ziel-Tokens.',
  stepAfter: 'Nächster Schritt',
  stepAfterMeaning: 'Die Zeile des nächsten Ziel-Tokens.',
  stepOf: (step, last, token) => ['Schritt ', step, ` von ${last} `, token],
};

/** Zeilen über dem Bild, und die Seite ohne Bild. */
export const notices: Words['notices'] = {
  percent: (stage, share) => `${stage} ${Math.floor(share * 100)} %`,
  cancel: 'Abbrechen',
  cancelMeaning: 'Den Lauf abbrechen.',
  stale: 'Der Text hat sich seit dieser Analyse geändert.',
  rerun: 'Neu ausführen',
  rerunMeaning: 'Den Text analysieren, wie er jetzt ist.',
  first: 'Zeigen Sie hier auf ein Wort, um zu sehen, worauf es schaut; ein Klick heftet es an.',
  firstWithLayers:
    'Zeigen Sie hier auf ein Wort, um zu sehen, worauf es schaut; ein Klick heftet es an. ' +
    'Gehen Sie dann mit den Pfeilen ‹ › der Werkzeugleiste durch die Schichten.',
  empty: 'Noch nichts analysiert',
  command: 'Attention: Attention zeigen',
  emptyAdvice: (command, keys, macKeys) => [
    'Wählen Sie einen Satz in einem Editor und starten Sie ',
    command,
    ' im Kontextmenü oder in der Befehlspalette (',
    keys,
    ', auf einem Mac ',
    macKeys,
    ').',
  ],
  copied: 'Das Bild ist in der Zwischenablage.',
  notCopied: 'Das Bild konnte nicht kopiert werden.',
};

/** Die Hilfe. */
export const help: Words['help'] = {
  title: 'Wie das zu lesen ist',
  close: 'Schließen',
  closeMeaning: 'Die Hilfe schließen.',
  lines:
    'Jedes Token links ist eine Query: es schaut. Jedes Token rechts ist ein Key: es wird angeschaut. Eine Linie ' +
    'ist ein ' +
    'Attention-Gewicht: je stärker die Linie, desto größer das Gewicht; ihre Farbe ist ihr Head. ' +
    'Die Gewichte einer Query ergeben in jedem Head zusammen 1.',
  decoder:
    'Die Zeilen eines Decoders sind seine Schritte: ‚el ▸ rey‘ ist der Schritt, der ‚el‘ liest und ‚rey‘ schreibt.',
  pointing:
    'Zeigen Sie auf ein Token, um nur seine Linien zu sehen; ein Klick heftet es an; zeigen Sie dann auf die ' +
    'andere Seite, ' +
    'um das genaue Gewicht einer Verbindung zu sehen.',
  terms:
    'Wörter mit gepunkteter Linie sind Begriffe: Zeigen Sie darauf, um die Definition zu lesen; ein Klick öffnet das ' +
    'Glossar. Mit der Tastatur führt Tab zu den Begriffen eines Teils des Panels, die Pfeiltasten führen von einem ' +
    'zum nächsten, die Eingabetaste öffnet das Glossar.',
  keyboard: (keys) => [
    'Tasten wirken, solange das Panel die Tastatur hat: klicken Sie hinein, oder drücken Sie ',
    keys,
    ' im Editor.',
  ],
  undoKey: 'Strg+Z',
  keys: {
    token: { short: 'Token', says: 'Den Fokus von Token zu Token bewegen (in einer Spalte auch ↑ ↓, Pos1 und Ende).' },
    layer: { short: 'Schicht', says: 'Zur Schicht darunter oder darüber gehen.' },
    head: {
      short: 'Head',
      says: 'Zum vorigen oder nächsten Head: ist einer gezeigt, zu jedem; sind es mehrere, unter diesen.',
    },
    all: { short: 'alle Heads', says: 'Jeden Head zeigen; Zahlen zeigen ihr Mittel.' },
    solo: { short: 'allein', says: 'Nur den Head im Fokus zeigen.' },
    view: { short: 'Ansicht', says: 'Eine andere Ansicht zeigen: die erste, die zweite und so weiter.' },
    back: { short: 'zurück', says: 'Dorthin zurück, wo Sie vorher waren, oder wieder vor.' },
    next: { short: 'nächster Bereich', says: 'Zum nächsten Bereich gehen: Heads, Satz, Token-Spalten.' },
    pin: {
      short: 'anheften',
      says:
        'Mit einem Token im Fokus zeigen ↑ ↓ in der anderen Spalte auf genaue Zellen; Enter bringt den Fokus ' +
        'dorthin.',
    },
    explain: { short: 'Rechnung', says: 'Zeigen, wie das Gewicht im Fokus berechnet wird.' },
    why: { short: 'warum', says: 'Zeigen, Teil für Teil, warum der Score im Fokus ist, was er ist.' },
    try: {
      short: 'ausprobieren',
      says: 'Token, Verbindung, Head oder Schicht im Fokus ändern, während das Modell läuft (auch Rechtsklick).',
    },
    undo: { short: 'rückgängig', says: 'Den letzten Eingriff in den Lauf zurücknehmen.' },
    write: {
      short: 'schreiben',
      says: 'Das Modell ein weiteres Token schreiben lassen, oder so viele wie eingestellt; oder das letzte entfernen.',
    },
    clear: { short: 'lösen', says: 'Das Token lösen.' },
    help: { short: 'Hilfe', says: 'Diese Tasten zeigen.' },
  },
};

/** Die letzte Zeile des Panels. */
export const foot: Words['foot'] = {
  name: 'Diese Analyse',
  formatMeaning:
    'Zahlenformat der Gewichte, die gelaufen sind; die Attention unterscheidet sich zwischen den Formaten ein ' +
    'wenig. Die ' +
    'Einstellung textAttention.dtype wählt eines, wo das Modell mehrere hat.',
  tokens: (queries, keys, isSelf) => (isSelf ? tokensOf(queries) : `${queries} × ${tokensOf(keys)}`),
  notNormalised: 'Zeilen müssen nicht 1 ergeben',
  notNormalisedMeaning: 'Zeilen werden gezeigt, wie das Modell sie nutzt; sie sind nicht auf die Summe 1 normiert.',
  time: (milliseconds) =>
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`,
  loadAndRun: (run, load) => `${run} Lauf, nach ${load} Laden des Modells`,
  runTime: 'Dauer des Laufs',
  how: 'Wie das gelesen wurde',
  howMeaning:
    'Wie die Attention aus dem Modell gelesen wurde, und wo sie von der eigenen Beschreibung des Modells abweicht.',
  forKeys: (keys) => ['Für Tasten hier klicken oder drücken: ', keys],
};

/** Der analysierte Text. */
export const sentence: Words['sentence'] = {
  text: 'Der analysierte Text',
  queryText: 'Der Text der Querys',
  keyText: 'Der Text der Keys',
  source: { name: 'Quelle', says: 'Quelle: der Text, den der Encoder liest.' },
  target: { name: 'Ziel', says: 'Ziel: der Text, den der Decoder schreibt, Token für Token.' },
  queries: { name: ' · Querys', says: ' Seine Tokens sind die Querys dieser Karte: sie schauen.' },
  keys: { name: ' · Keys', says: ' Seine Tokens sind die Keys dieser Karte: sie werden angeschaut.' },
  notInMap: { name: ' · nicht in dieser Karte', says: ' Diese Karte nutzt ihn nicht.' },
  empty: '(leer)',
  setTarget: 'Ziel setzen…',
  setTargetMeaning: 'Dem Decoder ein eigenes Ziel geben, oder das Modell eines erzeugen lassen.',
  examples: 'Beispielsätze…',
  examplesMeaning: 'Dieses Modell kennt nur die Wörter einer kleinen Grammatik: Sätze zeigen, die es übersetzt.',
  generated: 'vom Modell erzeugt',
  role: (role, isGenerated) => (isGenerated ? `${role}, vom Modell erzeugt` : role),
  cut: (tokens, text, left, isDim) => {
    const of = text === null ? '' : ` des ${text === 'first' ? 'ersten' : 'zweiten'} Textes`;
    const analysed = tokens === 1 ? `Das erste Token${of} wurde` : `Die ersten ${tokensOf(tokens)}${of} wurden`;
    const rest = left === 1 ? 'das letzte Zeichen' : `die letzten ${charactersOf(left)}`;
    return (
      `${analysed} analysiert. Nicht analysiert: ${rest}${isDim ? ', blass gezeigt' : ''} ` +
      '(der Text ist länger, als das Modell annimmt).'
    );
  },
  moreLines: (lines) => `↓ ${grouped(lines)} weitere ${lines === 1 ? 'Zeile' : 'Zeilen'}`,
  moreLinesMeaning: 'Im Text nach unten rollen.',
  toBeginning: '↑ Zum Anfang',
  toBeginningMeaning: 'Zum Anfang des Textes zurückrollen.',
  filling: (word, probability) => `Am wahrscheinlichsten hier: ${word} ${probability}`,
  predicted: 'Vorhergesagt: ',
  scoreMeaning: 'Wert: eine Zahl, die das Modell für den ganzen Text vorhersagt.',
  oneLabel: 'Eines dieser Labels trifft zu',
  eachLabel: 'Jedes dieser Labels trifft für sich zu oder nicht',
  answer: 'Antwort: ',
  noAnswer: (probability) => `Antwort: keine im Text ${probability}`,
  noneInText: (probability) => `keine im Text ${probability}`,
  answerText: (text) => `„${text}“`,
  answerAt: (probability, start, end, isSecond) =>
    ` ${probability}, Zeichen ${start}–${end}${isSecond ? ' des zweiten Textes' : ''}`,
  answerEnds: (start, end) => ` (Anfang ${start} × Ende ${end})`,
};
