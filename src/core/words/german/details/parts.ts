import type { Words } from '../../words.ts';
import { keysOf, tokensOf } from '../grammar.ts';

/** Nachrichten zwischen Prozessen. */
export const messages: Words['details']['messages'] = {
  layer: (bytes, expected) => `eine Schicht hat ${bytes} Bytes, nicht ${expected}`,
  noOperation: (name) => `es gibt keine Operation „${name}“`,
};

/** Wer das Schloss eines Modells hält. */
export const store: Words['details']['store'] = {
  window: 'von einem anderen Fenster',
  process: (pid, machine) => `von einem anderen Fenster (Prozess ${pid}${machine === null ? '' : ` auf ${machine}`})`,
  stale: (holder, lock) => `${holder}; gibt es das nicht mehr, löschen Sie sein Schloss, ${lock}`,
};

/** Chat-Vorlagen. */
export const chat: Words['details']['chat'] = {
  name: 'Chat-Vorlage',
  none: (model) => `das Modell „${model}“ hat keine Chat-Vorlage; wählen Sie eines, das für Gespräche gemacht ist`,
  refused: (model, why) => `die Chat-Vorlage von „${model}“ lehnt dieses Gespräch ab (${why})`,
  empty: (model) => `die Chat-Vorlage von „${model}“ macht aus diesem Gespräch keinen Text`,
  unreadable: (why) => `seine Chat-Vorlage ist ungültig (${why})`,
  answered: 'die letzte Nachricht ist schon die des Modells; fügen Sie eine mit „user:“ an, auf die es antwortet',
  notText: 'sein chat_template ist kein Text',
  limits: {
    time: 'sie kommt zu keinem Ende',
    memory: (megabytes) => `sie braucht mehr als ${megabytes} MB Speicher`,
    recursion: 'sie ist endlos verschachtelt, oder ruft sich selbst ohne Ende auf',
    size: 'sie macht zu lange Texte oder Listen',
    text: 'sie macht einen zu langen Text aus dem Gespräch',
  },
};

/** Was in einem Modell fehlt oder nicht passt. */
export const model: Words['details']['model'] = {
  textFits: (tokens) => `ein Text von höchstens ${tokensOf(tokens)} passt`,
  noStream: 'ein rekurrentes Netz hat keinen Residualstrom, dessen Teile man nennen könnte',
  noQueries:
    'ein rekurrentes Netz hat Zustände und Annotationen anstelle von Querys, Keys und Values; explain zeigt sie',
  noLayer: 'sein Graph hat keine Attention dieser Schicht',
  weightsNeed: (size) => `seine Gewichte allein brauchen ${size}`,
  noEmbeddings: (input) =>
    `sein Graph verlangt Embeddings, ${input}, die onnx/embed_tokens.onnx aus Tokens macht; ` +
    'diese Datei ist nicht im Ordner',
  olderTokenizer: (file) =>
    `tokenizer.json (vorhanden ist ${file}: AutoTokenizer.from_pretrained(…).save_pretrained(…) der ` +
    'Python-Bibliothek ' +
    'wandelt es um)',
};

const cells = { layer: 'keine Schicht', head: 'keinen Head', query: 'keine Query', key: 'keinen Key' } as const;

/** Was von einer Analyse verlangt wird. */
export const analysis: Words['details']['analysis'] = {
  map: (map, count) => `es gibt keine Karte ${map}; die Analyse hat ${count}, gezählt ab 0`,
  layer: (layer, count) => `es gibt keine Schicht ${layer}; die Karte hat ${count}, gezählt ab 0`,
  cell: (what, index, count) => `es gibt ${cells[what]} ${index}; die Karte hat ${count}, gezählt ab 0`,
  unseen: (query, keys) =>
    `Query ${query} schaut auf ${keys === 1 ? 'Key 0' : `${keysOf(keys)}, 0 bis ${keys - 1}`}: spätere Tokens gibt es noch ` +
    'nicht, wenn sie berechnet wird',
  position: (position, count) => `es gibt kein Token ${position}; der Text hat ${count}, gezählt ab 0`,
  specialPosition: (position) => `Token ${position} ist ein besonderes Token; wählen Sie ein Wort oder eine Maske`,
  logit: (token, count) => `es gibt kein Token ${token}; das Modell hat Logits von ${count}`,
  token: (text) => `„${text}“ ist kein einzelnes Token des Modells; #N nimmt das Token mit der ID N`,
  parts: (count, most) =>
    `Token für Token sind es ${count} Teile, und höchstens ${most} werden genannt; wählen Sie eine tiefere ` +
    'Schicht oder ' +
    'einen kürzeren Text',
  word: (first, end, count) => `es gibt kein Wort von Token ${first} bis ${end}; die Seite hat ${tokensOf(count)}`,
};
