import type { Words } from '../words.ts';
import { page } from './exports.ts';
import { countOf, headsOf, layersOf, tokensOf } from './grammar.ts';

const kinds = { self: 'Self-Attention', causal: 'kausale Self-Attention', cross: 'Cross-Attention' } as const;

const read = {
  softmax: 'gelesen aus',
  'group-query': 'ausgegeben von',
  'onnx-attention': 'ausgegeben von',
  'multi-head': 'berechnet aus den Scores von',
  'decoder-masked': 'berechnet aus den Scores von',
  'fused-attention': 'ein zweites Mal berechnet neben',
} as const;

/** Wie die Attention aus dem Graphen gelesen wurde: Teile eines Satzes. */
export const reading: Words['reading'] = {
  attention: (kind, layers, form, op) => `${kinds[kind]} von ${layersOf(layers)} ${read[form]} ${op}`,
  sinks: 'ein Teil jeder Zeile geht auf einen Sink, der kein Token ist: die Summe der Zeilen ist kleiner als 1',
  blocks: 'der Graph berechnet sie Block für Block: gezeigt wird sie Token für Token',
  sums:
    'ein Teil jeder Zeile geht auf Summen mehrerer Tokens (Transient-Global-Attention), die nicht gezeigt werden: ' +
    'die Summe der Zeilen ist kleiner als 1',
  gated: (where) =>
    `${where} multipliziert nach den Gewichten mit einem Gate, was die Heads weitergeben: ein großes Gewicht kann ` +
    'wenig weitergeben',
  half: 'die Attention steht in 32-Bit-Zahlen, das Modell rechnet in 16 Bit',
  stored: (bits) => `die Parameter des Modells stehen in ${bits} Bit, gerechnet wird in 32`,
  unchanged: 'sonst wurde nichts geändert',
  node: (op, name) => `${op} „${name}“`,
  unread: (softmax, by, isUnknown) =>
    `die Gewichte von ${softmax} gehen in ${by}, ` +
    `${isUnknown ? 'einen unbekannten Operator' : 'wo Values sein können'}, ` +
    'und werden daher nicht als Attention gelesen',
  where: (layers, op, nodes, more) =>
    `in ${layersOf(layers)} ${op} (${nodes.map((node) => `„${node}“`).join(', ')}${more ? ', …' : ''})`,
  changed: (where) =>
    `${where} ändert die Gewichte nach dem Softmax: gezeigt werden die geänderten, mit denen die Values ` +
    'multipliziert ' +
    'werden; die Summe einer Zeile muss nicht 1 sein',
  scaled: (where, factor) =>
    `${where} multipliziert alle Gewichte nach dem Softmax mit ${factor ?? 'einer Konstanten'}: gezeigt ohne ` +
    'diesen Faktor',
  rounded: (where) => `${where} rundet die Gewichte nach dem Softmax auf 8 Bit oder weniger: gezeigt vor dem Runden`,
  aside: (where) =>
    `${where} berechnet andere Gewichte, mit denen neben den gezeigten Values multipliziert werden: das Modell ` +
    'nutzt beide',
  fixedTokens: (tokens) =>
    `der Graph nimmt genau ${tokensOf(tokens)}: ein kürzerer Text wird aufgefüllt, das Füllen nicht gezeigt`,
  stepwise: 'der Graph nimmt ein Token nach dem anderen',
  batch: (texts) => `der Graph nimmt ${texts} Texte auf einmal: diesen ${texts}-mal, einmal gezeigt`,
};

type Sampling = Parameters<Words['notes']['continued']>[1];

function manner(sampling: Sampling): string {
  if (!sampling) return 'immer das wahrscheinlichste Token';
  const { seed, temperature = 1, topK, topP } = sampling;
  const among = `${topK === undefined ? '' : `, top-k ${topK}`}${topP === undefined ? '' : `, top-p ${topP}`}`;
  return `gezogen mit Seed ${seed}, Temperatur ${temperature}${among}`;
}

