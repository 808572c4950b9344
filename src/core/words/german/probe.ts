import { shareText, weightText } from '../../attention/number-words.ts';
import type { Found } from '../../probe/evidence.ts';
import type { GrammarRole, MeasuredRole, PatternRole } from '../../probe/roles.ts';
import type { Words } from '../words.ts';
import { countOf, wordsOf } from './grammar.ts';

/** Von welchem Wort, und was davon gefunden wird. */
const linked: Readonly<Record<GrammarRole, { readonly word: string; readonly found: string }>> = {
  'verb-to-subject': { word: 'einem Verb', found: 'seinem Subjekt' },
  'subject-to-verb': { word: 'einem Subjekt', found: 'seinem Verb' },
  'verb-to-object': { word: 'einem Verb', found: 'seinem Objekt' },
  'object-to-verb': { word: 'einem Objekt', found: 'seinem Verb' },
  'determiner-to-noun': { word: 'einem Artikel', found: 'seinem Nomen' },
  'noun-to-determiner': { word: 'einem Nomen', found: 'seinem Artikel' },
  'adjective-to-noun': { word: 'einem Adjektiv', found: 'seinem Nomen' },
  'noun-to-adjective': { word: 'einem Nomen', found: 'seinem Adjektiv' },
  'preposition-to-object': { word: 'einer Präposition', found: 'ihrem Objekt' },
  'object-to-preposition': { word: 'dem Objekt einer Präposition', found: 'der Präposition' },
  'auxiliary-to-verb': { word: 'einem Hilfsverb', found: 'seinem Verb' },
  'verb-to-auxiliary': { word: 'einem Verb', found: 'seinem Hilfsverb' },
  'pronoun-to-antecedent': { word: 'einem Pronomen', found: 'seinem Bezugswort' },
  'antecedent-to-pronoun': { word: 'einem Bezugswort', found: 'seinem Pronomen' },
  'next-noun': {
    word: 'einem Verb, Artikel, Adjektiv oder einer Präposition',
    found: 'dem nächsten Nomen, was es auch dafür ist,',
  },
};

const targets: Readonly<Record<Exclude<PatternRole, 'broad' | 'no-op'>, string>> = {
  previous: 'das vorige Token',
  next: 'das nächste Token',
  'n-back': 'das Token in festem Abstand davor',
  'n-ahead': 'das Token in festem Abstand danach',
  self: 'das Token selbst',
  'same token': 'ein anderes Vorkommen desselben Tokens',
  first: 'das erste Token',
  separator: 'besondere Tokens außer dem ersten',
  'other-text': 'den anderen Text eines Paares',
  induction: 'das Token nach dem früheren Vorkommen desselben Tokens',
  'duplicate-token': 'das frühere Vorkommen desselben Tokens',
};

const names: Readonly<Record<MeasuredRole, string>> = {
  'verb-to-subject': 'Verb → Subjekt',
  'subject-to-verb': 'Subjekt → Verb',
  'verb-to-object': 'Verb → Objekt',
  'object-to-verb': 'Objekt → Verb',
  'determiner-to-noun': 'Artikel → Nomen',
  'noun-to-determiner': 'Nomen → Artikel',
  'adjective-to-noun': 'Adjektiv → Nomen',
  'noun-to-adjective': 'Nomen → Adjektiv',
  'preposition-to-object': 'Präposition → Objekt',
  'object-to-preposition': 'Objekt → Präposition',
  'auxiliary-to-verb': 'Hilfsverb → Verb',
  'verb-to-auxiliary': 'Verb → Hilfsverb',
  'pronoun-to-antecedent': 'Pronomen → Bezugswort',
  'antecedent-to-pronoun': 'Bezugswort → Pronomen',
  'next-noun': 'Nomen in der Nähe',
  previous: 'voriges',
  next: 'nächstes',
  'n-back': 'n davor',
  'n-ahead': 'n danach',
  self: 'selbst',
  'same token': 'gleiches Token',
  first: 'erstes',
  separator: 'Trenner',
  'other-text': 'anderer Text',
  induction: 'Induction',
  'duplicate-token': 'doppeltes Token',
  broad: 'breit',
  'no-op': 'No-op',
};

