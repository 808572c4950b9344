import type { LayerNumber } from '../../attention/layers.ts';
import { shareText, weightText } from '../../attention/number-words.ts';
import type { Found, GrammarEvidence, NoOpEvidence, PatternEvidence } from '../../probe/evidence.ts';
import type { GrammarRole, MeasuredRole, PatternRole } from '../../probe/roles.ts';
import { countText } from './grammar.ts';

/** From which word, and what is found of it. */
const linked: Readonly<Record<GrammarRole, { readonly word: string; readonly found: string }>> = {
  'verb-to-subject': { word: 'a verb', found: 'its subject' },
  'subject-to-verb': { word: 'a subject', found: 'its verb' },
  'verb-to-object': { word: 'a verb', found: 'its object' },
  'object-to-verb': { word: 'an object', found: 'its verb' },
  'determiner-to-noun': { word: 'a determiner', found: 'its noun' },
  'noun-to-determiner': { word: 'a noun', found: 'its determiner' },
  'adjective-to-noun': { word: 'an adjective', found: 'its noun' },
  'noun-to-adjective': { word: 'a noun', found: 'its adjective' },
  'preposition-to-object': { word: 'a preposition', found: 'its object' },
  'object-to-preposition': { word: 'the object of a preposition', found: 'the preposition' },
  'auxiliary-to-verb': { word: 'an auxiliary', found: 'its verb' },
  'verb-to-auxiliary': { word: 'a verb', found: 'its auxiliary' },
  'pronoun-to-antecedent': { word: 'a pronoun', found: 'its antecedent' },
  'antecedent-to-pronoun': { word: 'an antecedent', found: 'its pronoun' },
  'next-noun': { word: 'a verb, determiner, adjective or preposition', found: 'the next noun, whatever it is to it,' },
};

const targets: Readonly<Record<Exclude<PatternRole, 'broad' | 'no-op'>, string>> = {
  previous: 'the previous token',
  next: 'the next token',
  'n-back': 'the token a fixed distance back',
  'n-ahead': 'the token a fixed distance ahead',
  self: 'the token itself',
  'same token': 'another occurrence of the same token',
  first: 'the first token',
  separator: 'special tokens other than the first',
  'other-text': 'the other text of a pair',
  induction: 'the token after the earlier occurrence of the same token',
  'duplicate-token': 'the earlier occurrence of the same token',
};

const names: Readonly<Record<MeasuredRole, string>> = {
  'verb-to-subject': 'verb → subject',
  'subject-to-verb': 'subject → verb',
  'verb-to-object': 'verb → object',
  'object-to-verb': 'object → verb',
  'determiner-to-noun': 'determiner → noun',
  'noun-to-determiner': 'noun → determiner',
  'adjective-to-noun': 'adjective → noun',
  'noun-to-adjective': 'noun → adjective',
  'preposition-to-object': 'preposition → object',
  'object-to-preposition': 'object → preposition',
  'auxiliary-to-verb': 'auxiliary → verb',
  'verb-to-auxiliary': 'verb → auxiliary',
  'pronoun-to-antecedent': 'pronoun → antecedent',
  'antecedent-to-pronoun': 'antecedent → pronoun',
  'next-noun': 'nouns nearby',
  previous: 'previous',
  next: 'next',
  'n-back': 'n back',
  'n-ahead': 'n ahead',
  self: 'self',
  'same token': 'same token',
  first: 'first',
  separator: 'separator',
  'other-text': 'other text',
  induction: 'induction',
  'duplicate-token': 'duplicate token',
  'no-op': 'no-op',
  broad: 'broad',
};

/** With soft hyphens where a word may be broken under a small picture. */
const captions: Readonly<Record<MeasuredRole, string>> = {
  ...names,
  'verb-to-subject': 'verb → sub\u00ADject',
  'subject-to-verb': 'sub\u00ADject → verb',
  'verb-to-object': 'verb → ob\u00ADject',
  'object-to-verb': 'ob\u00ADject → verb',
  'determiner-to-noun': 'deter\u00ADminer → noun',
  'noun-to-determiner': 'noun → deter\u00ADminer',
  'adjective-to-noun': 'adjec\u00ADtive → noun',
  'noun-to-adjective': 'noun → adjec\u00ADtive',
  'preposition-to-object': 'prepo\u00ADsition → ob\u00ADject',
  'object-to-preposition': 'ob\u00ADject → prepo\u00ADsition',
  'auxiliary-to-verb': 'auxil\u00ADiary → verb',
  'verb-to-auxiliary': 'verb → auxil\u00ADiary',
  'pronoun-to-antecedent': 'pro\u00ADnoun → ante\u00ADcedent',
  'antecedent-to-pronoun': 'ante\u00ADcedent → pro\u00ADnoun',
  'next-noun': 'nouns near\u00ADby',
  previous: 'pre\u00ADvious',
  separator: 'sepa\u00ADrator',
  induction: 'induc\u00ADtion',
  'duplicate-token': 'dupli\u00ADcate token',
};

const ordinals = ['', '', 'second ', 'third '];

/** What a fixed offset is: `3 words back`, `the second noun before`. */
function offsetText({ by, of }: Found['offset']): string {
  const far = Math.abs(by);
  if (of === 'nouns') return `the ${ordinals[far] ?? ''}noun ${by < 0 ? 'before' : 'after'}`;
  return far === 1 ? `the ${by < 0 ? 'previous' : 'next'} word` : `${far} words ${by < 0 ? 'back' : 'ahead'}`;
}

