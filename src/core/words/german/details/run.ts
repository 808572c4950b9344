import type { Words } from '../../words.ts';
import { tokensOf } from '../grammar.ts';

/** Warum ein Modell mit dem Gegebenen nicht laufen, oder sein Lauf nicht gezeigt werden kann. */
export const run: Words['details']['run'] = {
  decoderPair: 'reine Decoder nehmen einen Text',
  decoderTarget: 'reine Decoder nehmen kein Ziel: sie setzen ihren eigenen Text fort',
  encoderTarget: 'reine Encoder nehmen kein Ziel',
  encoderContinue: 'reine Encoder erzeugen keinen Text',
  encoderChat: 'reine Encoder nehmen kein Gespräch',
  encoderDecoderPair: 'Encoder-Decoder-Modelle nehmen einen Text',
  encoderDecoderChat: 'Encoder-Decoder-Modelle nehmen kein Gespräch',
  chatAndText: 'geben Sie ein Gespräch oder einen Text, nicht beides',
  probeRecurrent:
    'was Heads tun, wird innerhalb eines Textes gemessen, und die Attention rekurrenter Netze ist zwischen zweien',
  probeNothing: 'sein Tokenizer schneidet die Wörter aller Sätze ab, an denen gemessen wird, oder verbindet sie',
  effectsNothing:
    'es sagt weder Tokens noch eines von mehreren Labels vorher, daher lässt sich keine Wirkung auf eine ' +
    'Vorhersage messen',

  offline: 'Modelle werden nur von diesem Rechner geladen',
  needsBoth: 'es braucht einen Encoder und einen Decoder',
  noDecoder: 'es hat keinen Decoder',
  noStates: 'sein Encoder gibt kein last_hidden_state aus',
  noStart: 'config.json hat kein decoder_start_token_id',
  noOutput: (graph, names) =>
    `sein ${graph === 'encoder' ? 'Encoder' : 'Decoder'} gibt das nicht aus: ${names.join(', ')}`,
  missing: (output) => `es gab ${output} nicht aus`,
  notNumbers: (output, count) =>
    `${output} ist keine Liste von ${count === undefined ? '32-Bit-Zahlen' : `${count} 32-Bit-Zahlen`}`,
  noLogits: 'sein Decoder gab keine Logits aus, daher kann kein Token gewählt werden',
  noneOfKind: 'sein Graph hat keine Attention dieser Art',
  headCounts: (counts) =>
    `seine Schichten haben verschieden viele Heads (${counts.join(', ')}), die nicht zusammen gezeigt werden`,
  site: (op, kind, layer) => `${op} von ${kind} in Schicht ${layer}`,
  noWeights: (site) => `${site} gab keine Gewichte aus`,
  size: (site, queries, keys, ofQueries, ofKeys) =>
    `${site} gab ${queries} Querys und ${keys} Keys für ${ofQueries} und ${ofKeys} Tokens aus`,
  queries: (site, queries, tokens) => `${site} gab ${queries} Querys für ${tokens} Tokens aus`,
  keys: (site, keys, tokens) => `${site} gab ${keys} Keys für ${tokens} Tokens aus`,
  overBatch: (tokens, heads) =>
    'es wurde mit Attention über den Batch statt über die Tokens exportiert ' +
    `(${tokensOf(tokens)} ergaben Gewichte der Form [${heads}, 1, 1])`,
  row: (row, head, layer) => `Zeile ${row} von Head ${head} in Schicht ${layer}`,
  logitsNotFinite: 'seine Vorhersage enthält NaN',
  notFinite: (row) => `${row} enthält NaN oder unendlich`,
  rowSum: (row, sum, normalised) =>
    `die Summe von ${row} ist ${sum.toFixed(4)}, nicht ${normalised ? '1' : 'eine Zahl von 0 bis 1'}`,
  changedNotFinite: (layer, by) => `Schicht ${layer} enthält nach ${by} NaN oder unendlich`,
  notWeight: (layer, by, number) =>
    `nach ${by} multipliziert Schicht ${layer} Values mit ${number.toFixed(4)}, was kein Gewicht von 0 bis 1 ist`,
};

/** Warum die Eingaben eines Graphen nicht gegeben werden können. */
export const inputs: Words['details']['inputs'] = {
  noTensor: 'kein Tensor',
  notOfText: (names) => `sein Graph verlangt ${names.join(', ')}, was ein Text nicht gibt`,
  noIds: 'sein Graph hat keine Eingabe für Token-IDs (input_ids)',
  type: (input) => `seine Eingabe ${input} hat einen Typ, der nicht unterstützt wird`,
  axes: (input) => `seine Eingabe ${input} hat mehr Achsen als ein Batch von Tokens`,
  past: (input) =>
    `seine Eingabe ${input} verlangt Keys und Values einer festen Zahl früherer Tokens, und ein Text beginnt mit ` +
    'keinem',
  state: (input, max) => `seine Eingabe ${input} ist ein Zustand von mehr als ${max} Zahlen`,
  shape: (input) => `seine Eingabe ${input} hat eine Form, die nicht unterstützt wird`,
  range: (input, id) => `seine Eingabe ${input} kann die Zahl ${id} nicht aufnehmen`,
  padding: (tokens) => `es nimmt genau ${tokensOf(tokens)}, und die eines kürzeren Textes schauen auf sein Füllen`,
};

/** Warum eine Konfiguration eines Modells nicht zu gebrauchen ist. */
export const config: Words['details']['config'] = {
  listedLayers: (field, layers, max) => `${field} nennt ${layers} Schichten; kein bekanntes Modell hat mehr als ${max}`,
  layers: (field, layers, max) => `${field} ist ${layers}; kein bekanntes Modell hat mehr als ${max} Schichten`,
  layerCount: (field) => `${field} ist keine Zahl von Schichten`,
  layerStep: (field) => `${field} ist keine Zahl von mindestens 1`,
  attention: (name, known) => `seine Attention „${name}“ ist keine von ${known.join(', ')}`,
  dtype: (model, dtype, there) => `„${model}“ gibt es nicht als ${dtype}, nur als ${there.join(', ')}`,
  tokenId: 'erwartet wird eine Token-ID',
  tokenIds: 'erwartet werden Token-IDs',
};
