import { excerptOf } from '../../document/excerpt.ts';
import type { EditKind } from '../../run/edits.ts';
import type { Words } from '../words.ts';
import { countOf, headsOf, keysOf, listOf, tokensOf } from './grammar.ts';

const examples: Readonly<Record<EditKind, string>> = {
  off: 'off SCHICHT.HEAD, wie in off 1.2',
  scale: 'scale SCHICHT.HEAD FAKTOR, wie in scale 1.2 0.5',
  'ffn-off': 'ffn-off SCHICHT, wie in ffn-off 3',
  block: 'block SCHICHT.HEAD QUERY KEY, wie in block 1.2 6 2',
  bias: 'bias SCHICHT.HEAD QUERY KEY ZAHL, wie in bias 1.2 6 2 +3',
  temperature: 'temperature SCHICHT.HEAD T, wie in temperature 1.2 0.5',
  zero: 'zero TOKEN, wie in zero 2',
  mean: 'mean TOKEN, wie in mean 2',
  replace: 'replace TOKEN "NAME", wie in replace 2 "[MASK]"',
  pattern: 'pattern SCHICHT.HEAD QUERY und ein Gewicht für jeden Key, wie in pattern 1.2 2 0.5 0.5 0',
};

/** Wo `*` etwas anderes heißt als alle Schichten oder Heads, oder nichts. */
const everywhere: Readonly<Partial<Record<EditKind, string>>> = {
  'ffn-off': ' (* für alle Schichten)',
  zero: '',
  mean: '',
  replace: '',
};

/** Eingriffe in einen Lauf. */
export const edits: Words['edits'] = {
  unknown: (name, known) => `„${excerptOf(name)}“ ist kein Eingriff; es gibt: ${listOf(known)}`,
  form: (kind) => `schreiben Sie ${examples[kind]}${everywhere[kind] ?? ' (* für alle Schichten oder Heads)'}`,
  amount: (most) => `erwartet wird eine Zahl von −${most} bis ${most}`,
  name: (most) => `erwartet wird ein Token von 1 bis ${most} Zeichen`,
  length: (most) => `erwartet wird eine Zeile von 1 bis ${most} Gewichten`,
  weight: 'ein Gewicht ist eine Zahl von 0 bis 1',
  temperature: (least, most) => `erwartet wird eine Temperatur von ${least} bis ${most}`,
  row: 'die Summe der Gewichte einer Zeile ist größer als 1',
  many: (max) => `es sind mehr als ${max} Eingriffe`,
  map: (edit, maps) => `${edit}: diese Karte hat das Modell nicht, nur ${listOf(maps)}`,
  layer: (edit, map, layers) =>
    `${edit}: die Karte „${map}“ hat Attention in den Schichten ${listOf(layers.map(String))}`,
  head: (edit, map, heads) => `${edit}: die Karte „${map}“ hat ${headsOf(heads)}, gezählt ab 0`,
  temperatures: (edit, least, most) =>
    `${edit}: das Produkt der Temperaturen eines Heads muss zwischen ${least} und ${most} liegen`,
  token: (edit, tokens) => `${edit}: es gibt ${tokensOf(tokens)}, gezählt ab 0`,
  weights: (edit, given, keys) => `${edit}: er hat ${countOf(given, 'Gewicht', 'Gewichte')} für ${keysOf(keys)}`,
  unseen: (edit) => `${edit}: diese Query kann diesen Key in diesem Modell nicht sehen`,
  nothingLeft: (query) => `Token ${query} bliebe ohne Key; lassen Sie ihm mindestens einen`,
  vocabulary: (edit) => `${edit}: das Vokabular des Modells hat kein solches Token`,
  side: (edit) => `${edit}: dieses Modell hat kein Ziel`,
  generated: (edit) => `${edit}: nur gegebene Tokens können ersetzt werden, keine erzeugten`,
  feedForward: (layer, why) => `der Feed-Forward-Teil von Schicht ${layer} wurde nicht gefunden (${why})`,
  explained:
    'Gewichte eines Laufs mit Eingriffen können nicht zerlegt werden; nur solche, bei denen allein Tokens ersetzt sind',
  checked: 'check vergleicht ein Modell, wie es ist; lassen Sie die Eingriffe weg',
  run: (list, more) =>
    `Lauf mit Eingriffen: ${list.join('; ')}${more === 0 ? '' : ` und ${countOf(more, 'weiterer', 'weitere')}`}`,
  model: (model, list) => `${model}. ${list}`,
  masked: (token, kl) => `Wirkung auf die Vorhersage für ${token}: KL(vorher ‖ nachher) ${kl} nat`,
  next: (token, kl) =>
    `Wirkung auf die Vorhersage ${token === null ? 'des ersten Tokens' : `nach ${token}`}: KL(vorher ‖ nachher) ${kl} nat`,
  label: (kl) => `Wirkung auf die Vorhersage: KL(vorher ‖ nachher) ${kl} nat`,
  before: 'vorher',
  after: 'nachher',
};