/** What heads were measured to do, on sentences with known answers. */
export const probe = {
  names,
  captions,
  /** A role with its distance, `4 back`. */
  distant: (name: 'n-back' | 'n-ahead', n: number) => `${n} ${name === 'n-back' ? 'back' : 'ahead'}`,
  meaning:
    'Measured on English sentences with known answers, the same for every model. A grammatical role is given only ' +
    'to a ' +
    'head that finds the right word clearly more often than the best fixed offset, also where the two words are not ' +
    'neighbours.',
  measuredOn: (sentences: number) => `measured on ${countText(sentences, 'English sentence')}`,
  offset: offsetText,
  found: ({ name, cases, score, baseline, offset, notNeighbours: far }: GrammarEvidence) => {
    const { word, found } = linked[name];
    return (
      `On English test sentences its strongest weight from ${word} was on ${found} for ${shareText(score)} of ` +
      `${countText(cases, 'word')} (best fixed offset, ${offsetText(offset)}: ${shareText(baseline)}), and for ` +
      `${shareText(far.score)} of the ${far.cases} whose partner is not next to it (${shareText(far.baseline)}).`
    );
  },
  follows: ({ name, n, score, baseline }: PatternEvidence) =>
    name === 'broad'
      ? `On English test sentences it spreads its attention: its entropy is ${shareText(score)} of the maximum.`
      : 'On ' +
        `${name === 'induction' || name === 'duplicate-token' ? 'repeated random tokens' : 'English test sentences'} ` +
        `${shareText(score)} of its attention goes to ` +
        (n === undefined ? targets[name] : `the token ${n} ${name === 'n-back' ? 'back' : 'ahead'}`) +
        `${baseline === null ? '' : ` (equal weights: ${shareText(baseline)})`}.`,
  /** A head that rests, with what tells it from one that only looks at a special token. */
  rests: ({ score, normShare, length, cases }: NoOpEvidence) =>
    `On English test sentences ${shareText(score)} of its attention goes to special tokens (or to the first token ` +
    `where there are none), and it hands little over: ${weightText(length)} of the length of an ordinary token's ` +
    'value ' +
    `in its layer (${countText(cases, 'token')}). Weighted by length, ${shareText(normShare)} comes from there.`,
  /** Layers of which no head can be called a no-op. */
  unread: (layers: string) =>
    `No-op heads are not measured in layers ${layers}: what their heads hand over cannot be read from this graph.`,
  /** The same of one head, with what can be done. */
  unreadHere: (layer: LayerNumber) =>
    `Whether it is a no-op is not known: what the heads of layer ${layer} hand over cannot be read from this graph. ` +
    'Switch it off under Try it to see what changes.',
  /** What the model says of the head, where the measurement does not show it. */
  notConfirmed: (label: string) =>
    `The authors of the model call it ${label}; the measurement on English test sentences does not show that.`,
  nothing: 'On English test sentences no role was found for this head.',
  notNeighbours: (cases: number) => `not neighbours (${cases})`,
  /** A baseline in these lines. */
  equalWeights: 'equal weights',
  /** The baselines in one line. */
  grammarNumbers: ({ cases, baseline, offset, chance }: GrammarEvidence) =>
    `${countText(cases, 'word')} · best fixed offset ${weightText(baseline)} (${offsetText(offset)}) · ` +
    `equal weights ${weightText(chance)}`,
  patternNumbers: ({ name, cases, baseline }: PatternEvidence) =>
    name === 'broad'
      ? `entropy as a share of its maximum · ${countText(cases, 'token')}`
      : `${countText(cases, 'token')}${baseline === null ? '' : ` · equal weights ${weightText(baseline)}`}`,
  noOpNumbers: ({ cases, baseline, normShare, length }: NoOpEvidence) =>
    `${countText(cases, 'token')} · equal weights ${weightText(baseline)} · share by length ` +
    `${weightText(normShare)} · ` +
    `hands over ${weightText(Math.min(1, length))} of an ordinary value`,
  /** The filter by role. */
  filter: 'Role of the heads',
  filterMeaning: 'Shows only the heads with a role, here and in the side bar.',
  allRoles: (heads: number) => `all roles (${heads})`,
  choice: (name: string, heads: number) => `${name} (${heads})`,
  filtered: (name: string, heads: number, all: number) => `${name}: ${heads} of ${countText(all, 'head')}`,
  heads: (count: number) => countText(count, 'head'),
  noneHasRole: 'No head of this model has the chosen role.',
  showAllHeads: 'Show all heads',
  examples: 'Examples',
  openExample: (text: string) => `${text}\nOpen this sentence in the panel, at this head.`,
  similar: 'Heads like this one',
  similarMeaning:
    'The heads with the most similar weights on the English test sentences, with their Jensen–Shannon distance: ' +
    'the root ' +
    'of the mean divergence of their rows in bits. 0: always the same weights; 1: never a key in common.',
  comparedOn: (sentences: number) => `compared on ${countText(sentences, 'English sentence')}`,
  notCompared: 'The heads of this model were not compared with each other.',
  /** The table of a terminal. */
  table: {
    head: 'head',
    distance: 'distance',
    role: 'role',
    score: 'score',
    baseline: 'baseline',
    cases: 'cases',
    apart: 'not neighbours',
    best: 'best head',
    chance: 'by chance',
    asked: 'Links that were asked about, and the head that found most:',
    none: 'none',
  },
};
