import { amountText, rangesText, shareText, weightText } from '../../attention/number-words.ts';
import type { OtherKind } from '../../attention/layers.ts';
import type { LinkKind } from '../../attention/relations.ts';
import type { RoleName } from '../../attention/roles.ts';
import type { Words } from '../words.ts';
import { headsOf, layersOf, tokensOf, wordsOf, countOf } from './grammar.ts';

const mergeNames = { mean: 'Mittel', max: 'Maximum' } as const;

/** Heads und Schichten beim Namen. */
export const names: Words['names'] = {
  seen: (mask, kind) => {
    const isCausal = kind === 'causal';
    switch (mask.kind) {
      case 'full':
        return isCausal ? 'sich selbst und alle früheren Tokens' : 'alle Tokens';
      case 'window':
        return isCausal
          ? `nur ${mask.reach === 0 ? 'sich selbst' : `die letzten ${tokensOf(mask.reach + 1)}`}`
          : `nur Tokens, die höchstens ${mask.reach} entfernt sind`;
      case 'chunk':
        return `nur ${isCausal ? 'sich selbst und frühere Tokens' : 'Tokens'} im eigenen Abschnitt von ${mask.size}`;
      case 'prefix':
        return `nur sich selbst, frühere Tokens und die ersten ${tokensOf(mask.size)}`;
      case 'selection':
        return (
          'nur die Tokens, die das Modell dafür auswählt, ' +
          `höchstens ${Math.max(...mask.keys.map(({ length }) => length))}`
        );
    }
  },
  layer: (layer) => `Schicht ${layer}`,
  mergedLayers: (merge, layers) => `${mergeNames[merge]} von ${layersOf(layers)}`,
  noHead: 'kein Head',
  head: (head) => `Head ${head}`,
  mergedHeads: (merge, heads) => `${mergeNames[merge]} von ${headsOf(heads)}`,
  theseHeads: (merge, heads) => `${mergeNames[merge]} der Heads ${rangesText(heads)}`,
  place,
  headOf: (layer, head) => `Head ${place(layer, head)}`,
};

function place(layer: number | string, head: number): string {
  return typeof layer === 'number' ? `${layer}.${head}` : `${head} (alle Schichten)`;
}

const layerKinds: Readonly<Record<OtherKind, string>> = {
  convolution: 'Faltung',
  'state-space': 'Zustandsraum',
  'linear-attention': 'lineare Attention',
  recurrent: 'rekurrent',
  'feed-forward': 'Feed-Forward',
  other: 'andere',
};

/** Die Schichten eines Hybrids, die keine Attention haben. */
export const layers: Words['layers'] = {
  range: (first, last) => (first === last ? `${first}` : `${first}–${last}`),
  row: (range, kinds) => `${range} · ${layers.kinds(kinds)}`,
  kinds: (kinds) => kinds.map((kind) => layerKinds[kind]).join(', '),
  rowMeaning: (runs) =>
    `Ohne Attention-Gewichte: ${runs.map(({ range, kind }) => `${range} ${layerKinds[kind]}`).join(', ')}`,
  without: (kinds) =>
    'Schichten ohne Attention-Gewichte: ' +
    `${kinds.map(({ kind, ranges }) => `${ranges.join(', ')} (${layerKinds[kind]})`).join('; ')}.`,
};

const targets: Readonly<Record<Exclude<RoleName, 'broad'>, string>> = {
  previous: 'das vorige Token',
  next: 'das nächste Token',
  self: 'das Token selbst',
  'same token': 'ein anderes Vorkommen desselben Tokens',
  first: 'das erste Token',
  separator: 'besondere Tokens außer dem ersten',
};

const roleNames: Readonly<Record<RoleName, string>> = {
  previous: 'voriges',
  next: 'nächstes',
  self: 'selbst',
  'same token': 'gleiches Token',
  first: 'erstes',
  separator: 'Trenner',
  broad: 'breit',
};

