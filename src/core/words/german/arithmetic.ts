import type { Words } from '../words.ts';
import { keysOf } from './grammar.ts';

/** Die Rechnung eines Gewichts. */
export const arithmetic: Words['arithmetic'] = {
  vectors: {
    q: (query) => `Query von ${query}`,
    k: (_, key) => `Key von ${key}`,
    s: () => 'Decoder-Zustand s',
    h: (_, key) => `Annotation h von ${key}`,
    'W s': () => 'projizierter Zustand W s',
    'U h': () => 'projizierte Annotation U h',
    'W h': () => 'projizierte Annotation W h',
    'tanh(W s + U h)': () => 'tanh(W s + U h)',
    v: () => 'gelernter Vektor v',
  },
  value: (key) => `Value von ${key}`,
  weightOf: (query, key) => `Gewicht(${query} → ${key})`,
  weight: 'Gewicht',
  score: 'Score',
  output: 'Ausgabe',
  product: 'Produkte',
  meaning: {
    product: (sum) => `Produkte der Komponenten; ihre Summe ist ${sum}`,
    scale: (scale) => `Skalierung: das Produkt wird mit ${scale} multipliziert`,
    softcap: (cap) => `Soft Cap: hält den Score zwischen −${cap} und ${cap}`,
    bias: (name, value) => `${name}: fügt dem Score ${value} hinzu`,
    score: (score) => `Score ${score}, vor dem Softmax`,
    power: (power) => `e hoch Score: ${power}`,
    total: (total, keys) => `Summe über ${keysOf(keys)}: ${total}`,
    factor: (factor) => `Gaußkurve um die Mitte des Fensters: ${factor}`,
    weight: (weight) => `Gewicht ${weight}`,
    value: (key) => `Value von ${key}: was der Head dort liest`,
    output: (norm) => `Gewicht × Value nach der Ausgabeprojektion: Länge ${norm}`,
    annotation: (norm) => `Gewicht × Annotation: Länge ${norm}`,
  },
  norm: (norm) => `Länge ${norm}`,
  peak: (peak) => `±${peak}`,
  sum: (sum) => `Summe ${sum}`,
  addsUp: (sum) => `ergibt ${sum}`,
  legend: 'Farbe: jeder Streifen von minus bis plus seine ±-Zahl',
  legendOfBars: 'Balken: hinauf für plus, hinab für minus, jeder Streifen bis zu seiner ±-Zahl',
  sortByProduct: 'nach Produkt ordnen',
  inOrder: 'ursprüngliche Ordnung',
  sortMeaning: 'Die Komponenten nach der Größe ihrer Produkte ordnen, oder wie in den Vektoren.',
  rank: (higher, keys) => {
    if (keys === 1) return 'der einzige Key';
    return higher === 0 ? `der höchste von ${keys}` : `der ${higher + 1}.-höchste von ${keys}`;
  },
  agree: (query, key, same, size, sum) =>
    `Die Query von ${query} und der Key von ${key} haben in ${same} von ${size} Komponenten dasselbe Vorzeichen; ` +
    `die Summe der Produkte ist ${sum}.`,
  scored: (formula, sum) => `Der Score ist ${formula}; die Summe seiner Produkte ist ${sum}.`,
  share: (score, rank, key, weight) => `Der Score, ${score}, ist ${rank}; ${key} bekommt ${weight} der Zeile.`,
  masked: (query, key) => `Die Maske nimmt ${query} den Key ${key}: e hoch Score ist 0, also auch das Gewicht.`,
  outside: (query, key) =>
    `${key} liegt außerhalb des Fensters von ${query}: der Softmax lässt es aus, und sein Gewicht ist 0.`,
  rowOf: (query) => `Die ganze Zeile von ${query}`,
  columns: { key: 'Key', score: 'Score', power: (less) => `exp(Score${less})`, weight: 'Gewicht' },
  otherKeys: (count) => `${count} ${count === 1 ? 'anderer Key' : 'andere Keys'}`,
  maskedKeys: (count) => `${count} maskiert`,
  outsideKeys: (count) => `${count} außerhalb`,
  sinks: 'kein Token (Sink)',
  all: 'Summe',
  everyKey: (count) => `Alle ${count} Keys zeigen`,
  topKeys: 'Die größten Keys zeigen',
  moreMeaning: 'Jeden Key der Zeile zeigen, oder die größten und die Summe der anderen.',
  handsOver: 'Was er weitergibt',
  handed: (weight, norm, query, share, all) =>
    `Gewicht ${weight} mal Value, nach der Ausgabeprojektion, fügt ${query} einen Vektor der Länge ${norm} hinzu` +
    `${share === null ? '' : `: ${share} der Ausgabe des Heads`} (Länge ${all}).`,
  handedContext: (weight, norm, query, share, all) =>
    `Gewicht ${weight} mal Annotation fügt dem Kontext von ${query} einen Vektor der Länge ${norm} hinzu` +
    `${share === null ? '' : `: ${share} davon`} (Länge ${all}).`,
  noOutput: (why) =>
    `Was der Head weitergibt, ist unbekannt: die Ausgabeprojektion wurde im Graphen nicht gefunden` +
    `${why === null ? '' : ` (${why})`}. ` +
    'Schalten Sie den Head unter „Ausprobieren“ ab, um zu sehen, was er ändert.',
  noBeside: (why) =>
    `Der Residualstrom daneben wird nicht gezeigt: er wurde im Graphen nicht gefunden` +
    `${why === null ? '' : ` (${why})`}; ` +
    '‚block‘ in einem Terminal sagt, was gefunden wurde.',
  lengths: {
    key: (key) => `von ${key}`,
    head: 'ganzer Head',
    context: 'ganzer Kontext',
    attention: 'alle Heads',
    residual: 'Residualstrom davor',
  },
  lengthOf: (name, length) => `${name}: Länge ${length}`,
  check: 'Probe',
  model: 'Modell',
  recomputed: 'nachgerechnet',
  difference: 'Unterschied',
  worst: (difference) => `Die Zeile weicht von der des Modells um höchstens ${difference} ab.`,
  window: (centre, halfWidth, sigma) =>
    `Fenster: Positionen ${centre} ± ${halfWidth}` +
    `${sigma === null ? '' : `; nach dem Softmax eine Gaußkurve mit σ = ${sigma} um ${centre}`}.`,
  centreOf: 'Die Mitte des Fensters',
  component: (index, values) => `Komponente ${index}: ${values.join(', ')}`,
  named: (name, value) => `${name} ${value}`,
  components: 'Komponenten',
  formula: 'Formel',
  rows: 'Keys der Zeile',
  row: (key, score, weight) => `${key}: Score ${score}, Gewicht ${weight}`,
  how: 'Wie wird das berechnet?',
  howMeaning: 'Die Rechnung dieses Gewichts zeigen: Query, Key, Score, Softmax, Value.',
  howOf: (query, key) => `Wie wird ${query} → ${key} berechnet?`,
  empty: 'Kein Token ist angeheftet',
  emptyAdvice: 'Klicken Sie auf ein Token im Satz, um zu sehen, wie das Gewicht seines größten Keys berechnet wird.',
  strongest: (query, key, weight) => `Stärkste Verbindung: ${query} → ${key} ${weight}`,
  noPair: 'Nichts zu rechnen: kein Gewicht geht von diesem Token aus oder zu ihm.',
  oneHead: (head) => `Die Rechnung gilt für einen Head: gezeigt wird Head ${head}, der hier stärkste.`,
  oneLayer: (layer) => `Die Rechnung gilt für eine Schicht: gezeigt wird Schicht ${layer}.`,
  tokensAlone: 'Die Rechnung gilt für Tokens: Wörter und ausgeblendete Tokens gelten hier nicht.',
  chooseHead: 'Head',
  chooseHeadMeaning: 'Die Rechnung eines anderen der gezeigten Heads zeigen.',
  headWeight: (head, weight) => `Head ${head}: ${weight}`,
  computing: 'Das Gewicht wird berechnet',
  cancelled: 'Abgebrochen.',
  cancel: 'Abbrechen',
  cancelMeaning: 'Die Berechnung dieses Gewichts abbrechen.',
  again: 'Noch einmal',
  againMeaning: 'Das Modell noch einmal fragen, wie dieses Gewicht berechnet wird.',
  edited: 'Die Gewichte dieses Laufs mit Eingriffen werden nicht zerlegt',
  editedAdvice:
    'Die Formel ist die des Modells, wie es ist. Tokens dürfen ersetzt sein; ' +
    'andere Eingriffe ändern die Formel selbst.',
  unedit: (isReplaced) =>
    isReplaced ? 'Alle Eingriffe außer ersetzten Tokens zurücknehmen' : 'Alle Eingriffe zurücknehmen',
  compute: 'Berechnen',
  picture: (model) => `Rechnung eines Gewichts von ${model}`,
  noPicture: 'Die Rechnungs-Ansicht braucht ein angeheftetes Token: ein Gewicht hat eine Query und einen Key',
  heading: (head, query, key) => `${head}: ${query} → ${key}`,
};