/** Was darüber gesagt wird, wie ein Text gelaufen ist. */
export const notes: Words['notes'] = {
  textShortened: (limit) => `Der Text wurde gekürzt: das Modell nimmt ${tokensOf(limit)}.`,
  pairShortened: (limit) => `Die Texte wurden gekürzt: das Modell nimmt ${tokensOf(limit)} für beide.`,
  segments: 'Das Modell hat nur einen Segmenttyp (type_vocab_size): beide Texte haben denselben.',
  unknownHead: (outputs) =>
    `Was das Modell vorhersagt, wird nicht gezeigt: seine Ausgabe ${outputs.join(', ')} ist von unbekannter Art.`,
  reading: (phrases, graph) =>
    graph === undefined
      ? `${phrases.charAt(0).toUpperCase()}${phrases.slice(1)}.`
      : `${graph === 'encoder' ? 'Encoder' : 'Decoder'}: ${phrases}.`,
  layers: (map, described, found) =>
    `config.json nennt ${layersOf(described)}, der Graph hat Attention in ${found} (${page.maps[map]}).`,
  heads: (map, described, found) =>
    `config.json nennt ${headsOf(described)}, der Graph hat ${found} (${page.maps[map]}).`,
  notCausal: (map) =>
    'Von einem Decoder wird kausale Attention erwartet, aber in diesem Graphen schauen Tokens auf spätere ' +
    `(${page.maps[map]}).`,
  causal: (map) =>
    'Von einem Encoder wird erwartet, dass er in beide Richtungen schaut, aber in diesem Graphen schaut kein ' +
    'Token auf ' +
    `spätere (${page.maps[map]}).`,
  notContinued: (limit) =>
    `Der Text wurde nicht fortgesetzt: er hat schon die ${tokensOf(limit)}, die das Modell nimmt.`,
  continued: (tokens, sampling, end) =>
    `Das Modell hat nach dem Text ${tokensOf(tokens)} erzeugt, ${manner(sampling)}` +
    `${end === 'ended' ? ', bis zu seinem Endtoken' : end === null ? '' : `; es nimmt insgesamt nicht mehr als ${end.limit}`}.`,
  targetContinued: (tokens, sampling, ended) =>
    `Das Modell hat nach dem Ziel ${tokensOf(tokens)} erzeugt` +
    `${sampling ? `, ${manner(sampling)}` : ''}${ended ? ', bis zu seinem Endtoken' : ''}.`,
  targetGenerated: (tokens, sampling, ended) =>
    `Das Modell hat das Ziel selbst erzeugt${sampling ? `, ${manner(sampling)}` : ''}` +
    `${ended ? '' : ` und nach ${countOf(tokens, 'Token', 'Tokens')} aufgehört`}.`,
};

const scores = {
  additive: 'v·tanh(W s + U h), wobei s der Zustand des Decoders vor dem Wort',
  dot: 's·h, wobei s der Zustand des Decoders bei dem Wort',
  general: 's·W h, wobei s der Zustand des Decoders bei dem Wort',
  concat: 'v·tanh(W s + U h), wobei s der Zustand des Decoders bei dem Wort',
} as const;

/** Die Attention eines rekurrenten Netzes. */
export const recurrentNotes: Words['recurrentNotes'] = {
  score: (kind, scoring) =>
    `${kind === null ? 'Additive Attention (Bahdanau, Cho und Bengio 2015)' : `Attention der Art ${kind} (Luong, Pham und Manning 2015)`}: ` +
    `der Score eines Wortes der Quelle ist ${scores[scoring]} und h der Zustand des Encoders bei dem Wort der ` +
    'Quelle ist.',
  global: 'Der Softmax geht über alle Wörter der Quelle.',
  local: (halfWidth) =>
    `Der Softmax geht über die Wörter der Quelle, die höchstens ${halfWidth} von der Mitte entfernt sind.`,
  monotonic: 'Die Mitte ist die Position des Zielwortes, oder das letzte Wort der Quelle, wo es dort keines gibt.',
  predicted: 'Die Mitte wird vorhergesagt: S·sigmoid(v·tanh(W s)), wobei S die Zahl der Wörter der Quelle ist.',
  gaussian: (sigma) =>
    `Die Gewichte werden dann mit einer Gaußkurve um die Mitte multipliziert (Sigma ${sigma}) und nicht neu ` +
    'normiert: ' +
    'die Summe einer Zeile ist höchstens 1.',
};

/** Was ein Vorgang gerade tut. */
export const stages: Words['stages'] = {
  loading: 'Modell wird geladen',
  reading: 'Graph wird gelesen',
  running: 'Läuft',
  generating: 'Erzeugt',
  exporting: 'Exportiert',
  measuring: 'Heads werden gemessen',
  parts: 'Der Score wird zerlegt',
  effects: 'Läuft ohne jeden Head',
};

/** Zeilen des Protokolls. */
export const log: Words['log'] = {
  analysed: (model, tokens, load, run) =>
    `${model}: ${tokens}, geladen in ${Math.round(load)} ms, gelaufen in ${Math.round(run)} ms`,
  note: (model, note) => `${model}: ${note}`,
  uncaught: (stack) => `Der Modellprozess endet durch einen Fehler, den nichts abgefangen hat: ${stack}`,
  caused: 'verursacht durch ',
};
