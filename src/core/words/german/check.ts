import type { Words } from '../words.ts';
import { countOf } from './grammar.ts';

/** Was der Befehl `check` gefunden hat. */
export const check: Words['check'] = {
  runs: (file, numbers, runs) =>
    `${file} · ${numbers} · je ${countOf(runs, 'Lauf', 'Läufe')} mit und ohne offengelegte Attention`,
  kernels:
    'ohne Flash-Kernel auf beiden Seiten: wer die Attention liest, schaltet den Flash-Kernel ab, und Kernel runden ' +
    'verschieden',
  attention: ['Attention', 'Operator', 'Zeilensummen', 'Knoten'],
  outputs: ['Ausgabe', 'Zahlen', 'größter Unterschied', 'bezogen auf max(1, |Wert|)'],
  cache: (outputs) => `present (${outputs} des Caches)`,
  incomparable: 'nicht vergleichbar',
  sums: (min, max) => `${min} bis ${max}`,
  none: 'keine',
  verdict: (faults, numbers, bound) =>
    `${faults === null ? 'stimmt überein' : `WEICHT AB (${faults})`}; die Grenze für ${numbers} ist ${bound}`,
  faults: {
    noRun: 'er lief nie',
    incomparable: (output) => `${output} ist nicht vergleichbar`,
    output: (output) => `${output} weicht ab`,
    noRows: (kind, layer) => `${kind} in Schicht ${layer} hat keine Zeilen`,
    rowSums: (kind, layer) => `${kind} in Schicht ${layer} hat Zeilen, deren Summe nicht 1 ist`,
  },
  agrees: 'Das Modell gibt mit offengelegter Attention dieselben Ausgaben wie ohne.',
  differs: (files) =>
    `Mit offengelegter Attention gibt das Modell andere Ausgaben (${files}). Verlassen Sie sich nicht auf dieses ` +
    'Bild ' +
    'und melden Sie das Modell.',
};
