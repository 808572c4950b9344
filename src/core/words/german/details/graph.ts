import type { Words } from '../../words.ts';

/** Warum eine ONNX-Datei nicht gelesen, oder die Attention darin nicht gezeigt werden kann. */
export const graph: Words['details']['graph'] = {
  protobuf: 'sie ist beschädigt oder unvollständig: sie ist kein gültiges protobuf',
  message: 'sie ist beschädigt: eine verschachtelte Nachricht hat den falschen Typ',
  wireType: (field, type) => `sie ist beschädigt: Feld ${field} hat den Wire-Typ ${type}`,
  cut: 'sie ist beschädigt oder unvollständig: ein Eintrag ist länger als die Nachricht um ihn',
  longName: (bytes) => `sie enthält einen Namen von ${bytes} Bytes`,
  none: 'sie enthält keinen Graphen, ist also kein ONNX-Modell',
  empty: 'ihr Graph ist leer, sie ist also kein ONNX-Modell',
  branch: 'ein Zweig hat keinen Graphen',
  nested: (max) => `ihre Zweige sind tiefer als ${max} verschachtelt`,
  nodes: (max) => `sie hat mehr als ${max} Knoten`,
  axes: (max) => `sie hat einen Tensor mit mehr als ${max} Achsen`,
  inputs: (count) => `sie hat ${count} Eingaben`,
  cycle: 'ihre Knoten bilden einen Kreis',
  large: 'ihr Graph ist größer oder verwickelter als der jedes bekannten Modells',
  attentions: (max) => `sie hat mehr als ${max} Attentions`,
  structure: 'der Aufbau ihres Graphen wird nicht unterstützt',
  nothing: 'kein Knoten ihres Graphen berechnet softmax(Query·Key)·Value, und sie hat keinen Attention-Operator',
  functions: 'ihre Knoten stehen in lokalen Funktionen der Datei, die nicht gelesen werden',
  inside: (attention, by) =>
    `Attention ${attention} steckt in ${by}, dessen Schritte nicht einzeln gelesen werden können; exportieren Sie ` +
    'das ' +
    'Modell ohne das',
  uneven: (attention, counts) =>
    `die Zweige eines If haben ab Attention ${attention} verschieden viele Attentions (${counts.join(' und ')}); ` +
    'exportieren Sie einen Zweig allein',
  kinds: (attention) => `Attention ${attention} ist in jedem Zweig eines If von anderer Art`,
  hidden: (attention, by) =>
    `Attention ${attention} wird in ${by} berechnet, das sie nicht ausgibt; exportieren Sie das Modell ohne ` +
    'diesen Operator',
  otherForm: (attention, by) => `Attention ${attention} (${by}) gibt ihre Scores schon in anderer Form aus`,
  invalid: (by, attribute) => `Attention (${by}) hat ein ungültiges ${attribute}`,
  order: (by) => `ihre Gewichte ändert ${by}, wonach der Graph die Ordnung ihrer Achsen nicht verrät`,
  moved: (softmax, by) =>
    `die Attention von ${softmax} geht durch ${by}, bevor sie mit den Values multipliziert wird; das ordnet ihre ` +
    'Keys um',
  whole: (softmax, by) =>
    `die Attention von ${softmax} wird von ${by} in ganze Zahlen verwandelt, bevor sie mit den Values ` +
    'multipliziert wird',
  steps: (by, what) => `die Schritte in ${by} sind mit ${what} nicht bekannt`,
  packed: (by) => `die Schritte in ${by} sind nicht bekannt, wo Querys, Keys und Values eine Eingabe sind`,
  maskAxes: (by, axes) =>
    axes === null
      ? `die Schritte in ${by} sind nicht bekannt, weil der Graph nicht sagt, wie viele Achsen seine Maske hat`
      : `die Schritte in ${by} sind mit einer Maske von ${axes} Achsen nicht bekannt`,
  unevenGroups: (by) => `die Zahl der Heads von ${by} ist kein Vielfaches der seiner Keys`,
  opset: (by, version) =>
    `die Schritte in ${by} können mit Version ${version} der Operatoren von ONNX nicht geschrieben werden`,
  noParts: 'ihre Querys, Keys und Values wurden nicht gefunden',
  noScoring: (scores, node) =>
    `ihre ${scores} werden auf eine Weise berechnet, die nicht unterstützt wird${node === null ? '' : ` (${node})`}`,
  fused: (attention, by) =>
    `Attention ${attention} wird von einem Operator berechnet, ${by}, in den nicht eingegriffen werden kann`,
  aside: (attention) =>
    `Attention ${attention} multipliziert Values auch mit anderen Gewichten, daher kann nicht in sie eingegriffen ` +
    'werden',
  layout: (attention) =>
    `die Scores von Attention ${attention} haben eine Ordnung der Achsen, in die nicht eingegriffen werden kann`,
  version: (opset) => `ihre Operatoren sind von Version ${opset}, zu alt für Eingriffe`,
  shared: (tensor) => `ihr Tensor „${tensor}“ gehört zu mehreren Teilen, daher kann nicht in ihn eingegriffen werden`,
  depends: (input) =>
    `das Ergebnis hängt auch von der Eingabe „${input}“ ab, daher kann es nicht allein berechnet werden`,
};

/** Warum ein Teil des Blocks um eine Attention nicht gefunden wurde. */
export const block: Words['details']['block'] = {
  noProduct: 'kein Produkt mit gespeicherten Gewichten führt dorthin',
  severalProducts: 'mehrere Produkte mit gespeicherten Gewichten führen dorthin',
  cached: 'es kommt aus einem Cache',
  step: (node) => `${node} wird nicht unterstützt`,
  operator: (op) => `${op} berechnet die ganze Attention`,
  blocks: 'der Graph berechnet sie Block für Block',
  noOutput: 'auf die Values folgt kein Produkt mit gespeicherten Gewichten',
  gated: (gate) => `Heads werden vor der Ausgabeprojektion mit einem Gate multipliziert, ${gate}`,
  noSum: 'die Ausgabeprojektion wird zu nichts addiert',
  noFeedForward: 'zu demselben Residualstrom wird sonst nichts addiert',
  notLinear: (node) => `${node} zwischen Projektion und Produkt ist nicht linear`,
  nonlinearHead: (node) =>
    `sie sind keine Summe dessen, was in den Residualstrom geschrieben wurde: ${node} steht dazwischen und ist ` +
    'nicht linear',
  noNorm: 'die Querys werden weder aus dem Residualstrom noch aus seiner Norm berechnet',
};
