import type { Words } from '../words.ts';
import { grouped, tokensOf } from './grammar.ts';

/** Vorhersagen neben dem Satz, wie Tokens gezogen werden, und Weiterschreiben. */
export const written: Words['written'] = {
  name: 'Vorhersagen',
  show: 'Die Vorhersagen zeigen.',
  hide: 'Die Vorhersagen ausblenden.',
  next: 'Nächstes Token',
  after: (token) => `Nach ${token}`,
  inPlaceOf: (token) => `Anstelle von ${token}`,
  mask: (index) => `Maske bei Token ${index}`,
  meaning:
    'Die wahrscheinlichsten Tokens hier, mit ihren Wahrscheinlichkeiten unter den Einstellungen. Grau: durch ' +
    'Top-k oder Top-p ' +
    'abgeschnitten, oder von einer Regel des Modells verboten.',
  cut: 'abgeschnitten',
  candidate: (token, probability, drawn) =>
    probability === drawn
      ? `${token}: Wahrscheinlichkeit ${probability}`
      : `${token}: Wahrscheinlichkeit ${probability}; ${drawn} mit diesen Einstellungen`,
  writeIt: 'Klick: dieses Token schreiben.',
  fillIt: 'Klick: dieses Wort im Dokument an die Stelle der Maske setzen.',
  actual: 'im Text',
  actualMeaning: (token, rank) => `Im Text steht hier ${token}: ${rank}.`,
  rank: (rank) => `Rang ${grouped(rank + 1)}`,
  kept: (kept, vocabulary) =>
    kept === vocabulary ? `alle ${tokensOf(vocabulary)}` : `${grouped(kept)} von ${tokensOf(vocabulary)}`,
  keptMeaning: 'Wie viele Tokens des Vokabulars gezogen werden können.',
  notKept: 'Einstellungen gelten bei einem langen Text nur für die letzten Tokens.',
  sampling: 'Ziehen',
  sample: 'Ziehen',
  sampleMeaning: 'Jedes Token zufällig nach seiner Wahrscheinlichkeit ziehen. Aus: immer das wahrscheinlichste.',
  seed: 'Seed',
  seedMeaning: 'Derselbe Seed zieht dieselben Tokens.',
  temperature: 'Temperatur',
  temperatureMeaning: 'Die Logits werden vor dem Softmax dadurch geteilt: unter 1 schärfer, über 1 flacher.',
  topK: 'Top-k',
  topKMeaning: 'Nur aus den k wahrscheinlichsten Tokens ziehen. Leer: alle.',
  topP: 'Top-p',
  topPMeaning:
    'Nur aus den wahrscheinlichsten Tokens ziehen, die zusammen diese Wahrscheinlichkeit erreichen. Leer: alle.',
  none: 'alle',
  reset: 'Zurücksetzen',
  resetMeaning: 'Temperatur 1, kein Top-k, kein Top-p.',
  continue: 'Fortsetzen',
  continueMeaning: (tokens) =>
    `Das Modell ${tokens === 1 ? 'ein weiteres Token' : `${tokens} weitere Tokens`} schreiben lassen.`,
  count: 'Tokens',
  countMeaning: 'Wie viele Tokens Fortsetzen schreibt.',
  tokens: 'Tokens',
  one: 'Ein Token',
  oneMeaning: 'Das Modell ein weiteres Token schreiben lassen.',
  back: 'Letztes entfernen',
  backMeaning: 'Das letzte Token entfernen, das das Modell geschrieben hat.',
  another: 'Andere nehmen',
  anotherMeaning: 'Ebenso viele Tokens mit dem nächsten Seed noch einmal schreiben.',
  accept: 'In den Text übernehmen',
  acceptMeaning: 'Einfügen, was das Modell schrieb, als ein Schritt, der rückgängig zu machen ist.',
  clear: 'Verwerfen',
  clearMeaning: 'Zum Text ohne das zurück, was das Modell schrieb.',
  ended: (token) =>
    `Das Modell hat den Text hier beendet, mit ${token}. Um weiterzuschreiben, klicken Sie auf ein anderes Token.`,
  writing: 'Schreibt…',
  cancel: 'Abbrechen',
  cancelMeaning: 'Das Schreiben abbrechen.',
  wrote: (text) => `Geschrieben: ${text}`,
  table: {
    caption: (where) => `Vorhersagen, ${where}`,
    token: 'Token',
    probability: 'Wahrscheinlichkeit',
    drawn: 'Gezogen',
  },
};