/** Was ein Head auf einem Text erkennbar tut. */
export const roles: Words['roles'] = {
  names: roleNames,
  captions: roleNames,
  scored: ({ name, score }) => `${roleNames[name]} ${weightText(score)}`,
  none: 'keine',
  noPattern: 'kein benanntes Muster',
  aSink: 'ein Sink',
  definition: 'Eine Rolle benennt das einfache Muster, dem die Attention eines Heads auf diesem Text folgt.',
  scoreMeaning: (name) =>
    `Der Wert der Rolle ‚${roleNames[name]}‘, von 0 bis 1: ` +
    (name === 'broad'
      ? 'seine Entropie als Anteil des Maximums.'
      : 'der Anteil seiner Attention, der dem Muster folgt.'),
  meaning: (name, threshold) =>
    name === 'broad'
      ? `Verteilt seine Attention: seine Entropie beträgt mindestens ${shareText(threshold)} des Maximums.`
      : `Mindestens ${shareText(threshold)} seiner Attention auf diesem Text gehen auf ${targets[name]}.`,
  sentence: ({ name, score }, mostly) =>
    name === 'broad'
      ? `Verteilt seine Attention: seine Entropie beträgt ${shareText(score)} des Maximums ` +
        `(${roleNames[name]} ${weightText(score)}).`
      : `${mostly ? 'Schaut meist auf' : `${shareText(score)} seiner Attention gehen auf`} ${targets[name]} ` +
        `(${roleNames[name]} ${weightText(score)}).`,
  noneFits: 'Kein einfaches Muster passt zu diesem Head auf diesem Text.',
  spreads: (share) =>
    `Auf diesem Text verteilt der Head seine Attention: seine Entropie beträgt ${shareText(share)} des Maximums.`,
  fits: (name, fitting, rows) =>
    `In ${fitting} von ${countOf(rows, 'Zeile', 'Zeilen')} dieses Textes schaut der Head am meisten auf ` +
    `${targets[name]}.`,
};

const linked: Readonly<Record<LinkKind, { readonly word: string; readonly found: string }>> = {
  subject: { word: 'einem Verb', found: 'seinem Subjekt' },
  object: { word: 'einem Verb', found: 'seinem Objekt' },
  complement: { word: 'einem Verb', found: 'seiner Ergänzung' },
  determiner: { word: 'einem Artikel', found: 'seinem Nomen' },
  adjective: { word: 'einem Adjektiv', found: 'seinem Nomen' },
  preposition: { word: 'einer Präposition', found: 'ihrem Objekt' },
  antecedent: { word: 'einem Pronomen', found: 'seinem Bezugswort' },
};

/** Was ein Modell über seine Heads angibt. */
export const relations: Words['relations'] = {
  labels: {
    subject: 'Verb → Subjekt',
    object: 'Verb → Objekt',
    modifier: 'Attribut → Nomen',
    preposition: 'Präposition → Objekt',
    antecedent: 'Pronomen → Bezugswort',
  },
  captions: {
    subject: 'Verb → Sub\u00ADjekt',
    object: 'Verb → Ob\u00ADjekt',
    modifier: 'Attri\u00ADbut → Nomen',
    preposition: 'Präpo\u00ADsition → Ob\u00ADjekt',
    antecedent: 'Pro\u00ADnomen → Bezugs\u00ADwort',
  },
  meaning: 'Von den Autoren des Modells an anderen Texten gemessen: mit welchem Wort der Head ein Wort verbindet.',
  taught: 'Dieser Head wurde mit einem zusätzlichen Verlustterm auf diese Beziehung trainiert; siehe die Modellkarte.',
  emerged: 'Dieser Head hat die Beziehung ohne zusätzlichen Verlustterm gelernt: sie entstand im Training.',
  score: ({ kind, words, share, offsetShare, apart }) => {
    const { word, found } = linked[kind];
    const all =
      `Auf zurückgehaltenem Text lag sein größtes Gewicht von ${word} auf ${found} bei ${shareText(share)} von ` +
      `${wordsOf(words)} (der beste feste Abstand findet ${shareText(offsetShare)})`;
    if (!apart || apart.words === words) return `${all}.`;
    return (
      `${all}, und bei ${shareText(apart.share)} von ${wordsOf(apart.words)}, deren Partner nicht daneben steht ` +
      `(${shareText(apart.offsetShare)}).`
    );
  },
};

