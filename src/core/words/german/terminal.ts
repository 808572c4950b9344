import type { Words } from '../words.ts';
import { headsOf, layersOf } from './grammar.ts';

/** Was das Programm in einem Terminal sagt. */
export const terminal: Words['terminal'] = {
  help: `Text Attention: die Attention eines Transformers auf einem Text.

node dist/cli.cjs [Optionen] TEXT       TEXT ist der Text selbst, oder - , um ihn von der Standardeingabe zu lesen
node dist/cli.cjs models                die Modelle auf diesem Rechner, und empfohlene zum Herunterladen
node dist/cli.cjs download ID           zeigt, woraus ein Modell des Hubs besteht, fragt, und lädt es
node dist/cli.cjs delete ID             löscht ein geladenes Modell
node dist/cli.cjs check [Optionen] TEXT vergleicht die Ausgaben eines Modells mit und ohne offengelegte Attention
                                        (table oder json)
node dist/cli.cjs explain --layer L --head H --query I --key J [--map NAME] [Optionen] TEXT
                                        woraus ein Gewicht besteht: Query, Key, Skalierung, Zusätze, Scores, Value und
                                        Ausgabe (table, json, oder svg: das Bild)
node dist/cli.cjs block --layer L [--head H] [--query I] [--key J] [--parts q,k,v,scores,context,output] [Optionen] TEXT
                                        die Zahlen einer Schicht: Querys, Keys, Values, Scores, was Heads weitergeben
                                        (table, json, oder npz mit --out DATEI)
node dist/cli.cjs heads [--model ID|ORDNER] [--similar SCHICHT.HEAD] [--format table|json]
                                        was jeder Head tut, gemessen an englischen Sätzen mit bekannten Antworten; für
                                        das nächste Mal aufgehoben; --similar nennt die ähnlichsten Heads
node dist/cli.cjs parts --layer L --head H --query I --key J [--map NAME] [--by head|token] [Optionen] TEXT
                                        woraus ein Score besteht, nach dem, was den Residualstrom von Query und Key
                                        geschrieben hat; Heads auch nach ihren Quell-Tokens
node dist/cli.cjs parts --logit TOKEN --position I [Optionen] TEXT
                                        woraus ein Logit nach Token I besteht; TOKEN als Text, oder # und seine ID
                                        (table oder json)
node dist/cli.cjs effects [--position I] [Optionen] TEXT
                                        was es mit der Vorhersage bei Token I macht, jeden Head und jeden
                                        Feed-Forward-Teil abzuschalten: KL(vorher ‖ nachher), Wahrscheinlichkeiten
                                        (table, csv oder json)
node dist/cli.cjs compare [--with ID|ORDNER]… [--map NAME] [--layer N] [--head N] [Optionen] TEXT [ZWEITER TEXT]
                                        wie sich die Attention von zwei oder drei Läufen unterscheidet: anderer Modelle,
                                        eines anderen Textes, oder mit --edit des Modells ohne Eingriffe; Jensen-Shannon
                                        jeder Zeile, die größten Unterschiede, Alignment-Fehler, wo er bekannt ist
                                        (table, csv, json, oder svg: das Bild)
node dist/cli.cjs glossary [BEGRIFF]    was ein Begriff bedeutet, mit Formel und Arbeiten; ohne Begriff alle
node dist/cli.cjs glossary --limits     was Attention sagen kann und was nicht
node dist/cli.cjs lesson DATEI|ORDNER…  prüft Lektionen (media/lesson/FORMAT.md): ihre Kästen, und ob stimmt, was sie
                                        von Zahlen sagen
                                        (setzen Sie -- vor einen TEXT, der eines dieser Wörter ist)

  --model ID|ORDNER ein eingebautes Modell, ein geladenes (Organisation/Name) oder ein Modellordner (sonst:
                    masked-lm-small)
  --dtype DTYPE     fp32, q8, fp16, … wo das Modell mehrere hat (sonst: die höchste Genauigkeit, die in den Speicher
                    passt); auch für download
  --pair TEXT       der zweite Text eines Satzpaares, für Encoder
  --target TEXT     das Ziel eines Encoder-Decoders; ohne es erzeugt das Modell eines
  --continue N      das Modell bis zu N Tokens nach dem Text, oder nach dem Ziel eines Encoder-Decoders, erzeugen lassen
  --seed S          diese Tokens ziehen, statt die wahrscheinlichsten zu nehmen; derselbe Seed ergibt dieselben
  --temperature T   mit durch T geteilten Logits ziehen (sonst: die des Modells, oder 1); --top-k K und --top-p P ziehen
                    nur aus den wahrscheinlichsten. Nächste Tokens haben dann auch die Wahrscheinlichkeit, mit der sie
                    gezogen werden (json: "drawn" neben "probability"), mit und ohne --continue
  --user TEXT       eine Nachricht an ein Chat-Modell anstelle von TEXT, mit --system TEXT davor
  --chat DATEI      ein ganzes Gespräch: ein Text, dessen Nachrichten mit user: oder assistant: beginnen, oder JSON,
                    [{"role": "user", "content": "…"}, …]
  --memory BYTES    der Speicher, den Modell und Attention benutzen dürfen (sonst: was der Rechner frei hat)
  --edit EINGRIFF   das Modell ändern, während es läuft (für mehrere wiederholen): 'off 1.2' schaltet Head 2 von Schicht
                    1 ab, 'scale 1.2 0.5', 'ffn-off 3' (Feed-Forward-Teil), 'block 1.2 6 2' (Query 6 sieht Key 2 nicht),
                    'bias 1.2 6 2 +3' (auf den Score), 'temperature 1.2 0.5', 'zero 2' (niemand bekommt die Values von
                    Token 2), 'mean 2' (statt ihrer das Mittel der Values aller Tokens, die eine Query sieht),
                    'replace 2 "[MASK]"', 'pattern 1.2 2 0.5 0.5 0' (die Gewichte von Query 2); * heißt alle Schichten
                    oder Heads ('block *.* 6 2'). Von mehreren Karten ist die erste gemeint, die die Stelle hat; eine
                    andere steht davor: 'off cross/1.2', 'zero cross/2', 'replace target/2 NAME'
  --layer N         die gezeigte Schicht, nach ihrer Nummer im Modell (json und npz enthalten alle; html enthält alle
                    und öffnet mit dieser)
  --head N          der gezeigte Head, ab 0 (ebenso)
  --combine-heads mean|max, --combine-layers mean|max
                    wie mehrere Heads zusammengefasst werden; alle Schichten zusammengefasst
  --words           Wörter statt Tokens: die Summe über die Key-Tokens eines Wortes, das Mittel über seine Query-Tokens
  --hide special,punctuation   --pairs aa|ab|ba|bb   --renormalise
                    ausgeblendete Zeilen und Spalten; nur ein Teil eines Paares; Zeilen, die wieder 1 ergeben
  --cover PROZENT   nur die stärksten Verbindungen jeder Zeile, die diesen Anteil davon abdecken
  --links N         höchstens N Verbindungen je Zeile
  --step N          nur ein Schritt eines Decoders, ab 0;  --rows both|read|written benennt seine Zeilen
  --format FORMAT   table (sonst: die stärksten Verbindungen, zum Lesen), csv (ein Datensatz für jedes Gewicht),
                    csv-matrix (Querys in Zeilen, Keys in Spalten), csv-heads (ein Datensatz für jeden Head), html (eine
                    Seite für jeden Browser), json, npz (für numpy.load), svg (die Head-Ansicht), svg-matrix,
                    svg-model (alle Heads), svg-layers
  --out DATEI       in DATEI schreiben statt in die Standardausgabe
  --help            das hier zeigen

download nimmt auch --yes (nicht fragen) und --host URL (ein Spiegel des Hubs). Modelle liegen in TEXT_ATTENTION_STORE,
oder sonst im Cache-Ordner des Benutzers. Ein Token für beschränkte Modelle kommt aus HF_TOKEN: es wird an den
üblichen Hub geschickt, oder an den Host, den HF_ENDPOINT nennt, nie an einen, den nur --host nennt. Ein Proxy kommt
aus HTTPS_PROXY.
Sonst benutzt nichts das Netz.
Strg-C beendet jeden Befehl sofort. TEXT_ATTENTION_LOG nennt eine Datei für die Einzelheiten von Fehlern.
`,
  notForTerminals:
    'Das ist der Modellprozess von Text Attention, den die Erweiterung startet. Für ein Terminal gibt es ' +
    'dist/cli.cjs.\n',
  stopped: 'Abgebrochen.',
  positionOf: 'ein Logit folgt auf ein Token des Textes; geben Sie dessen Position',
  layers: (count, attending) =>
    `${attending === null ? '' : `${attending} von `}${layersOf(count)}${attending === null ? '' : ' mit Attention'}`,
  heads: headsOf,
  plan: {
    from: 'von',
    model: 'Modell',
    about: 'was',
    licence: 'Lizenz',
    numbers: 'Zahlen',
    files: 'Dateien',
    size: 'Größe',
    into: 'nach',
  },
  revision: (host, revision, commit) => `${host}, Revision ${revision} (${commit})`,
  noDescription: 'seine Beschreibung sagt nicht, was es ist',
  noLicence: 'nicht angegeben',
  gated: (licence) => `${licence}; beschränkt: nur für Konten, die die Bedingungen angenommen haben`,
  dtypes: (dtype, others) => (others.length === 0 ? dtype : `${dtype} (--dtype nimmt auch ${others.join(', ')})`),
  file: (path, size, isHere) => `${path}  ${size}${isHere ? ', schon hier' : ''}`,
  sizes: (total, missing) => `${total}, davon ${missing} zu laden`,
  waiting: (by) => `Wartet, benutzt ${by}`,
  progress: (done, total, percent, speed, file) =>
    `${done} von ${total} (${percent} %)${speed === null ? '' : `, ${speed}/s`}${file === '' ? '' : `, ${file}`}`,
  builtIn: 'Eingebaut',
  downloaded: (size, folder, free) => `Geladen (${size} in ${folder}${free === null ? '' : `, ${free} frei`})`,
  none: 'keine',
  deleted: (model, size) => `${model} gelöscht: ${size} sind wieder frei.\n`,
  download: 'Herunterladen?',
  declined: 'Nichts wurde geladen.\n',
  downloadStopped: 'Abgebrochen. Derselbe Befehl setzt den Download dort fort, wo er aufgehört hat.\n',
  ready: (model) => `Bereit: node dist/cli.cjs --model ${model} TEXT\n`,
  toDownload: 'Zum Herunterladen (jedes andere Modell des Hubs, das transformers.js laden kann, geht auch)',
  states: {
    complete: '',
    damaged: 'beschädigt: laden Sie es noch einmal',
    unfinished: 'unfertig: laden Sie es noch einmal, um fortzufahren',
  },
  aboutSize: (range) => `etwa ${range}`,
  range: (min, max) => (min === max ? max : `${min} bis ${max}`),
};
