import { say } from '../../../errors/wording.ts';
import type { exportErrors as english } from '../../english/errors/export.ts';

/** Dateien, Bilder und Links, die aus einer Analyse gemacht werden. */
export const exportErrors: typeof english = {
  'file-failed': (reason) =>
    say(
      `Die Datei ${reason.file} konnte nicht geschrieben oder gelesen werden: ${reason.detail}.`,
      'Wählen Sie einen anderen Ort.',
    ),
  'export-too-large': (reason) =>
    say(
      `Die Datei wäre größer als ${reason.max}.`,
      'Exportieren Sie weniger Heads, oder nehmen Sie die Kommandozeile (dist/cli.cjs), die keine Grenze hat.',
      'Schreiben Sie weniger Heads.',
    ),
  'panel-needed': () =>
    say(
      'Ein PNG zeichnet das Panel, und das Panel ist nicht sichtbar.',
      'Öffnen Sie es mit Attention zeigen, und exportieren Sie dann noch einmal.',
      'Nehmen Sie stattdessen --format svg.',
    ),
  'picture-failed': (reason) =>
    say(
      `Das Bild konnte nicht gezeichnet werden: ${reason.detail}.`,
      'Exportieren Sie es stattdessen als SVG.',
      'Nehmen Sie stattdessen --format svg.',
    ),
  'link-invalid': (reason) =>
    say(
      `Dieser Link kann nicht geöffnet werden: ${reason.detail}.`,
      'Kopieren Sie ihn noch einmal, wo er entstand. Hat ihn eine neuere Version der Erweiterung gemacht, ' +
        'erneuern Sie Ihre.',
      'Öffnen Sie ihn im Editor.',
    ),
  'link-impossible': (reason) =>
    say(
      `Es kann kein Link gemacht werden: ${reason.detail}.`,
      'Starten Sie Attention zeigen auf Text in einer gespeicherten Datei, und kopieren Sie den Link dort.',
      'Kopieren Sie Links im Editor.',
    ),
  'link-lost': (reason) =>
    say(
      `Der Text dieses Links wurde in ${reason.file} nicht gefunden: ${reason.detail}.`,
      'Öffnen Sie die Version der Datei, mit der der Link gemacht wurde, oder kopieren Sie einen neuen Link.',
      'Öffnen Sie ihn im Editor.',
    ),
  'link-changed': (reason) =>
    say(
      `Der Text in ${reason.file} hat sich geändert, seit der Link gemacht wurde.`,
      'Gezeigt wird der jetzige Text. Um den ursprünglichen zu sehen, machen Sie die Änderung rückgängig und ' +
        'führen neu aus.',
      'Öffnen Sie ihn im Editor.',
    ),
};