/** Zahlen von Heads und die Ordnungen, die sie ergeben. */
export const metrics: Words['metrics'] = {
  entropy: {
    name: 'Entropie',
    column: 'Entropie',
    axis: 'Entropie, nat',
    meaning:
      'Wie breit ein Head seine Attention verteilt: 0, wenn jedes Token nur auf eines schaut. Mittel über den ' +
      'Text, in nat.',
    order: 'nach Entropie',
    first: 'größte zuerst',
    text: (nats) => `${amountText(nats, 2)} nat`,
  },
  distance: {
    name: 'Abstand',
    column: 'Abstand',
    axis: 'mittlerer Abstand, Tokens',
    meaning: 'Der mittlere Abstand zwischen Query und Key in Tokens, jede Verbindung nach ihrem Gewicht gezählt.',
    order: 'nach Abstand',
    first: 'größter zuerst',
    text: (tokens) => `${amountText(tokens, 1)} Tokens`,
    none: 'kein Abstand',
    phrase: (tokens) => `Abstand ${amountText(tokens, 1)} Tokens`,
  },
  special: {
    name: 'Anteil auf besonderen Tokens',
    column: 'Auf besonderen Tokens',
    axis: 'Anteil auf besonderen Tokens',
    meaning: 'Der Anteil der Attention eines Heads auf besonderen Tokens wie [CLS] und [SEP].',
    order: 'nach Anteil auf besonderen Tokens',
    first: 'größter zuerst',
    phrase: (share) => `${shareText(share)} auf besonderen Tokens`,
  },
  effect: {
    name: 'Wirkung',
    column: 'Wirkung',
    axis: 'Wirkung, nat',
    meaning:
      'Wie weit sich eine Vorhersage ändert, wenn der Head abgeschaltet ist: KL(vorher ‖ nachher) in nat. Sie ' +
      'gilt für eine ' +
      'Stelle des Textes, und für diesen Text.',
    order: 'nach Wirkung',
    first: 'größte zuerst',
    text: (nats) => `${nats} nat`,
    phrase: (nats) => `Wirkung ${nats} nat`,
  },
  notMeasured: 'nicht gemessen',
  entropyOf: (nats, max) => `Entropie ${amountText(nats, 2)} von ${amountText(max, 2)} nat`,
  byLayer: 'nach Schicht',
  byLayerMeaning: 'Ordnung der Heads: nach Schicht, eine Zeile für jede, wie das Modell sie berechnet.',
  byRole: 'nach Rolle',
  byRoleMeaning: `Ordnung der Heads: nach Rolle, größter Wert zuerst. ${roles.definition}`,
  orderMeaning: (order, first, meaning) => `Ordnung der Heads: ${order}, ${first}. ${meaning}`,
};

/** Worauf ein Head ruht, was auch immer im Text steht. */
export const sinks: Words['sinks'] = {
  name: 'Sink',
  label: 'Sink.',
  meaning:
    'Ein Sink: ein Token, das den größten Teil der Attention eines Heads bekommt, was auch immer im Text steht, oft ' +
    'wenn der Head dort nichts zu tun hat.',
  special: (token, share) =>
    `Ruht auf besonderen Tokens, am meisten auf ${token}: sie bekommen ${shareText(share)} seiner Attention auf ` +
    'diesem Text.',
  first: (token, share, isPunctuation) =>
    `Ruht auf dem ersten Token, ‚${token}‘, das ${isPunctuation ? 'ein Satzzeichen' : 'ein gewöhnliches Wort'} ist: ` +
    `es bekommt ${shareText(share)} seiner Attention auf diesem Text.`,
  noFilter:
    ' Kein Filter blendet ein Wort des Textes aus; heften Sie ein anderes Wort an, um dessen Verbindungen zu sehen.',
  show: 'Ohne besondere Tokens zeigen',
  showMeaning: 'Besondere Tokens ausblenden; die übrigen Gewichte jeder Zeile ergeben dann zusammen 1.',
};

/** Warum eine Analyse mit dem Head beginnt, mit dem sie beginnt. */
export const opening: Words['opening'] = {
  rule: (threshold, shortLength) =>
    'Verglichen werden Verbindungen zwischen zwei Wörtern mit Bedeutung: keine besonderen Tokens, Satzzeichen, ' +
    'Funktionswörter oder Wiederholungen desselben Wortes. Funktionswörter sind die der Sprache des Textes; wo keine ' +
    `Liste bekannt ist, Wörter bis zu ${shortLength} Buchstaben. ` +
    'Heads mit einer bekannten Beziehung kommen zuerst, außer wenn sie in einem festen Abstand schauen; andere ' +
    'Heads, die einer Position folgen, auf besonderen Tokens ruhen oder sich über den Text verteilen, bleiben außen ' +
    `vor. Eine Verbindung fällt auf, wenn ihr Gewicht größer ist als ${threshold}.`,
  nothing: 'Kein Head fällt auf diesem Text auf, daher werden alle gezeigt.',
  head: (head, relation, query, key, weight) =>
    `Geöffnet mit Head ${head}${relation === undefined ? '' : ` (${relation})`}: seine Verbindung ` +
    `‚${query}‘ → ‚${key}‘ (${weight}) fällt auf diesem Text auf.`,
  showLink: 'Verbindung zeigen',
  showLinkMeaning: 'Das Wort anheften, von dem diese Verbindung ausgeht.',
  allHeads: 'Alle Heads',
  allHeadsMeaning: 'Jeden Head jeder Schicht als kleines Bild zeigen.',
};
