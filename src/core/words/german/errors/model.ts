import type { ReasonOf } from '../../../errors/reason.ts';
import { say, type ErrorText } from '../../../errors/wording.ts';
import type { modelErrors as english } from '../../english/errors/model.ts';

/** Ein Modell, seine Dateien und seine Läufe. */
export const modelErrors: typeof english = {
  'model-not-found': (reason) =>
    say(
      `Das Modell „${reason.model}“ ist nicht auf diesem Rechner.`,
      'Wählen Sie ein eingebautes Modell, ein Modell des Hubs (Organisation/Name) oder einen Modellordner.',
      'Wählen Sie ein eingebautes Modell, ein Modell des Hubs (Organisation/Name) oder einen Modellordner; ' +
        'der Befehl „models“ nennt die Modelle auf diesem Rechner.',
    ),
  'model-file-missing': (reason) =>
    say(
      `Das Modell „${reason.model}“ hat keine Datei ${reason.file}.`,
      'Legen Sie sie in den Ordner, oder wählen Sie ein anderes Modell.',
    ),
  'model-file-invalid': (reason) =>
    say(
      `Die Datei ${reason.file} des Modells „${reason.model}“ kann nicht gelesen werden: ${reason.detail}.`,
      'Ersetzen Sie die Datei, oder wählen Sie ein anderes Modell.',
    ),
  'model-unsupported': (reason) =>
    say(
      `Das Modell „${reason.model}“ wird nicht unterstützt: ${reason.detail}.`,
      'Wählen Sie ein Textmodell mit Attention.',
    ),
  'tokenizer-unsupported': (reason) =>
    say(
      `Der Tokenizer des Modells „${reason.model}“ benutzt ${reason.component}, was nicht unterstützt wird.`,
      'Wählen Sie ein anderes Modell.',
    ),
  'attention-not-found': (reason) =>
    say(
      `Im Modell „${reason.model}“ wurde keine Attention gefunden: ${reason.detail}.`,
      'Wählen Sie ein anderes Modell, oder einen anderen Export von diesem.',
    ),
  'logits-not-linear': (reason) =>
    say(
      `Die Logits des Modells „${reason.model}“ können nicht zerlegt werden: ${reason.detail}.`,
      'Wählen Sie einen Decoder, dessen Logits durch ein Produkt aus dem normierten Residualstrom entstehen.',
    ),
  'block-unreadable': (reason) =>
    say(
      `Dieses Gewicht des Modells „${reason.model}“ kann nicht erklärt werden: ${reason.detail}.`,
      'Wählen Sie einen Export des Modells, der seine Attention in einzelnen Knoten berechnet (MatMul, Softmax, ' +
        'MatMul).',
    ),
  'edit-impossible': (reason) =>
    say(
      `Dieser Eingriff in das Modell „${reason.model}“ ist nicht möglich: ${reason.detail}.`,
      'Lassen Sie ihn weg, oder wählen Sie einen anderen Export des Modells.',
    ),
  'memory-too-small': (reason) =>
    say(
      `Das Modell „${reason.model}“ braucht ${reason.needed} Speicher; ${reason.budget} sind verfügbar: ` +
        `${reason.fits}.`,
      'Wählen Sie einen kürzeren Text oder ein kleineres Modell, oder erlauben Sie mehr Speicher.',
      'Geben Sie einen kürzeren Text, wählen Sie ein kleineres Modell, oder erlauben Sie mehr mit --memory BYTES.',
    ),
  'run-failed': runFailed,
  'length-fixed': (reason) =>
    say(
      `Das Modell „${reason.model}“ nimmt nur Texte von genau ${reason.length} Tokens (${reason.input}) und hat ` +
        'keine ' +
        `Maske zum Auffüllen; dieser Text hat ${reason.tokens}.`,
      'Wählen Sie einen Export des Modells, der Texte jeder Länge nimmt, oder einen Text dieser Länge.',
    ),
  'operator-missing': (reason) =>
    say(
      `Die Datei ${reason.file} des Modells „${reason.model}“ benutzt einen Operator, der nicht unterstützt wird: ` +
        `${reason.detail}.`,
      'Wählen Sie ein anderes Zahlenformat oder einen anderen Export des Modells.',
      'Wählen Sie ein anderes Zahlenformat des Modells (--dtype), oder einen anderen Export.',
    ),
  'budget-exceeded': (reason) =>
    say(
      `Im Modell „${reason.model}“ wurde angehalten (${reason.component}): ${reason.detail}.`,
      'Wählen Sie ein anderes Modell; ist der Text sehr lang, versuchen Sie einen kürzeren.',
    ),
};

function runFailed({ model, detail, cause }: ReasonOf<'run-failed'>): ErrorText {
  const what = `Das Modell „${model}“ scheiterte an diesem Text: ${detail}.`;
  switch (cause) {
    case 'memory':
      return say(
        what,
        'Wählen Sie einen kürzeren Text oder ein kleineres Modell.',
        'Geben Sie einen kürzeren Text, oder wählen Sie ein kleineres Modell.',
      );
    case 'index':
      return say(
        what,
        'Ein Token oder seine Position liegt außerhalb der Tabellen dieses Graphen: der Tokenizer gehört ' +
          'vielleicht zu ' +
          'einem anderen Modell. Versuchen Sie einen kürzeren Text, oder wählen Sie einen anderen Export des Modells.',
      );
    case 'input':
      return say(
        what,
        'Der Graph passt nicht zu den anderen Dateien des Modells: wählen Sie einen anderen Export davon, oder ' +
          'ein anderes ' +
          'Modell.',
      );
    case 'numbers':
      return say(
        what,
        'Wählen Sie ein anderes Zahlenformat des Modells: Formate mit wenigen Bits können überlaufen.',
        'Wählen Sie ein anderes Zahlenformat des Modells (--dtype): Formate mit wenigen Bits können überlaufen.',
      );
    case 'edits':
      return say(what, 'Die Eingriffe machen seine Zahlen zu groß: wählen Sie kleinere Faktoren und Zusätze.');
    default:
      return say(
        what,
        'Versuchen Sie einen anderen Text. Scheitert auch der, wählen Sie einen anderen Export des Modells, oder ' +
          'ein anderes ' +
          'Modell.',
      );
  }
}
