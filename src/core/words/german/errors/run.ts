import { modelArguments, say } from '../../../errors/wording.ts';
import type { runErrors as english } from '../../english/errors/run.ts';

/** Was verlangt wird, und die Prozesse, die es tun. */
export const runErrors: typeof english = {
  'text-empty': () =>
    say(
      'Es gibt keinen Text zu analysieren.',
      'Wählen Sie einige Wörter, oder setzen Sie den Cursor in einen Satz.',
      'Geben Sie den Text in Anführungszeichen, oder - , um ihn von der Standardeingabe zu lesen.',
    ),
  'pair-missing': () =>
    say(
      'Ein Paar braucht zwei Texte.',
      'Wählen Sie einen, halten Sie Alt (Option auf einem Mac), und wählen Sie den anderen; ' +
        'oder setzen Sie den Cursor in einen Satz, dem ein anderer folgt.',
      'Geben Sie den zweiten mit --pair TEXT.',
    ),
  'chat-missing': () =>
    say(
      'Hier ist kein Chat.',
      'Beginnen Sie ihn mit einer Zeile wie „user: Hallo“; davor dürfen nur Überschriften und Kommentare stehen.',
      'Geben Sie eine Nachricht des Nutzers.',
    ),
  'task-missing': ({ task, model }) =>
    say(
      `Kein Modell auf diesem Rechner ${task}; auf dem Hub ist eines ${model}.`,
      'Laden Sie es, nachdem Sie Größe und Lizenz gesehen haben, und starten Sie den Befehl dann noch einmal.',
    ),
  'text-too-short': (reason) =>
    say(`Der Text ist zu kurz: ${reason.detail}.`, 'Wählen Sie einen längeren Text.', 'Geben Sie einen längeren Text.'),
  'argument-invalid': ({ argument, detail }) =>
    argument === 'chat'
      ? say(
          `chat: ${detail}.`,
          'Wählen Sie ein Chat-Modell, ändern Sie die Nachrichten, oder wählen Sie die Wörter einer Nachricht aus, ' +
            'um sie als einfachen Text zu untersuchen.',
          'Wählen Sie mit --model ein Chat-Modell, ändern Sie die Nachrichten, oder geben Sie einen Text.',
        )
      : modelArguments.has(argument)
        ? say(
            `${argument}: ${detail}.`,
            'Wählen Sie ein anderes Modell, oder lassen Sie das weg.',
            'Wählen Sie mit --model ein anderes Modell, oder lassen Sie das weg.',
          )
        : say(`${argument}: ${detail}.`, 'Berichtigen Sie das, und führen Sie es neu aus.'),
  'analysis-gone': () =>
    say(
      'Diese Analyse ist nicht mehr im Speicher.',
      'Starten Sie Attention zeigen noch einmal.',
      'Starten Sie den Befehl noch einmal.',
    ),
  'engine-missing': (reason) =>
    say(
      `Der Modellprozess konnte nicht gestartet werden: ${reason.detail}.`,
      'Installieren Sie die Erweiterung neu.',
      'Installieren Sie Text Attention neu.',
    ),
  'engine-died': (reason) =>
    say(
      `Der Modellprozess endete mitten in einem Lauf: ${reason.detail}.`,
      'Führen Sie neu aus: ein neuer Prozess startet von selbst. Endet auch er, versuchen Sie einen kürzeren Text ' +
        'oder ein ' +
        'kleineres Modell.',
      'Führen Sie es neu aus. Endet es wieder so, versuchen Sie einen kürzeren Text oder ein kleineres Modell.',
    ),
  cancelled: () =>
    say(
      'Der Lauf wurde abgebrochen.',
      'Um ihn wieder zu starten, starten Sie Attention zeigen.',
      'Um ihn wieder zu starten, starten Sie den Befehl noch einmal.',
    ),
  'message-invalid': (reason) =>
    say(
      `Zwei Teile von Text Attention passen nicht zueinander: ${reason.detail}.`,
      'Laden Sie das Fenster neu.',
      'Starten Sie den Befehl noch einmal.',
    ),
  unexpected: (reason) =>
    say(
      `Text Attention hatte einen unerwarteten Fehler: ${reason.detail}.`,
      'Führen Sie neu aus. Geschieht es wieder, melden Sie es mit den Einzelheiten aus dem Protokoll (Ausgabe: ' +
        'Text Attention).',
      'Führen Sie es neu aus. Geschieht es wieder, melden Sie es mit den Einzelheiten, die ' +
        'TEXT_ATTENTION_LOG=DATEI in eine ' +
        'Datei schreibt.',
    ),
};
