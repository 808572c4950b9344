import type { Words } from '../../words.ts';

type Terms = Words['glossary']['terms'];

/** Was vorhergesagt wird, was Heads erkennbar tun, und wie Behauptungen darüber geprüft werden. */
export const findingTerms = {
  logit: {
    name: 'Logit',
    forms: ['Logits'],
    short: 'Die Zahl, die ein Modell jedem Token des Vokabulars gibt; der Softmax aller Logits ist die Vorhersage.',
    more:
      'Nur Unterschiede zwischen Logits zählen. Ein Logit ist linear im letzten Vektor und lässt sich daher ' +
      'zerlegen.',
  },
  probability: {
    name: 'Wahrscheinlichkeit',
    forms: ['Wahrscheinlichkeiten'],
    short: 'Der Anteil eines Tokens am Softmax aller Logits: für wie wahrscheinlich das Modell es hier hält.',
    more:
      'Es ist die eigene Zahl des Modells. Ob es so oft recht hat, wie es sagt (Kalibrierung), ist eine ' +
      'andere Frage.',
  },
  prediction: {
    name: 'Vorhersage',
    forms: ['Vorhersagen'],
    short:
      'Eine Wahrscheinlichkeit für jedes Token des Vokabulars: anstelle einer Maske, oder nach einem Token des Textes.',
    more: 'Ein kausales Sprachmodell sagt an jeder Stelle das nächste Token vorher, ein maskiertes die verborgenen.',
  },
  temperature: {
    name: 'Temperatur',
    forms: ['Temperaturen'],
    short:
      'Eine Zahl, durch die Logits oder Scores vor dem Softmax geteilt werden: unter 1 schärfer, über 1 gleichmäßiger.',
    more: 'Nahe 0 geht alles an die größte Zahl; bei 1 ändert sich nichts.',
  },
  sampling: {
    name: 'Ziehen',
    forms: ['Sampling', 'top-k', 'top-p'],
    short: 'Das nächste Token zufällig nach seiner Wahrscheinlichkeit wählen, statt immer das wahrscheinlichste.',
    more:
      'Top-k behält die k wahrscheinlichsten Tokens, Top-p die wenigsten, die zusammen die Wahrscheinlichkeit p ' +
      'haben; die anderen ' +
      'bleiben weg, bevor eines gezogen wird.',
  },
  role: {
    name: 'Rolle',
    forms: ['Rollen'],
    short:
      'Ein kurzer Name für das, was ein Head erkennbar tut: auf das vorige Token schauen, auf das Subjekt, auf ' +
      'einen Sink.',
    more:
      'Eine Rolle beschreibt, wohin die Gewichte gehen, auf diesem Text oder auf Sätzen mit bekannten Antworten. ' +
      'Sie steht mit einem ' +
      'Wert und einem Vergleichswert. Was der Head zur Vorhersage beiträgt, misst seine Wirkung.',
  },
  baseline: {
    name: 'Vergleichswert',
    forms: ['Vergleichswerte', 'Baseline'],
    short:
      'Was eine einfache Regel an denselben Fällen erreicht, etwa immer ein Wort zurück; ein Wert braucht ihn daneben.',
    more:
      'Stehen die meisten Subjekte direkt vor ihrem Verb, findet sie auch ein Head, der auf das vorige Token ' +
      'schaut. Eine grammatische ' +
      'Rolle bekommen nur Heads, die deutlich mehr finden als der beste feste Abstand.',
  },
  'previous-token-head': {
    name: 'Vortoken-Head',
    forms: ['Vortoken-Heads'],
    short: 'Ein Head, in dem jedes Token auf das davor schaut.',
    more: 'In den meisten Transformern zu finden. Ein Induction Head braucht einen in einer früheren Schicht.',
  },
  'induction-head': {
    name: 'Induction Head',
    forms: ['Induction Heads', 'Induction'],
    short: 'Ein Head, der auf das Token nach dem früheren Vorkommen des jetzigen schaut: A B … A → B.',
    more:
      'Mit ihm setzt ein Modell eine Folge fort, die es im Text einmal gesehen hat. Gefunden wird er an ' +
      'zufälligen Tokens, die sich ' +
      'wiederholen, wo keine andere Regel hilft.',
  },
  sink: {
    name: 'Sink',
    forms: ['Sinks', 'Attention-Sink', 'Attention-Sinks'],
    short:
      'Ein Token, das den größten Teil der Attention eines Heads bekommt, was auch im Text steht: das erste, ' +
      '[CLS] oder [SEP].',
    more:
      'Die Summe einer Zeile ist auch dann 1, wenn ein Head nichts zu lesen hat; das Gewicht geht dann dorthin, ' +
      'wo es wenig bewirkt. ' +
      'Besondere Tokens auszublenden zeigt den Rest der Zeile.',
  },
  'no-op': {
    name: 'No-op',
    forms: ['No-ops'],
    short: 'Ein Head, der sein Gewicht auf Tokens mit kurzen Values legt: er schaut irgendwohin und bewegt wenig.',
    more: 'Das Gewicht allein zeigt es nicht; die Länge von Gewicht × Value nach der Ausgabeprojektion zeigt es.',
  },
  entropy: {
    name: 'Entropie',
    forms: [],
    short:
      'Wie breit Attention verteilt ist: 0, wenn ein Key alles hat, ln n, wenn n Keys gleiche Gewichte haben. In nat.',
    more: 'e hoch Entropie ist eine Zahl von Tokens: so viele gleiche Gewichte haben dieselbe Entropie.',
  },
  distance: {
    name: 'Abstand',
    forms: ['Abstände'],
    short: 'Wie weit Querys und Keys auseinander sind, in Tokens, jede Verbindung nach ihrem Gewicht gezählt.',
    more:
      'Etwa 1 bei einem Vortoken-Head, groß bei Heads, die weit schauen. Zwischen zwei Folgen gibt es keinen ' +
      'Abstand.',
  },
  ablation: {
    name: 'Ablation',
    forms: ['Ablationen'],
    short: 'Einen Teil eines Modells abschalten, hier durch Null, und sehen, was sich ändert.',
    more:
      'Sie prüft, was das Modell auf diesem Text braucht. Null ist vielleicht anders als alles, was das Modell im ' +
      'Training sah, und ' +
      'andere Heads können einen fehlenden ersetzen: ein Head ohne Wirkung kann trotzdem etwas tun.',
  },
  effect: {
    name: 'Wirkung',
    forms: ['Wirkungen'],
    short: 'Wie weit sich eine Vorhersage ändert, wenn ein Head abgeschaltet ist: KL(vorher ‖ nachher) in nat.',
    more:
      'p ist die Vorhersage des Modells, wie es ist, p₋ₕ die ohne Head h. Sie gehört zu einem Text und einer ' +
      'Stelle. Wirkungen mehrerer ' +
      'Heads addieren sich nicht: zwei können dasselbe tun, und dann fehlt erst etwas, wenn beide fehlen.',
  },
  'kl-divergence': {
    name: 'KL-Divergenz',
    forms: ['KL', 'Kullback-Leibler-Divergenz'],
    short: 'Wie verschieden zwei Vorhersagen sind, in nat: 0, wenn sie gleich sind; nach oben ohne Grenze.',
    more: 'p ist die Vorhersage vor einer Änderung, q die danach. Vertauscht man sie, ergibt sich eine andere Zahl.',
  },
  'js-divergence': {
    name: 'Jensen-Shannon-Divergenz',
    forms: ['Jensen-Shannon', 'Jensen-Shannon-Abstand'],
    short: 'Wie verschieden zwei Zeilen von Gewichten sind, in nat: 0, wenn gleich; ln 2 = 0.69 ohne gemeinsamen Key.',
    more:
      'Sie ist die mittlere KL-Divergenz beider Zeilen von ihrem Mittel, also symmetrisch und beschränkt. ' +
      'Ihre Wurzel ist ein Abstand.',
  },
  faithfulness: {
    name: 'Treue',
    forms: ['treu'],
    short: 'Ob eine Erklärung sagt, woraus das Modell wirklich rechnet, und nicht nur, was einleuchtet.',
    more:
      'Attention-Gewichte sind ein Teil der Rechnung, also so weit wahr. Ob sie eine Vorhersage erklären, ist ' +
      'seit 2019 umstritten; die ' +
      'Seite „Was Attention sagen kann und was nicht“ hat die Argumente.',
  },
} satisfies Partial<Terms>;