/** Mit weichen Trennstrichen, wo ein Wort unter einem kleinen Bild umbrechen darf. */
const captions: Readonly<Record<MeasuredRole, string>> = {
  ...names,
  'verb-to-subject': 'Verb → Sub\u00ADjekt',
  'subject-to-verb': 'Sub\u00ADjekt → Verb',
  'verb-to-object': 'Verb → Ob\u00ADjekt',
  'object-to-verb': 'Ob\u00ADjekt → Verb',
  'determiner-to-noun': 'Arti\u00ADkel → Nomen',
  'noun-to-determiner': 'Nomen → Arti\u00ADkel',
  'adjective-to-noun': 'Adjek\u00ADtiv → Nomen',
  'noun-to-adjective': 'Nomen → Adjek\u00ADtiv',
  'preposition-to-object': 'Präpo\u00ADsition → Ob\u00ADjekt',
  'object-to-preposition': 'Ob\u00ADjekt → Präpo\u00ADsition',
  'auxiliary-to-verb': 'Hilfs\u00ADverb → Verb',
  'verb-to-auxiliary': 'Verb → Hilfs\u00ADverb',
  'pronoun-to-antecedent': 'Pro\u00ADnomen → Bezugs\u00ADwort',
  'antecedent-to-pronoun': 'Bezugs\u00ADwort → Pro\u00ADnomen',
  induction: 'Induc\u00ADtion',
  'duplicate-token': 'doppel\u00ADtes Token',
};

/** Was ein fester Abstand ist: `3 Wörter davor`, `das zweite Nomen davor`. */
function offsetText({ by, of }: Found['offset']): string {
  const far = Math.abs(by);
  const side = by < 0 ? 'davor' : 'danach';
  if (of === 'nouns') return `das ${['', '', 'zweite ', 'dritte '][far] ?? ''}Nomen ${side}`;
  return far === 1 ? `das ${by < 0 ? 'vorige' : 'nächste'} Wort` : `${far} Wörter ${side}`;
}

