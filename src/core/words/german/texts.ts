import type { Words } from '../words.ts';
import { charactersOf, countOf, grouped, headsOf, layersOf, listOf, tokensOf, wordsOf } from './grammar.ts';

/** Zahlen mit ihren Nomen. */
export const counts: Words['counts'] = {
  tokens: tokensOf,
  bytes: (count) => countOf(count, 'Byte', 'Bytes'),
  layersAndHeads: (layers, heads, all) =>
    `${all === layers ? '' : `${layers} von `}${layersOf(all)} × ${headsOf(heads)}`,
  tokensOfAll: (lengths) => {
    const [only] = lengths;
    return lengths.length === 1 && only !== undefined ? tokensOf(only) : `${listOf(lengths.map(grouped))} Tokens`;
  },
  noLinks: {
    hidden: 'von den Filtern des Panels ausgeblendet',
    otherStep: 'ein anderer Schritt wird gezeigt',
    forced: 'kann auf nichts anderes schauen',
  },
};

/** Was über die Texte einer Analyse gesagt wird. */
export const texts: Words['texts'] = {
  first: 'der erste Text',
  second: 'der zweite Text',
  source: 'die Quelle',
  target: 'das Ziel',
  cut: (to, length, name) => {
    const all = `${charactersOf(length)}${name === '' ? '' : ` (${name})`}`;
    if (to === 0) return `Von ${all} wurde keines analysiert.`;
    return to === 1
      ? `Von ${all} wurde nur das erste analysiert.`
      : `Von ${all} wurden nur die ersten ${grouped(to)} analysiert.`;
  },
  unknown: (words, unknown, partly, name, read) => {
    const of = `${wordsOf(words)}${name === '' ? '' : ` (${name})`}`;
    const known =
      unknown === 0
        ? `${grouped(partly)} von ${of} ${partly === 1 ? 'ist' : 'sind'} diesem Modell teilweise unbekannt`
        : `${grouped(unknown)} von ${of} ${unknown === 1 ? 'ist' : 'sind'} diesem Modell ` +
          `unbekannt${partly > 0 ? `, ${grouped(partly)} weitere teilweise` : ''}`;
    return `${known}: es liest dafür ${read}.`;
  },
  quotedList: (labels, others) => {
    const told = labels.map((label) => `„${label}“`);
    return listOf(others > 0 ? [...told, `${others} andere`] : told);
  },
  unknownNames: (names) => `Unbekannt: ${names}.`,
  unknownToken: (read) => `diesem Modell unbekannt: gelesen als ${read}`,
  unknownWord: (name) => `${name} (unbekanntes Wort)`,
  spaces: (count) => `⟨${count} Leerzeichen⟩`,
  quoted: (label) => `‚${label}‘`,
};
