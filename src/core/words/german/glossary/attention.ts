import type { Words } from '../../words.ts';

type Terms = Words['glossary']['terms'];

/** Die Attention selbst, von Query und Key bis zu dem, was ein Head weitergibt, und ihre älteren Formen. */
export const attentionTerms = {
  attention: {
    name: 'Attention',
    forms: ['Attention-Karte', 'Attention-Karten'],
    short: 'Lässt ein Token von anderen lesen: eine gewichtete Summe ihrer Values, mit Gewichten aus dem Text.',
    more:
      'Jedes Token hat Query, Key und Value. Scores vergleichen seine Query mit den Keys aller Tokens, der ' +
      'Softmax macht ' +
      'daraus Gewichte mit der Summe 1, und das Token bekommt die Values in diesem Verhältnis.',
  },
  'self-attention': {
    name: 'Self-Attention',
    forms: [],
    short: 'Attention, in der Querys und Keys Tokens desselben Textes sind.',
    more: 'In einem Encoder sieht jedes Token jedes andere; in einem Decoder verbirgt eine kausale Maske die späteren.',
  },
  head: {
    name: 'Head',
    forms: ['Heads', 'Attention-Head', 'Attention-Heads'],
    short: 'Eine von mehreren Attentions einer Schicht, mit eigenen Querys, Keys und Values.',
    more:
      'Die Heads einer Schicht laufen nebeneinander, jeder auf einem kleineren Vektor; die Ausgabeprojektion ' +
      'addiert, was sie ' +
      'weitergeben. Bei Grouped-Query-Attention teilen sich mehrere Heads Keys und Values. Manchen Heads lässt ' +
      'sich eine ' +
      'Rolle geben; für viele gibt es keine einfache Beschreibung.',
  },
  query: {
    name: 'Query',
    forms: ['Querys', 'Query-Token', 'Query-Tokens'],
    short:
      'Der Vektor eines Tokens, das fragt: er wird mit dem Key jedes Tokens verglichen. Zeilen einer Karte sind ' +
      'Querys.',
    more:
      'Jeder Head macht sie durch eine lineare Abbildung aus dem Vektor des Tokens. Das Token, dessen Query es ' +
      'ist, schaut; die ' +
      'Tokens mit den Keys werden angeschaut.',
  },
  key: {
    name: 'Key',
    forms: ['Keys', 'Key-Token', 'Key-Tokens'],
    short: 'Der Vektor eines Tokens, mit dem Querys verglichen werden. Spalten einer Karte sind Keys.',
    more:
      'Jeder Head macht ihn durch eine lineare Abbildung aus dem Vektor des Tokens; gelesen wird dort der ' +
      'Value, ein anderer.',
  },
  value: {
    name: 'Value',
    forms: ['Values'],
    short: 'Der Vektor eines Tokens, der gelesen wird, wenn ein anderes darauf schaut, im Verhältnis zum Gewicht.',
    more:
      'Ein großes Gewicht auf einem kurzen Value gibt wenig weiter: erst beide zusammen sagen, wie viel ' +
      'bewegt wird.',
  },
  score: {
    name: 'Score',
    forms: ['Scores'],
    short: 'Wie gut Query und Key passen: ihr Skalarprodukt, durch √d skaliert, vor dem Softmax.',
    more:
      'd ist die Zahl der Komponenten eines Heads; ohne die Skalierung trieben die Produkte langer Vektoren den ' +
      'Softmax zu 0 und ' +
      '1. Masken und Positionszusätze werden zum Score addiert.',
  },
  softmax: {
    name: 'Softmax',
    forms: [],
    short: 'Macht aus Zahlen positive Anteile mit der Summe 1; die größte Zahl bekommt den größten Anteil.',
    more:
      'Nur Unterschiede zählen: allen dieselbe Zahl hinzuzufügen ändert nichts, und 1 mehr ist e ≈ 2.72 Mal der ' +
      'Anteil. Er macht ' +
      'Gewichte aus Scores und Wahrscheinlichkeiten aus Logits.',
  },
  'attention-weight': {
    name: 'Attention-Gewicht',
    forms: ['Attention-Gewichte', 'Gewicht', 'Gewichte'],
    short: 'Der Anteil einer Query, den ein Key bekommt, von 0 bis 1; die Summe einer Zeile ist 1.',
    more:
      'Es sagt, wie viel vom Value eines Tokens dort gelesen wird, in diesem Head. Wie weit das die Vorhersage ' +
      'ändert, ist eine ' +
      'andere Frage: siehe Treue.',
  },
  mask: {
    name: 'Maske',
    forms: ['Masken', 'maskiert', 'Attention-Maske'],
    short: 'Verbirgt Keys vor Querys: ihr Score wird −∞ (oder sehr klein), also ihr Gewicht 0.',
    more:
      'Maskierte Zellen sind schraffiert. Masken verbergen spätere Tokens, Füllung, oder was außerhalb eines ' +
      'Fensters liegt.',
  },
  'causal-mask': {
    name: 'kausale Maske',
    forms: ['kausale Masken', 'kausal'],
    short: 'Die Maske eines Decoders: ein Token sieht nur sich selbst und frühere.',
    more: 'Das erste Token kann nur auf sich selbst schauen, seine Zeile sagt also nichts über den Head.',
  },
  'sliding-window': {
    name: 'gleitendes Fenster',
    forms: ['gleitende Fenster'],
    short: 'Eine Maske, die jedem Token nur Keys lässt, die höchstens w Tokens entfernt sind.',
    more:
      'Sie begrenzt den Aufwand langer Texte. Modelle haben sie oft in manchen Schichten und in anderen ' +
      'Attention auf alles.',
  },
  'output-projection': {
    name: 'Ausgabeprojektion',
    forms: ['Ausgabeprojektionen'],
    short:
      'Die lineare Abbildung, die nimmt, was die Heads einer Schicht gelesen haben, und es zum Residualstrom addiert.',
    more:
      'Sie ist linear: die Ausgabe einer Schicht ist eine Summe über ihre Heads, und der Beitrag jedes Heads ' +
      'ist berechenbar.',
  },
  'cross-attention': {
    name: 'Cross-Attention',
    forms: [],
    short: 'Attention von einer Folge zu einer anderen: Tokens des Decoders sind Querys, die des Encoders Keys.',
    more: 'Beim Übersetzen zeigt sie oft, welche Wörter der Quelle zu einem Zielwort gehören: siehe Zuordnung.',
  },
  alignment: {
    name: 'Zuordnung',
    forms: ['Zuordnungen', 'Alignment'],
    short: 'Welche Wörter der Quelle zu welchen Wörtern des Ziels gehören.',
    more:
      'Die erste Attention wurde als weiche Zuordnung eingeführt, die zusammen mit der Übersetzung gelernt wird. ' +
      'Ihre Gewichte ' +
      'können von der Zuordnung abweichen, die ein Mensch gäbe.',
  },
  'alignment-error-rate': {
    name: 'Zuordnungsfehler',
    forms: ['Alignment-Fehlerrate', 'AER'],
    short:
      'Wie weit Verbindungen von einer bekannten Zuordnung sind: 0 gleich, 1 keine richtig; es zählt der stärkste Key.',
    more:
      'A sind die gefundenen Verbindungen, S die sicher richtigen, P die möglichen (mit S). Ein Wort, das keine ' +
      'Verbindung haben soll, ist falsch, wohin sein Gewicht auch geht.',
  },
  'additive-attention': {
    name: 'additive Attention',
    forms: ['Bahdanau-Attention'],
    short:
      'Ein Score durch ein kleines Netz: Zustand und Annotation werden projiziert, addiert, durch tanh geschickt ' +
      'und mit v gewogen.',
    more: 'Die älteste Attention der Übersetzung. Sie nimmt den Zustand des Decoders vor dem Schritt, sᵢ₋₁.',
  },
  'dot-attention': {
    name: 'Dot-Attention',
    forms: ['Skalarprodukt-Attention'],
    short: 'Ein Score, der das Skalarprodukt von Decoder-Zustand und Annotation ist, ohne eigene Gewichte.',
    more: 'Mit Projektionen auf Querys und Keys und einer Skalierung ist er der Score der Transformer.',
  },
  'general-attention': {
    name: 'General-Attention',
    forms: [],
    short: 'Ein Score mit einer gelernten Matrix zwischen Decoder-Zustand und Annotation.',
    more: 'Die Matrix W lässt Komponenten verschiedener Bedeutung vergleichen; mit W = 1 ist es Dot-Attention.',
  },
  'concat-attention': {
    name: 'Concat-Attention',
    forms: [],
    short: 'Ein Score durch ein kleines Netz, das Zustand und Annotation nebeneinander liest.',
    more: 'Es ist additive Attention mit dem jetzigen Zustand sᵢ: W [s; h] ist die Summe zweier Projektionen.',
  },
  'local-attention': {
    name: 'lokale Attention',
    forms: ['local-m', 'local-p'],
    short:
      'Attention auf ein Fenster um eine Position pᵢ: den Schritt selbst (local-m) oder eine vorhergesagte (local-p).',
    more:
      'Außerhalb des Fensters, weiter als D Positionen, sind Gewichte 0. Bei local-p multipliziert eine Gaußkurve ' +
      'um pᵢ die Gewichte ' +
      'nach dem Softmax, die Summe einer Zeile ist also kleiner als 1.',
  },
  renormalising: {
    name: 'Neu normieren',
    forms: ['neu normiert'],
    short:
      'Die Gewichte einer Zeile durch ihre Summe teilen, nachdem manche ausgeblendet sind, sodass sie wieder 1 ist.',
    more:
      'Das zeigt die Anteile unter den übrigen Tokens. Die Zahlen sind dann nicht mehr die, die das Modell ' +
      'benutzt hat.',
  },
} satisfies Partial<Terms>;
