import { handText, weightText } from '../../attention/number-words.ts';
import { excerptOf } from '../../document/excerpt.ts';
import type { Words } from '../words.ts';
import { countOf, headsOf, listOf, tokensOf } from './grammar.ts';

const rowText = (numbers: readonly number[]): string => `[${numbers.map(handText).join(', ')}]`;
const quoted = (text: string): string => `„${excerptOf(text)}“`;

/** Lektionen: was in einer Datei falsch ist, was Zeilen ergeben, wonach gefragt wird. */
export const lesson: Words['lesson'] = {
  fileSize: 'Die Datei ist größer als 1 MB: nichts darin ist lebendig.',
  manyFences: (max) => `Eine Datei hat höchstens ${max} lebendige Kästen; dieser bleibt weg.`,
  longFence: (max) => `Ein Kasten hat höchstens ${max} Zeilen; dieser bleibt weg.`,
  longValue: (max) => `Ein Wert hat höchstens ${max} Zeichen; dieser bleibt weg.`,
  noKey: 'Schreiben Sie „Name: Wert“.',
  unknownKey: (key, known) => `${quoted(key)} ist hier unbekannt; es gibt: ${listOf(known)}.`,
  twice: (key) => `${quoted(key)} steht zweimal.`,
  sameName: (name) => `Ein anderer Kasten dieser Datei heißt auch ${quoted(name)}.`,
  value: (problem) => `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`,
  oneOf: (choices) => `Erwartet wird eines davon: ${choices.join(', ')}.`,
  empty: 'Erwartet wird ein Text.',
  count: 'Erwartet wird eine ganze Zahl.',
  positive: 'Erwartet wird eine Zahl über 0.',
  numbers: (max) => `Erwartet werden eine bis ${max} Zahlen, mit Leerzeichen dazwischen.`,
  oneNumber: 'Erwartet wird eine Zahl.',
  sameLength: (length) =>
    length === 0
      ? 'Erwartet wird eine Zeile „query“ mit ebenso vielen Zahlen.'
      : `Erwartet werden so viele Zahlen, wie die Query hat: ${length}.`,
  keys: (max) => `Höchstens ${max} Keys werden berechnet.`,
  head:
    'Erwartet wird ein Head: 4.1, oder 4.* für alle Heads von Schicht 4, mit encoder/, decoder/ oder cross/ ' +
    'davor, wo ein Modell diese hat.',
  oneHead: 'Erwartet wird ein Head, wie 4.1.',
  word: 'Erwartet wird ein Wort des Textes, wie ate, the#2 oder [MASK], oder der Platz eines Tokens, ab 0.',
  hide: 'Erwartet wird: special, punctuation, oder beide mit einem Komma dazwischen.',
  noText: 'Dieser Kasten hat keinen Text, der laufen könnte.',
  noAsk: 'Diese Frage hat keine Zeile „ask“.',
  noAnswer: 'Diese Frage hat keine Zeile „answer“.',
  noOption: (option) => `${quoted(option)} ist keine der Zeilen „option“.`,
  noHead: 'Dieser Kasten hat keine Zeile „head“.',
  noSentence: 'Dieser Kasten hat keine Zeile „sentence“.',
  sentence: 'Schreiben Sie „sentence: QUERY > KEY | Text“, mit Wörtern des Textes.',
  term: 'Ein Begriff des Glossars wird erwartet: #term=attention-weight.',
  mark: (names) => `Erwartet wird ein Link auf ${listOf(names.map((name) => `„${name}=…“`))}.`,
  noExpression: 'Hier wird ein Ausdruck erwartet.',
  longExpression: (max) => `Ein Ausdruck hat höchstens ${countOf(max, 'Wort', 'Wörter')}.`,
  deep: 'Dieser Ausdruck ist zu tief verschachtelt.',
  bracket: 'Eine schließende Klammer fehlt; um Klammern stehen Leerzeichen.',
  comparator: (known) =>
    `Zwischen zwei Ausdrücken wird eines davon erwartet, mit Leerzeichen darum: ${known.join(' ')}`,
  leftOver: (word) => `${quoted(word)} bleibt übrig: ein Text aus mehreren Wörtern steht in Anführungszeichen.`,
  form: (form) => `Schreiben Sie ${form}.`,
  forms: {
    weight: 'weight HEAD QUERY KEY',
    score: 'score HEAD QUERY KEY',
    product: 'product HEAD QUERY KEY',
    scale: 'scale HEAD QUERY KEY',
    strongest: 'strongest HEAD QUERY',
    second: 'second HEAD QUERY',
    rank: 'rank HEAD QUERY KEY',
    entropy: 'entropy HEAD QUERY',
    prediction: 'prediction TOKEN',
    probability: 'probability WORT TOKEN',
    kl: 'kl',
    written: 'written',
    tokens: 'tokens, oder tokens target',
    layers: 'layers, oder layers KARTE',
    heads: 'heads, oder heads KARTE',
    shape: 'shape, oder shape KARTE',
    found: 'found',
    cases: 'cases',
    softmax: 'softmax 2 1 0 of 2, mit einem der Scores nach „of“',
    dot: 'dot 1 0 2 with 3 1 1, beide gleich lang',
    exp: 'exp ZAHL',
    sqrt: 'sqrt ZAHL',
  },
  noFence: (name) =>
    name === null ? 'Es gibt keinen Kasten, nach dem das fragen könnte.' : `Kein Kasten heißt ${quoted(name)}.`,
  noMap: (name, known) => `Dieses Modell hat keine Karte ${quoted(name)}; es hat ${listOf(known)}.`,
  noLayer: (layer, layers) => `Diese Karte hat keine Schicht ${layer}; sie hat ${listOf(layers.map(String))}.`,
  noHeadIn: (head, heads) => `Diese Karte hat keinen Head ${head}; sie hat ${headsOf(heads)}, ab 0.`,
  noWord: (word, text) => `${quoted(word)} ist kein Wort von ${quoted(text)}.`,
  noToken: (index, tokens) => `Es gibt kein Token ${index}; es gibt ${tokensOf(tokens)}, ab 0.`,
  needs: (what) => `Das braucht ${what}.`,
  needsHead: 'einen Head',
  needsQuery: 'ein Query-Token',
  needsKey: 'ein Key-Token',
  noPrediction: 'Dieses Modell sagt auf diesem Text keine Tokens vorher.',
  notPredicted: (word) => `${quoted(word)} ist hier nicht unter den wahrscheinlichsten Tokens.`,
  noChange: 'In diesem Lauf ist nichts geändert, oder er sagt nichts vorher.',
  nothingWritten: 'In diesem Lauf wurde nichts geschrieben.',
  noNumber: (value) => `${quoted(value)} ist keine Zahl.`,
  noScore: 'Dieser Score wird nicht aus einem Skalarprodukt gelesen.',
  statement: {
    holds: (text) => `stimmt: ${text}`,
    fails: (text, left, right) => `stimmt nicht: ${text} (es ist ${left}, nicht ${right})`,
    unknown: (text, why) => `nicht auszuwerten: ${text}. ${why}`,
    saysSo: (line, says) => `  Zeile ${line} sagt: ${says}`,
    place: (file, line, text) => `${file}:${line} ${text}`,
    sum: (held, all, problems) =>
      `${held} von ${countOf(all, 'Aussage', 'Aussagen')} ${held === 1 ? 'stimmt' : 'stimmen'}` +
      (problems === 0 ? '' : `; ${countOf(problems, 'Problem', 'Probleme')}`),
  },
  model: 'Erwartet wird ein Modell: der Name eines eingebauten, oder Organisation/Name eines geladenen.',
  page: {
    caption: ({ model, head, token, key }) =>
      [
        model,
        ...(head === null ? [] : [`Head ${head}`]),
        ...(token === null && key === null ? [] : [`${token ?? '…'} → ${key ?? '…'}`]),
      ].join(' · '),
    running: (model) => `${model} läuft…`,
    none: (why) => `Kein Bild: ${why}`,
    untrusted: 'Bilder nicht eingebauter Modelle werden nur in vertrauenswürdigen Arbeitsbereichen gemacht.',
    found: (found, all) => `Der Head findet das Wort in ${found} von ${countOf(all, 'Satz', 'Sätzen')}.`,
    sentences: (all) => `${countOf(all, 'Satz', 'Sätze')}: führen Sie sie im Editor aus.`,
    hint: 'Hinweis',
    answer: 'Antwort',
    inEditor: 'Beantworten Sie das im Editor, in der Zeile darüber.',
    noImage: (alt) => (alt === '' ? 'Bild weggelassen' : `Bild weggelassen: ${alt}`),
    live: 'Alle Heads, mit Zahlen unter der Maus',
  },
  byHand: {
    query: (scale, sum) => `÷ ${handText(scale)} · Σ e^Score = ${handText(sum)}`,
    key: ({ product, score, exp, weight }) =>
      `q·k = ${handText(product)} · Score ${handText(score)} · e^Score ${handText(exp)} · Gewicht ` +
      weightText(weight),
    shortKey: ({ product, score, weight }) =>
      `q·k ${handText(product)}, Score ${handText(score)}, Gewicht ${weightText(weight)}`,
    score: (exp, weight) => `e^Score ${handText(exp)} · Gewicht ${weightText(weight)}`,
    value: (part) => `× Gewicht = ${rowText(part)}`,
    output: (part, total) => `× Gewicht = ${rowText(part)} · Ausgabe ${rowText(total)}`,
    shortOutput: (part, total) => `× Gewicht ${rowText(part)}, Σ ${rowText(total)}`,
  },
};