/** Was Heads tun, an Sätzen mit bekannten Antworten gemessen. */
export const probe: Words['probe'] = {
  names,
  captions,
  meaning:
    'Gemessen an englischen Sätzen mit bekannten Antworten, denselben für jedes Modell. Eine grammatische Rolle ' +
    'bekommt nur ' +
    'ein Head, der das richtige Wort deutlich öfter findet als der beste feste Abstand, auch wo die beiden Wörter ' +
    'nicht ' +
    'nebeneinander stehen.',
  measuredOn: (sentences) => `gemessen an ${countOf(sentences, 'englischen Satz', 'englischen Sätzen')}`,
  offset: offsetText,
  found: ({ name, cases, score, baseline, offset, notNeighbours: far }) => {
    const { word, found } = linked[name];
    return (
      `In englischen Testsätzen lag sein größtes Gewicht von ${word} auf ${found} bei ${shareText(score)} von ` +
      `${wordsOf(cases)} (bester fester Abstand, ${offsetText(offset)}: ${shareText(baseline)}), und bei ` +
      `${shareText(far.score)} der ${far.cases}, deren Partner nicht daneben steht (${shareText(far.baseline)}).`
    );
  },
  distant: (name, n) => `${n} ${name === 'n-back' ? 'davor' : 'danach'}`,
  follows: ({ name, n, score, baseline }) =>
    name === 'broad'
      ? `In englischen Testsätzen verteilt er seine Attention: seine Entropie beträgt ${shareText(score)} des Maximums.`
      : 'Auf ' +
        (name === 'induction' || name === 'duplicate-token'
          ? 'wiederholten zufälligen Tokens '
          : 'englischen Testsätzen ') +
        `gehen ${shareText(score)} seiner Attention auf ` +
        (n === undefined ? targets[name] : `das ${n}. Token ${name === 'n-back' ? 'davor' : 'danach'}`) +
        `${baseline === null ? '' : ` (gleiche Gewichte: ${shareText(baseline)})`}.`,
  rests: ({ score, normShare, length, cases }) =>
    `In englischen Testsätzen gehen ${shareText(score)} seiner Attention auf besondere Tokens (oder auf das ` +
    'erste, wo es keine ' +
    `gibt), und er gibt wenig weiter: ${weightText(length)} der Länge eines gewöhnlichen Values seiner Schicht ` +
    `(${countOf(cases, 'Token', 'Tokens')}). Nach Länge gewichtet kommen ${shareText(normShare)} von dort.`,
  unread: (layers) =>
    `In den Schichten ${layers} werden No-op-Heads nicht gemessen: was ihre Heads weitergeben, lässt sich aus ` +
    'diesem Graphen nicht lesen.',
  unreadHere: (layer) =>
    `Ob er ein No-op ist, ist nicht bekannt: was die Heads der Schicht ${layer} weitergeben, lässt sich aus diesem ` +
    'Graphen nicht lesen. Schalten Sie ihn unter „Ausprobieren“ ab, um zu sehen, was sich ändert.',
  notNeighbours: (cases) => `keine Nachbarn (${cases})`,
  equalWeights: 'gleiche Gewichte',
  grammarNumbers: ({ cases, baseline, offset, chance }) =>
    `${countOf(cases, 'Wort', 'Wörter')} · bester fester Abstand ${weightText(baseline)} (${offsetText(offset)}) · ` +
    `gleiche Gewichte ${weightText(chance)}`,
  patternNumbers: ({ name, cases, baseline }) =>
    name === 'broad'
      ? `Entropie als Anteil ihres Maximums · ${countOf(cases, 'Token', 'Tokens')}`
      : `${countOf(cases, 'Token', 'Tokens')}${baseline === null ? '' : ` · gleiche Gewichte ${weightText(baseline)}`}`,
  noOpNumbers: ({ cases, baseline, normShare, length }) =>
    `${countOf(cases, 'Token', 'Tokens')} · gleiche Gewichte ${weightText(baseline)} · Anteil nach Länge ` +
    `${weightText(normShare)} · ` +
    `gibt ${weightText(Math.min(1, length))} eines gewöhnlichen Values weiter`,
  examples: 'Beispiele',
  openExample: (text) => `${text}\nDiesen Satz im Panel öffnen, bei diesem Head.`,
  filter: 'Rolle der Heads',
  filterMeaning: 'Zeigt nur die Heads mit einer Rolle, hier und in der Seitenleiste.',
  allRoles: (heads) => `alle Rollen (${heads})`,
  choice: (name, heads) => `${name} (${heads})`,
  filtered: (name, heads, all) => `${name}: ${heads} von ${countOf(all, 'Head', 'Heads')}`,
  heads: (count) => countOf(count, 'Head', 'Heads'),
  noneHasRole: 'Kein Head dieses Modells hat die gewählte Rolle.',
  showAllHeads: 'Alle Heads zeigen',
  similar: 'Ähnliche Heads',
  similarMeaning:
    'Die Heads mit den ähnlichsten Gewichten auf den englischen Testsätzen, mit ihrem Jensen-Shannon-Abstand: der ' +
    'Wurzel der ' +
    'mittleren Divergenz ihrer Zeilen in Bit. 0: immer dieselben Gewichte; 1: nie ein gemeinsamer Key.',
  comparedOn: (sentences) => `verglichen an ${countOf(sentences, 'englischen Satz', 'englischen Sätzen')}`,
  notCompared: 'Die Heads dieses Modells wurden nicht miteinander verglichen.',
  notConfirmed: (label) =>
    `Die Autoren des Modells nennen ihn ${label}; die Messung an englischen Testsätzen zeigt das nicht.`,
  nothing: 'In englischen Testsätzen wurde für diesen Head keine Rolle gefunden.',
  table: {
    head: 'Head',
    distance: 'Abstand',
    role: 'Rolle',
    score: 'Wert',
    baseline: 'Vergleich',
    cases: 'Fälle',
    apart: 'nicht benachbart',
    best: 'bester Head',
    chance: 'durch Zufall',
    asked: 'Verbindungen, nach denen gefragt wurde, und der Head, der die meisten fand:',
    none: 'keine',
  },
};
