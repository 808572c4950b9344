import type { Words } from '../../words.ts';
import { listOf } from '../grammar.ts';

/** Warum die Kommandozeile nicht ausgeführt werden kann. */
export const options: Words['details']['options'] = {
  commandLine: 'Kommandozeile',
  standardInput: 'Standardeingabe',
  standardOutput: 'Standardausgabe',
  unknown: 'diese Option gibt es nicht (siehe --help; schreiben Sie -- vor einen Text, der mit - beginnt)',
  noValue: 'sie nimmt keinen Wert',
  valueMissing: 'ihr Wert fehlt (siehe --help)',
  valueOrOption: (value, option) =>
    `ihr Wert fehlt: „${value}“ danach beginnt mit - wie eine Option; ` +
    `ist das der Wert, schreiben Sie ${option}=${value}`,
  noArgument: 'er nimmt kein Argument',
  missing: 'das fehlt (siehe --help)',
  several: (count) => `es sind ${count}; geben Sie eines`,
  noTextHere: 'Heads werden an eigenen Sätzen gemessen; geben Sie keinen Text',
  noText: 'es wurde kein Text gegeben (siehe --help)',
  texts: (count) => `es sind ${count} Texte; setzen Sie einen Text in Anführungszeichen`,
  oneOf: (value, choices) => `„${value}“ ist nichts von ${choices.join(', ')}`,
  number: (value) => `„${value}“ ist keine Zahl`,
  index: (value) => `„${value}“ ist keine ganze Zahl ab 0`,
  count: (value) => `„${value}“ ist keine ganze Zahl ab 1`,
  percent: (value) => `„${value}“ ist kein Anteil einer Zeile in Prozent, über 0 und bis 100`,
  weight: 'ein Gewicht hat Schicht, Head, Query und Key; geben Sie alle vier',
  bytes: 'erwartet wird eine Zahl von Bytes über 0',
  layer: (layer, map, numbers, all) =>
    numbers.length === all
      ? `es gibt keine Schicht ${layer}; die Karte „${map}“ hat ${all}, gezählt ab 0`
      : `${layer < all ? `Schicht ${layer} hat keine Attention` : `es gibt keine Schicht ${layer}`}; ` +
        `in der Karte „${map}“ haben sie: ${listOf(numbers.map(String))}`,
  head: (head, map, heads) => `es gibt keinen Head ${head}; die Karte „${map}“ hat ${heads}, gezählt ab 0`,
  headPlace: (value) => `„${value}“ ist kein Head des Modells; schreiben Sie Schicht und Nummer, wie in 1.0`,
  noSteps: 'nur ein Decoder hat Schritte; lassen Sie die Option weg',
  step: (step, map, steps) => `es gibt keinen Schritt ${step}; die Karte „${map}“ hat ${steps}, gezählt ab 0`,
  noPair: 'es gibt keinen zweiten Text; fügen Sie --pair TEXT hinzu, oder lassen Sie die Option weg',
  oneLayer: '--layer wählt eine Schicht; lassen Sie eine der beiden Optionen weg',
  unfiltered: (format) =>
    `${format} enthält alle Gewichte, wie das Modell sie berechnet hat; lassen Sie die Option weg, oder wählen Sie csv`,
  binary: 'Binärdaten werden nicht in ein Terminal geschrieben; fügen Sie --out DATEI hinzu, oder eine Pipe',
  notDrawn: 'Temperatur, top-k und top-p gelten für Modelle, die das nächste Token vorhersagen; dieses tut es nicht',
  sampling: 'Seed, Temperatur, top-k und top-p brauchen --continue mit einer Zahl von Tokens',
  chatFile: 'die Datei enthält alle Nachrichten; lassen Sie --user und --system weg',
  system: 'danach wird eine Nachricht mit --user gebraucht',
  messages: (file, problem) =>
    `${file} hat keine Nachricht, die mit user: beginnt, und ist keine Liste von Nachrichten, ` +
    `[{"role": "user", "content": "…"}]${problem === null ? '' : ` (${problem})`}`,
  approval: 'ein Download braucht Ihre Zustimmung; starten Sie ihn in einem Terminal, oder fügen Sie --yes hinzu',
  nothingBeside:
    'es gibt nichts, womit verglichen werden kann; fügen Sie --with MODELL, einen zweiten Text oder --edit EINGRIFF hinzu',
  tooManyBeside: (count, most) => `neben dem ersten stehen ${count} Läufe; höchstens ${most} werden gezeigt`,
  ofFirstText: 'das gehört nur zum ersten Text; lassen Sie es oder den zweiten Text weg',
  nothingToCheck: (model) =>
    `die Graphen von „${model}“ geben ihre Attention aus, daher wird nichts offengelegt und es gibt nichts zu ` +
    'vergleichen',
};
