import { say } from '../../../errors/wording.ts';
import type { storeErrors as english } from '../../english/errors/store.ts';

/** Modelle eines Hubs, und der Ordner, der sie aufbewahrt. */
export const storeErrors: typeof english = {
  'model-not-downloaded': (reason) =>
    say(
      `Das Modell „${reason.model}“ wurde noch nicht auf diesen Rechner geladen.`,
      'Laden Sie es herunter, oder wählen Sie ein Modell, das auf diesem Rechner ist.',
      `Laden Sie es herunter (node dist/cli.cjs download ${reason.model}), ` +
        'oder wählen Sie ein Modell, das auf diesem Rechner ist (node dist/cli.cjs models).',
    ),
  'model-damaged': (reason) =>
    say(
      `Das geladene Modell „${reason.model}“ ist unvollständig: eine Datei fehlt oder hat sich geändert.`,
      'Laden Sie es noch einmal: unversehrte Dateien bleiben.',
      `Laden Sie es noch einmal (node dist/cli.cjs download ${reason.model}): unversehrte Dateien bleiben.`,
    ),
  offline: (reason) =>
    say(
      `Das Modell „${reason.model}“ ist nicht auf diesem Rechner, und der Offline-Modus ist an.`,
      'Schalten Sie den Offline-Modus aus, um es zu laden, oder wählen Sie ein Modell, das auf diesem Rechner ist.',
      'Wählen Sie ein Modell, das auf diesem Rechner ist (node dist/cli.cjs models).',
    ),
  'hub-unreachable': (reason) =>
    say(
      `Der Host ${reason.host} war nicht zu erreichen: ${reason.detail}.`,
      'Prüfen Sie die Verbindung, den Proxy (http.proxy) und den Host in den Einstellungen, und versuchen Sie es ' +
        'noch einmal.',
      'Prüfen Sie die Verbindung, den Proxy (HTTPS_PROXY) und den Host (--host), und versuchen Sie es noch einmal.',
    ),
  'hub-not-found': (reason) =>
    say(
      `Der Host ${reason.host} hat das nicht: ${reason.wanted}.`,
      'Prüfen Sie die Schreibweise und die Revision; ein privates Modell braucht auch ein Token.',
      'Prüfen Sie die Schreibweise und die Revision; ein privates Modell braucht auch ein Token (HF_TOKEN).',
    ),
  'hub-gated': (reason) =>
    say(
      `Der Host ${reason.host} beschränkt den Zugang zu „${reason.model}“.`,
      'Nehmen Sie die Bedingungen auf der Seite des Modells an und setzen Sie ein Token Ihres Kontos, oder wählen ' +
        'Sie ein ' +
        'anderes Modell.',
      'Nehmen Sie die Bedingungen auf der Seite des Modells an und setzen Sie HF_TOKEN auf ein Token Ihres Kontos ' +
        '(für einen ' +
        'anderen als den üblichen Host nennt HF_ENDPOINT diesen Host), oder wählen Sie ein anderes Modell.',
    ),
  'hub-busy': (reason) =>
    say(
      `Der Host ${reason.host} ist beschäftigt und bittet zu warten (${reason.wait}).`,
      'Versuchen Sie es danach noch einmal: ein Download geht dort weiter, wo er aufgehört hat.',
    ),
  'hub-refused': (reason) =>
    say(
      `Der Host ${reason.host} antwortete mit einem Fehler (Status ${reason.status}).`,
      'Versuchen Sie es später noch einmal: ein Download geht dort weiter, wo er aufgehört hat.',
    ),
  'hub-invalid': (reason) =>
    say(
      `Der Host ${reason.host} schickte etwas Unerwartetes: ${reason.detail}.`,
      'Prüfen Sie, ob das Netz eine Anmeldung verlangt, und den Host und den Proxy in den Einstellungen.',
      'Prüfen Sie, ob das Netz eine Anmeldung verlangt, und den Host (--host) und den Proxy (HTTPS_PROXY).',
    ),
  'hub-unsuitable': (reason) =>
    say(
      `Das Modell „${reason.model}“ ist nicht zu gebrauchen: ${reason.detail}.`,
      'Suchen Sie eine Umwandlung in ONNX für transformers.js, oder wandeln Sie es um und wählen den Ordner.',
    ),
  'download-corrupt': (reason) =>
    say(
      `Die Datei ${reason.file} von „${reason.model}“ bestand die Prüfung nicht und wurde gelöscht: ${reason.detail}.`,
      'Versuchen Sie es noch einmal. Geschieht es wieder, wählen Sie einen anderen Host oder ein anderes Modell.',
    ),
  'download-interrupted': (reason) =>
    say(
      `Der Download von ${reason.file} von „${reason.model}“ wurde unterbrochen: ${reason.detail}.`,
      'Versuchen Sie es noch einmal: er geht dort weiter, wo er aufgehört hat.',
    ),
  'disk-full': (reason) =>
    say(
      `In ${reason.folder} ist nicht genug Platz: ${reason.needed} nötig, ${reason.free} frei.`,
      'Löschen Sie Modelle oder andere Dateien, oder wählen Sie einen anderen Ordner für Modelle.',
      'Löschen Sie Modelle (node dist/cli.cjs delete ID) oder andere Dateien, ' +
        'oder wählen Sie einen anderen Ordner für Modelle (TEXT_ATTENTION_STORE).',
    ),
  'model-locked': (reason) =>
    say(
      `Das Modell „${reason.model}“ wird gerade benutzt: ${reason.by}.`,
      'Warten Sie, bis das fertig ist, oder brechen Sie es dort ab.',
    ),
};
